"""The calendar: dates and weekdays as planners write them, and how they are written for people."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import PlainValidator

from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.scenario.errors import wrong
from callcenter.scenario.values import named

_WEEKDAY_NAMES = (
    "monday montag mon mo 周一 星期一 礼拜一",
    "tuesday dienstag tues tue di 周二 星期二 礼拜二",
    "wednesday mittwoch wed mi 周三 星期三 礼拜三",
    "thursday donnerstag thurs thur thu do 周四 星期四 礼拜四",
    "friday freitag fri fr 周五 星期五 礼拜五",
    "saturday samstag sonnabend sat sa 周六 星期六 礼拜六",
    "sunday sonntag sun so 周日 周天 星期日 星期天 礼拜日 礼拜天",
)
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAY_NAMES) for name in names.split()}
"""Weekdays by their names, 0 is Monday."""

SHORT = (noted("Mon"), noted("Tue"), noted("Wed"), noted("Thu"), noted("Fri"), noted("Sat"), noted("Sun"))
"""Weekdays as they are written for people, and as keys of `by_weekday`."""

_MONTHS = (
    *(noted("Jan"), noted("Feb"), noted("Mar"), noted("Apr"), noted("May"), noted("Jun")),
    *(noted("Jul"), noted("Aug"), noted("Sep"), noted("Oct"), noted("Nov"), noted("Dec")),
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SPAN = re.compile(r"\s*[-–]\s*")
_MOST_NAMED = 3
FIRST_YEAR, LAST_YEAR = 1970, 9000
"""Later and earlier dates are slips; a run from there on ends before the calendar does."""


def iso_date(value: object) -> date | None:
    """Return the date of `2026-11-23`, None if it is none or is not in the calendar."""
    match = _ISO.fullmatch(str(value).strip())
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _calendar_date(value: Any) -> date | None:
    day = iso_date(value)
    if value is not None and day is None:
        what = _("is no date of the calendar") if _ISO.fullmatch(str(value).strip()) else _("is no date")
        raise wrong(what, value, _("write year-month-day, such as 2026-11-23"))
    return day


CalendarDate = Annotated[date | None, PlainValidator(_calendar_date), named("date")]


def weekdays_in(text: object) -> tuple[int, ...] | None:
    """Return the weekdays of `Mon`, `Mon-Fri` or `Sat, Sun`, 0 is Monday; None if they are none."""
    numbers: list[int] = []
    for item in re.split(r"[;,、\s]+", _SPAN.sub("-", str(text).strip().lower())):
        ends = [WEEKDAYS.get(name) for name in item.split("-")]
        first, last = ends[0], ends[-1]
        if first is None or last is None or len(ends) > 2:
            return None
        numbers += [number % 7 for number in range(first, first + (last - first) % 7 + 1)]
    return tuple(numbers)


def date_text(day: date) -> str:
    """Return `Mon 23 Nov 2026`."""
    return _("{weekday} {day} {month} {year}").format(**_parts(day))


def short_date(day: date) -> str:
    """Return `Mon 23 Nov`, for places with little room."""
    return _("{weekday} {day} {month}").format(**_parts(day))


def tick_date(day: date) -> str:
    """Return the same on two lines, for the axis of a small figure."""
    return _("{weekday}\n{day} {month}").format(**_parts(day))


def day_text(day: date | None, number: int) -> str:
    """Return the date of a day, or its number, counted from 0 and written from 1."""
    return _("day {n}").format(n=number + 1) if day is None else date_text(day)


def _parts(day: date) -> dict[str, object]:
    names = {"weekday": _(SHORT[day.weekday()]), "month": _(_MONTHS[day.month - 1])}
    return {**names, "day": day.day, "year": day.year}


def dates_text(days: list[date]) -> str:
    """Return the first of some dates, and how many more there are."""
    named_dates = _(", ").join(map(date_text, days[:_MOST_NAMED]))
    rest = len(days) - _MOST_NAMED
    return named_dates + (" " + _("and {number} more").format(number=rest) if rest > 0 else "")
