"""The pools' figures: staffed, busy and overtime, and the work they did."""

from __future__ import annotations

import numpy as np

from callcenter.calllog import CallbackLog, CallLog, Floats, Indices, Ints
from callcenter.measure.cells import Cells
from callcenter.measure.stays import Stays, carried, inside_seconds, stays_of
from callcenter.scenario import Scenario

POOL_SUMS = ("staffed_s", "busy_s", "overtime_s")
"""Staffed on the roster; in talk, wrap-up or a callback; busy beyond the roster (rule R8)."""

POOL_COUNTS = ("calls", "attempts")
"""Calls answered, by interval of arrival; callback attempts, by interval of their start."""


def pool_sums(scenario: Scenario, cells: Cells, log: CallLog) -> Floats:
    """Return agent seconds of shape (POOL_SUMS, pools, cells)."""
    roster, work = _roster(scenario, cells), _work(cells, log)
    inside = carried(cells, work, len(roster))
    busy = inside_seconds(cells, work, inside)
    over = _overtime(cells, work, inside, roster)
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


def _work(cells: Cells, log: CallLog) -> Stays:
    """Return when agents were busy, a stay for each call answered and each callback attempt."""
    jobs, answered = log.callbacks, np.flatnonzero(log.pool >= 0)
    group = np.concatenate([log.pool[answered], jobs.attempt_pool]).astype(np.int64)
    start = np.concatenate([log.answered[answered], jobs.attempt_start])
    stop = np.concatenate([log.released[answered], jobs.attempt_end])
    return stays_of(cells, group, start, np.where(np.isnan(stop), log.end, stop))


def _overtime(cells: Cells, work: Stays, inside: Ints, roster: Ints) -> Floats:
    """Return agent seconds beyond the roster within opening hours, shape (pools, spans).

    Staffing falls only where a span begins, and an overstaffed pool takes nothing new: so those who carry
    work over leave as they finish it, until as many are left as the roster says (rule R8).
    """
    seconds = np.zeros(roster.shape)
    crossing = work.take(work.last > work.first)
    for pool, span in np.argwhere(inside > roster):
        present = (crossing.group == pool) & (crossing.first < span) & (crossing.last >= span)
        leaving = np.sort(crossing.stop[present])[: inside[pool, span] - roster[pool, span]]
        stays = np.minimum(leaving, cells.ends[span]) - cells.starts[span]
        seconds[pool, span] = np.maximum(stays, 0.0).sum()
    return seconds


def _count(group: Indices | Ints, place: Ints, groups: int, places: int) -> Ints:
    return np.bincount(group * places + place, minlength=groups * places).reshape(groups, places)
