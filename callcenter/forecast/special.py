"""What special days are like: a weekday to begin with, and a factor learnt from special days of the past."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.forecast.history import History
from callcenter.special_days.calendar import KINDS, SATURDAY, SUNDAY, Calendar, Kind

NEAR = 28
"""Days before and after a special one whose ordinary days it is compared with."""
UNKNOWN_SPREAD = 0.25
"""Standard deviation of the factor of a kind of day that never was."""
LEAST_SPREAD = 0.05


class Special(NamedTuple):
    """A special day of the past, beside what an ordinary day would have brought."""

    day: date
    kind: Kind
    name: str
    calls: float
    usual: float

    @property
    def factor(self) -> float:
        """Calls over the usual ones."""
        return self.calls / self.usual


class Effect(NamedTuple):
    """What is expected of a special day: how many times its base, and the spread of that as a share."""

    factor: float
    spread: float
    days: int
    """Special days of the past that say so."""


@dataclass(frozen=True, eq=False)
class SpecialDays:
    """Special days of a history, and what they say of others."""

    calendar: Calendar
    usual: frozenset[int]
    """Weekdays that are open."""
    past: tuple[Special, ...]
    closed: Mapping[Kind, int]
    """Special days of the past, by kind, on which nobody called though their weekday is open."""

    def like(self, day: date) -> int | None:
        """Return the weekday that a special day is like; None for an ordinary day."""
        return like(self.calendar, self.usual, day)

    def is_closed(self, day: date) -> bool:
        """Whether a special day is one on which the centre has been closed so far."""
        kind = self.calendar.kind_of(day)
        if kind is None:
            return False
        opened = sum(special.kind == kind for special in self.past)
        return self.closed.get(kind, 0) > opened

    def effect_of(self, day: date) -> Effect:
        """Return the factor of a special day: that of its name, drawn to that of its kind."""
        kind, name = self.calendar.kind_of(day), self.calendar.name_of(day)
        alike = [special for special in self.past if special.kind == kind]
        if not alike:
            return Effect(1.0, UNKNOWN_SPREAD, 0)
        logs = np.log([max(special.factor, 1e-3) for special in alike])
        own = logs[[special.name == name for special in alike]]
        mean = float((own.sum() + logs.mean()) / (own.size + 1))
        spread = float(logs.std(ddof=1)) if logs.size > 1 else UNKNOWN_SPREAD
        spread = max(spread * float(np.sqrt(1 + 1 / logs.size)), LEAST_SPREAD)
        if own.size > 1:
            spread = max(float(own.std(ddof=1)) * float(np.sqrt(1 + 1 / own.size)), LEAST_SPREAD)
        return Effect(float(np.exp(mean)), spread, int(own.size or logs.size))


def like(calendar: Calendar, usual: Collection[int], day: date) -> int | None:
    """Return the weekday a special day is like: a holiday a Sunday, a worked weekend day its neighbour."""
    kind = calendar.kind_of(day)
    if kind is None:
        return None
    if kind == "holiday":
        return SUNDAY if SUNDAY in usual else day.weekday()
    neighbour = {SATURDAY: SATURDAY - 1, SUNDAY: 0}.get(day.weekday(), day.weekday())
    return neighbour if neighbour in usual else day.weekday()


def special_days(
    days: Sequence[date], totals: Floats, calendar: Calendar, left_out: Collection[date]
) -> SpecialDays:
    """Compare the special days of a history with ordinary ones around them."""
    usual = History(tuple(days), totals[:, None]).usual
    ordinary = np.array([calendar.kind_of(day) is None for day in days])
    numbers: Ints = np.array([day.toordinal() for day in days])
    weekdays = np.array([day.weekday() for day in days])
    past = []
    for row in np.flatnonzero(~ordinary).tolist():
        day, kind = days[row], calendar.kind_of(days[row])
        base = like(calendar, usual, day)
        peers = ordinary & (weekdays == base) & (np.abs(numbers - numbers[row]) <= NEAR)
        if kind is not None and peers.any():
            mean = float(totals[peers].mean())
            past.append(Special(day, kind, calendar.name_of(day), float(totals[row]), mean))
    known, span = {*days, *left_out}, (days[0], days[-1])
    closed = {
        kind: sum(
            day.weekday() in usual and day not in known
            for day in (calendar.holidays if kind == "holiday" else calendar.workdays)
            if span[0] <= day <= span[1]
        )
        for kind in KINDS
    }
    return SpecialDays(calendar, usual, tuple(past), closed)
