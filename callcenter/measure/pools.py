"""The pools' figures: rostered, staffed, busy and overtime, and the work they did."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.calllog import CallbackLog, CallLog
from callcenter.measure.cells import Cells
from callcenter.measure.staffing import Pieces, pieces_of
from callcenter.measure.stays import Stays, presence
from callcenter.scenario import Scenario

POOL_SUMS = ("staffed_s", "busy_s", "overtime_s", "rostered_s", "unrostered_s")
"""On the phones as staffed; in talk, wrap-up or a callback; busy beyond the staffing (rule R8); rostered;
busy beyond the roster, which is the overtime that is paid."""

POOL_COUNTS = ("calls", "attempts")
"""Calls answered, by interval of arrival; callback attempts, by interval of their start."""


def pool_sums(scenario: Scenario, cells: Cells, log: CallLog) -> Floats:
    """Return agent seconds of shape (POOL_SUMS, pools, cells)."""
    pieces, everybody = pieces_of(cells, log.staffing), _work(scenario, log)
    work = presence(cells, len(scenario.pools), log.end, *everybody)
    # A level falls only where a piece begins: if that is where a span begins, whoever is there then crosses.
    crossing = work.crossing if pieces.is_regular else _together(everybody, log.end)
    over = [
        _overtime(pieces, level, crossing, work.seconds.shape)
        for level in (pieces.staffed, np.ceil(pieces.rostered).astype(np.int64))
    ]
    for seconds in over:
        seconds[:, cells.is_after_hours] = work.seconds[:, cells.is_after_hours]
    staffed, rostered = (
        pieces.seconds(pieces.staffed, cells.spans),
        pieces.seconds(pieces.rostered, cells.spans),
    )
    return cells.fold(np.stack([staffed, work.seconds, over[0], rostered, over[1]]))


def pool_counts(cells: Cells, answered: Ints, jobs: CallbackLog) -> Ints:
    """Return counts of shape (POOL_COUNTS, pools, cells), from calls answered (pools, cells)."""
    pools = len(answered)
    counted = jobs.attempt_start < cells.until
    place = jobs.attempt_pool[counted] * cells.spans + cells.span_of(jobs.attempt_start[counted])
    attempts = np.bincount(place, minlength=pools * cells.spans).reshape(pools, cells.spans)
    return np.stack([answered, cells.fold(attempts)])


def _work(scenario: Scenario, log: CallLog) -> list[Stays]:
    """Return when agents were busy: calls, attempts, and sessions in place of calls handled side by side."""
    jobs, sessions = log.callbacks, log.sessions
    is_shared = np.array([tier.concurrency > 1 for tier in scenario.tiers.values()])
    alone = np.where(is_shared[log.tier], np.int32(-1), log.pool) if is_shared.any() else log.pool
    return [
        Stays(alone, log.answered, log.released),
        Stays(jobs.attempt_pool, jobs.attempt_start, jobs.attempt_end),
        Stays(sessions.pool, sessions.start, sessions.end),
    ]


def _overtime(pieces: Pieces, level: Ints, work: Stays, shape: tuple[int, ...]) -> Floats:
    """Return agent seconds beyond a level (pools, pieces) in opening hours, shape (pools, spans).

    An overstaffed pool takes nothing new: from the start of a piece its agents leave as they finish, until
    as many are left as the level says (rule R8).
    """
    seconds = np.zeros(shape)
    for pool in range(shape[0]):
        mine = work.group == pool
        came, went = np.sort(work.start[mine]), np.sort(work.stop[mine])
        gone = np.searchsorted(went, pieces.start, side="right")
        excess = np.searchsorted(came, pieces.start, side="right") - gone - level[pool]
        for piece in np.flatnonzero(excess > 0):
            leaving = went[gone[piece] : gone[piece] + excess[piece]]
            stays = np.minimum(leaving, pieces.ends[piece]) - pieces.begins[piece]
            seconds[pool, pieces.span[piece]] += np.maximum(stays, 0.0).sum()
    return seconds


def _together(everybody: Sequence[Stays], end: float) -> Stays:
    group, start, stop = (np.concatenate(columns) for columns in zip(*everybody, strict=True))
    is_work = (group >= 0) & ~np.isnan(start)
    return Stays(group[is_work], start[is_work], np.where(np.isnan(stop), end, stop)[is_work])
