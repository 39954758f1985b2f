"""Columns of times and lengths as numbers: what a cell means is decided over the column, then applied to all.

The readers of scenario files understand one text at a time.  Here each is asked once for what many cells
share - a date, a half of the day, a zone - and the digits of the clock are computed for all at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

import numpy as np
import pandas as pd
from pydantic_core import PydanticCustomError

from callcenter.arrays import Floats, Ints
from callcenter.clock import SECONDS_PER_DAY
from callcenter.language import gettext as _
from callcenter.records.zones import AS_WRITTEN, local, zone_of
from callcenter.scenario.errors import wrong
from callcenter.scenario.files.dates import Day, Order, order_of
from callcenter.scenario.files.durations import read_durations
from callcenter.scenario.files.moments import Moment, moment
from callcenter.scenario.files.native import Native, plain
from callcenter.scenario.files.numbers import Sign, read_numbers
from callcenter.scenario.files.times import of_form, read_times

Dates = Literal["d/m/y", "m/d/y", "yymmdd", "ddmmyy"]

_SHORT: tuple[Dates, ...] = ("yymmdd", "ddmmyy")
"""Dates of six digits."""

SECONDS = "seconds"
"""Bare numbers that count from 00:00 of the first day, as in our own call log."""

_SAMPLE = 5_000
"""Distinct cells by which the form of a column is decided."""

_CLOCK = re.compile(
    r"(.*?)(?<![\d:.])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?![\d:])(.*)", re.DOTALL
)
_SIX_DIGITS = re.compile(r"\d{6}")
_OFFSET = re.compile(r"(?:utc|gmt)?([-+])(\d{2}):?(\d{2})?")
_UTC = ("z", "utc", "gmt")
_MOST_EPOCH = 10**11
"""Seconds since 1970 stay below it; beyond it are milliseconds."""

_NOON, _ONE = 43_200.0, 3600.0


@dataclass(frozen=True)
class Form:
    """How the times of a column are written; decided once, over as much of the column as is needed."""

    order: Dates = "d/m/y"
    numbers: str = ""
    """How bare numbers are meant, a form of the readers of files; empty where cells are texts."""

    zone: str = ""
    """The time zone of the centre, if stamps are to be brought to it."""

    is_guessed: bool = False


@dataclass(frozen=True)
class Stamps:
    """Times of a column: seconds since 1970-01-01 00:00 on the clocks of the centre, or of an unsaid day.

    They are `nan` where a cell holds no time.
    """

    seconds: Floats
    is_dated: bool


def form_of(name: str, cells: Iterable[pd.Series[Any]], dates: Dates | None, numbers: str, zone: str) -> Form:
    """Return how the times of a column are written.

    Raises the error of a value where it may be days or months first, or where stamps are those of another
    zone and nobody says which the centre has.
    """
    sample: list[str] = []
    order: Dates | None = dates
    for some in cells:
        if not _is_text(some):
            return _form_of_values(name, some, numbers, zone)
        texts = _distinct(some)
        sample = sample or texts[:_SAMPLE]
        order = order or _order(name, texts)
        if order is not None:
            break
    if order is None:
        remedy = _("write `dates: d/m/y` or `dates: m/d/y` in a map")
        raise wrong(_("`{column}` may have days or months first").format(column=name), sample[0], remedy)
    if order in _SHORT and not all(_SIX_DIGITS.fullmatch(text) for text in sample):
        order = "d/m/y"
    numbers = numbers if numbers and _are_numbers(sample) else "" if order in _SHORT else _numbers(sample)
    if not zone:
        _ask_for_zone(name, sample, order, numbers)
    return Form(order, numbers, zone)


def _form_of_values(name: str, cells: pd.Series[Any], numbers: str, zone: str) -> Form:
    """Return how times are written that are dates or numbers already."""
    if pd.api.types.is_numeric_dtype(cells.dtype):
        sample = [f"{figure:.6f}".rstrip("0").rstrip(".") for figure in cells.dropna().unique()[:_SAMPLE]]
        numbers = numbers or _numbers(sample)
        if not zone and sample:
            _ask_for_zone(name, sample, "d/m/y", numbers)
        return Form(numbers=numbers, zone=zone)
    if not zone and getattr(cells.dtype, "tz", None) is not None and len(cells):
        raise _zone_needed(name, str(cells.iloc[0]))
    return Form(zone=zone)


def _is_text(cells: pd.Series[Any]) -> bool:
    return not pd.api.types.is_datetime64_any_dtype(cells.dtype) and not pd.api.types.is_numeric_dtype(
        cells.dtype
    )


def _distinct(cells: pd.Series[Any]) -> list[str]:
    return [text for text in dict.fromkeys(cells) if isinstance(text, str) and text]


def _order(name: str, texts: Sequence[str]) -> Dates | None:
    """Return the order of day and month that a column shows; None if two are possible and differ."""
    if texts and all(not isinstance(text, Native) and _SIX_DIGITS.fullmatch(text) for text in texts):
        return _six_digits(name, texts)
    possible = order_of(texts)
    if len(possible) == 1:
        return next(iter(possible))
    exchanged = any(_day(text, "d/m/y") != _day(text, "m/d/y") for text in texts[:_SAMPLE])
    return None if exchanged else "d/m/y"


def _day(text: str, order: Order) -> Day | None:
    when = moment(text, order)
    return None if when is None else when.day


def _six_digits(name: str, texts: Sequence[str]) -> Dates:
    fitting: list[Dates] = [form for form in _SHORT if all(_short_day(text, form) for text in texts)]
    if len(fitting) == 2:
        remedy = _("write `dates: yymmdd` or `dates: ddmmyy` in a map")
        raise wrong(_("`{column}` may begin with the year or the day").format(column=name), texts[0], remedy)
    return fitting[0] if fitting else "d/m/y"


def _short_day(text: str, form: str) -> Day | None:
    year, month, day = (int(text[at : at + 2]) for at in ((0, 2, 4) if form == "yymmdd" else (4, 2, 0)))
    year += 1900 if year >= 70 else 2000
    try:
        datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
    return Day(year, month, day)


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
    return wrong(what, example, _("write `time_zone: Asia/Shanghai` in a map, or `time_zone: as written`"))


def _is_utc(text: str, order: Dates) -> bool:
    when = moment(text, _readable(order))
    return when is not None and when.zone.lower() in _UTC


def _readable(order: Dates) -> Order:
    return "m/d/y" if order == "m/d/y" else "d/m/y"


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
    codes, distinct = _distinct_texts(cells)
    read = _of_short_dates(distinct, form.order) if form.order in _SHORT else _of_distinct(distinct, form)
    return Stamps(read.seconds[codes], read.is_dated)


def _distinct_texts(cells: pd.Series[Any]) -> tuple[Ints, list[str]]:
    """Return which of some texts each cell is, and these; every cell of a workbook stands for itself."""
    if Native in set(map(type, cells)):  # one text may stand for several parts of a second
        return np.arange(len(cells)), [plain(cell) if isinstance(cell, str) else "" for cell in cells]
    codes, distinct = pd.factorize(cells, use_na_sentinel=False)
    return codes, [plain(cell) if isinstance(cell, str) else "" for cell in distinct]


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
        order = _readable(form.order)
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
        order = _readable(form.order)
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
    if zone.lower() in _UTC:
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
        text: _short_day(text, order) if _SIX_DIGITS.fullmatch(text) else None
        for text in dict.fromkeys(texts)
    }
    seconds = {text: np.nan if day is None else _epoch(day) for text, day in days.items()}
    return Stamps(np.array([seconds[text] for text in texts], dtype=np.float64), True)


def on_days(times: Stamps, days: Floats | None) -> Stamps:
    """Return clock times as times on the days beside them."""
    return times if times.is_dated or days is None else Stamps(times.seconds + days, True)


@dataclass(frozen=True)
class Lengths:
    """How the lengths of a column are written: the unit of its head, its decimal sign."""

    head: str
    sign: Sign | None = None


def lengths_of(head: str, cells: pd.Series[Any], sign: Sign | None) -> Lengths:
    """Return how lengths are written; raises the error of a value where a number may mean two things."""
    form = Lengths(head, sign)
    if not _is_text(cells) or sign is not None:
        return form
    texts = _distinct(cells)[:_SAMPLE]
    found = read_durations(texts, head)
    if found.question:
        what = _("`{column}` may have thousands or decimals").format(column=head)
        raise wrong(what, found.question, _("write `decimal: '.'` or `decimal: ','` in a map"))
    return replace(form, sign=read_numbers(texts, "seconds").sign)


def lengths(cells: pd.Series[Any], form: Lengths) -> Floats:
    """Return the seconds of some cells; `nan` where a cell holds no length."""
    if not _is_text(cells):
        cells = cells.dt.total_seconds() if pd.api.types.is_timedelta64_dtype(cells.dtype) else cells
        return cells.to_numpy(np.float64, na_value=np.nan) * (
            read_durations(["1"], form.head).values[0] or 1.0
        )
    codes, distinct = _distinct_texts(cells)
    values = read_durations(distinct, form.head, form.sign).values
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)[codes]


def figures(name: str, cells: pd.Series[Any], sign: Sign | None) -> Floats:
    """Return the counts of some cells; raises the error of a value where a number may mean two things."""
    if not _is_text(cells):
        return cells.to_numpy(np.float64, na_value=np.nan)
    read = read_numbers(
        [plain(text) if isinstance(text, str) else str(text) for text in cells], "count", sign
    )
    if read.question:
        what = _("`{column}` may have thousands or decimals").format(column=name)
        raise wrong(what, read.question, _("write `decimal: '.'` or `decimal: ','` in a map"))
    return np.array([np.nan if value is None else value for value in read.values], dtype=np.float64)
