"""How many were somewhere - in line, with an agent - at each moment of one simulated day."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Floats, Indices
from callcenter.calllog import CallLog
from callcenter.clock import SECONDS_PER_DAY
from callcenter.language import gettext as _
from callcenter.scenario import Scenario
from callcenter.study import Result


class Stays(NamedTuple):
    """Who was where: a group, since when, until when (never nan)."""

    group: Indices
    start: Floats
    stop: Floats


class Levels(NamedTuple):
    """How many of each group were there, from each moment to the next one."""

    at: Floats
    """Rising; seconds since 00:00 of the first day of the run."""
    inside: npt.NDArray[np.int64]
    """Shape (groups, moments)."""


def log_of(result: Result, replication: int, day: int) -> CallLog:
    """Return the call log of a replication that has this day; ValueError if there is none."""
    if result.logs is None:
        raise ValueError(_('a replay needs every call of the day: run again with keep="calls"'))
    logs = dict(result.numbered_logs())
    if replication not in logs:
        raise ValueError(
            _("there is no replication {replication}; there are {numbers}").format(
                replication=replication, numbers=_numbers(result.numbers)
            )
        )
    if not 0 <= day < result.scenario.days:
        days = tuple(range(result.scenario.days))
        raise ValueError(
            _("there is no day {day} in a replication; there are {days}").format(day=day, days=_numbers(days))
        )
    return logs[replication]


def _numbers(numbers: tuple[int, ...]) -> str:
    return (
        str(numbers[0])
        if len(numbers) == 1
        else _("{low} to {high}").format(low=numbers[0], high=numbers[-1])
    )


def in_line(log: CallLog) -> Stays:
    """Return who waited in line, by tier."""
    stop = np.where(np.isnan(log.answered), log.left, log.answered)
    return _known(log.tier, log.joined, stop, log.end)


def at_work(scenario: Scenario, log: CallLog) -> Stays:
    """Return when agents were busy with talk, wrap-up or a callback, by pool.

    Contacts handled side by side count as the sessions of their agents.
    """
    is_shared = np.array([tier.at_desk for tier in scenario.tiers.values()])
    alone = np.where(is_shared[log.tier], np.int32(-1), log.pool)
    jobs, sessions = log.callbacks, log.sessions
    return _known(
        np.concatenate([alone, jobs.attempt_pool, sessions.pool]),
        np.concatenate([log.answered, jobs.attempt_start, sessions.start]),
        np.concatenate([log.released, jobs.attempt_end, sessions.end]),
        log.end,
    )


def engaged(scenario: Scenario, log: CallLog) -> Stays:
    """Return when agents were busy or on an unscheduled break, by pool."""
    work, away = at_work(scenario, log), log.breaks
    return Stays(
        np.concatenate([work.group, away.pool]),
        np.concatenate([work.start, away.start]),
        np.concatenate([work.stop, away.end]),
    )


def _known(group: Indices, start: Floats, stop: Floats, end: float) -> Stays:
    is_there = (group >= 0) & ~np.isnan(start)
    return Stays(group[is_there], start[is_there], np.where(np.isnan(stop), end, stop)[is_there])


def levels(stays: Stays, groups: int, begin: float, end: float) -> Levels:
    """Count who was inside from `begin` to before `end`; who came and went at one moment is not seen."""
    inside = (stays.stop > begin) & (stays.start < end) & (stays.stop > stays.start)
    group = stays.group[inside]
    came, went = np.maximum(stays.start[inside], begin), np.minimum(stays.stop[inside], end)
    at, place = np.unique(np.concatenate([[begin], came, went]), return_inverse=True)
    change = np.zeros((groups, at.size), np.int64)
    np.add.at(change, (group, place[1 : group.size + 1]), 1)
    np.add.at(change, (group, place[group.size + 1 :]), -1)
    before = at < end
    return Levels(at[before], np.cumsum(change, axis=1)[:, before])


def staffed(log: CallLog, begin: float, end: float) -> Levels:
    """Return the agents staffed in each pool; before the first change nobody is there."""
    at, agents = log.staffing.at, log.staffing.staffed.astype(np.int64)
    before = int(np.searchsorted(at, begin, side="right"))
    first = agents[before - 1] if before else np.zeros(agents.shape[1], np.int64)
    later = slice(before, int(np.searchsorted(at, end)))
    return Levels(np.append(begin, at[later]), np.vstack([first, agents[later]]).T)


def span_of(scenario: Scenario, log: CallLog, day: int) -> tuple[float, float]:
    """Return opening and end of a day: its close or, if later, when those inside then are done.

    Work that waits (`deferred`) is not waited for, and the day ends at the latest with the next opening.
    """
    begin = SECONDS_PER_DAY * day + scenario.day.open
    waits_for = np.array([tier.channel != "deferred" for tier in scenario.tiers.values()])
    line, work = in_line(log), at_work(scenario, log)
    present = waits_for[line.group]
    start = np.concatenate([line.start[present], work.start])
    stop = np.concatenate([line.stop[present], work.stop])
    last, latest = begin + scenario.day.length, begin + SECONDS_PER_DAY
    while last < latest:
        later = stop[(start <= last) & (stop > last)]
        if not later.size:
            break
        last = float(later.max())
    return begin, min(last, latest)


def thinned(levels: Levels, most: int) -> Levels:
    """Keep at most so many moments: of each stretch of time that in which most were inside, and the last."""
    if levels.at.size <= most:
        return levels
    edges = np.linspace(levels.at[0], levels.at[-1], most // 2)
    stretch = np.searchsorted(edges, levels.at, side="right")
    fullest = np.lexsort((levels.inside.sum(axis=0), stretch))
    ends = np.flatnonzero(np.diff(stretch, append=stretch[-1] + 1))
    kept = np.union1d(fullest[ends], ends)
    return Levels(levels.at[kept], levels.inside[:, kept])
