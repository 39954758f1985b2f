"""Callback jobs in arrays (rule R11)."""

from __future__ import annotations

import numpy as np

from callcenter.calllog import JobOutcome
from callcenter.demand.later_calls import Later, later_callback
from callcenter.engine.compiled.agents import END, RANK_STEP, scaled, seize
from callcenter.engine.compiled.customers import PENDING, UNREACHED, reach, remember_job
from callcenter.engine.compiled.ends import add_end
from callcenter.engine.compiled.line import leave_line
from callcenter.engine.compiled.records import NOBODY, Floor
from callcenter.engine.floorplan import NOT_SERVED
from callcenter.engine.rules import Rank
from callcenter.heap import pop, push
from callcenter.kernels import hot, inner

CALLBACK_DUE, DIAL = int(Rank.CALLBACK_DUE) * RANK_STEP, int(Rank.DIAL) * RANK_STEP
REACHED = int(JobOutcome.REACHED)


@inner
def create_job(floor: Floor, call: int, now: float) -> None:
    """The caller is owed a callback."""
    if has_entered_job(floor, call, now):
        plan_attempt(floor, call, now)


@inner
def has_entered_job(floor: Floor, call: int, now: float) -> bool:
    """Enter what is owed to the caller; return whether there was room."""
    office, row = floor.office[0], floor.office[0]["created"]
    if row == floor.jobs.size:
        floor.state[0]["is_full"] = True
        return False
    office["created"] += 1
    job = floor.jobs[row]
    job["call"] = call
    job["created"] = now
    job["due"] = now + office["within"]
    job["first_attempt"] = job["ended"] = np.nan
    job["attempt_end"] = -np.inf
    job["next"] = job["pool"] = NOBODY
    job["attempts"] = 0
    job["outcome"] = PENDING
    floor.calls[call]["job"] = row
    if floor.state[0]["follows"]:
        remember_job(floor, row)
    return True


@inner
def plan_attempt(floor: Floor, call: int, earliest: float) -> None:
    """The job may be worked from the first moment of calling hours on; R11a: they are half-open."""
    for window in range(len(floor.windows)):
        if earliest < floor.windows[window, 1]:
            push(floor.timers, max(earliest, floor.windows[window, 0]), CALLBACK_DUE + call)
            break


@inner
def hours_end(floor: Floor, now: float) -> float:
    """Return when the calling hours that have begun end, -inf outside them."""
    for window in range(len(floor.windows)):
        if floor.windows[window, 0] <= now < floor.windows[window, 1]:
            return floor.windows[window, 1]
    return -np.inf


@inner
def lapse(floor: Floor, call: int, now: float) -> None:
    """R21b: the calling hours end; a job that still keeps its place in the line goes on as any other."""
    if floor.calls[call]["waits"]:
        leave_line(floor, call)
        plan_attempt(floor, call, now)


@inner
def list_job(floor: Floor, later: Later, call: int, now: float) -> None:
    """R11c: the job enters the list; idle agents look at it when all jobs of this instant are there."""
    row = floor.calls[call]["job"]
    if floor.jobs[row]["outcome"] == PENDING:
        if floor.jobs[row]["attempts"] == 0:
            draw_job(floor, later, row)
        order = floor.jobs[row]["created"] if floor.office[0]["by_creation"] else floor.jobs[row]["due"]
        push(floor.listed[floor.tiers[floor.calls[call]["tier"]]["job_class"]], order, call)
        push(floor.timers, now, DIAL)


@inner
def draw_job(floor: Floor, later: Later, row: int) -> None:
    """What chance decides about a callback is drawn when it may be worked."""
    calls, call = floor.calls, floor.jobs[row]["call"]
    customer, path, source = call, 0, call
    if floor.state[0]["follows"]:
        follow = floor.follows[call]
        customer, path, source = follow["customer"], follow["path"], follow["row"]
    first = calls[customer]
    root, ordinal, arrived, tier = first["tier"], first["ordinal"], first["arrived"], calls[call]["tier"]
    later_callback(later, root, ordinal, arrived, path, source, tier, floor.jobs, floor.no_answer, row)


@hot
def may_dial(floor: Floor, now: float) -> bool:
    """Whether a job is listed and the calling hours last."""
    return now < floor.office[0]["dial_until"] and first_class(floor) != NOBODY


@inner
def first_class(floor: Floor) -> int:
    """R11c: the class whose jobs go first, NOBODY if no job is listed; R11e: cancelled ones are dropped."""
    for job_class in range(len(floor.listed)):
        listed = floor.listed[job_class]
        while listed[0]["key"] > 0 and outcome_of_job(floor, listed[1]["key"]) != PENDING:
            pop(listed)
        if listed[0]["key"] > 0:
            return job_class
    return NOBODY


@hot
def outcome_of_job(floor: Floor, call: int) -> int:
    """How the callback that a call led to has ended."""
    return floor.jobs[floor.calls[call]["job"]]["outcome"]


@hot
def dials(floor: Floor, pool: int) -> bool:
    """R7: whether an idle agent of this pool may work a callback."""
    keep_idle = floor.pools[pool]["callback_keep_idle"]
    return keep_idle != NOT_SERVED and floor.pools[pool]["idle"] > keep_idle


@inner
def dial_while_idle(floor: Floor, now: float) -> None:
    """R11b: jobs go to the first pool in file order that has an agent to spare."""
    while may_dial(floor, now):
        first = NOBODY
        for pool in range(floor.pools.size):
            if dials(floor, pool):
                first = pool
                break
        if first == NOBODY:
            break
        dial(floor, first, now)


@inner
def dial(floor: Floor, pool: int, now: float) -> None:
    """An idle agent of this pool works the first job of the list."""
    listed = floor.listed[first_class(floor)]
    row = floor.calls[listed[1]["key"]]["job"]
    pop(listed)
    attempt(floor, pool, row, floor.pools[pool]["callback_speed"], now)


@inner
def dial_in_line(floor: Floor, pool: int, call: int, now: float) -> None:
    """R21a: an idle agent of this pool dials in place of taking the call, at its tier's speed."""
    leave_line(floor, call)
    speed = floor.serving[pool, floor.calls[call]["tier"]]["speed"]
    attempt(floor, pool, floor.calls[call]["job"], speed, now)


@inner
def attempt(floor: Floor, pool: int, row: int, speed: float, now: float) -> None:
    """R11: an agent dials; what comes of it was drawn before."""
    job = floor.jobs[row]
    job["attempts"] += 1
    reached = job["attempts"] == job["reached_at"]
    ended = now + (scaled(job["talk"], speed) if reached else floor.no_answer[row, job["attempts"] - 1])
    free = ended + (scaled(job["wrap_up"], speed) if reached else 0.0)
    job["pool"] = pool
    job["attempt_end"] = free
    if job["attempts"] == 1:
        job["first_attempt"] = now
    if reached or job["attempts"] == floor.office[0]["attempts"]:
        job["ended"] = ended
        job["outcome"] = REACHED if reached else UNREACHED
    note(floor, row, pool, now, free)
    seize(floor, pool)
    add_end(floor.ends, free, END + job["call"])
    if reached and floor.state[0]["follows"]:
        reach(floor, job["call"], now)


@inner
def note(floor: Floor, row: int, pool: int, start: float, end: float) -> None:
    """Enter an attempt in the log."""
    made = floor.attempts[floor.office[0]["made"]]
    floor.office[0]["made"] += 1
    made["job"] = row
    made["pool"] = pool
    made["start"] = start
    made["end"] = end
