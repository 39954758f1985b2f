"""Going on from a state: all who are inside take their places on a floor that nobody has come to."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats, Ints, Records
from callcenter.calllog import JobOutcome, Outcome, SessionLog
from callcenter.demand.later_calls import Later, path_after
from callcenter.engine.compiled.agents import END
from callcenter.engine.compiled.callbacks import CALLBACK_DUE, draw_job, hours_end
from callcenter.engine.compiled.callers import (
    ELIGIBLE,
    ESCALATE,
    JOIN,
    LAPSE,
    PATIENCE,
    TRANSFER,
    draw_again,
    is_noticed,
    step_of,
)
from callcenter.engine.compiled.customers import remember_job
from callcenter.engine.compiled.ends import add_end, with_more_ends
from callcenter.engine.compiled.line import stand_in
from callcenter.engine.compiled.records import DESK, NOBODY, Floor
from callcenter.engine.compiled.roster import open_until
from callcenter.engine.compiled.run import run_until
from callcenter.engine.floorplan import FloorPlan
from callcenter.engine.state import State
from callcenter.heap import push
from callcenter.kernels import inner, kernel

ANSWERED, OPEN, BLOCKED = int(Outcome.ANSWERED), int(Outcome.OPEN), int(Outcome.BLOCKED)
PENDING, UNREACHED, REACHED = int(JobOutcome.PENDING), int(JobOutcome.UNREACHED), int(JobOutcome.REACHED)


class Inside(NamedTuple):
    """A state, and what follows from it for the plan that it goes on with."""

    state: State
    line: Ints
    """Rows of the calls in line, in order of joining."""
    workable: Floats
    """From when on each callback job may be worked; inf = never, or it is being worked."""
    pool: Ints
    """Of each job: pool, start and end of its last attempt."""
    begun: Floats
    over: Floats


def inside_of(plan: FloorPlan, state: State) -> Inside:
    """Work out who stands where."""
    return Inside(state, state.line(plan), state.workable_from(plan), *state.last_attempt())


def resumed_floor(floor: Floor, later: Later, inside: Inside) -> Floor | None:
    """Bring a vacant floor into a state, or return None if it has too little room for it."""
    if not has_room_for(floor, inside.state):
        return None
    roomy = with_room_inside(floor, inside.state)
    resume(roomy, later, inside)
    return roomy


def run_from(floor: Floor, later: Later, inside: Inside) -> bool:
    """Let time pass from a state on, to the end; return whether there was room.

    Times and calls are written in place, as by `run_until`.
    """
    resumed = resumed_floor(floor, later, inside)
    return resumed is not None and bool(run_until(resumed, later, np.inf))


def with_room_inside(floor: Floor, state: State) -> Floor:
    """Return a floor with room for all agents who are busy, though the roster may know of fewer."""
    busy = state.with_agent.size + state.callbacks.attempt_job.size + state.break_after.size + state.held.size
    shape = floor.desks.shape
    wide = max(shape[1], int(state.desks.number.max(initial=NOBODY)) + 1) if shape[1] else 0
    return floor._replace(ends=with_more_ends(floor.ends, busy), desks=np.zeros((shape[0], wide), DESK))


def has_room_for(floor: Floor, state: State) -> bool:
    """Whether the calls of a state, and the callbacks that they are owed, find room."""
    later = state.ledger.tier.size - state.firsts
    return (
        int(floor.state[0]["firsts"]) + later <= floor.calls.size
        and state.callbacks.call.size <= floor.jobs.size
    )


@kernel
def resume(floor: Floor, later: Later, inside: Inside) -> None:
    """Bring a floor that nobody has come to into a state; time goes on at its moment."""
    come_to_date(floor, inside.state.at)
    enter_calls(floor, later, inside.state)
    enter_jobs(floor, later, inside)
    for row in inside.line:
        call = number_of(floor, inside.state, row)
        if inside.state.silent_s[row] > 0.0:
            floor.trips[call]["silent_s"] = inside.state.silent_s[row]
        stand(floor, call, inside.state.at)
    enter_spells(floor, inside.state)
    for pool in range(floor.pools.size):
        agents = floor.pools[pool]
        agents["idle"] = max(0, agents["level"] - agents["busy"] - agents["resting"])


@inner
def come_to_date(floor: Floor, at: float) -> None:
    """Let pass what comes by the clock: calls still to come, staffing levels, opening and calling hours."""
    state, came, change, window = floor.state[0], 0, 0, 0
    while came < state["coming"] and floor.coming[came]["at"] < at:
        came += 1
    while change < floor.changes.size and floor.changes[change]["at"] < at:
        state["closed"] = floor.changes[change]["closes"]
        if floor.changes[change]["opens"]:
            open_until(floor, floor.changes[change]["at"])
        for pool in range(floor.pools.size):
            floor.pools[pool]["level"] = floor.levels[change, pool]
        change += 1
    while window < len(floor.windows) and floor.windows[window, 0] < at:
        floor.office[0]["dial_until"] = floor.windows[window, 1]
        window += 1
    state["came"], state["change"], state["window"] = came, change, window


@inner
def number_of(floor: Floor, state: State, row: int) -> int:
    """Return the number on the floor of a call of a state: first calls still to come lie between."""
    if row < state.firsts:
        return row
    return row - state.firsts + floor.state[0]["firsts"]


@inner
def enter_calls(floor: Floor, later: Later, state: State) -> None:
    """What has happened to every call, and what will by itself."""
    ledger = state.ledger
    floor.state[0]["calls"] = number_of(floor, state, ledger.tier.size)
    for row in range(ledger.tier.size):
        call = number_of(floor, state, row)
        if row >= state.firsts:
            follow_on(floor, later, state, row)
        record = floor.calls[call]
        if ledger.outcome[row] != OPEN or not np.isnan(ledger.joined[row]):
            record["joined"], record["answered"] = ledger.joined[row], ledger.answered[row]
            record["left"], record["released"] = ledger.left[row], ledger.released[row]
            record["outcome"], record["pool"] = ledger.outcome[row], ledger.pool[row]
        is_open = ledger.outcome[row] == OPEN
        in_hand = ledger.outcome[row] == ANSWERED and ledger.released[row] >= state.at
        if in_hand:
            work_on(floor, state, row, call)
        if floor.state[0]["limited"] and not np.isnan(ledger.arrived[row]):
            talks = in_hand and ledger.left[row] >= state.at
            takes_line(floor, call, talks or is_open)
        in_ivr = is_open and np.isnan(ledger.joined[row]) and not np.isnan(ledger.arrived[row])
        if in_ivr and (floor.state[0]["limited"] or row >= state.firsts):  # else it is still to come
            push(floor.timers, ledger.arrived[row] + record["ivr_s"], JOIN + call)


@inner
def follow_on(floor: Floor, later: Later, state: State, row: int) -> None:
    """R13, R15: a call that follows another was made, or will be."""
    ledger, call = state.ledger, number_of(floor, state, row)
    parent = number_of(floor, state, ledger.parent[row])
    trip, follow, record = floor.trips[call], floor.follows[call], floor.calls[call]
    trip["parent"], trip["kind"], trip["attempt"] = parent, ledger.kind[row], ledger.attempt[row]
    trip["holds_line"] = False
    follow["customer"] = ledger.customer[row]
    follow["path"] = path_after(floor.follows[parent]["path"], step_of(ledger.kind[row]))
    record["tier"], record["arrived"] = ledger.tier[row], np.nan
    record["waits"] = False
    record["joined"] = record["answered"] = record["left"] = record["released"] = np.nan
    record["pool"] = record["job"] = NOBODY
    record["outcome"] = OPEN
    if not np.isnan(ledger.arrived[row]):
        draw_again(floor, later, call)
        record["arrived"] = ledger.arrived[row]
    elif not np.isnan(state.due[row]):
        push(floor.timers, state.due[row], JOIN + call)


@inner
def work_on(floor: Floor, state: State, row: int, call: int) -> None:
    """R7a: an agent has the call in hand; R13 to R15: hanging up may have consequences."""
    ledger, tier = state.ledger, floor.tiers[state.ledger.tier[row]]
    add_end(floor.ends, ledger.released[row], END + call)
    if tier["at_desk"]:
        floor.trips[call]["desk"] = state.desk[row]
    else:
        floor.pools[ledger.pool[row]]["busy"] += 1
    if ledger.left[row] >= state.at:
        goes_on = floor.state[0]["limited"]
        if floor.state[0]["follows"]:
            follow = floor.follows[call]
            goes_on = goes_on or follow["transfer_to"] != NOBODY or follow["repeats"]
        if goes_on:
            push(floor.timers, ledger.left[row], END + call)


@inner
def takes_line(floor: Floor, call: int, is_inside: bool) -> None:
    """R14: a phone call from outside holds a trunk line, a transferred one if the call before did."""
    trip, record = floor.trips[call], floor.calls[call]
    on_phone = floor.tiers[record["tier"]]["on_phone"]
    from_line = trip["kind"] != TRANSFER or floor.trips[trip["parent"]]["holds_line"]
    trip["holds_line"] = on_phone and from_line and record["outcome"] != BLOCKED
    if is_inside and trip["holds_line"]:
        floor.state[0]["free_lines"] -= 1


@inner
def enter_jobs(floor: Floor, later: Later, inside: Inside) -> None:
    """R11: callbacks that are owed, and attempts."""
    state, office = inside.state, floor.office[0]
    jobs = state.callbacks
    for row in range(jobs.call.size):
        job, call = floor.jobs[row], number_of(floor, state, jobs.call[row])
        job["call"] = call
        job["created"], job["due"] = jobs.created[row], jobs.due[row]
        job["first_attempt"], job["ended"] = jobs.first_attempt[row], jobs.ended[row]
        job["attempt_end"], job["pool"] = inside.over[row], inside.pool[row]
        job["attempts"], job["outcome"], job["next"] = jobs.attempts[row], jobs.outcome[row], NOBODY
        floor.calls[call]["job"] = row
        office["created"] = row + 1
        draw_job(floor, later, row)
        if floor.state[0]["follows"]:
            enter_debt(floor, inside, row)
        enter_duty(floor, inside, row)
    for number in range(jobs.attempt_job.size):
        attempt = floor.attempts[number]
        attempt["job"], attempt["pool"] = jobs.attempt_job[number], jobs.attempt_pool[number]
        attempt["start"], attempt["end"] = jobs.attempt_start[number], jobs.attempt_end[number]
    office["made"] = jobs.attempt_job.size


@inner
def enter_debt(floor: Floor, inside: Inside, row: int) -> None:
    """R11e, R13d: what the customer of a job is still owed, and when they were reached."""
    outcome, customer = (
        inside.state.callbacks.outcome[row],
        floor.follows[floor.jobs[row]["call"]]["customer"],
    )
    if outcome == PENDING or (outcome == UNREACHED and inside.over[row] >= inside.state.at):
        remember_job(floor, row)
    if outcome == REACHED:
        who = floor.customers[customer]
        who["reached_at"] = max(who["reached_at"], inside.begun[row])


@inner
def enter_duty(floor: Floor, inside: Inside, row: int) -> None:
    """R11: an agent is at work on a job, or it is listed, or will be."""
    job, at = floor.jobs[row], inside.state.at
    if inside.over[row] >= at:
        floor.pools[job["pool"]]["busy"] += 1
        add_end(floor.ends, inside.over[row], END + job["call"])
    if inside.workable[row] < at:
        order = job["created"] if floor.office[0]["by_creation"] else job["due"]
        tier = floor.calls[job["call"]]["tier"]
        push(floor.listed[floor.tiers[tier]["job_class"]], order, job["call"])
    elif inside.workable[row] < np.inf:
        push(floor.timers, inside.workable[row], CALLBACK_DUE + job["call"])


@inner
def stand(floor: Floor, call: int, at: float) -> None:
    """R5, R10: a call waits in the stage that it has reached, and what is still to come of its wait will."""
    record = floor.calls[call]
    tier, since, stage = record["tier"], record["joined"], 0
    for after in floor.stage_after[tier]:
        if since + after < at:
            stage += 1
        elif after < np.inf:
            push(floor.timers, since + after, ESCALATE + call)
    stand_in(floor, call, floor.tiers[tier]["first_lane"] + stage)
    for after in floor.further[tier]:
        if at <= since + after < np.inf:
            push(floor.timers, since + after, ELIGIBLE + call)
    if record["job"] != NOBODY:  # R21: a callback keeps the place
        push(floor.timers, hours_end(floor, floor.jobs[record["job"]]["created"]), LAPSE + call)
    elif since + record["patience"] >= at and record["patience"] < np.inf and is_noticed(floor, call):
        push(floor.timers, since + record["patience"], PATIENCE + call)


@inner
def enter_spells(floor: Floor, state: State) -> None:
    """R17, R20, R10a: agents with contacts side by side, on breaks, and waiting in vain."""
    desks = state.desks
    for row in range(desks.pool.size):
        pool, number = desks.pool[row], desks.number[row]
        desk = floor.desks[pool, number]
        desk["tier"], desk["contacts"], desk["since"] = desks.tier[row], desks.contacts[row], desks.since[row]
        floor.pools[pool]["busy"] += 1
        floor.pools[pool]["desks"] = max(floor.pools[pool]["desks"], number + 1)
    floor.state[0]["sessions"] = enter_log(floor.sessions, state.sessions)
    floor.state[0]["rests"] = enter_log(floor.rests, state.breaks)
    floor.state[0]["silences"] = enter_log(floor.silences, state.silences)
    for number in range(state.break_after.size):
        floor.pools[state.breaks.pool[number]]["resting"] += 1
        call = number_of(floor, state, state.break_after[number])
        add_end(floor.ends, state.breaks.end[number], END + call)
    for number in range(state.held.size):
        row = state.held[number]
        call = number_of(floor, state, row)
        floor.trips[call]["held_in"], floor.trips[call]["desk"] = state.silences.pool[number], state.desk[row]
        add_end(floor.ends, state.silences.end[number], END + call)


@inner
def enter_log(spells: Records, log: SessionLog) -> int:
    """Write down spells of agents; return how many."""
    for number in range(log.pool.size):
        spell = spells[number]
        spell["pool"], spell["start"], spell["end"] = log.pool[number], log.start[number], log.end[number]
    return log.pool.size
