"""The floor before anybody has come: plan and tape laid out in arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

from callcenter.arrays import Codes, Flags, Floats, Indices, Ints
from callcenter.calllog import Outcome
from callcenter.demand import HANGS_UP, TO_AGENT, CallTape
from callcenter.demand import SELF_SERVED as SOLVED
from callcenter.engine.compiled.heap import new_heap
from callcenter.engine.compiled.jit import entry
from callcenter.engine.compiled.records import (
    ATTEMPT,
    CALL,
    CHANGE,
    COMING,
    CUSTOMER,
    DESK,
    FOLLOW_UP,
    JOB,
    LANE,
    NOBODY,
    OFFICE,
    PER_TIER,
    POOL,
    SERVING,
    SESSION,
    STATE,
    TIER,
    TRIP,
    Floor,
    Records,
)
from callcenter.engine.floorplan import NOT_SERVED, UNLIMITED, FloorPlan
from callcenter.engine.ledger import first_entries


def lay_out(plan: FloorPlan, tape: CallTape) -> Floor:
    """Return the floor before anybody has come."""
    limited = plan.lines != UNLIMITED
    jobs, further, tiers, calls = tape.callbacks.call.size, _further(plan), _tiers(plan), tape.tier.size
    most_level = plan.days.levels.max(axis=0, initial=0)
    state = _state(plan, tape)
    most_contacts = int(plan.tiers.concurrency.max())
    return Floor(
        tiers=tiers,
        lanes=_lanes(plan, tiers),
        pools=_pools(plan),
        serving=_serving(plan),
        shared=_shared(plan),
        further=further,
        stage_after=plan.tiers.stage_after[:, 1:].copy(),
        calls=_calls(tape, limited),
        trips=_trips(tape, state, most_contacts),
        follows=_follows(tape),
        customers=_customers(tape),
        coming=_coming(tape, limited),
        changes=_changes(plan),
        levels=plan.days.levels.astype(np.int64),
        hours=np.stack([plan.days.open_start, plan.days.open_end], axis=1),
        windows=np.stack([plan.office.window_start, plan.office.window_end], axis=1),
        jobs=_jobs(tape),
        no_answer=tape.callbacks.no_answer,
        attempts=np.empty(jobs * plan.office.attempts, ATTEMPT),
        office=_office(plan),
        state=state,
        desks=np.zeros((most_level.size, int(most_level.max()) if most_contacts > 1 else 0), DESK),
        sessions=np.empty(calls if most_contacts > 1 else 0, SESSION),
        ends=new_heap(int(most_level.sum()) * most_contacts),
        timers=new_heap(calls * _most_timers(state, further, plan) + 3 * jobs + 2),
        listed=np.stack([new_heap(jobs)] * (1 + int(tiers["job_class"].max()))),
    )


def _most_timers(state: Any, further: Floats, plan: FloorPlan) -> int:
    """Return how many timers a call may have at a time, those of its callback left out."""
    limited, announces, follows = (int(state[name][0]) for name in ("limited", "announces", "follows"))
    waits = further.shape[1] + plan.tiers.stage_after.shape[1] - 1
    # with lines: out of the IVR, patience, hanging up; if it follows another: dialling, too
    return waits + 3 * limited + 4 * follows + announces


def _tiers(plan: FloorPlan) -> Any:
    rules = plan.tiers
    tiers: Any = np.zeros(rules.head_start.size, TIER)
    for field in PER_TIER:
        tiers[field] = getattr(rules, field)
    tiers["owes"] = rules.owes_callback @ (1 << np.arange(len(Outcome)))
    tiers["lanes"] = np.isfinite(rules.stage_after).sum(axis=1)
    tiers["first_lane"] = np.cumsum(tiers["lanes"]) - tiers["lanes"]
    if plan.office.order == "tier":
        tiers["job_class"] = np.unique(rules.stage_priority[:, 0], return_inverse=True)[1]
    return tiers


def _lanes(plan: FloorPlan, tiers: Any) -> Records:
    lanes: Any = np.zeros(int(tiers["lanes"].sum()), LANE)
    lanes["tier"] = np.repeat(np.arange(tiers.size), tiers["lanes"])
    lanes["priority"] = plan.tiers.stage_priority[np.isfinite(plan.tiers.stage_after)]
    lanes["head"] = lanes["tail"] = NOBODY
    return lanes


def _pools(plan: FloorPlan) -> Records:
    rules = plan.serving
    pools: Any = np.zeros(rules.callback_speed.size, POOL)
    pools["callback_keep_idle"], pools["callback_speed"] = rules.callback_keep_idle, rules.callback_speed
    pools["has_desks"] = ((rules.keep_idle != NOT_SERVED) & (plan.tiers.concurrency > 1)).any(axis=1)
    return pools


def _serving(plan: FloorPlan) -> Records:
    serving: Any = np.zeros(plan.serving.keep_idle.shape, SERVING)
    for field in ("keep_idle", "after", "speed"):
        serving[field] = getattr(plan.serving, field)
    return serving


def _shared(plan: FloorPlan) -> Any:
    serves = (plan.serving.keep_idle != NOT_SERVED).astype(np.int64)
    return serves.T @ serves > 0


def _further(plan: FloorPlan) -> Floats:
    rules = plan.serving
    waits = [
        np.unique(after[(keep_idle >= 0) & (after > 0)])
        for after, keep_idle in zip(rules.after.T, rules.keep_idle.T, strict=True)
    ]
    further = np.full((len(waits), max(wait.size for wait in waits)), np.inf)
    for tier, wait in enumerate(waits):
        further[tier, : wait.size] = wait
    return further


def _changes(plan: FloorPlan) -> Records:
    changes: Any = np.zeros(plan.days.change_at.size, CHANGE)
    changes["at"], changes["opens"], changes["closes"] = (
        plan.days.change_at,
        plan.days.opens,
        plan.days.closes,
    )
    return changes


def _coming(tape: CallTape, limited: bool) -> Records:
    """R3b: without lines to hold, what happens in the IVR is no event, unless a redial comes of it."""
    firsts = tape.firsts
    at, rows = tape.arrived[:firsts], np.arange(firsts)
    if not limited:
        is_event = tape.ivr_exit[:firsts] == TO_AGENT
        if tape.follow_ups is not None:
            redials = (tape.follow_ups.redials[:firsts] >> Outcome.LEFT_IVR) & 1
            is_event |= (tape.ivr_exit[:firsts] == HANGS_UP) & (redials > 0)
        rows = np.flatnonzero(is_event)
        at = (at + tape.ivr_s[:firsts])[rows]
        order = np.argsort(at, kind="stable")
        at, rows = at[order], rows[order]
    coming: Any = np.empty(rows.size, COMING)
    coming["at"], coming["call"] = at, rows
    return coming


def _calls(tape: CallTape, limited: bool) -> Records:
    calls: Any = np.empty(tape.tier.size, CALL)
    in_ivr = 0 if limited else tape.firsts
    columns = (tape.patience, tape.talk, tape.wrap_up, tape.job, tape.owed)
    _enter(calls, tape.tier, *columns, tape.arrived, tape.ivr_s, tape.ivr_exit, in_ivr)
    return calls


@entry
def _enter(
    calls: Records,
    tier: Indices,
    patience: Floats,
    talk: Floats,
    wrap_up: Floats,
    job: Ints,
    owed: Flags,
    arrived: Floats,
    ivr_s: Floats,
    ivr_exit: Codes,
    in_ivr: int,
) -> None:
    """R3b: what happens in the IVR needs no agent: for the first ``in_ivr`` calls it is entered at once."""
    for number in range(calls.size):
        call = calls[number]
        call["tier"] = tier[number]
        call["patience"] = patience[number]
        call["talk"] = talk[number]
        call["wrap_up"] = wrap_up[number]
        call["job"] = job[number]
        call["owed"] = owed[number]
        call["waits"] = False
        call["joined"] = call["answered"] = call["left"] = call["released"] = np.nan
        call["pool"] = NOBODY
        call["outcome"] = OPEN
        if number < in_ivr and ivr_exit[number] != TO_AGENT:
            call["left"] = arrived[number] + ivr_s[number]
            call["outcome"] = SELF_SERVED if ivr_exit[number] == SOLVED else LEFT_IVR


OPEN, SELF_SERVED, LEFT_IVR = int(Outcome.OPEN), int(Outcome.SELF_SERVED), int(Outcome.LEFT_IVR)


def _trips(tape: CallTape, state: Any, most_contacts: int) -> Records:
    """Return what a call that goes straight to an agent, and home, has no use for."""
    needed = state["limited"][0] or state["follows"][0] or state["announces"][0] or most_contacts > 1
    trips: Any = np.zeros(tape.tier.size if needed else 0, TRIP)
    if needed:
        for field in ("arrived", "ivr_s", "ivr_exit", "accepts"):
            trips[field] = getattr(tape, field)
        trips["parent"], trips["attempt"], trips["kind"] = first_entries(tape)
    return trips


def _follows(tape: CallTape) -> Records:
    after = tape.follow_ups
    follows: Any = np.empty(0 if after is None else tape.tier.size, FOLLOW_UP)
    if after is not None:
        for field, column in after._asdict().items():
            follows[field] = column
    return follows


def _customers(tape: CallTape) -> Records:
    customers: Any = np.empty(0 if tape.follow_ups is None else tape.firsts, CUSTOMER)
    customers["first_job"], customers["reached_at"] = NOBODY, -np.inf
    return customers


def _jobs(tape: CallTape) -> Records:
    jobs: Any = np.zeros(tape.callbacks.call.size, JOB)
    for field in ("call", "reached_at", "talk", "wrap_up"):
        jobs[field] = getattr(tape.callbacks, field)
    jobs["first_attempt"] = jobs["ended"] = np.nan
    jobs["number"] = jobs["pool"] = jobs["next"] = -1
    jobs["attempt_end"] = -np.inf
    return jobs


def _office(plan: FloorPlan) -> Records:
    office: Any = np.zeros(1, OFFICE)
    for field in ("within", "retry_after", "attempts", "cancels"):
        office[field] = getattr(plan.office, field)
    office["by_creation"], office["dial_until"] = plan.office.order == "oldest", -np.inf
    return office


def _state(plan: FloorPlan, tape: CallTape) -> Any:
    rules = plan.tiers
    state: Any = np.zeros(1, STATE)
    state["limited"], state["free_lines"] = plan.lines != UNLIMITED, plan.lines
    state["follows"], state["open_until"] = tape.follow_ups is not None, -np.inf
    listens = np.isfinite(rules.balk_above) | np.isfinite(rules.offer_above)
    state["announces"] = np.any(listens | (rules.offer_in_line != UNLIMITED))
    return state
