"""The days of records at a glance: how many calls each had, and from when to when they were answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats, Indices, Ints
from callcenter.fit.calls import Calls

_QUARTER = 900.0
_OFTEN = 0.5


class Diary(NamedTuple):
    """One entry for each day."""

    days: tuple[str, ...]
    weekdays: Ints
    """Monday is 0; -1 where days have no dates."""
    calls: Floats
    first: Floats
    """When the first call of working hours was answered; infinite where none was."""
    last: Floats

    @property
    def places(self) -> Ints:
        """The place of each day in the calendar; its number where days have no dates."""
        if len(self.weekdays) and self.weekdays[0] < 0:
            return np.arange(len(self.days))
        return np.array(self.days, "datetime64[D]").astype(np.int64)


def diary(calls: Calls) -> Diary:
    """Return the days of call records."""
    number = calls.number_of_days
    counts = np.bincount(calls.day[calls.is_offered], minlength=number).astype(float)
    taken, day = calls.answered[calls.is_answered], calls.day[calls.is_answered]
    opening = usual_opening(taken, day, range(number))
    first = _extreme(np.minimum, np.inf, np.where(taken >= opening, taken, np.inf), day, number)
    return Diary(calls.days, calls.weekdays, counts, first, _extreme(np.maximum, -np.inf, taken, day, number))


def usual_opening(taken: Floats, day: Indices, among: Sequence[int]) -> float:
    """Return the start of the first quarter of an hour in which somebody is answered on most days."""
    cells = np.unique(np.stack((day, (taken // _QUARTER).astype(np.int64))), axis=1)
    kept = cells[1, np.isin(cells[0], list(among))]
    share = np.bincount(kept, minlength=1) / max(len(among), 1)
    often = np.flatnonzero(share >= _OFTEN)
    return float(often[0] * _QUARTER) if len(often) else 0.0


def _extreme(pick: Callable[..., Floats], start: float, values: Floats, day: Indices, number: int) -> Floats:
    extremes = np.full(number, start)
    pick.at(extremes, day, values)  # type: ignore[attr-defined]  # a ufunc
    return extremes
