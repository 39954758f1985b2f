"""The line in arrays: a linked list of waiting calls for each tier and stage (rules R5, R10, R12)."""

from __future__ import annotations

import numpy as np

from callcenter.calllog import Outcome
from callcenter.engine.compiled.records import NOBODY, Floor
from callcenter.kernels import hot, inner

ABANDONED = int(Outcome.ABANDONED)


@hot
def join_line(floor: Floor, call: int) -> None:
    """R5: behind the calls of its tier."""
    floor.calls[call]["waits"] = True
    append(floor, call, floor.tiers[floor.calls[call]["tier"]]["first_lane"])
    state = floor.state[0]
    state["joined"] += 1
    floor.calls[call]["order"] = state["joined"]
    state["lowest"] = min(state["lowest"], call)
    state["highest"] = max(state["highest"], call)


@hot
def append(floor: Floor, call: int, lane_number: int) -> None:
    """Put a call at the end of a lane."""
    calls, lane = floor.calls, floor.lanes[lane_number]
    calls[call]["lane"] = lane_number
    calls[call]["behind"] = NOBODY
    lane["waiting"] += 1
    if lane["head"] == NOBODY:
        lane["head"] = call
    else:
        calls[lane["tail"]]["behind"] = call
    lane["tail"] = call


@hot
def leave_line(floor: Floor, call: int) -> None:
    """A call waits no more, if it did."""
    if floor.calls[call]["waits"]:
        floor.calls[call]["waits"] = False
        floor.lanes[floor.calls[call]["lane"]]["waiting"] -= 1


@hot
def lose(floor: Floor, call: int, at: float, outcome: int) -> None:
    """R12: a call ends without an agent."""
    leave_line(floor, call)
    floor.calls[call]["left"] = at
    floor.calls[call]["outcome"] = outcome


@hot
def first_waiting(floor: Floor, lane_number: int, now: float) -> int:
    """Return the call of a lane that has waited longest.

    R10: patience that ran out before this instant is noticed here; all who look come before patience (R4).
    """
    calls = floor.calls
    call = floor.lanes[lane_number]["head"]
    while call != NOBODY:
        if calls[call]["waits"] and calls[call]["lane"] == lane_number:
            gone = gives_up_at(floor, call)
            if gone >= now or is_silent(floor, call):
                break
            lose(floor, call, gone, ABANDONED)
        call = calls[call]["behind"]
    floor.lanes[lane_number]["head"] = call
    return call


@hot
def gives_up_at(floor: Floor, call: int) -> float:
    """R10: when the patience of a call ends; R21: a place that a callback keeps waits without any."""
    calls = floor.calls
    return np.inf if calls[call]["job"] != NOBODY else calls[call]["joined"] + calls[call]["patience"]


@hot
def is_alive(floor: Floor, call: int, now: float) -> bool:
    """R4, R10: whether a call still waits; its patience may end now, not before."""
    in_time = gives_up_at(floor, call) >= now
    return floor.calls[call]["waits"] and (in_time or is_silent(floor, call))


@hot
def is_silent(floor: Floor, call: int) -> bool:
    """R10a: whether a call seems to wait, but its customer has left without a word."""
    return floor.calls[call]["waits"] and floor.calls[call]["outcome"] == ABANDONED


@hot
def escalate(floor: Floor, call: int, now: float) -> None:
    """R5a: a call that still waits moves on to the next lane of its tier.

    Those before it in its lane have moved on or left, so that it is the first there.
    """
    if is_alive(floor, call, now):
        lane_number = floor.calls[call]["lane"]
        first_waiting(floor, lane_number, now)
        floor.lanes[lane_number]["head"] = floor.calls[call]["behind"]
        floor.lanes[lane_number]["waiting"] -= 1
        append(floor, call, lane_number + 1)


@hot
def place(floor: Floor, call: int) -> float:
    """R5: time of joining, less the head start."""
    return floor.calls[call]["joined"] - floor.tiers[floor.calls[call]["tier"]]["head_start"]


@hot
def goes_before(floor: Floor, pool: int, call: int, other: int) -> bool:
    """R5, R5c: by the pool's priority, then time of joining less head start, then order of joining."""
    calls, ranks = floor.calls, floor.ranks
    mine, theirs = ranks[pool, calls[call]["lane"]], ranks[pool, calls[other]["lane"]]
    if mine != theirs:
        return mine < theirs
    first, second = place(floor, call), place(floor, other)
    return first < second or (first == second and calls[call]["order"] < calls[other]["order"])


@inner
def settle(floor: Floor) -> None:
    """R10: calls still waiting when nothing more happens leave as patience ends; R12: or stay open."""
    calls = floor.calls
    for call in range(floor.state[0]["calls"]):
        if calls[call]["waits"] and gives_up_at(floor, call) < np.inf and not is_silent(floor, call):
            lose(floor, call, gives_up_at(floor, call), ABANDONED)
