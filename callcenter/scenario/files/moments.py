"""The moment that a cell alone says: a clock time, a stamp or a span, in the forms of many countries."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from callcenter.clock import SECONDS_PER_DAY
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


class Moment(NamedTuple):
    """When a row begins to hold: seconds of the day; its day, its end and its zone where it says them."""

    start: float
    day: Day | None = None
    end: float | None = None
    zone: str = ""


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
        seconds = seconds_of_day(int(digits[1]), int(digits[2]), int(digits[3] or 0), "")
        return None if seconds is None else (seconds, digits.end())
    match = _CLOCK.match(text)
    if match is None:
        return None
    half = match["half"] or match["after"] or ""
    signs = text[match.start("h") : match.end()].strip()
    if signs.isdigit() and not half:
        return None
    minutes = 30 if match["thirty"] else int(match["m"] or match["m2"] or match["m3"] or match["m4"] or 0)
    seconds = seconds_of_day(int(match["h"]), minutes, int(match["s"] or match["s2"] or 0), half)
    return None if seconds is None else (seconds, match.end())


def seconds_of_day(hours: int, minutes: int, seconds: int, half: str) -> float | None:
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
        return of_stamp(held)
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


def of_stamp(held: datetime) -> Moment:
    """Return a date-time of a workbook; the days before its calendar begins are none."""
    nearest = (held + timedelta(milliseconds=500)).replace(microsecond=0)
    seconds = float(nearest.hour * 3600 + nearest.minute * 60 + nearest.second)
    if nearest.year > 1900:
        return Moment(seconds, Day(nearest.year, nearest.month, nearest.day))
    return Moment(seconds or SECONDS_PER_DAY)
