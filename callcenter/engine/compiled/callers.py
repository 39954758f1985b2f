"""Callers in arrays: from dialling to hanging up, and calling again (rules R3, R9, R13 to R15)."""

from __future__ import annotations

import numpy as np

from callcenter.calllog import Kind, Outcome
from callcenter.demand.exits import SELF_SERVED, TO_AGENT
from callcenter.demand.hours import opening_time_after
from callcenter.demand.later_calls import AGAIN, MOVED, RETURNED, Later, later_call, path_after, row_after
from callcenter.demand.silence import noticed_after
from callcenter.engine.compiled.admission import enter
from callcenter.engine.compiled.agents import RANK_STEP, answer, pool_for
from callcenter.engine.compiled.announcement import DIVERTED, WAITS, listens, refusal
from callcenter.engine.compiled.callbacks import create_job, draw_job, has_entered_job, hours_end
from callcenter.engine.compiled.desks import takes_too
from callcenter.engine.compiled.line import ABANDONED, join_line, lose
from callcenter.engine.compiled.records import NOBODY, Floor
from callcenter.engine.rules import Rank
from callcenter.heap import push
from callcenter.kernels import hot, inner

BLOCKED, SOLVED, LEFT_IVR = int(Outcome.BLOCKED), int(Outcome.SELF_SERVED), int(Outcome.LEFT_IVR)
CLOSED = int(Outcome.CLOSED)
REDIAL, REPEAT = int(Kind.REDIAL), int(Kind.REPEAT)
TRANSFER, RETURN = int(Kind.TRANSFER), int(Kind.RETURN)
LAPSE = int(Rank.LAPSE) * RANK_STEP
JOIN, ESCALATE = int(Rank.JOIN) * RANK_STEP, int(Rank.ESCALATE) * RANK_STEP
ELIGIBLE, PATIENCE = int(Rank.ELIGIBLE) * RANK_STEP, int(Rank.PATIENCE) * RANK_STEP


@hot
def dial_in(floor: Floor, later: Later, call: int, now: float) -> int:
    """R13, R15: a call that follows another comes in; R13d: unless the customer was reached meanwhile.

    Like `arrive` and `leave_ivr` it returns the call if it joins the line now, else NOBODY.
    """
    customer = floor.follows[call]["customer"]
    lost_at, kind = floor.calls[floor.trips[call]["parent"]]["left"], floor.trips[call]["kind"]
    if kind in (REDIAL, RETURN) and floor.customers[customer]["reached_at"] >= lost_at:
        return NOBODY
    draw_again(floor, later, call)
    floor.calls[call]["arrived"] = now
    return arrive(floor, call, now)


@inner
def draw_again(floor: Floor, later: Later, call: int) -> None:
    """What chance decides about a call that follows another is drawn when it comes in."""
    calls, follow = floor.calls, floor.follows[call]
    first = calls[follow["customer"]]
    root, ordinal, arrived, tier = first["tier"], first["ordinal"], first["arrived"], calls[call]["tier"]
    before = floor.follows[floor.trips[call]["parent"]]["row"]
    follow["row"] = row_after(later, before, step_of(floor.trips[call]["kind"]))
    path, row = follow["path"], follow["row"]
    later_call(later, root, ordinal, arrived, path, row, tier, calls, floor.follows, call)


@hot
def step_of(kind: int) -> int:
    """Return the way from a call to one of this kind that follows it."""
    if kind == TRANSFER:
        return MOVED
    return RETURNED if kind == RETURN else AGAIN


@hot
def arrive(floor: Floor, call: int, now: float) -> int:
    """R14: a call from outside takes a trunk line, and then passes the IVR."""
    calls, state = floor.calls, floor.state[0]
    if (
        state["limited"]
        and floor.trips[call]["kind"] != TRANSFER
        and floor.tiers[calls[call]["tier"]]["on_phone"]
    ):
        if state["free_lines"] == 0:
            leave(floor, call, now, BLOCKED)
            return NOBODY
        state["free_lines"] -= 1
        floor.trips[call]["holds_line"] = True
    if calls[call]["ivr_s"] > 0:
        push(floor.timers, now + calls[call]["ivr_s"], JOIN + call)
        return NOBODY
    return leave_ivr(floor, call, now)


