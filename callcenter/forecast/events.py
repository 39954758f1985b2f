"""Events that are known beforehand: so many times the usual calls, give or take, on some days or hours."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.forecast.errors import ForecastError, of_tables
from callcenter.language import gettext as _
from callcenter.special_days import table_rows

MOST_FACTOR = 100.0
MOST_DAYS = 400
MOST_EVENTS = 1000
CERTAIN = 1.959963984540054
"""What is given as +- holds 95 %: so many standard deviations."""

_DAY, _CLOCK, _NUMBER = r"\d{4}-\d{2}-\d{2}", r"\d{1,2}:\d{2}", r"\d+(?:\.\d+)?"
_EVENT = re.compile(
    rf"\s*({_DAY})(?:\s*\.\.\s*({_DAY}))?(?:\s+({_CLOCK})-({_CLOCK}))?\s+[x×*]\s*({_NUMBER})"
    rf"(?:\s*(?:\+-|±|\+/-)\s*({_NUMBER})\s*%)?(?:\s+(.*\S))?\s*"
)
HEADS = {
    "date": ("date", "from", "day", "日期"),
    "to": ("to", "until", "截止"),
    "hours": ("hours", "时段"),
    "factor": ("factor", "times", "倍数"),
    "plus_minus": ("plus_minus", "+-", "±", "误差"),
    "name": ("name", "event", "名称"),
}


class Event(NamedTuple):
    """What multiplies the calls of some days, all day or between two clock times."""

    first: date
    last: date
    start: float
    end: float
    """Seconds of the day."""
    factor: float
    spread: float
    """Standard deviation of the factor, a share of it."""
    name: str

    @property
    def text(self) -> str:
        """The event as it is written."""
        days = str(self.first) if self.first == self.last else f"{self.first}..{self.last}"
        give = f" +-{100 * self.spread * CERTAIN:.4g}%" if self.spread else ""
        return " ".join(filter(None, (f"{days} x{self.factor:g}{give}", self.name)))


def event_of(text: str) -> Event:
    """Read ``2026-12-31 x1.3 +-10% New tariff``; also ``2026-12-24..2026-12-26`` and ``09:00-12:00``."""
    read = _EVENT.fullmatch(text[:300])
    if read is None:
        message = _(
            "event {text!r}: write a date and a factor, such as 2026-12-31 x1.3 +-10%, or "
            "2026-12-24..2026-12-26 09:00-12:00 x0.5"
        )
        raise ForecastError(message.format(text=text[:80]))
    first, last, start, end = _day(read[1], text), _day(read[2] or read[1], text), 0.0, 86_400.0
    if read[3]:
        start, end = _clock(read[3], text), _clock(read[4], text)
    return _checked(
        Event(first, last, start, end, float(read[5]), float(read[6] or 0) / 100 / CERTAIN, read[7] or "")
    )


def events_file(path: str | os.PathLike[str]) -> list[Event]:
    """Read a table of events: ``date``, ``to``, ``hours``, ``factor``, ``plus_minus``, ``name``."""
    events = []
    with of_tables():
        rows = list(table_rows(Path(path), HEADS, ("date", "factor"), MOST_EVENTS))
    for line, row in rows:
        words = row["date"].strip()[:10] + (f"..{row['to'].strip()[:10]}" if row["to"].strip() else "")
        words += f" {row['hours'].strip()}" if row["hours"].strip() else ""
        words += f" x{row['factor'].strip().lstrip('x×*')}"
        give = row["plus_minus"].strip().lstrip("+-±/ ").rstrip("% ")
        words += f" +-{give}%" if give else ""
        try:
            events.append(event_of(f"{words} {row['name'].strip()}"))
        except ForecastError as error:
            raise ForecastError(
                _("{file}, line {line}: {problem}").format(file=path, line=line, problem=error)
            ) from None
    return events


def _day(text: str, whole: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = _("event {text!r}: {day} is no date")
        raise ForecastError(message.format(text=whole[:80], day=text)) from None


def _clock(text: str, whole: str) -> float:
    hours, minutes = map(int, text.split(":"))
    if minutes > 59 or hours * 60 + minutes > 24 * 60:
        message = _("event {text!r}: {clock} is no time of day")
        raise ForecastError(message.format(text=whole[:80], clock=text))
    return hours * 3600.0 + minutes * 60.0


def _checked(event: Event) -> Event:
    if event.last < event.first or event.end <= event.start:
        raise ForecastError(_("event {text!r} ends before it begins").format(text=event.text))
    if (
        (event.last - event.first).days > MOST_DAYS
        or event.factor > MOST_FACTOR
        or event.spread * CERTAIN > 1
    ):
        message = _("event {text!r}: at most {days} days, {factor:g} times the calls and +-100%")
        raise ForecastError(message.format(text=event.text, days=MOST_DAYS, factor=MOST_FACTOR))
    return event


def factors_of(
    events: Sequence[Event], days: Sequence[date], starts: Sequence[float], interval: float
) -> tuple[Floats, Floats]:
    """Return the factor of each interval and its spread as a share, both of shape (days, intervals).

    An interval that an event covers in part takes that part of it.
    """
    begins = np.asarray(starts, np.float64)
    factors, squares = np.ones((len(days), begins.size)), np.zeros((len(days), begins.size))
    place = {day: row for row, day in enumerate(days)}
    for event in events:
        covered = np.clip(
            (np.minimum(begins + interval, event.end) - np.maximum(begins, event.start)) / interval, 0, 1
        )
        for number in range((event.last - event.first).days + 1):
            row = place.get(event.first + timedelta(number))
            if row is not None:
                factors[row] *= 1 + covered * (event.factor - 1)
                squares[row] += (covered * event.spread) ** 2
    return factors, np.sqrt(squares)
