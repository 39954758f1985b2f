"""The promise of a callback, as the search judges it: little late, the day's work done by the evening."""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Ints
from callcenter.calllog import CallLog
from callcenter.measure.cells import cells_of
from callcenter.scenario import Scenario

MOST_LEFT = 0.1
"""Share of the callbacks owed that may be late or left over."""

TIME_TO_BEGIN = 3600.0
"""Seconds before the calling hours end within which a new job may be left for the next day.

A run of one day cannot show that a promise of 24 h is broken, so what was created earlier must be begun.
"""


def promises_callbacks(scenario: Scenario) -> bool:
    """Whether callbacks have a target of their own, in place of `MOST_LEFT`."""
    return any(goal.measure == "callbacks" for goal in scenario.goals)


def left_over(scenario: Scenario, log: CallLog, last: float, end: float) -> Ints:
    """Return how many callbacks are late or left over, and how many are owed, shape (2,), from a log.

    The calling hours end at ``last`` and the run at ``end`` seconds.
    """
    cells, jobs = cells_of(scenario), log.callbacks
    counted = (jobs.created >= cells.since) & (jobs.created < cells.until)
    begun, closed = ~np.isnan(jobs.first_attempt), ~np.isnan(jobs.ended)
    acted = np.where(begun, jobs.first_attempt, np.where(closed, jobs.ended, end))
    left = ~begun & ~closed & (jobs.created <= last - TIME_TO_BEGIN)
    late = (acted > jobs.due) | left
    return np.array([np.count_nonzero(late & counted), np.count_nonzero(counted)], np.int64)
