"""Columns of times as numbers: what a cell means is decided over the column, then applied to all.

The readers of scenario files understand one text at a time.  Here each is asked once for what many cells
share - a date, a half of the day, a zone - and the digits of the clock are computed for all at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd

from callcenter.arrays import Floats
from callcenter.clock import SECONDS_PER_DAY
from callcenter.records.forms import SECONDS, UTC_NAMES, Form
from callcenter.records.short_dates import SHORT, SIX_DIGITS, Dates, readable_order, short_day
from callcenter.records.texts import distinct_texts
from callcenter.records.zones import AS_WRITTEN, local, zone_of
from callcenter.scenario.files.dates import Day
from callcenter.scenario.files.moments import Moment, moment
from callcenter.scenario.files.native import Native
from callcenter.scenario.files.times import of_form

_CLOCK = re.compile(
    r"(.*?)(?<![\d:.])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?![\d:])(.*)", re.DOTALL
)

_OFFSET = re.compile(r"(?:utc|gmt)?([-+])(\d{2}):?(\d{2})?")

_MOST_EPOCH = 10**11
"""Seconds since 1970 stay below it; beyond it are milliseconds."""

_NOON, _ONE = 43_200.0, 3600.0


@dataclass(frozen=True)
class Stamps:
    """Times of a column: seconds since 1970-01-01 00:00 on the clocks of the centre, or of an unsaid day.

    They are `nan` where a cell holds no time.
    """

    seconds: Floats
    is_dated: bool


def stamps(cells: pd.Series[Any], form: Form) -> Stamps:
    """Return the times of some cells of a column."""
    if pd.api.types.is_datetime64_any_dtype(cells.dtype):
        return Stamps(_of_datetimes(cells, form.zone), True)
    if pd.api.types.is_numeric_dtype(cells.dtype):
        return _of_numbers(cells.to_numpy(np.float64, na_value=np.nan), form)
    if form.numbers:
        return _of_numbers(
            pd.to_numeric(cells.where(cells != ""), errors="coerce").to_numpy(np.float64), form, list(cells)
        )
    return _of_texts(cells, form)


def _of_datetimes(cells: pd.Series[Any], zone: str) -> Floats:
    stamped = pd.DatetimeIndex(cells)
    is_utc = stamped.tz is not None
    if is_utc:
        stamped = stamped.tz_convert("UTC").tz_localize(None)
    nanoseconds = stamped.as_unit("ns").asi8
    seconds = np.where(stamped.isna(), np.nan, nanoseconds / 1e9)
    return local(seconds, zone) if is_utc and zone not in ("", AS_WRITTEN) else seconds


def _of_numbers(figures: Floats, form: Form, texts: Sequence[object] = ()) -> Stamps:
    if form.numbers in (SECONDS, "seconds since midnight", ""):
        return Stamps(figures, False)
    if form.numbers == "seconds since 1970":
        utc = np.where(figures >= _MOST_EPOCH, figures / 1000, figures)
        return Stamps(utc if form.zone in ("", AS_WRITTEN) else local(utc, form.zone), True)
    if form.numbers == "days since 1900":
        return Stamps(np.round((figures - 25_569) * SECONDS_PER_DAY, 3), True)
    if form.numbers == "parts of a day":
        return Stamps(np.round(figures * SECONDS_PER_DAY, 3), False)
    return _each(list(map(str, texts)), of_form(form.numbers))


def _each(texts: Sequence[str], read: Callable[[str], Moment | None]) -> Stamps:
    """Return the times of texts, each distinct one read once."""
    known = {text: read(text) if text else None for text in dict.fromkeys(texts)}
    values = {text: _seconds(when) for text, when in known.items()}
    is_dated = any(when is not None and when.day is not None for when in known.values())
    return Stamps(np.array([values[text] for text in texts], dtype=np.float64), is_dated)


def _seconds(when: Moment | None) -> float:
    if when is None:
        return np.nan
    return when.start + (_epoch(when.day) if when.day is not None else 0.0)


def _epoch(day: Day) -> float:
    return datetime(day.year or 1970, day.month, day.day, tzinfo=UTC).timestamp()


def _of_texts(cells: pd.Series[Any], form: Form) -> Stamps:
    """Return the times of texts, each distinct one read once."""
    codes, distinct = distinct_texts(cells)
    read = _of_short_dates(distinct, form.order) if form.order in SHORT else _of_distinct(distinct, form)
    return Stamps(read.seconds[codes], read.is_dated)


def _of_distinct(texts: Sequence[str], form: Form) -> Stamps:
    """Return the times of texts: what stands around a clock time is read once, its digits are computed."""
    matches = [None if isinstance(text, Native) else _CLOCK.match(text) for text in texts]
    around = [None if match is None else (match[1], match[6]) for match in matches]
    frames = {key: _Frame.of(key, form) for key in dict.fromkeys(around) if key is not None}
    values = np.full(len(texts), np.nan)
    is_dated = False
    rest: list[int] = []
    for at, (match, key) in enumerate(zip(matches, around, strict=True)):
        frame = frames[key] if key is not None else None
        if match is None or frame is None:
            rest.append(at)
            continue
        values[at] = frame.seconds(match)
        is_dated |= frame.is_dated
    if rest:
        order = readable_order(form.order)
        others = _each([texts[at] for at in rest], lambda text: moment(text, order))
        values[rest] = _natives(texts, rest, others.seconds)
        is_dated |= others.is_dated
    return Stamps(_in_zone(values, [frames[key] if key else None for key in around], form), is_dated)


def _natives(texts: Sequence[str], rest: Sequence[int], seconds: Floats) -> Floats:
    """Keep the parts of a second that a workbook holds."""
    held = [texts[at].held if isinstance(texts[at], Native) else None for at in rest]  # type: ignore[attr-defined]
    exact = [
        each.replace(tzinfo=UTC).timestamp() if isinstance(each, datetime) and each.year > 1900 else second
        for each, second in zip(held, seconds, strict=True)
    ]
    return np.array(exact, dtype=np.float64)


@dataclass(frozen=True)
class _Frame:
    """What stands around the digits of a clock time: the day, the half of the day, the zone."""

    start: float
    is_dated: bool
    is_halved: bool
    """Whether hours count from 1 to 12."""

    shift: float
    """Seconds that the zone is ahead of UTC; `nan` where it is not a number."""

    @classmethod
    def of(cls, key: tuple[str, str], form: Form) -> _Frame | None:
        before, after = key
        order = readable_order(form.order)
        one, noon = (moment(f"{before}{clock}{after}", order) for clock in ("01:00:00", "12:00:00"))
        if one is None or noon is None or one.end is not None:
            return None
        is_halved = one.start != _ONE or noon.start != _NOON
        start = (_epoch(one.day) if one.day is not None else 0.0) + one.start - _ONE
        return cls(start, one.day is not None, is_halved, _shift(one.zone))

    def seconds(self, match: re.Match[str]) -> float:
        hours = int(match[2])
        if self.is_halved:
            hours %= 12
        minutes, seconds = int(match[3]), int(match[4] or 0)
        if hours > 24 or minutes > 59 or seconds > 60:
            return np.nan
        whole = self.start + hours * 3600 + minutes * 60 + seconds
        return whole + int(match[5]) / 10 ** len(match[5]) if match[5] else whole


def _shift(zone: str) -> float:
    if zone.lower() in UTC_NAMES:
        return 0.0
    match = _OFFSET.fullmatch(zone.lower().replace(" ", ""))
    if match is None:
        return np.nan
    seconds = int(match[2]) * 3600 + int(match[3] or 0) * 60
    return float(-seconds if match[1] == "-" else seconds)


def _in_zone(values: Floats, frames: Sequence[_Frame | None], form: Form) -> Floats:
    """Return stamps with a zone as the clocks of the centre show them."""
    if form.zone in ("", AS_WRITTEN):
        return values
    shifts = np.array([np.nan if frame is None else frame.shift for frame in frames])
    is_zoned = ~np.isnan(shifts)
    if not is_zoned.any():
        zone_of(form.zone)
        return values
    brought = values.copy()
    brought[is_zoned] = local(values[is_zoned] - shifts[is_zoned], form.zone)
    return brought


def _of_short_dates(texts: Sequence[str], order: Dates) -> Stamps:
    days = {
        text: short_day(text, order) if SIX_DIGITS.fullmatch(text) else None for text in dict.fromkeys(texts)
    }
    seconds = {text: np.nan if day is None else _epoch(day) for text, day in days.items()}
    return Stamps(np.array([seconds[text] for text in texts], dtype=np.float64), True)


def on_days(times: Stamps, days: Floats | None) -> Stamps:
    """Return clock times as times on the days beside them."""
    return times if times.is_dated or days is None else Stamps(times.seconds + days, True)