@hot
def leave_ivr(floor: Floor, call: int, now: float) -> int:
    """R3b: a call comes out of the IVR."""
    if floor.calls[call]["ivr_exit"] == TO_AGENT:
        return call
    leave(floor, call, now, SOLVED if floor.calls[call]["ivr_exit"] == SELF_SERVED else LEFT_IVR)
    return NOBODY


@hot
def join(floor: Floor, later: Later, call: int, now: float) -> None:
    """R6: a call looks for an agent; R10: if there is none it waits, unless R8c or R9b say otherwise."""
    calls, tier_number = floor.calls, floor.calls[call]["tier"]
    calls[call]["joined"] = now
    pool = pool_for(floor, tier_number, 0.0, now)
    if pool != NOBODY:
        answer(floor, pool, call, now)
        return
    if floor.tiers[tier_number]["concurrency"] > 1 and takes_too(floor, call, 0.0, now):
        return
    if not floor.tiers[tier_number]["deferred"]:
        if floor.state[0]["closed"]:
            leave(floor, call, now, CLOSED)
            return
        if listens(floor, tier_number):
            outcome = refusal(floor, call)
            if outcome == DIVERTED and has_kept_place(floor, later, call, now):
                return
            if outcome != WAITS:
                leave(floor, call, now, outcome)
                return
    join_line(floor, call)
    set_timers(floor, call, now)


@inner
def has_kept_place(floor: Floor, later: Later, call: int, now: float) -> bool:
    """R21: who takes a callback in calling hours keeps the place in the line, where the offer says so."""
    until = hours_end(floor, now) if floor.tiers[floor.calls[call]["tier"]]["keeps_place"] else -np.inf
    if until > now:
        lose(floor, call, now, DIVERTED)
        if floor.state[0]["limited"]:
            floor.state[0]["free_lines"] += floor.trips[call]["holds_line"]
        if has_entered_job(floor, call, now):
            draw_job(floor, later, floor.calls[call]["job"])
            join_line(floor, call)
            set_looks(floor, call, now)
            push(floor.timers, until, LAPSE + call)
    return until > now


@hot
def set_timers(floor: Floor, call: int, now: float) -> None:
    """R10: patience needs a timer only where its end is noticed at once; R5a, R6a: the others always do."""
    if floor.calls[call]["patience"] < np.inf and is_noticed(floor, call):
        push(floor.timers, now + floor.calls[call]["patience"], PATIENCE + call)
    set_looks(floor, call, now)


@hot
def set_looks(floor: Floor, call: int, now: float) -> None:
    """R5a, R6a: when the priority of a waiting call changes, and when further pools may take it."""
    tier = floor.calls[call]["tier"]
    for after in floor.stage_after[tier]:
        if after < np.inf:
            push(floor.timers, now + after, ESCALATE + call)
    for after in floor.further[tier]:
        if after < np.inf:
            push(floor.timers, now + after, ELIGIBLE + call)


@hot
def is_noticed(floor: Floor, call: int) -> bool:
    """Whether anything happens when the caller gives up: a line is free, or a call is owed or made."""
    calls, state = floor.calls, floor.state[0]
    if state["limited"] or state["announces"] or floor.silence.share[calls[call]["tier"]] > 0.0:
        return True
    if state["follows"] and floor.follows[call]["redials"] >> ABANDONED & 1:
        return True
    return calls[call]["owed"] and floor.tiers[calls[call]["tier"]]["owes"] >> ABANDONED & 1 > 0


@inner
def give_up(floor: Floor, later: Later, call: int, now: float) -> None:
    """R10: patience ends; R10a: who leaves without a word seems to wait on."""
    seconds = 0.0
    if floor.silence.share[floor.calls[call]["tier"]] > 0.0:
        seconds = silent_for(floor, later, call)
    if seconds == 0.0:
        leave(floor, call, now, ABANDONED)
        return
    floor.trips[call]["silent_s"] = seconds
    floor.calls[call]["left"] = now
    floor.calls[call]["outcome"] = ABANDONED
    redial(floor, call, now, ABANDONED)


