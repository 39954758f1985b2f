"""When agents were there, from the calls they took: between two calls they were idle, or away.

A gap of at most `short` seconds is no absence.  A longer one, up to `long`, is time idle, unless somebody
whom the agent may take waited through more than a small share of it: who works does not let callers wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Flags, Floats, Indices, Ints
from callcenter.fit.calls import APART, Calls
from callcenter.fit.staffing.skills import Team
from callcenter.fit.staffing.waiting import Presence


@dataclass(frozen=True)
class Gaps:
    """The rule that tells idle from away; the figures were chosen on a bench of known days."""

    short: float = 120.0
    long: float = 900.0
    waiting: float = 0.10
    """Largest share of a longer gap during which somebody may have waited."""


class Work(NamedTuple):
    """The time of agents with callers, overlapping calls joined; in order of agent, pool and start."""

    agent: Indices
    pool: Ints
    day: Indices
    start: Floats
    """On the clock of `Calls.moments`."""
    end: Floats
    gap: Floats
    """Seconds since the work before, of the same agent on the same day; nan for the first."""
    waited: Floats
    """Seconds of the gap during which somebody waited whom the agent may take."""


class Spells(NamedTuple):
    """Stretches of time during which an agent was there."""

    agent: Indices
    pool: Ints
    day: Indices
    start: Floats
    end: Floats


def served(calls: Calls) -> tuple[Flags, Floats, Floats]:
    """Return the calls that named agents took, and when work on each of these began and ended."""
    own = calls.is_answered & (calls.agent >= 0)
    taken = calls.only(own)
    start = taken.moments(taken.answered)
    end = np.fmax(taken.moments(taken.released), start + np.nan_to_num(taken.talk))
    return own, start, np.where(np.isnan(end), start, end)


def work(calls: Calls, team: Team, lines: Sequence[Presence]) -> Work:
    """Return the work of the agents whom calls name; `lines` says when somebody waits, pool by pool."""
    own, start, end = served(calls)
    taken = calls.only(own)
    order = np.lexsort((start, taken.agent))
    agent, day = taken.agent[order], taken.day[order]
    return _merged(agent, team.pool_of[agent, team.month[day]], day, start[order], end[order], lines)


def _merged(
    agent: Indices, pool: Ints, day: Indices, start: Floats, end: Floats, lines: Sequence[Presence]
) -> Work:
    """Return calls joined where they overlap, with the gap before each."""
    apart = agent * (APART * (int(day.max(initial=0)) + 2))
    reach = np.maximum.accumulate(end + apart) - apart
    is_first = np.concatenate(([True], (agent[1:] != agent[:-1]) | (day[1:] != day[:-1])))[: len(agent)]
    is_new = is_first | np.concatenate(([True], start[1:] > reach[:-1]))[: len(agent)]
    last = np.flatnonzero(np.concatenate((is_new[1:], [True]))[: len(agent)])
    first = np.flatnonzero(is_new)
    start, end = start[first], reach[last]
    before = np.concatenate(([np.nan], end[:-1]))
    gap = np.where(is_first[first], np.nan, start - before)
    waited = _waited(pool[first], np.where(np.isnan(gap), start, before), start, lines)
    return Work(agent[first], pool[first], day[first], start, end, gap, waited)


def _waited(pool: Ints, first: Floats, last: Floats, lines: Sequence[Presence]) -> Floats:
    waited = np.zeros(len(pool))
    for number, line in enumerate(lines):
        own = pool == number
        waited[own] = line.covered(first[own], last[own])
    return waited


def is_present(work: Work, rule: Gaps) -> Flags:
    """Whether the agent was there in the gap before each stretch of work."""
    with np.errstate(invalid="ignore", divide="ignore"):
        is_idle = (work.gap <= rule.long) & (work.waited <= rule.waiting * work.gap)
        return (work.gap <= rule.short) | is_idle


def spells(work: Work, rule: Gaps) -> Spells:
    """Return the stretches of presence behind stretches of work."""
    starts = ~is_present(work, rule)
    starts[:1] = True
    first = np.flatnonzero(starts)
    last = np.concatenate((first[1:] - 1, [len(starts) - 1]))[: len(first)]
    return Spells(work.agent[first], work.pool[first], work.day[first], work.start[first], work.end[last])


def from_opening(present: Spells, opening: float, lines: Sequence[Presence], rule: Gaps) -> Spells:
    """Return presence in which those who were idle up to the first call of their day were there all the time.

    `opening` is in seconds since 00:00.  It is the rule of longer gaps: soon after the opening, and nobody
    whom the agent may take waited.
    """
    agent_day = present.agent.astype(np.int64) * (int(present.day.max(initial=0)) + 1) + present.day
    is_first = np.concatenate(([True], np.diff(agent_day) != 0))[: len(agent_day)]
    opened = present.day * APART + opening
    gap = present.start - opened
    waited = _waited(present.pool, np.minimum(opened, present.start), present.start, lines)
    is_idle = is_first & (gap > 0) & (gap <= rule.long) & (waited <= rule.waiting * gap)
    return present._replace(start=np.where(is_idle, opened, present.start))


def as_rostered(present: Spells, work: Work) -> Spells:
    """Return presence as a roster has it under which whoever is busy finishes the call (rule R8).

    Such a roster falls before the end of the call that the agent finishes: at some time after the event
    before it in the pool, the start or the end of a call; the middle is taken.  If the level fell at the end
    itself, an engine in which somebody else is busy then would keep them beyond it.
    """
    end = present.end.copy()
    for pool in np.unique(present.pool):
        own, of_pool = np.flatnonzero(present.pool == pool), work.pool == pool
        events = np.sort(np.concatenate((work.start[of_pool], work.end[of_pool])))
        place = np.searchsorted(events, present.end[own], side="left") - 1
        before = np.where(place >= 0, events[np.maximum(place, 0)], -np.inf)
        end[own] = (np.maximum(before, present.start[own]) + present.end[own]) / 2
    return present._replace(end=end)
