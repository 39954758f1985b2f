"""The announced wait, and what a caller makes of it (rule R9)."""

from __future__ import annotations

import numpy as np

from callcenter.calllog import Outcome
from callcenter.engine.compiled.line import place
from callcenter.engine.compiled.records import NOBODY, Floor
from callcenter.engine.floorplan import NOT_SERVED, UNLIMITED
from callcenter.kernels import hot, inner

WAITS, BALKED, DIVERTED = -1, int(Outcome.BALKED), int(Outcome.DIVERTED)


@hot
def listens(floor: Floor, tier_number: int) -> bool:
    """Whether callers of a tier make anything of the announced wait."""
    tier = floor.tiers[tier_number]
    return tier["balk_above"] < np.inf or tier["offer_above"] < np.inf or tier["offer_in_line"] != UNLIMITED


@inner
def refusal(floor: Floor, call: int) -> int:
    """R9b: how the call ends if the caller does not wait; WAITS if they do."""
    tier = floor.tiers[floor.calls[call]["tier"]]
    if floor.calls[call]["accepts"] and is_offered(floor, call):
        return DIVERTED
    if tier["balk_above"] < np.inf and announced(floor, call) > tier["balk_above"]:
        return BALKED
    return WAITS


@inner
def is_offered(floor: Floor, call: int) -> bool:
    """R9b: whether a callback is offered."""
    tier_number = floor.calls[call]["tier"]
    tier = floor.tiers[tier_number]
    if tier["offer_in_line"] == UNLIMITED:
        return tier["offer_above"] < np.inf and announced(floor, call) > tier["offer_above"]
    waiting = 0
    for lane_number in range(floor.lanes.size):
        if floor.shared[tier_number, floor.lanes[lane_number]["tier"]] != NOBODY:
            waiting += floor.lanes[lane_number]["waiting"]
    return waiting >= tier["offer_in_line"]


@inner
def announced(floor: Floor, call: int) -> float:
    """R9: (calls ahead + 1) x mean handle time / agents staffed."""
    tier_number, staffed, ahead = floor.calls[call]["tier"], 0, 0
    for pool in range(floor.pools.size):
        if floor.serving[pool, tier_number]["keep_idle"] != NOT_SERVED:
            staffed += floor.pools[pool]["level"]
    for lane_number in range(floor.lanes.size):
        if floor.shared[tier_number, floor.lanes[lane_number]["tier"]] != NOBODY:
            ahead += ahead_in(floor, lane_number, call)
    return (ahead + 1) * floor.tiers[tier_number]["handle_time"] / staffed if staffed > 0 else np.inf


@inner
def ahead_in(floor: Floor, lane_number: int, call: int) -> int:
    """R9c: count the calls of a lane that go before a call that joins now, in the first pool for both."""
    lane, tier = floor.lanes[lane_number], floor.tiers[floor.calls[call]["tier"]]
    pool = floor.shared[floor.calls[call]["tier"], lane["tier"]]
    mine, theirs = floor.ranks[pool, tier["first_lane"]], floor.ranks[pool, lane_number]
    if theirs != mine:
        return lane["waiting"] if theirs < mine else 0
    if floor.tiers[lane["tier"]]["head_start"] >= tier["head_start"]:
        return lane["waiting"]
    calls, count, other = floor.calls, 0, lane["head"]
    while other != NOBODY:
        if calls[other]["waits"] and calls[other]["lane"] == lane_number:
            if place(floor, other) > place(floor, call):
                break
            count += 1
        other = calls[other]["behind"]
    return count
