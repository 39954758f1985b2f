"""The pools' figures: staffed, busy and overtime, and the work they did."""

from __future__ import annotations

import numpy as np

from callcenter.calllog import CallbackLog, CallLog, Floats, Indices, Ints
from callcenter.measure.cells import Cells
from callcenter.measure.stays import Presence, Stays, presence
from callcenter.scenario import Scenario

POOL_SUMS = ("staffed_s", "busy_s", "overtime_s")
"""Staffed on the roster; in talk, wrap-up or a callback; busy beyond the roster (rule R8)."""

POOL_COUNTS = ("calls", "attempts")
"""Calls answered, by interval of arrival; callback attempts, by interval of their start."""


def pool_sums(scenario: Scenario, cells: Cells, log: CallLog) -> Floats:
    """Return agent seconds of shape (POOL_SUMS, pools, cells)."""
    roster, jobs = _roster(scenario, cells), log.callbacks
    calls = Stays(log.pool, log.answered, log.released)
    attempts = Stays(jobs.attempt_pool, jobs.attempt_start, jobs.attempt_end)
    work = presence(cells, len(roster), log.end, calls, attempts)
    busy, over = work.seconds, _overtime(cells, work, roster)
    after_hours = slice(cells.intervals, None, cells.intervals + 1)
    over[:, after_hours] = busy[:, after_hours]
    return cells.fold(np.stack([roster * (cells.ends - cells.starts), busy, over]))


def pool_counts(cells: Cells, pools: int, answering: Indices, cell: Ints, jobs: CallbackLog) -> Ints:
    """Return counts of shape (POOL_COUNTS, pools, cells).

    ``answering`` is the pool of each counted call (-1 = none), ``cell`` its cell, ``jobs`` the counted jobs.
    """
    calls = _count(answering + 1, cell, pools + 1, cells.count)[1:]
    attempts = _count(jobs.attempt_pool, cells.span_of(jobs.attempt_start), pools, cells.spans)
    return np.stack([calls, cells.fold(attempts)])


def _roster(scenario: Scenario, cells: Cells) -> Ints:
    """Return the agents rostered in each span, shape (pools, spans); none after hours."""
    of_day = np.array([(*pool.staffed, 0) for pool in scenario.pools.values()], np.int64)
    return np.tile(of_day, (1, cells.days))


def _overtime(cells: Cells, work: Presence, roster: Ints) -> Floats:
    """Return agent seconds beyond the roster within opening hours, shape (pools, spans).

    Staffing falls only where a span begins, and an overstaffed pool takes nothing new: so those who carry
    work over leave as they finish it, until as many are left as the roster says (rule R8).
    """
    seconds, inside = np.zeros(roster.shape), work.carried
    group, start, stop = work.crossing
    for pool, span in np.argwhere(inside > roster):
        present = (group == pool) & (start < cells.boundaries[span]) & (stop >= cells.boundaries[span])
        leaving = np.sort(stop[present])[: inside[pool, span] - roster[pool, span]]
        stays = np.minimum(leaving, cells.ends[span]) - cells.starts[span]
        seconds[pool, span] = np.maximum(stays, 0.0).sum()
    return seconds


def _count(group: Indices | Ints, place: Ints, groups: int, places: int) -> Ints:
    return np.bincount(group * places + place, minlength=groups * places).reshape(groups, places)
