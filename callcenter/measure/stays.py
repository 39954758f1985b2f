"""Time integrals: how many were somewhere (in line, with an agent), span by span."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats, Indices, Ints
from callcenter.measure.cells import Cells
from callcenter.measure.passes import Calendar, count_stays


class Stays(NamedTuple):
    """Who was where from when to when: group (-1 = nowhere), start and stop (nan = to the end of the run)."""

    group: Indices
    start: Floats
    stop: Floats


class Presence(NamedTuple):
    """How many of each group were inside, shape (groups, spans)."""

    carried: Ints
    """Inside at the start of the span."""
    seconds: Floats
    """Integral of the number inside over the counted part of the span."""
    crossing: Stays
    """The stays that go on from one span into another."""


def presence(cells: Cells, groups: int, end: float, *everybody: Stays) -> Presence:
    """Return how many were inside in each span; the run ended at ``end`` seconds.

    Whoever is inside at the start of a span is taken to stay to its end; arrivals add their part of the span
    and departures take theirs away.  All times are multiples of 2**-20 s and are taken from the end of their
    own span, so that the sums are exact.  Time after the last span counts in it.
    """
    change, seconds = np.zeros((groups, cells.spans), np.int64), np.zeros((groups, cells.spans))
    starts, ends = cells.starts, cells.ends
    crossing = []
    calendar = Calendar(min(end, cells.until), cells.open, cells.interval, cells.since, cells.intervals)
    for stays in (_before(stays, cells.until, end) for stays in everybody):
        rows = count_stays(*stays, calendar, ends, change, seconds)
        crossing.append(Stays(stays.group[rows], stays.start[rows], stays.stop[rows]))
    carried = np.zeros_like(change)
    np.cumsum(change[:, :-1], axis=1, out=carried[:, 1:])
    return Presence(carried, carried * (ends - starts) + seconds, _together(crossing, end))


def _before(stays: Stays, until: float, end: float) -> Stays:
    """Return stays as far as they lie before a time."""
    if until >= end:
        return stays
    group = np.where(stays.start < until, stays.group, np.int32(-1))
    return Stays(group, stays.start, np.fmin(stays.stop, until))


def _together(crossing: list[Stays], end: float) -> Stays:
    stop = np.concatenate([stays.stop for stays in crossing])
    return Stays(
        np.concatenate([stays.group for stays in crossing]),
        np.concatenate([stays.start for stays in crossing]),
        np.where(np.isnan(stop), end, stop),
    )
