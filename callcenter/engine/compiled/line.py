"""The line in arrays: one linked list of waiting calls a tier (rules R5, R10, R12)."""

from __future__ import annotations

import numpy as np

from callcenter.calllog import Outcome
from callcenter.engine.compiled.jit import hot, kernel
from callcenter.engine.compiled.records import NOBODY, Floor

ABANDONED = int(Outcome.ABANDONED)


@hot
def join_line(floor: Floor, call: int) -> None:
    """R5: behind the calls of its tier."""
    calls, tier = floor.calls, floor.tiers[floor.calls[call]["tier"]]
    calls[call]["waits"] = True
    calls[call]["behind"] = NOBODY
    if tier["head"] == NOBODY:
        tier["head"] = call
    else:
        calls[tier["tail"]]["behind"] = call
    tier["tail"] = call
    office = floor.office[0]
    office["lowest"] = min(office["lowest"], call)
    office["highest"] = max(office["highest"], call)


@hot
def lose(floor: Floor, call: int, at: float, outcome: int) -> None:
    """R12: a waiting call ends without an agent."""
    floor.calls[call]["waits"] = False
    floor.calls[call]["left"] = at
    floor.calls[call]["outcome"] = outcome


@hot
def first_waiting(floor: Floor, tier: int, now: float) -> int:
    """Return the call of a tier that has waited longest.

    R10: patience that ran out before this instant is noticed here; all who look come before patience (R4).
    """
    calls = floor.calls
    call = floor.tiers[tier]["head"]
    while call != NOBODY:
        if calls[call]["waits"]:
            gone = calls[call]["joined"] + calls[call]["patience"]
            if gone >= now:
                break
            lose(floor, call, gone, ABANDONED)
        call = calls[call]["behind"]
    floor.tiers[tier]["head"] = call
    return call


@hot
def goes_before(floor: Floor, call: int, other: int) -> bool:
    """R5: by priority, then time of joining, then order of joining."""
    mine, theirs = floor.calls[call], floor.calls[other]
    first, second = floor.tiers[mine["tier"]]["priority"], floor.tiers[theirs["tier"]]["priority"]
    if first != second:
        return first < second
    return mine["joined"] < theirs["joined"] or (mine["joined"] == theirs["joined"] and call < other)


@kernel
def settle(floor: Floor) -> None:
    """R10: who still waits when nothing more happens leaves as his patience ends; R12: or stays open."""
    for call in range(floor.calls.size):
        waiting = floor.calls[call]
        if waiting["waits"] and waiting["patience"] < np.inf:
            lose(floor, call, waiting["joined"] + waiting["patience"], ABANDONED)
