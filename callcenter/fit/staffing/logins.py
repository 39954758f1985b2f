"""When agents were there by their own log-ins, log-outs and pauses: exact, where a log holds them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from callcenter.arrays import Flags
from callcenter.clock import SECONDS_PER_DAY
from callcenter.fit.calls import APART, Calls
from callcenter.fit.staffing.skills import Team
from callcenter.fit.staffing.spells import Spells


def spells_of_events(events: pd.DataFrame, calls: Calls, team: Team, first_number: int) -> Spells:
    """Return when agents were logged in and not paused, by day; `first_number` is that of the first day.

    An agent is in the pool of those whom they serve; one who took no call is not counted.
    """
    stretches = [
        (agent, start, end)
        for name, own in events.sort_values("at", kind="stable").groupby("agent")
        for start, end in _logged_in(own)
        for agent in [_number(calls.agents, str(name))]
        if agent >= 0
    ]
    if not stretches:
        nothing = np.zeros(0)
        return Spells(
            nothing.astype(np.int32), nothing.astype(int), nothing.astype(np.int32), nothing, nothing
        )
    agent, start, end = (np.array(column) for column in zip(*stretches, strict=True))
    day = np.floor(start / SECONDS_PER_DAY).astype(int)
    place = {number: place for place, number in enumerate(_numbers(calls, first_number))}
    where = np.array([place.get(number, -1) for number in day])
    kept = where >= 0
    agent, where = agent[kept], where[kept]
    shift = where * APART - day[kept] * SECONDS_PER_DAY
    pool = team.pool_of[agent, team.month[where]]
    return Spells(
        agent, np.where(pool < 0, 0, pool), where.astype(np.int32), start[kept] + shift, end[kept] + shift
    )


def _logged_in(own: pd.DataFrame) -> list[tuple[float, float]]:
    """Return the stretches of one agent: logged in to any group, and not paused."""
    groups: set[str] = set()
    is_paused, since, stretches = False, None, []
    for at, event, group in zip(own["at"], own["event"], own["pool"].astype(str), strict=True):
        if event == "login":
            groups.add(group)
        elif event == "logout":
            groups.discard(group)
            is_paused = is_paused and bool(groups)
        else:
            is_paused = event == "pause"
        is_there = bool(groups) and not is_paused
        if is_there and since is None:
            since = float(at)
        elif not is_there and since is not None:
            stretches.append((since, float(at)))
            since = None
    return stretches


def _number(agents: Sequence[str], name: str) -> int:
    return agents.index(name) if name in agents else -1


def _numbers(calls: Calls, first_number: int) -> Sequence[int]:
    """Return the number of each day, counted from the first day of the records."""
    if len(calls.weekdays) and calls.weekdays[0] >= 0:
        dates = np.array(calls.days, "datetime64[D]").astype(int)
        return [int(date) - first_number for date in dates]
    return [int(name) - 1 for name in calls.days]


def is_outside(calls: Calls, presence: Spells) -> Flags:
    """Whether each answered call was taken by an agent who was paused or logged out at that moment."""
    outside = np.zeros(len(calls), bool)
    answered = calls.moments(calls.answered)
    for agent in np.unique(presence.agent):
        own = calls.is_answered & (calls.agent == agent)
        spell = presence.agent == agent
        start, end = np.sort(presence.start[spell]), np.sort(presence.end[spell])
        inside = np.searchsorted(start, answered[own] + 1, "left") - np.searchsorted(
            end, answered[own] - 1, "left"
        )
        outside[own] = inside <= 0
    return outside
