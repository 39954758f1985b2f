"""Agents in arrays: who is idle, and who gets whom (rules R6 and R7)."""

from __future__ import annotations

import numpy as np

from callcenter.calllog import Outcome
from callcenter.demand import TICKS_PER_SECOND
from callcenter.engine.compiled.heap import push
from callcenter.engine.compiled.jit import hot
from callcenter.engine.compiled.line import first_waiting, goes_before
from callcenter.engine.compiled.records import NOBODY, Floor
from callcenter.engine.floorplan import NOT_SERVED
from callcenter.engine.rules import Rank

ANSWERED = int(Outcome.ANSWERED)
RANK_STEP = 1 << 40
"""Keys of events are rank x RANK_STEP + number of the call (R4)."""
END = int(Rank.END) * RANK_STEP


@hot
def scaled(seconds: float, speed: float) -> float:
    """R1b: a handle time at a pool's speed, in whole ticks."""
    if speed == 1.0:
        return seconds
    return np.rint(seconds * speed * TICKS_PER_SECOND) / TICKS_PER_SECOND


@hot
def pool_for(floor: Floor, tier: int, waited: float) -> int:
    """R6: the first pool in file order that may take a call of this tier now."""
    found = NOBODY
    for pool in range(floor.pools.size):
        serves = floor.serving[pool, tier]
        if (
            serves["keep_idle"] != NOT_SERVED
            and floor.pools[pool]["idle"] > serves["keep_idle"]
            and serves["after"] <= waited
        ):
            found = pool
            break
    return found


@hot
def call_for(floor: Floor, pool: int, now: float) -> int:
    """R7: the first call of the line that this pool may take."""
    first, idle = NOBODY, floor.pools[pool]["idle"]
    for tier in range(floor.tiers.size):
        serves = floor.serving[pool, tier]
        if (
            serves["keep_idle"] == NOT_SERVED
            or idle <= serves["keep_idle"]
            or floor.tiers[tier]["head"] == NOBODY
        ):
            continue
        call = first_waiting(floor, tier, now)
        if call == NOBODY or now - floor.calls.joined[call] < serves["after"]:
            continue
        if first == NOBODY or goes_before(floor, call, first):
            first = call
    return first


@hot
def answer(floor: Floor, pool: int, call: int, now: float) -> None:
    """R7a: an idle agent of this pool takes the call and is busy for talk and wrap-up."""
    calls = floor.calls
    speed = floor.serving[pool, calls.tier[call]]["speed"]
    left = now + scaled(calls.talk[call], speed)
    released = left + scaled(calls.wrap_up[call], speed)
    calls.waits[call] = False
    calls.answered[call] = now
    calls.left[call] = left
    calls.released[call] = released
    calls.pool[call] = pool
    calls.outcome[call] = ANSWERED
    seize(floor, pool, released, call)


@hot
def seize(floor: Floor, pool: int, until: float, call: int) -> None:
    """An idle agent becomes busy."""
    floor.pools[pool]["idle"] -= 1
    floor.pools[pool]["busy"] += 1
    push(floor.ends, until, END + call)
