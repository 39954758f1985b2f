"""Columns of times: clock times, stamps, spans, `0800`, plain hours, serial numbers of a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from callcenter.clock import SECONDS_PER_DAY
from callcenter.language import noted
from callcenter.scenario.files.columns import folded
from callcenter.scenario.files.dates import MOST_KEPT, Day, Order, dated, without_weekday
from callcenter.scenario.files.native import Native

_MORNING = ("a.m.", "am", "a", "上午", "早上", "凌晨", "清晨", "早晨", "午前")
_AFTERNOON = ("p.m.", "pm", "p", "下午", "晚上", "晚间", "傍晚", "午後")
_HALF = rf"(?:(?P<half>{'|'.join(map(re.escape, (*_MORNING, *_AFTERNOON, '中午')))})(?![a-z]))?"
_CLOCK = re.compile(
    rf"{_HALF}\s*(?P<h>\d{{1,2}})(?:"
    r":(?P<m>\d{2})(?::(?P<s>\d{2})(?:[.,]\d+)?)?"
    r"|[时時点點](?:(?P<m2>\d{1,2})分?|(?P<thirty>半)|整)?(?:(?P<s2>\d{1,2})秒)?"
    r"|h(?P<m3>\d{2})"
    r"|[.](?P<m4>\d{2})(?=\s*uhr)"
    r")?(?P<uhr>\s*(?:uhr|o'clock)(?![a-z]))?\s*" + _HALF.replace("<half>", "<after>")
)
_FOUR = re.compile(r"(\d{1,2})(\d{2})(\d{2})?(?!\d)")
_ZONE = re.compile(r"\s*(z|utc|gmt|[a-z]{2,4}t|[a-z]+/[a-z_]+|(?:utc|gmt)?\s*[-+]\d{2}:?(?:\d{2})?)(?![\w:])")
_TO = re.compile(r"\s*(?:-|–|—|~|至|到|to|bis|until|till|/|\.\.\.?)\s*")
_BARE = re.compile(r"\d+(?:\.\d+)?")
_SERIALS = (20_000, 80_000)
"""Days since 1899-12-30 of the years 1954 to 2119."""

_LAST_OF_FOUR = 2400
"""Hours and minutes of the end of the day, in four digits."""

_NEAR = 10
"""Seconds by which a time of the day in four decimals may miss its minute."""

_EPOCHS = (10**9, 10**10)
_ORIGIN = datetime(1899, 12, 30)


class Moment(NamedTuple):
    """When a row begins to hold: seconds of the day; its day, its end and its zone where it says them."""

    start: float
    day: Day | None = None
    end: float | None = None
    zone: str = ""


class Times(NamedTuple):
    """The moments of a column; None where a cell holds none."""

    values: list[Moment | None]
    form: str = ""
    """How bare numbers were read, such as `hours`; empty where the cells say it themselves."""


def read_times(texts: Sequence[str], order: Order = "d/m/y", *, is_named: bool = False) -> Times:
    """Return the times of a column; bare numbers are times only if its head names a time (`is_named`)."""
    if texts and all(_is_bare(text) for text in texts if text):
        return _bare(texts, is_named=is_named)
    moments = [moment(text, order) for text in texts]
    if not any(moments):
        return _spans(texts, is_named=is_named)
    return Times(
        [_part_of_a_day(text) if when is None else when for text, when in zip(texts, moments, strict=True)]
    )


def _part_of_a_day(text: str) -> Moment | None:
    """Return the time of a number among times, as spreadsheets hold them; 0 is midnight."""
    if text == "0":
        return Moment(0.0)
    held = text.held if isinstance(text, Native) else None
    return _of_fraction(repr(held)) if isinstance(held, float) and 0 < held < 1 else None


def moment(text: str, order: Order = "d/m/y") -> Moment | None:
    """Return the time that a cell alone says; a date alone is its midnight."""
    return _held(text) if isinstance(text, Native) else _spoken(text, order)


@lru_cache(MOST_KEPT)
def _spoken(text: str, order: Order) -> Moment | None:
    spoken = folded(text).lower().strip("[]() ")
    stamp = dated(spoken, order)
    rest = stamp.rest if stamp is not None else without_weekday(spoken)
    if stamp is not None and not rest:
        return Moment(0.0, stamp.day)
    first = _clock(rest, bare=stamp is not None)
    if first is None:
        return None
    start, end = first
    behind, zone = _without_zone(rest[end:], start)
    closing = _closing(behind, order) if behind else None
    if behind and closing is None and not _TO.match(behind):
        day = dated(behind, order)
        return (
            Moment(start, day.day, None, zone) if stamp is None and day is not None and not day.rest else None
        )
    return Moment(_turned(rest, start, behind, closing), stamp.day if stamp else None, closing, zone)


def _turned(text: str, start: float, behind: str, closing: float | None) -> float:
    """Return a start that leaves its half of the day to its end: `1:00 - 1:30 PM` begins at 13:00."""
    halves = (*_MORNING, *_AFTERNOON)
    has_own = any(half in text[: len(text) - len(behind)] for half in halves)
    is_later = closing is not None and any(half in behind for half in _AFTERNOON) and not has_own
    noon = SECONDS_PER_DAY / 2
    return (
        start + noon
        if is_later and closing is not None and start < noon and start + noon < closing
        else start
    )


def _clock(text: str, *, bare: bool) -> tuple[float, int] | None:
    """Return the seconds of the clock time at the beginning of a text and where it ends."""
    digits = _FOUR.match(text)
    if bare and digits is not None:
        seconds = _seconds(int(digits[1]), int(digits[2]), int(digits[3] or 0), "")
        return None if seconds is None else (seconds, digits.end())
    match = _CLOCK.match(text)
    if match is None:
        return None
    half = match["half"] or match["after"] or ""
    signs = text[match.start("h") : match.end()].strip()
    if signs.isdigit() and not half:
        return None
    minutes = 30 if match["thirty"] else int(match["m"] or match["m2"] or match["m3"] or match["m4"] or 0)
    seconds = _seconds(int(match["h"]), minutes, int(match["s"] or match["s2"] or 0), half)
    return None if seconds is None else (seconds, match.end())


def _seconds(hours: int, minutes: int, seconds: int, half: str) -> float | None:
    """Return the seconds of the day of a clock time; None if there is no such time."""
    if half in _MORNING or half in _AFTERNOON:
        if (hours > 12 and half in _MORNING) or (half in ("晚上", "晚间") and hours == 12):
            return None
        hours = hours if hours > 12 else hours % 12 + (12 if half in _AFTERNOON else 0)
    elif half and hours < 11:
        hours += 12
    total = hours * 3600 + minutes * 60 + seconds
    return float(total) if total <= SECONDS_PER_DAY and minutes < 60 and seconds < 60 else None


def _without_zone(text: str, start: float) -> tuple[str, str]:
    """Split what stands behind a clock time into its rest and its zone; `08:00-08:30` is a span."""
    match = _ZONE.match(text)
    if match is None:
        return text.strip(), ""
    later = _clock(match[1].lstrip("-"), bare=False) if match[1].startswith("-") else None
    if later is not None and later[0] > start:
        return text.strip(), ""
    rest, further = _without_zone(text[match.end() :], start)
    return rest, further or match[1].strip()


def _closing(text: str, order: Order) -> float | None:
    """Return the end of a span, of which the beginning has been read."""
    match = _TO.match(text)
    if match is None:
        return None
    rest = text[match.end() :]
    stamp = dated(rest, order)
    rest = stamp.rest if stamp is not None else rest
    closing = _clock(rest, bare=stamp is not None)
    return closing[0] if closing is not None else None


def _held(text: Native) -> Moment | None:
    held = text.held
    if isinstance(held, datetime):
        return _of_stamp(held)
    if isinstance(held, date):
        return Moment(0.0, Day(held.year, held.month, held.day))
    if isinstance(held, time):
        return Moment(
            float(round(held.hour * 3600 + held.minute * 60 + held.second + held.microsecond / 1e6))
        )
    if isinstance(held, timedelta):
        seconds = float(round(held.total_seconds()))
        return Moment(seconds) if 0 <= seconds <= SECONDS_PER_DAY else None
    return None


def _of_stamp(held: datetime) -> Moment:
    """Return a date-time of a workbook; the days before its calendar begins are none."""
    nearest = (held + timedelta(milliseconds=500)).replace(microsecond=0)
    seconds = float(nearest.hour * 3600 + nearest.minute * 60 + nearest.second)
    if nearest.year > 1900:
        return Moment(seconds, Day(nearest.year, nearest.month, nearest.day))
    return Moment(seconds or SECONDS_PER_DAY)


def _is_bare(text: str) -> bool:
    if isinstance(text, Native):
        return isinstance(text.held, float)
    return _BARE.fullmatch(folded(text)) is not None


def _bare(texts: Sequence[str], *, is_named: bool) -> Times:
    """Return the times that bare numbers stand for, by the first form that all of them fit."""
    filled = [folded(text) for text in texts if text]
    figures = [float(text) for text in filled]
    is_padded = all(len(text) in (4, 6) for text in filled) and any(text.startswith("0") for text in filled)
    for form, fits, read in _FORMS:
        if (is_named or (form == "hours and minutes" and is_padded)) and fits(filled, figures):
            return Times([read(folded(text)) if text else None for text in texts], form)
    return Times([None] * len(texts))


def _is_whole(figures: Sequence[float]) -> bool:
    return all(figure.is_integer() for figure in figures)


def _are_stamps(texts: Sequence[str], _: Sequence[float]) -> bool:
    return all(len(text) in (12, 14) and _digits_as_stamp(text) for text in texts)


def _are_epochs(_: Sequence[str], figures: Sequence[float]) -> bool:
    return all(_EPOCHS[0] <= _epoch(figure) < _EPOCHS[1] for figure in figures)


def _are_serials(_: Sequence[str], figures: Sequence[float]) -> bool:
    return all(_SERIALS[0] <= figure < _SERIALS[1] for figure in figures)


def _are_seconds(_: Sequence[str], figures: Sequence[float]) -> bool:
    steps = all(figure % 300 == 0 and figure <= SECONDS_PER_DAY for figure in figures)
    return steps and len(set(figures)) > 1 and max(figures) > _LAST_OF_FOUR


def _are_minutes(_: Sequence[str], figures: Sequence[float]) -> bool:
    steps = all(figure % 5 == 0 and figure <= SECONDS_PER_DAY / 60 for figure in figures)
    return steps and len(set(figures)) > 1 and max(figures) >= 100


def _are_fractions(_: Sequence[str], figures: Sequence[float]) -> bool:
    return all(0 <= figure <= 1 for figure in figures) and not _is_whole(figures)


def _are_hours(texts: Sequence[str], figures: Sequence[float]) -> bool:
    quarters = {text.partition(".")[2].ljust(2, "0") for text in texts} <= {"00", "25", "50", "75"}
    return quarters and all(figure <= 24 for figure in figures) and not any(map(_is_four, texts))


def _are_dotted(texts: Sequence[str], _: Sequence[float]) -> bool:
    return all(re.fullmatch(r"\d{1,2}\.[0-5]\d", text) for text in texts)


def _are_hours_and_minutes(texts: Sequence[str], figures: Sequence[float]) -> bool:
    return _is_whole(figures) and max(figures) >= 100 and all(_of_digits(text) is not None for text in texts)


def _is_four(text: str) -> bool:
    return len(text) == 4 and text.isdigit()


def _epoch(figure: float) -> float:
    return figure / 1000 if figure >= 10**11 else figure


def _of_epoch(text: str) -> Moment | None:
    stamp = datetime.fromtimestamp(round(_epoch(float(text))), UTC).replace(tzinfo=None)
    return _of_stamp(stamp)._replace(zone="utc")


def _of_serial(text: str) -> Moment | None:
    stamp = _of_stamp(_ORIGIN + timedelta(days=float(text)))
    return stamp._replace(start=_whole_minute(stamp.start))


def _of_fraction(text: str) -> Moment | None:
    return Moment(_whole_minute(float(text) * SECONDS_PER_DAY))


def _whole_minute(seconds: float) -> float:
    """Return the minute next to a time that was written with few decimals, the second if none is near."""
    minute = round(seconds / 60) * 60.0
    return minute if abs(seconds - minute) <= _NEAR else float(round(seconds))


def _of_hours(text: str) -> Moment | None:
    return Moment(float(round(float(text) * 3600)))


def _of_seconds(text: str) -> Moment | None:
    return Moment(float(text))


def _of_minutes(text: str) -> Moment | None:
    return Moment(float(text) * 60)


def _of_dotted(text: str) -> Moment | None:
    hours, _, minutes = text.partition(".")
    return _moment_at(int(hours), int(minutes))


def _of_digits(text: str) -> Moment | None:
    """Return the time of `0800`, `830` or `083000`."""
    digits = text.partition(".")[0].zfill(4)
    if len(digits) not in (4, 6):
        return None
    return _moment_at(int(digits[:2]), int(digits[2:4]), int(digits[4:] or 0))


def _digits_as_stamp(text: str) -> Moment | None:
    stamp = dated(f"{text[:4]}-{text[4:6]}-{text[6:8]}")
    clock = _of_digits(text[8:])
    return None if stamp is None or clock is None else clock._replace(day=stamp.day)


def _moment_at(hours: int, minutes: int, seconds: int = 0) -> Moment | None:
    total = _seconds(hours, minutes, seconds, "")
    return None if total is None else Moment(total)


_FORMS: tuple[
    tuple[str, Callable[[Sequence[str], Sequence[float]], bool], Callable[[str], Moment | None]], ...
] = (
    (noted("stamps"), _are_stamps, _digits_as_stamp),
    (noted("seconds since 1970"), _are_epochs, _of_epoch),
    (noted("seconds since midnight"), _are_seconds, _of_seconds),
    (noted("days since 1900"), _are_serials, _of_serial),
    (noted("parts of a day"), _are_fractions, _of_fraction),
    (noted("hours"), _are_hours, _of_hours),
    (noted("hours.minutes"), _are_dotted, _of_dotted),
    (noted("hours and minutes"), _are_hours_and_minutes, _of_digits),
    (noted("minutes since midnight"), _are_minutes, _of_minutes),
)

_SPAN = re.compile(r"(\d{1,2}|\d{4})\s*(?:-|–|—|~|至|到|to|bis)\s*(\d{1,2}|\d{4})(?:\s*(?:uhr|时|点|h))?")


def _spans(texts: Sequence[str], *, is_named: bool) -> Times:
    """Return the times of spans such as `8-9` or `0800-0830`, all of one length."""
    moments = [_span(folded(text).lower()) for text in texts]
    lengths = {span.end - span.start for span in moments if span is not None and span.end is not None}
    is_mostly = 2 * sum(span is not None for span in moments) > len(moments)
    fits = len(lengths) == 1 and min(lengths) > 0 and (is_mostly if is_named else all(moments))
    return Times(moments if fits else [None] * len(texts))


def _span(text: str) -> Moment | None:
    match = _SPAN.fullmatch(text)
    if match is None or len(match[1]) == 3:
        return None
    ends = [_of_digits(part if len(part) == 4 else f"{part}00") for part in match.groups()]
    if ends[0] is None or ends[1] is None:
        return None
    return Moment(ends[0].start, None, ends[1].start or SECONDS_PER_DAY)
