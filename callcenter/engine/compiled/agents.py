"""Agents in arrays: who is idle, and who gets whom (rules R6, R7 and R16)."""

from __future__ import annotations

import numpy as np

from callcenter.calllog import Outcome
from callcenter.clock import TICKS_PER_SECOND
from callcenter.engine.compiled.customers import cancel_jobs
from callcenter.engine.compiled.ends import add_end
from callcenter.engine.compiled.line import first_waiting, goes_before, is_silent, leave_line
from callcenter.engine.compiled.records import NOBODY, Floor
from callcenter.engine.floorplan import NOT_SERVED
from callcenter.engine.rules import Rank
from callcenter.heap import push
from callcenter.kernels import hot, inner

ANSWERED = int(Outcome.ANSWERED)
RANK_STEP = 1 << 40
"""Keys of events are rank x RANK_STEP + number of the call (R4)."""
END = int(Rank.END) * RANK_STEP


@hot
def scaled(seconds: float, factor: float) -> float:
    """R1b: a handle time times a factor, in whole ticks."""
    if factor == 1.0:
        return seconds
    return np.rint(seconds * factor * TICKS_PER_SECOND) / TICKS_PER_SECOND


@hot
def is_put_off(floor: Floor, tier: int, now: float) -> bool:
    """R16: whether contacts of this tier wait for the next opening."""
    return floor.tiers[tier]["deferred"] and now >= floor.state[0]["open_until"]


@hot
def pool_for(floor: Floor, tier: int, waited: float, now: float) -> int:
    """R6: the first pool in file order that may take a call of this tier now."""
    first = NOBODY
    for pool in range(floor.pools.size):
        serves = floor.serving[pool, tier]
        if (
            serves["keep_idle"] != NOT_SERVED
            and floor.pools[pool]["idle"] > serves["keep_idle"]
            and serves["after"] <= waited
        ):
            if not is_put_off(floor, tier, now):
                first = pool
            break
    return first


@hot
def call_for(floor: Floor, pool: int, now: float) -> int:
    """R7: the first call of the line that this pool may take."""
    first, idle = NOBODY, floor.pools[pool]["idle"]
    for lane_number in range(floor.lanes.size):
        lane = floor.lanes[lane_number]
        serves = floor.serving[pool, lane["tier"]]
        if (
            serves["keep_idle"] == NOT_SERVED
            or idle <= serves["keep_idle"]
            or lane["head"] == NOBODY
            or is_put_off(floor, lane["tier"], now)
        ):
            continue
        call = first_waiting(floor, lane_number, now)
        if call == NOBODY or now - floor.calls[call]["joined"] < serves["after"]:
            continue
        if first == NOBODY or goes_before(floor, pool, call, first):
            first = call
    return first


@hot
def talk(floor: Floor, pool: int, call: int, now: float, in_hand: int) -> None:
    """R7a, R17: the agent is busy for talk and wrap-up, slower with other contacts in hand."""
    calls, tier = floor.calls, floor.tiers[floor.calls[call]["tier"]]
    if is_silent(floor, call):
        hold(floor, pool, call, now)
        return
    factor = floor.serving[pool, calls[call]["tier"]]["speed"]
    if in_hand > 0:
        factor *= 1.0 + tier["slow_down"] * in_hand
    left = now + scaled(calls[call]["talk"], factor)
    released = left + scaled(calls[call]["wrap_up"], factor)
    leave_line(floor, call)
    calls[call]["answered"] = now
    calls[call]["left"] = left
    calls[call]["released"] = released
    calls[call]["pool"] = pool
    calls[call]["outcome"] = ANSWERED
    add_end(floor.ends, released, END + call)
    if floor.state[0]["limited"] or floor.state[0]["follows"]:
        look_ahead(floor, call, now)


@inner
def hold(floor: Floor, pool: int, call: int, now: float) -> None:
    """R10a: an agent waits in vain for an answer."""
    leave_line(floor, call)
    trip, silence = floor.trips[call], floor.silences[floor.state[0]["silences"]]
    floor.state[0]["silences"] += 1
    trip["held_in"] = silence["pool"] = pool
    silence["start"] = now
    silence["end"] = now + trip["silent_s"]
    add_end(floor.ends, silence["end"], END + call)


@hot
def look_ahead(floor: Floor, call: int, now: float) -> None:
    """R11e: an answered customer is owed nothing more; R13 to R15: hanging up may have consequences."""
    follows = floor.follows
    goes_on = floor.state[0]["limited"]
    if floor.state[0]["follows"]:
        goes_on = goes_on or follows[call]["transfer_to"] != NOBODY or follows[call]["repeats"]
        if floor.office[0]["cancels"] and floor.customers[follows[call]["customer"]]["first_job"] != NOBODY:
            cancel_jobs(floor, follows[call]["customer"], now)
    if goes_on:
        push(floor.timers, floor.calls[call]["left"], END + call)


@hot
def seize(floor: Floor, pool: int) -> None:
    """An idle agent becomes busy."""
    floor.pools[pool]["idle"] -= 1
    floor.pools[pool]["busy"] += 1


@hot
def answer(floor: Floor, pool: int, call: int, now: float) -> None:
    """R6, R7: an idle agent of this pool takes the call."""
    seize(floor, pool)
    if floor.tiers[floor.calls[call]["tier"]]["at_desk"]:
        sit_down(floor, pool, call, now)
    talk(floor, pool, call, now, 0)


@inner
def sit_down(floor: Floor, pool: int, call: int, now: float) -> None:
    """R17: an agent takes a first contact, at the free desk of the lowest number."""
    number = 0
    while floor.desks[pool, number]["contacts"] > 0:
        number += 1
    floor.pools[pool]["desks"] = max(floor.pools[pool]["desks"], number + 1)
    desk = floor.desks[pool, number]
    desk["tier"] = floor.calls[call]["tier"]
    desk["contacts"] = 1
    desk["since"] = now
    floor.trips[call]["desk"] = number
