"""When agents were there by their own log-ins, log-outs and pauses: exact, where a log holds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from callcenter.arrays import Flags
from callcenter.clock import SECONDS_PER_DAY
from callcenter.fit.calls import APART, Calls, name_of
from callcenter.fit.staffing.breaks import LONGEST
from callcenter.fit.staffing.skills import Team
from callcenter.fit.staffing.spells import Spells


class Presence(NamedTuple):
    """What agents' own log-ins and pauses say."""

    present: Spells
    """Logged in, and not paused."""
    pauses: Spells
    """Paused for up to an hour while logged in."""

    @property
    def with_pauses(self) -> Spells:
        """Logged in, whether paused or not: what a roster has where breaks are simulated."""
        both = self.present, self.pauses
        return Spells(*(np.concatenate([getattr(each, name) for each in both]) for name in Spells._fields))


def spells_of_events(events: pd.DataFrame, calls: Calls, team: Team, first_number: int) -> Presence:
    """Return when agents were logged in, and when paused, by day; `first_number` is that of the first day.

    An agent is in the pool of those whom they serve; one who took no call is not counted.  A pause of more
    than an hour is a meal, a meeting or the end of the shift.
    """
    present, pauses = [], []
    for name, own in events.sort_values("at", kind="stable").groupby("agent"):
        agent = _number(calls.agents, name_of(str(name)))
        for start, end, is_paused in _logged_in(own) if agent >= 0 else ():
            if not is_paused:
                present.append((agent, start, end))
            elif end - start <= LONGEST:
                pauses.append((agent, start, end))
    return Presence(*(_by_day(each, calls, team, first_number) for each in (present, pauses)))


def _by_day(
    stretches: Sequence[tuple[int, float, float]], calls: Calls, team: Team, first_number: int
) -> Spells:
    """Return stretches of time on the clock of `Calls.moments`, those of other days left out."""
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


def _logged_in(own: pd.DataFrame) -> Iterator[tuple[float, float, bool]]:
    """Yield the stretches of one agent logged in to any group, and whether paused meanwhile."""
    groups: set[str] = set()
    is_paused, was_paused, since = False, False, None
    for at, event, group in zip(own["at"], own["event"], own["pool"].astype(str), strict=True):
        if event == "login":
            groups.add(group)
        elif event == "logout":
            groups.discard(group)
            is_paused = is_paused and bool(groups)
        else:
            is_paused = event == "pause"
        if since is not None and (not groups or is_paused != was_paused):
            yield since, float(at), was_paused
            since = None
        if groups and since is None:
            since, was_paused = float(at), is_paused


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
