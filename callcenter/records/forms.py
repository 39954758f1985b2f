"""How the times of a column are written, decided over as much of it as is needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pydantic_core import PydanticCustomError

from callcenter.language import gettext as _
from callcenter.records.short_dates import SHORT, SIX_DIGITS, Dates, readable_order, short_day
from callcenter.records.texts import SAMPLE, distinct_of, is_text
from callcenter.scenario.errors import wrong
from callcenter.scenario.files.dates import Day, Order, order_of
from callcenter.scenario.files.moments import moment
from callcenter.scenario.files.native import Native
from callcenter.scenario.files.times import read_times

SECONDS = "seconds"
"""Bare numbers that count from 00:00 of the first day, as in our own call log."""

UTC_NAMES = ("z", "utc", "gmt")


@dataclass(frozen=True)
class Form:
    """How the times of a column are written; decided once, over as much of the column as is needed."""

    order: Dates = "d/m/y"
    numbers: str = ""
    """How bare numbers are meant, a form of the readers of files; empty where cells are texts."""

    zone: str = ""
    """The time zone of the centre, if stamps are to be brought to it."""

    is_guessed: bool = False


def form_of(name: str, cells: Iterable[pd.Series[Any]], dates: Dates | None, numbers: str, zone: str) -> Form:
    """Return how the times of a column are written.

    Raises the error of a value where it may be days or months first, or where stamps are those of another
    zone and nobody says which the centre has.
    """
    sample: list[str] = []
    order: Dates | None = dates
    for some in cells:
        if not is_text(some):
            return _form_of_values(name, some, numbers, zone)
        texts = distinct_of(some)
        sample = sample or texts[:SAMPLE]
        order = order or _order(name, texts)
        if order is not None:
            break
    if order is None:
        remedy = _("write `dates: d/m/y` or `dates: m/d/y` in a map, or with --set dates=d/m/y")
        raise wrong(_("`{column}` may have days or months first").format(column=name), sample[0], remedy)
    if order in SHORT and not all(SIX_DIGITS.fullmatch(text) for text in sample):
        order = "d/m/y"
    numbers = numbers if numbers and _are_numbers(sample) else "" if order in SHORT else _numbers(sample)
    if not zone:
        _ask_for_zone(name, sample, order, numbers)
    return Form(order, numbers, zone)


def _form_of_values(name: str, cells: pd.Series[Any], numbers: str, zone: str) -> Form:
    """Return how times are written that are dates or numbers already."""
    if pd.api.types.is_numeric_dtype(cells.dtype):
        sample = [f"{figure:.6f}".rstrip("0").rstrip(".") for figure in cells.dropna().unique()[:SAMPLE]]
        numbers = numbers or _numbers(sample)
        if not zone and sample:
            _ask_for_zone(name, sample, "d/m/y", numbers)
        return Form(numbers=numbers, zone=zone)
    if not zone and getattr(cells.dtype, "tz", None) is not None and len(cells):
        raise _zone_needed(name, str(cells.iloc[0]))
    return Form(zone=zone)


def _order(name: str, texts: Sequence[str]) -> Dates | None:
    """Return the order of day and month that a column shows; None if two are possible and differ."""
    if texts and all(not isinstance(text, Native) and SIX_DIGITS.fullmatch(text) for text in texts):
        return _six_digits(name, texts)
    possible = order_of(texts)
    if len(possible) == 1:
        return next(iter(possible))
    exchanged = any(_day(text, "d/m/y") != _day(text, "m/d/y") for text in texts[:SAMPLE])
    return None if exchanged else "d/m/y"


def _day(text: str, order: Order) -> Day | None:
    when = moment(text, order)
    return None if when is None else when.day


def _six_digits(name: str, texts: Sequence[str]) -> Dates:
    fitting: list[Dates] = [form for form in SHORT if all(short_day(text, form) for text in texts)]
    if len(fitting) == 2:
        remedy = _("write `dates: yymmdd` or `dates: ddmmyy` in a map")
        raise wrong(_("`{column}` may begin with the year or the day").format(column=name), texts[0], remedy)
    return fitting[0] if fitting else "d/m/y"


def _are_numbers(texts: Sequence[str]) -> bool:
    return bool(texts) and all(_number(text) is not None for text in texts)


def _number(text: str) -> float | None:
    if isinstance(text, Native):
        return text.held if isinstance(text.held, float) else None
    try:
        return float(text)
    except ValueError:
        return None


def _numbers(texts: Sequence[str]) -> str:
    return read_times(texts, is_named=True).form if _are_numbers(texts) else ""


def _ask_for_zone(name: str, texts: Sequence[str], order: Dates, numbers: str) -> None:
    """Refuse stamps in UTC where nobody says which time zone the centre has."""
    example = (
        texts[0]
        if numbers == "seconds since 1970"
        else next((text for text in texts if _is_utc(text, order)), "")
    )
    if example:
        raise _zone_needed(name, example)


def _zone_needed(name: str, example: str) -> PydanticCustomError:
    what = _("`{column}` is in UTC; the time zone of the centre is needed").format(column=name)
    return wrong(
        what,
        example,
        _("write `time_zone: Asia/Shanghai` or `time_zone: as written` in a map, or with --set"),
    )


def _is_utc(text: str, order: Dates) -> bool:
    when = moment(text, readable_order(order))
    return when is not None and when.zone.lower() in UTC_NAMES
