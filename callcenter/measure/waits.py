"""Waits: one for each call that asked for a person, their percentiles and their histogram."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.calllog import CallLog
from callcenter.measure.passes import waits_of

POINTS = ("p50", "p90", "p95", "p99", "max")
"""Percentiles and the longest, of one replication."""

_QUANTILES = np.array([0.50, 0.90, 0.95, 0.99, 1.0])

WAIT_EDGES: Floats = np.concatenate(
    [np.arange(0.0, 120.0), np.arange(120.0, 1_200.0, 10.0), np.arange(1_200.0, 7_200.1, 60.0)]
)
"""Upper edges of the histogram's bins in seconds, inclusive: no wait at all, then bins of 1 s up to 2 min, of
10 s up to 20 min and of 1 min up to 2 h; one more bin, the last, holds what is longer."""


def waits(log: CallLog) -> Floats:
    """Return the wait of each call in seconds; nan where the caller never asked for a person.

    It lasts until an agent answers, the caller leaves, or the run ends.
    """
    return waits_of(log.joined, log.answered, log.left, log.end)


class Waits(NamedTuple):
    """Sorted waits: so many of no time at all, and the others."""

    at_once: int
    later: Floats


def points(waits: Waits) -> Floats:
    """Return the POINTS of waits as `numpy.percentile` interpolates them; nan if there are none.

    Definition 7 of Hyndman and Fan (1996), Sample quantiles in statistical packages.
    """
    size = waits.at_once + waits.later.size
    if not size:
        return np.full(len(POINTS), np.nan)
    place = _QUANTILES * (size - 1)
    below = np.floor(place).astype(np.int64)
    low, high = _taken(waits, below), _taken(waits, np.minimum(below + 1, size - 1))
    interpolated: Floats = low + (high - low) * (place - below)
    return interpolated


def _taken(waits: Waits, places: Ints) -> Floats:
    taken = np.zeros(places.size)
    later = places >= waits.at_once
    taken[later] = waits.later[places[later] - waits.at_once]
    return taken


def histogram(waits: Waits) -> Ints:
    """Count waits in the bins of WAIT_EDGES."""
    at_most = np.searchsorted(waits.later, WAIT_EDGES, side="right")
    bins = np.diff(at_most, prepend=0, append=waits.later.size)
    bins[0] += waits.at_once
    return bins
