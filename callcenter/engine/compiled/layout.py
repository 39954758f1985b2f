"""The floor before anybody has come: plan and tape laid out in arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

from callcenter.arrays import Codes, Flags, Floats, Indices, Ints, Records
from callcenter.calllog import Outcome
from callcenter.demand import CallTape
from callcenter.demand.breaks import NEVER
from callcenter.engine.compiled.admission import admit
from callcenter.engine.compiled.ends import new_ends
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
    NO_CALL,
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
)
from callcenter.engine.floorplan import NOT_SERVED, UNLIMITED, FloorPlan
from callcenter.heap import ENTRY, Heap, new_heap
from callcenter.kernels import kernel


def lay_out(plan: FloorPlan, tape: CallTape, room: int) -> Floor:
    """Return the floor before anybody has come, with room for so many calls that follow others."""
    floor = vacant(plan, tape.tier.size, room if tape.coins is not None else 0, most_jobs(tape, room))
    floor.state[0]["follows"] = tape.coins is not None
    enter_tape(floor, tape)
    admit(floor, tape.tier.size)
    return floor


def enter_tape(floor: Floor, tape: CallTape) -> None:
    """Write the calls of a tape on a floor that has room for them."""
    columns = (tape.tier, tape.arrived, tape.ivr_s, tape.ivr_exit, tape.patience, tape.talk, tape.wrap_up)
    _enter(floor.calls, *columns, tape.accepts, tape.owed, tape.ordinal)
    if tape.coins is not None:
        follows: Any = floor.follows[: tape.tier.size]
        for field, column in tape.coins._asdict().items():
            follows[field] = column


def most_jobs(tape: CallTape, room: int) -> int:
    """Return how many callbacks may be owed, with room for so many calls that follow others."""
    return int(np.count_nonzero(tape.owed | tape.accepts)) + (room if tape.coins is not None else 0)


def vacant(plan: FloorPlan, firsts: int, room: int, jobs: int) -> Floor:
    """Return a floor for so many first calls, calls that follow others, and callback jobs.

    What is not written to takes no memory, so room may be ample.
    """
    limited = plan.lines != UNLIMITED
    further, tiers, calls = _further(plan), _tiers(plan), firsts + room
    most_level = plan.days.levels.max(axis=0, initial=0)
    state = _state(plan, room > 0)
    most_contacts, at_desks = int(plan.tiers.concurrency.max()), bool(plan.tiers.at_desk.any())
    has_trips = limited or room > 0 or at_desks
    return Floor(
        tiers=tiers,
        lanes=_lanes(tiers),
        pools=_pools(plan),
        serving=_serving(plan),
        ranks=plan.serving.priority[:, np.isfinite(plan.tiers.stage_after)].astype(np.int64, order="C"),
        shared=_shared(plan),
        further=further,
        stage_after=plan.tiers.stage_after[:, 1:].copy(),
        calls=np.empty(calls, CALL),
        trips=np.empty(calls if has_trips else 0, TRIP),
        follows=np.empty(calls if room > 0 else 0, FOLLOW_UP),
        customers=np.empty(firsts if room > 0 else 0, CUSTOMER),
        coming=np.empty(firsts, COMING),
        spare=np.empty(firsts, COMING),
        places=np.empty(firsts, np.int64),
        changes=_changes(plan),
        levels=plan.days.levels.astype(np.int64),
        hours=np.stack([plan.days.open_start, plan.days.open_end], axis=1),
        windows=np.stack([plan.office.window_start, plan.office.window_end], axis=1),
        jobs=np.empty(jobs, JOB),
        no_answer=np.empty((jobs, plan.office.attempts)),
        attempts=np.empty(jobs * plan.office.attempts, ATTEMPT),
        office=_office(plan),
        state=state,
        desks=np.zeros((most_level.size, int(most_level.max()) if at_desks else 0), DESK),
        sessions=np.empty(calls if at_desks else 0, SESSION),
        breaks=plan.breaks,
        rests=np.empty(calls if plan.breaks.share.any() else 0, SESSION),
        silence=plan.silence,
        silences=np.empty(calls if plan.silence.share.any() else 0, SESSION),
        ends=new_ends(int(most_level.sum()) * most_contacts),
        timers=new_heap(calls * _most_timers(state, further, plan) + 3 * jobs + 2),
        listed=lists(1 + int(tiers["job_class"].max()), jobs),
    )


def lists(classes: int, jobs: int) -> Heap:
    """Return empty lists of so many jobs, one for each class."""
    listed: Any = np.empty((classes, jobs + 3), ENTRY)
    listed[:, :2] = new_heap(0)[:2]
    return listed


def _most_timers(state: Any, further: Floats, plan: FloorPlan) -> int:
    """Return how many timers a call may have at a time, those of its callback left out."""
    limited, announces, follows = (int(state[name][0]) for name in ("limited", "announces", "follows"))
    announces |= int(plan.silence.share.any())  # both need the end of patience
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


def _lanes(tiers: Any) -> Records:
    lanes: Any = np.zeros(int(tiers["lanes"].sum()), LANE)
    lanes["tier"] = np.repeat(np.arange(tiers.size), tiers["lanes"])
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
    serves = plan.serving.keep_idle != NOT_SERVED
    both = serves[:, :, None] & serves[:, None, :]
    return np.where(both.any(axis=0), both.argmax(axis=0), NOBODY)


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


@kernel
def _enter(
    calls: Records,
    tier: Indices,
    arrived: Floats,
    ivr_s: Floats,
    ivr_exit: Codes,
    patience: Floats,
    talk: Floats,
    wrap_up: Floats,
    accepts: Flags,
    owed: Flags,
    ordinal: Ints,
) -> None:
    for number in range(tier.size):
        call = calls[number]
        call["tier"] = tier[number]
        call["arrived"] = arrived[number]
        call["ivr_s"] = ivr_s[number]
        call["ivr_exit"] = ivr_exit[number]
        call["patience"] = patience[number]
        call["talk"] = talk[number]
        call["wrap_up"] = wrap_up[number]
        call["accepts"] = accepts[number]
        call["owed"] = owed[number]
        call["ordinal"] = ordinal[number]


def _office(plan: FloorPlan) -> Records:
    office: Any = np.zeros(1, OFFICE)
    for field in ("within", "retry_after", "attempts", "cancels"):
        office[field] = getattr(plan.office, field)
    office["by_creation"], office["dial_until"] = plan.office.order == "oldest", -np.inf
    return office


def _state(plan: FloorPlan, follows: bool) -> Any:
    rules = plan.tiers
    state: Any = np.zeros(1, STATE)
    state["limited"], state["free_lines"] = plan.lines != UNLIMITED, plan.lines
    state["follows"], state["open_until"] = follows, -np.inf
    listens = np.isfinite(rules.balk_above) | np.isfinite(rules.offer_above)
    state["announces"] = np.any(listens | (rules.offer_in_line != UNLIMITED))
    state["announces"] |= np.any(plan.breaks.put_off < NEVER)  # who gives up waits no more
    state["lowest"], state["highest"] = NO_CALL
    return state
