"""The promise of a callback, as the search judges it: little late, the day's work done by the evening."""

from __future__ import annotations

from typing import Any

import numpy as np

from callcenter.arrays import Floats, Ints

MOST_LEFT = 0.1
"""Share of the callbacks owed that may be late or left over."""

TIME_TO_BEGIN = 3600.0
"""Seconds before the calling hours end within which a new job may be left for the next day."""


def left_over(jobs: Any, counted: tuple[float, float], windows: Floats, end: float) -> Ints:
    """Return how many callbacks are late or left over, and how many are owed, shape (2,).

    A run of one day cannot show that a promise of 24 h is broken, so a job also counts as left over when it
    was created an hour or more before the calling hours end for the last time, and is not begun by then.
    Jobs count that were created between the end of the warm-up and the cool-down, which ``counted`` are; all
    in seconds.
    """
    since, until = counted
    owed: Any = jobs[(jobs["created"] >= since) & (jobs["created"] < until)]
    if not owed.size:
        return np.zeros(2, np.int64)
    last = float(windows[-1, 1]) if len(windows) else -np.inf
    begun = ~np.isnan(owed["first_attempt"])
    closed = ~np.isnan(owed["ended"])
    acted = np.where(begun, owed["first_attempt"], np.where(closed, owed["ended"], end))
    late = acted > owed["due"]
    left = ~begun & ~closed & (owed["created"] <= last - TIME_TO_BEGIN)
    return np.array([np.count_nonzero(late | left), owed.size], np.int64)
