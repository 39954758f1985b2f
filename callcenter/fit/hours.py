"""When the hotline is open, by when callers are answered."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Flags, Floats
from callcenter.clock import SECONDS_PER_DAY
from callcenter.fit.calls import Calls
from callcenter.fit.errors import FitError
from callcenter.language import gettext as _

MOST_DAYS = 0.5
"""Share of days on which somebody must be answered in an interval that counts as open."""
TRICKLE = 0.15
"""Share of the neighbour's calls below which the first or last interval is only early birds."""


class Hours(NamedTuple):
    """Opening hours in seconds of the day, and the planning interval."""

    opening: float
    closing: float
    interval: float

    @property
    def intervals(self) -> int:
        """How many intervals there are."""
        return round((self.closing - self.opening) / self.interval)

    @property
    def starts(self) -> list[float]:
        """The start of each interval."""
        return [self.opening + number * self.interval for number in range(self.intervals)]


def opening_hours(calls: Calls, interval: float) -> Hours:
    """Return the hours during which callers are answered on most days."""
    if SECONDS_PER_DAY % interval:
        raise FitError(
            _("an interval of {minutes:g} min does not divide the day").format(minutes=interval / 60)
        )
    own = calls.is_answered & (calls.arrived < SECONDS_PER_DAY)
    counts = np.zeros((calls.number_of_days, round(SECONDS_PER_DAY / interval)))
    np.add.at(counts, (calls.day[own], (calls.arrived[own] // interval).astype(int)), 1)
    return hours_of(counts, interval)


def hours_of(answered: Floats, interval: float) -> Hours:
    """Return the hours of calls answered by day and interval of the whole day; FitError without any."""
    is_open = (answered > 0).mean(axis=0) >= MOST_DAYS
    if not is_open.any():
        raise FitError(
            _("in no interval is somebody answered on most days; fit longer intervals with --interval")
        )
    first, last = _longest_run(is_open)
    mean = answered.mean(axis=0)
    while last - first > 1 and first > 0 and mean[first] < TRICKLE * mean[first + 1]:
        first += 1
    while last - first > 1 and last < len(mean) - 1 and mean[last] < TRICKLE * mean[last - 1]:
        last -= 1
    return Hours(first * interval, (last + 1) * interval, interval)


def _longest_run(flags: Flags) -> tuple[int, int]:
    """Return first and last of the longest run of open intervals, gaps of one bridged."""
    bridged = flags.copy()
    bridged[1:-1] |= flags[:-2] & flags[2:]
    edges = np.flatnonzero(np.diff(np.concatenate(([0], bridged.astype(int), [0]))))
    runs = edges.reshape(-1, 2)
    first, end = runs[np.argmax(runs[:, 1] - runs[:, 0])]
    return int(first), int(end) - 1
