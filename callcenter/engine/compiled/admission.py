"""First calls before time starts: nothing has happened to them, and when each will be an event."""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Ints, Records
from callcenter.calllog import Kind, Outcome
from callcenter.demand.exits import HANGS_UP, TO_AGENT
from callcenter.demand.exits import SELF_SERVED as SOLVED
from callcenter.engine.compiled.ends import expect_work
from callcenter.engine.compiled.records import NOBODY, Floor
from callcenter.kernels import hot, inner, kernel

OPEN, SELF_SERVED, LEFT_IVR = int(Outcome.OPEN), int(Outcome.SELF_SERVED), int(Outcome.LEFT_IVR)
FIRST = int(Kind.FIRST)


@kernel
def admit(floor: Floor, firsts: int) -> None:
    """Make so many calls ready, given what chance decides about them."""
    state, calls, coming, in_order, seconds = floor.state[0], floor.calls, 0, True, 0.0
    state["firsts"] = state["calls"] = firsts
    for number in range(firsts):
        enter(calls, number)
        seconds += calls[number]["talk"] + calls[number]["wrap_up"]
        if floor.trips.size > 0:
            set_out(floor.trips, number)
        if state["follows"]:
            introduce(floor.follows, floor.customers, number)
        at = calls[number]["arrived"]
        if not state["limited"]:
            at += calls[number]["ivr_s"]
            if not joins(calls, number, at) and not (state["follows"] and calls_again(floor, number)):
                continue
        in_order = in_order and (coming == 0 or floor.coming[coming - 1]["at"] <= at)
        floor.coming[coming]["at"] = at
        floor.coming[coming]["call"] = number
        coming += 1
    state["coming"] = coming
    expect_work(floor.ends, seconds / max(1, firsts))
    if not in_order:
        put_in_order(floor.coming, floor.spare, floor.places, coming)


@hot
def enter(calls: Records, number: int) -> None:
    """Nothing has happened to a call yet."""
    call = calls[number]
    call["waits"] = False
    call["joined"] = call["answered"] = call["left"] = call["released"] = np.nan
    call["pool"] = call["job"] = NOBODY
    call["outcome"] = OPEN


@hot
def set_out(trips: Records, number: int) -> None:
    """A first call follows no other."""
    trip = trips[number]
    trip["parent"] = NOBODY
    trip["attempt"] = 1
    trip["kind"] = FIRST
    trip["holds_line"] = False


@hot
def introduce(follows: Records, customers: Records, number: int) -> None:
    """A first call makes a customer."""
    follows[number]["customer"] = follows[number]["row"] = number
    follows[number]["path"] = 0
    customers[number]["first_job"] = NOBODY
    customers[number]["reached_at"] = -np.inf


@hot
def joins(calls: Records, number: int, at: float) -> bool:
    """R3b: what happens in the IVR needs no agent, nor an event: it is entered at once."""
    call = calls[number]
    if call["ivr_exit"] == TO_AGENT:
        return True
    call["left"] = at
    call["outcome"] = SELF_SERVED if call["ivr_exit"] == SOLVED else LEFT_IVR
    return False


@hot
def calls_again(floor: Floor, number: int) -> bool:
    """R13: whether who gives up in the IVR, or seems to be solved there, may call again: an event."""
    if floor.calls[number]["ivr_exit"] == HANGS_UP:
        return floor.follows[number]["redials"] >> LEFT_IVR & 1 > 0
    return floor.follows[number]["repeats"]


@inner
def put_in_order(coming: Records, spare: Records, places: Ints, size: int) -> None:
    """Sort by time, those of one time as they were: into as many slots as entries, then by insertion."""
    first = last = coming[0]["at"]
    for number in range(size):
        first, last = min(first, coming[number]["at"]), max(last, coming[number]["at"])
        spare[number]["at"], spare[number]["call"] = coming[number]["at"], coming[number]["call"]
        places[number] = 0
    scale = (size - 1) / (last - first) if last > first else 0.0
    for number in range(size):
        places[int((spare[number]["at"] - first) * scale)] += 1
    begin = 0
    for slot in range(size):
        begin, places[slot] = begin + places[slot], begin
    for number in range(size):
        slot = int((spare[number]["at"] - first) * scale)
        coming[places[slot]]["at"], coming[places[slot]]["call"] = spare[number]["at"], spare[number]["call"]
        places[slot] += 1
    for number in range(1, size):
        sink(coming, number)


@hot
def sink(coming: Records, place: int) -> None:
    """Move an entry before those that are later."""
    at, call = coming[place]["at"], coming[place]["call"]
    while place > 0 and coming[place - 1]["at"] > at:
        coming[place]["at"], coming[place]["call"] = coming[place - 1]["at"], coming[place - 1]["call"]
        place -= 1
    coming[place]["at"], coming[place]["call"] = at, call
