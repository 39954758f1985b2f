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
    calls, tier = floor.calls, floor.tiers[floor.calls.tier[call]]
    calls.waits[call] = True
    calls.behind[call] = NOBODY
    if tier["head"] == NOBODY:
        tier["head"] = call
    else:
        calls.behind[tier["tail"]] = call
    tier["tail"] = call
    office = floor.office[0]
    office["lowest"] = min(office["lowest"], call)
    office["highest"] = max(office["highest"], call)


@hot
def lose(floor: Floor, call: int, at: float, outcome: int) -> None:
    """R12: a waiting call ends without an agent."""
    floor.calls.waits[call] = False
    floor.calls.left[call] = at
    floor.calls.outcome[call] = outcome


@hot
def first_waiting(floor: Floor, tier: int, now: float) -> int:
    """Return the call of a tier that has waited longest.

    R10: patience that ran out before this instant is noticed here; all who look come before patience (R4).
    """
    calls = floor.calls
    call = floor.tiers[tier]["head"]
    while call != NOBODY:
        if calls.waits[call]:
            gone = calls.joined[call] + calls.patience[call]
            if gone >= now:
                break
            lose(floor, call, gone, ABANDONED)
        call = calls.behind[call]
    floor.tiers[tier]["head"] = call
    return call


@hot
def goes_before(floor: Floor, call: int, other: int) -> bool:
    """R5: by priority, then time of joining, then order of joining."""
    calls, tiers = floor.calls, floor.tiers
    mine, theirs = tiers[calls.tier[call]]["priority"], tiers[calls.tier[other]]["priority"]
    if mine != theirs:
        return mine < theirs
    first, second = calls.joined[call], calls.joined[other]
    return first < second or (first == second and call < other)


@kernel
def settle(floor: Floor) -> None:
    """R10: who still waits when nothing more happens leaves as his patience ends; R12: or stays open."""
    calls = floor.calls
    for call in range(calls.waits.size):
        if calls.waits[call] and calls.patience[call] < np.inf:
            lose(floor, call, calls.joined[call] + calls.patience[call], ABANDONED)
