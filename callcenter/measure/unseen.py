"""Room in an interval for a kind of day that the replications have not shown.

Ten days on which every call is answered in time do not say that all days are like that.  As auditors do with
the errors that a sample does not hold, the interval is widened by the most that days of another kind may
weigh, times how bad such a day is taken to be: Stringer (1963), Practical aspects of statistical sampling in
auditing, Proceedings of the Business and Economic Statistics Section, American Statistical Association,
405-411; Bickel (1992), Inference and auditing: the Stringer bound, International Statistical Review 60,
197-209.  How bad is an assumption, and stands here.
"""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Floats
from callcenter.measure.intervals import Array
from callcenter.measure.quantiles import TAIL

BAD_DAY = 0.05
"""Part of its calls that a bad day misses, at least."""

BUSY_DAY = 1.75
"""The same in standard deviations of the calls of a day, so far as Poisson arrivals do not explain them: a
day so much busier has so many calls more, and none of them is answered in time."""

CHANGE = 0.0025
"""By how much a day may change each of two shares that share their callers, at least."""


def unseen(number: Array) -> Floats:
    """Return the most that a kind of day which so many days have not shown may weigh."""
    weight: Floats = 1 - TAIL ** (1 / number)
    return weight


def bad_day(calls: Floats, variance: Floats) -> Floats:
    """Return the part of a mean day's calls that a bad day misses, from the calls of the days seen.

    ``calls`` are their mean.  It is one call at least.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        busyness = np.sqrt(np.maximum(variance / calls**2 - 1 / calls, 0.0))
        return np.maximum(np.maximum(BAD_DAY, 1 / calls), BUSY_DAY * busyness)


def least_change(calls: Floats) -> Floats:
    """Return by how much a day may change a share of so many calls, or half a call."""
    with np.errstate(divide="ignore"):
        return np.maximum(CHANGE, 0.5 / calls)


def room(number: Array, possible: Floats, seen: Floats) -> Floats:
    """Return what a day on which so much is possible adds to an interval, if so much has been seen."""
    return unseen(number) * np.maximum(possible - seen, 0.0)
