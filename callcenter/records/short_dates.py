"""Dates of six digits, and which number of a date is what."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Literal

from callcenter.scenario.files.dates import Day, Order

Dates = Literal["d/m/y", "m/d/y", "yymmdd", "ddmmyy"]

SHORT: tuple[Dates, ...] = ("yymmdd", "ddmmyy")
"""Dates of six digits."""

SIX_DIGITS = re.compile(r"\d{6}")


def readable_order(order: Dates) -> Order:
    """Return the order by which dates of other forms beside are read."""
    return "m/d/y" if order == "m/d/y" else "d/m/y"


def short_day(text: str, form: str) -> Day | None:
    """Return the day of six digits, 70 to 99 in the last century; None if there is no such day."""
    year, month, day = (int(text[at : at + 2]) for at in ((0, 2, 4) if form == "yymmdd" else (4, 2, 0)))
    year += 1900 if year >= 70 else 2000
    try:
        datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
    return Day(year, month, day)
