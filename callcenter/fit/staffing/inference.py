"""Staffing, whatever the records hold: log-ins, else who served, else calls at a time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from callcenter.arrays import Flags, Indices, Ints
from callcenter.fit.calls import Calls
from callcenter.fit.staffing.breaks import Breaks, breaks, recorded_breaks, without_pauses
from callcenter.fit.staffing.levels import LOG_INS, SERVED, Levels, levels
from callcenter.fit.staffing.logins import is_outside, spells_of_events
from callcenter.fit.staffing.skills import Team, pool_names, team_of
from callcenter.fit.staffing.spells import Gaps, Work, as_rostered, from_opening, spells, work
from callcenter.fit.staffing.together import levels_together
from callcenter.fit.staffing.waiting import Presence, presence

_NEVER_IDLE = Gaps(short=0.0, long=0.0)
_NEVER_AWAY = Gaps(short=math.inf)

FINE = 60.0
"""Seconds of a level of the roster that a replay carries out."""
OFTEN = 0.05
"""Share of a pool's calls from which on it takes a tier often."""
LEAST_SERVED = 0.001
"""Share of a pool's calls from which a tier is one that it serves."""


class Staffing(NamedTuple):
    """Pools, whom they serve, and how many agents were there."""

    pools: tuple[str, ...]
    serves: tuple[Flags, ...]
    """For each pool, which tiers it takes."""
    pool: Indices
    """Of each call, the pool of the agent who took it; -1 = none."""
    levels: Levels
    """Who was there."""
    with_breaks: Levels | None
    """Those on a break, too, where breaks are recorded."""
    rostered: Levels
    """The same in finer steps and as a roster, under which whoever is busy finishes the call (rule R8)."""
    work: Work | None
    """None where no agent is named."""
    lines: tuple[Presence, ...]
    """When somebody waits whom each pool may take."""
    breaks: Breaks | None
    paused: tuple[int, float] | None = None
    """Agents who served while paused or logged out, and the share of calls; where log-ins are known."""
    busy: Levels | None = None
    """With callers, where agents are named."""
    first_to_last: Levels | None = None
    """From the first to the last call of each day: too many, since breaks are in it."""


def staffing(
    calls: Calls,
    kind_of: tuple[Sequence[str], Ints],
    hours: tuple[float, float],
    interval: float,
    events: pd.DataFrame | None = None,
    rule: Gaps | None = None,
    first_number: int = 0,
) -> Staffing:
    """Return the staffing behind calls; every call must have a tier."""
    if (calls.agent >= 0).sum() < 0.5 * calls.is_answered.sum():
        return _without_agents(calls, hours, interval)
    kinds, kind = kind_of
    team = team_of(calls, kind)
    serves = _everybody_served([np.isin(kind, list(pool)) for pool in team.pools])
    lines = tuple(presence(calls, tiers) for tiers in serves)
    names = pool_names(team.pools, kinds)
    busy, chosen = work(calls, team, lines), rule or Gaps()
    source, present = SERVED, from_opening(spells(busy, chosen), hours[0], lines, chosen)
    rostered = as_rostered(present, busy)
    paused, with_breaks, pool = None, None, _pools_of_calls(calls, team)
    if events is not None and len(events):
        source, seen = LOG_INS, spells_of_events(events, calls, team, first_number)
        present = rostered = seen.present
        if len(seen.pauses.start):
            with_breaks = levels(seen.with_pauses, calls.days, names, hours, source)
        rests = recorded_breaks(calls, pool, seen.pauses, lines)
        between_calls = without_pauses(busy, seen.pauses)
        outside = is_outside(calls, present)
        paused = len(np.unique(calls.agent[outside])), float(outside.sum() / max(calls.is_answered.sum(), 1))
    else:
        rests, between_calls = breaks(busy, chosen, lines, calls.number_of_days), busy
    return Staffing(
        names,
        serves,
        pool,
        levels(present, calls.days, names, hours, source),
        with_breaks,
        levels(rostered, calls.days, names, hours, source, FINE),
        between_calls,
        lines,
        rests,
        paused,
        levels(spells(busy, _NEVER_IDLE), calls.days, names, hours, source),
        levels(spells(busy, _NEVER_AWAY), calls.days, names, hours, source),
    )


def lines_often_taken(calls: Calls, agents: Staffing) -> tuple[Presence, ...]:
    """Return when somebody waits of the tiers that make up a part of each pool's calls worth the name.

    Who waits of a kind that an agent seldom takes does not show that the agent was not ready.
    """
    lines = []
    for pool, tiers in enumerate(agents.serves):
        taken = calls.tier[calls.is_answered & (agents.pool == pool)]
        number = np.bincount(taken, minlength=len(tiers))
        lines.append(presence(calls, tiers & (number >= OFTEN * number.sum())))
    return tuple(lines)


def _pools_of_calls(calls: Calls, team: Team) -> Indices:
    month = team.month[calls.day]
    return np.where(calls.agent >= 0, team.pool_of[calls.agent, month], -1).astype(np.int32)


def _everybody_served(serves: Sequence[Flags]) -> tuple[Flags, ...]:
    """Return the tiers of each pool; one that no pool would take goes to the largest, which stands first."""
    nobody = ~np.logical_or.reduce(serves)
    return (serves[0] | nobody, *serves[1:])


def _without_agents(calls: Calls, hours: tuple[float, float], interval: float) -> Staffing:
    """Return the staffing by calls at a time; the pools are those that the records name, else one."""
    pools = calls.pools or ("agents",)
    pool = calls.pool if calls.pools else np.where(calls.is_answered, 0, -1).astype(np.int32)
    own = calls.is_answered & (pool >= 0)
    place = np.ravel_multi_index((pool[own], calls.tier[own]), (len(pools), len(calls.tiers)))
    table = np.bincount(place, minlength=len(pools) * len(calls.tiers)).reshape(len(pools), -1)
    shares = table / np.maximum(table.sum(axis=1, keepdims=True), 1)
    serves = _everybody_served([row > LEAST_SERVED for row in shares])
    lines = tuple(presence(calls, tiers) for tiers in serves)
    together = levels_together(calls, serves, pools, hours, interval)
    return Staffing(pools, serves, pool, together, None, together, None, lines, None)
