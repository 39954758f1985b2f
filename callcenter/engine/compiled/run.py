"""The clock: one event after the other, in the order of rule R4."""

from __future__ import annotations

import numpy as np

from callcenter.demand.later_calls import Later
from callcenter.engine.compiled.agents import END, RANK_STEP
from callcenter.engine.compiled.callbacks import CALLBACK_DUE, DIAL, dial_while_idle, lapse, list_job
from callcenter.engine.compiled.callers import (
    ELIGIBLE,
    ESCALATE,
    JOIN,
    PATIENCE,
    arrive,
    dial_in,
    give_up,
    hang_up,
    join,
    leave,
    leave_ivr,
)
from callcenter.engine.compiled.ends import take_end
from callcenter.engine.compiled.line import escalate, settle
from callcenter.engine.compiled.records import NOBODY, Floor
from callcenter.engine.compiled.roster import end_work, look_again, staff
from callcenter.engine.rules import Rank
from callcenter.heap import pop, push
from callcenter.kernels import hot, kernel

STAFFING = int(Rank.STAFFING) * RANK_STEP
AN_END, A_CALL, A_TIMER, A_CHANGE, A_WINDOW = range(5)
"""Where the next event comes from."""


@kernel
def run_until(floor: Floor, later: Later, until: float) -> bool:
    """Let time pass up to a moment, or (inf) to the end, from where the call before has stopped.

    Calls, jobs and attempts are filled in place; return whether there was room.  What happens at the moment
    itself is left to the next call.
    """
    state = floor.state[0]
    came, change, window = state["came"], state["change"], state["window"]
    while True:
        joins = NOBODY
        # R4: the earliest comes first, and of one instant the one of the smallest key
        now, key, next_is = floor.ends[1]["time"], floor.ends[1]["key"], AN_END
        if came < floor.state[0]["coming"]:
            call = floor.coming[came]["call"]
            if is_before(floor.coming[came]["at"], JOIN + call, now, key):
                now, key, next_is = floor.coming[came]["at"], JOIN + call, A_CALL
        # one key for both: who has nothing to wrap up hangs up before the agent is free
        if is_before(floor.timers[1]["time"], floor.timers[1]["key"], now, key + 1):
            now, key, next_is = floor.timers[1]["time"], floor.timers[1]["key"], A_TIMER
        if change < floor.changes.size and is_before(floor.changes[change]["at"], STAFFING, now, key):
            now, key, next_is = floor.changes[change]["at"], STAFFING, A_CHANGE
        if window < len(floor.windows) and is_before(floor.windows[window, 0], CALLBACK_DUE, now, key):
            now, key, next_is = floor.windows[window, 0], CALLBACK_DUE, A_WINDOW
        if now >= until or state["is_full"]:
            break
        if next_is == AN_END:
            take_end(floor.ends)
            end_work(floor, later, key % RANK_STEP, now)
        elif next_is == A_CALL:
            came += 1
            joins = come(floor, key % RANK_STEP, now)
        elif next_is == A_TIMER:
            pop(floor.timers)
            joins = ring(floor, later, key, now)
        elif next_is == A_CHANGE:
            staff(floor, change, now)
            change += 1
        else:  # R11: calling hours begin
            floor.office[0]["dial_until"] = floor.windows[window, 1]
            push(floor.timers, now, DIAL)
            window += 1
        if joins != NOBODY:
            join(floor, later, joins, now)
    state["came"], state["change"], state["window"] = came, change, window
    if until == np.inf:
        settle(floor)
    return not state["is_full"]


@hot
def is_before(time: float, key: int, other_time: float, other_key: int) -> bool:
    """R4: compare two events."""
    return time < other_time or (time == other_time and key < other_key)


@hot
def come(floor: Floor, call: int, now: float) -> int:
    """R3: a first call joins the line, or with limited lines arrives; return the call if it joins now."""
    if floor.state[0]["limited"]:
        return arrive(floor, call, now)
    if floor.calls[call]["left"] == now:  # R3b: it gave up in the IVR, or seemed to be solved
        leave(floor, call, now, floor.calls[call]["outcome"])
        return NOBODY
    return call


@hot
def ring(floor: Floor, later: Later, key: int, now: float) -> int:
    """R4: what happens at a time of its own; return the call that joins the line now, if one does."""
    call, joins = key % RANK_STEP, NOBODY
    if key >= DIAL:
        dial_while_idle(floor, now)
    elif key >= CALLBACK_DUE:
        list_job(floor, later, call, now)
    elif key >= PATIENCE:
        if floor.calls[call]["waits"]:
            give_up(floor, later, call, now)
    elif key >= ELIGIBLE:
        look_again(floor, call, now)
    elif key >= ESCALATE:
        escalate(floor, call, now)
    elif key >= JOIN:
        if np.isnan(floor.calls[call]["arrived"]):
            joins = dial_in(floor, later, call, now)
        else:
            joins = leave_ivr(floor, call, now)
    elif key >= END:
        hang_up(floor, call, now)
    else:
        lapse(floor, call, now)
    return joins
