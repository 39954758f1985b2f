"""What keeps calls from being forecast."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from callcenter.special_days import SpecialDaysError


class ForecastError(ValueError):
    """What is wrong with the history, the calendar or an event, and what to do."""


@contextmanager
def of_tables() -> Iterator[None]:
    """Have what is wrong with a table of days keep calls from being forecast."""
    try:
        yield
    except SpecialDaysError as error:
        raise ForecastError(str(error)) from None
