"""Desks in arrays: agents who have several contacts in hand at once (rule R17)."""

from __future__ import annotations

from callcenter.engine.compiled.agents import is_put_off, talk
from callcenter.engine.compiled.line import first_waiting, goes_before
from callcenter.engine.compiled.records import NOBODY, Floor
from callcenter.engine.floorplan import NOT_SERVED
from callcenter.kernels import hot, inner


@inner
def takes_too(floor: Floor, call: int, waited: float, now: float) -> bool:
    """R17: a free place takes the call, if there is one, in the first pool in file order that has one."""
    tier = floor.calls[call]["tier"]
    if is_put_off(floor, tier, now):
        return False
    for pool in range(floor.pools.size):
        serves, agents = floor.serving[pool, tier], floor.pools[pool]
        if (
            serves["keep_idle"] != NOT_SERVED
            and serves["after"] <= waited
            and agents["busy"] <= agents["level"]
        ):
            emptiest = NOBODY
            for number in range(floor.pools[pool]["desks"]):
                if floor.desks[pool, number]["tier"] == tier and has_place(floor, pool, number):
                    emptiest = with_fewer(floor, pool, number, emptiest)
            if emptiest != NOBODY:
                take_too(floor, pool, emptiest, call, now)
                return True
    return False


@inner
def has_place(floor: Floor, pool: int, number: int) -> bool:
    """Whether another contact finds a place at a desk."""
    desk = floor.desks[pool, number]
    return 0 < desk["contacts"] < floor.tiers[desk["tier"]]["concurrency"]


@inner
def with_fewer(floor: Floor, pool: int, number: int, other: int) -> int:
    """Return the desk with fewer contacts in hand, the other one if equal."""
    fewer = other == NOBODY or floor.desks[pool, number]["contacts"] < floor.desks[pool, other]["contacts"]
    return number if fewer else other


@inner
def take_too(floor: Floor, pool: int, number: int, call: int, now: float) -> None:
    """An agent takes another contact beside those already in hand."""
    desk = floor.desks[pool, number]
    in_hand = desk["contacts"]
    desk["contacts"] = in_hand + 1
    floor.trips[call]["desk"] = number
    talk(floor, pool, call, now, in_hand)


@inner
def fill_places(floor: Floor, pool: int, now: float) -> None:
    """R17: free places take waiting contacts of their tier."""
    while is_wanted(floor, pool) and floor.pools[pool]["busy"] <= floor.pools[pool]["level"]:
        emptiest = NOBODY
        for number in range(floor.pools[pool]["desks"]):
            if has_place(floor, pool, number) and contact_for(floor, pool, number, now) != NOBODY:
                emptiest = with_fewer(floor, pool, number, emptiest)
        if emptiest == NOBODY:
            break
        take_too(floor, pool, emptiest, contact_for(floor, pool, emptiest, now), now)


@hot
def is_wanted(floor: Floor, pool: int) -> bool:
    """Whether any contact waits that might find a place at a desk of this pool."""
    for lane in floor.lanes:
        serves = floor.serving[pool, lane["tier"]]["keep_idle"] != NOT_SERVED
        if serves and lane["waiting"] > 0 and floor.tiers[lane["tier"]]["concurrency"] > 1:
            return True
    return False


@inner
def contact_for(floor: Floor, pool: int, number: int, now: float) -> int:
    """Return the first waiting contact for a free place at a desk, NOBODY if there is none."""
    tier_number = floor.desks[pool, number]["tier"]
    tier, after, first = floor.tiers[tier_number], floor.serving[pool, tier_number]["after"], NOBODY
    if is_put_off(floor, tier_number, now):
        return first
    for lane_number in range(tier["first_lane"], tier["first_lane"] + tier["lanes"]):
        call = first_waiting(floor, lane_number, now)
        if (
            call != NOBODY
            and now - floor.calls[call]["joined"] >= after
            and (first == NOBODY or goes_before(floor, pool, call, first))
        ):
            first = call
    return first


@inner
def is_last(floor: Floor, pool: int, number: int, now: float) -> bool:
    """A contact is over; return whether it was the last in hand, and enter the session if so."""
    desk = floor.desks[pool, number]
    desk["contacts"] -= 1
    if desk["contacts"] > 0:
        return False
    session = floor.sessions[floor.state[0]["sessions"]]
    floor.state[0]["sessions"] += 1
    session["pool"] = pool
    session["start"] = desk["since"]
    session["end"] = now
    return True