@inner
def silent_for(floor: Floor, later: Later, call: int) -> float:
    """R10a: return how long the contact holds a place; 0 = the customer closes the chat."""
    calls, customer, path, row = floor.calls, call, 0, call
    if floor.state[0]["follows"]:
        follow = floor.follows[call]
        customer, path, row = follow["customer"], follow["path"], follow["row"]
    first, tier = calls[customer], calls[call]["tier"]
    root, ordinal, arrived = first["tier"], first["ordinal"], first["arrived"]
    return noticed_after(later, floor.silence, root, ordinal, arrived, path, row, tier)


@inner
def leave(floor: Floor, call: int, now: float, outcome: int) -> None:
    """R12: a call ends without an agent; R11: its loss may owe a callback; R13: others may follow."""
    calls, tier = floor.calls, floor.tiers[floor.calls[call]["tier"]]
    lose(floor, call, now, outcome)
    if floor.state[0]["limited"]:
        floor.state[0]["free_lines"] += floor.trips[call]["holds_line"]
    if tier["owes"] >> outcome & 1 and (outcome == DIVERTED or calls[call]["owed"]):
        create_job(floor, call, now)
    redial(floor, call, now, outcome)


@inner
def redial(floor: Floor, call: int, now: float, outcome: int) -> None:
    """R13: a loss may lead to a redial; R13e: a call that the IVR only seemed to solve leads to a return."""
    if not floor.state[0]["follows"]:
        return
    follow, tier = floor.follows[call], floor.calls[call]["tier"]
    attempts = floor.trips[call]["attempt"]
    if follow["redials"] >> outcome & 1 and attempts <= floor.tiers[tier]["redials"]:
        at = opening_time_after(floor.hours, now, follow["redial_after"])
        call_again(floor, call, REDIAL, tier, at)
    if outcome == SOLVED and follow["repeats"]:
        at = opening_time_after(floor.hours, now, follow["repeat_after"])
        call_again(floor, call, RETURN, tier, at)


@hot
def hang_up(floor: Floor, call: int, now: float) -> None:
    """R13, R15: at the end of talk the caller is transferred, or hangs up and perhaps calls again."""
    calls, follows = floor.calls, floor.follows
    kept = False
    if floor.state[0]["follows"]:
        tier = follows[call]["transfer_to"]
        if tier != NOBODY:
            kept = floor.trips[call]["holds_line"] and floor.tiers[tier]["on_phone"]
            call_again(floor, call, TRANSFER, tier, now)
        elif follows[call]["repeats"]:
            at = opening_time_after(floor.hours, now, follows[call]["repeat_after"])
            call_again(floor, call, REPEAT, calls[call]["tier"], at)
    if floor.trips[call]["holds_line"] and not kept:
        floor.state[0]["free_lines"] += 1


@inner
def call_again(floor: Floor, parent: int, kind: int, tier: int, at: float) -> None:
    """A call of a tier will follow another, unless the hotline has closed for good by then."""
    number = floor.state[0]["calls"]
    if at == np.inf:
        return
    if number == floor.calls.size:
        floor.state[0]["is_full"] = True
        return
    floor.state[0]["calls"] += 1
    trip, follow = floor.trips[number], floor.follows[number]
    trip["parent"] = parent
    trip["kind"] = kind
    trip["attempt"] = floor.trips[parent]["attempt"] + 1 if kind == REDIAL else 1
    trip["holds_line"] = (
        kind == TRANSFER and floor.trips[parent]["holds_line"] and floor.tiers[tier]["on_phone"]
    )
    follow["customer"] = floor.follows[parent]["customer"]
    follow["path"] = path_after(floor.follows[parent]["path"], step_of(kind))
    floor.calls[number]["tier"] = tier
    floor.calls[number]["arrived"] = np.nan
    enter(floor.calls, number)
    push(floor.timers, at, JOIN + number)
