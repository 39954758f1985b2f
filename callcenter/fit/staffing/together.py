"""Levels from calls at a time, where no agent is named: while callers wait, all who are there are busy.

Where nobody waits, the level is at least the largest number of calls at a time; more cannot be known.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from callcenter.arrays import Flags, Floats
from callcenter.fit.calls import APART, Calls
from callcenter.fit.staffing.levels import TOGETHER, Levels
from callcenter.fit.staffing.waiting import Presence, presence

LOOK = 5.0
"""Seconds from one look at the floor to the next."""
ENOUGH_LOOKS = 4


def levels_together(
    calls: Calls, serves: Sequence[Flags], pools: Sequence[str], hours: tuple[float, float], interval: float
) -> Levels:
    """Return the levels of each interval; `serves` says which tiers each pool takes."""
    opening, closing = hours
    looks = opening + LOOK * (np.arange(round((closing - opening) / LOOK)) + 0.5)
    clock = (np.arange(calls.number_of_days) * APART)[:, None] + looks
    levels = [
        _pool(calls, tiers, number, clock, round(interval / LOOK)) for number, tiers in enumerate(serves)
    ]
    agents, at_least = (np.stack(arrays, axis=1) for arrays in zip(*levels, strict=True))
    return Levels(calls.days, tuple(pools), opening, interval, agents, at_least, TOGETHER)


def _pool(calls: Calls, tiers: Flags, pool: int, clock: Floats, looks: int) -> tuple[Floats, Floats]:
    """Return the levels of one pool, and where they may be higher, shape (days, intervals)."""
    own = calls.is_answered & ((calls.pool == pool) | (calls.pool < 0))
    start = calls.moments(calls.answered)[own]
    until = np.fmax(calls.moments(calls.released)[own], start + np.nan_to_num(calls.talk[own]))
    busy = Presence(start, np.where(np.isnan(until), start, until)).number(clock)
    waiting = presence(calls, tiers).number(clock) > 0
    shape = (len(clock), -1, looks)
    busy, waiting = busy.reshape(shape), waiting.reshape(shape)
    seen = waiting.sum(axis=2)
    full = (busy * waiting).sum(axis=2) / np.maximum(seen, 1)
    is_known = seen >= ENOUGH_LOOKS
    return np.where(is_known, full, busy.max(axis=2)), (~is_known).astype(float)
