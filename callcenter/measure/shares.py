"""Shares, which calls decide: their intervals have a width, also at 0 and at 100%."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.measure.intervals import Array, Scatter, reach, with_error
from callcenter.measure.unseen import bad_day, room


class Calls(NamedTuple):
    """The calls of the replications behind a share, arrays of one shape."""

    mean: Floats
    variance: Floats
    missed: Floats
    """Most that were not counted in one replication."""
    counted: Floats
    """Most that were counted in one replication."""


def calls_of(numerators: Array, denominators: Array, most: float) -> Calls:
    """Return the calls of replications along the first axis; ``most`` is counted of a call at most."""
    mean = denominators.mean(axis=0)
    return Calls(
        mean,
        ((denominators - mean) ** 2).sum(axis=0) / max(len(denominators) - 1, 1),
        (most * denominators - numerators).max(axis=0),
        numerators.max(axis=0),
    )


def share_ends(value: Floats, scatter: Scatter, calls: Calls, most: float) -> tuple[Floats, Floats]:
    """Return the ends of a share's interval, within 0 and ``most``.

    The standard error is at least that of calls that are independent of each other (a design effect of 1;
    Korn and Graubard, 1998, Survey Methodology 24, 193-201), and each end has room for an unseen day.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        alone = np.sqrt(np.maximum(value * (most - value), 0.0) / (scatter.number * calls.mean))
        missed, counted = calls.missed / calls.mean, calls.counted / calls.mean
    below, above = reach(with_error(scatter, alone))
    possible = most * bad_day(calls.mean, calls.variance)
    low = value - below - room(scatter.number, possible, missed)
    high = value + above + room(scatter.number, possible, counted)
    return np.maximum(low, 0.0), np.minimum(high, most)
