"""What a kernel reads and writes: arrays of records of fixed dtype."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.calllog import Codes, Floats, Indices, Ints, Outcome
from callcenter.demand import TO_AGENT, CallTape
from callcenter.engine.compiled.heap import Heap, new_heap
from callcenter.engine.floorplan import FloorPlan

Records = npt.NDArray[np.void]
NOBODY = -1
NO_CALL = (1 << 62, -1)
"""An empty range of calls: the lowest and the highest number."""

TIER = np.dtype(
    [
        ("priority", np.int64),
        ("owes_abandoned", np.bool_),  # who abandons is owed a callback
        ("owes_closed", np.bool_),
        ("job_class", np.int64),  # callback jobs of a smaller class go first
        ("head", np.int64),  # first call of the tier in line, NOBODY if none
        ("tail", np.int64),
    ]
)
POOL = np.dtype(
    [
        ("level", np.int64),  # agents that should be on the phones
        ("busy", np.int64),
        ("idle", np.int64),
        ("callback_keep_idle", np.int64),
        ("callback_speed", np.float64),
    ]
)
SERVING = np.dtype([("keep_idle", np.int64), ("after", np.float64), ("speed", np.float64)])
JOB = np.dtype(
    [
        ("call", np.int64),
        ("reached_at", np.int64),  # number of the attempt that reaches the customer
        ("talk", np.float64),
        ("wrap_up", np.float64),
        ("number", np.int64),  # order of creation, -1 = not created
        ("created", np.float64),
        ("due", np.float64),
        ("first_attempt", np.float64),
        ("ended", np.float64),
        ("attempts", np.int32),
        ("pool", np.int32),
        ("outcome", np.int8),
    ],
    align=True,
)
ATTEMPT = np.dtype([("job", np.int64), ("pool", np.int64), ("start", np.float64), ("end", np.float64)])
OFFICE = np.dtype(
    [
        ("within", np.float64),
        ("retry_after", np.float64),
        ("attempts", np.int64),  # allowed for a job
        ("by_creation", np.bool_),  # jobs of a class go by creation instead of by due time
        ("dial_until", np.float64),  # end of the calling hours that have begun
        ("created", np.int64),  # jobs so far
        ("made", np.int64),  # attempts so far
        ("lowest", np.int64),  # numbers of the calls that have joined the line since the last close
        ("highest", np.int64),
    ],
    align=True,
)


class Calls(NamedTuple):
    """One entry a call: what the tape says, what the log will say, and its place in the line."""

    tier: Indices
    patience: Floats
    talk: Floats
    wrap_up: Floats
    job: Ints
    """Row of the jobs, NOBODY if no callback would be owed."""
    joined: Floats
    answered: Floats
    left: Floats
    released: Floats
    pool: Indices
    outcome: Codes
    behind: Ints
    """Who waits behind this call in its tier."""
    waits: npt.NDArray[np.bool_]
    """Still in line, as far as anybody has looked."""


class Floor(NamedTuple):
    """The hotline of one run in arrays: agents, calls, the line, the back office and what is to come."""

    tiers: Records
    pools: Records
    serving: Records
    """Shape (pools, tiers)."""
    further: Floats
    """Shape (tiers, most): waits after which a further pool may take the tier's calls, padded with inf."""
    calls: Calls
    joining: Ints
    """Calls that ask for a person, in order of joining."""
    change_at: Floats
    levels: Ints
    closes: npt.NDArray[np.bool_]
    windows: Floats
    """Shape (windows, 2): start and end of the calling hours."""
    jobs: Records
    no_answer: Floats
    """Shape (jobs, attempts)."""
    attempts: Records
    office: Records
    """Shape (1,): the back office."""
    ends: Heap
    """When busy agents will be free."""
    timers: Heap
    """What else is to happen at a time of its own."""
    listed: Heap
    """Shape (classes, jobs + 3): callback jobs that may be worked, a heap for each class of order."""


def lay_out(plan: FloorPlan, tape: CallTape) -> Floor:
    """Return the floor before anybody has come."""
    joins = tape.arrived + tape.ivr_s
    joining = np.flatnonzero(tape.ivr_exit == TO_AGENT)
    jobs, further, tiers = tape.callbacks.call.size, _further(plan), _tiers(plan)
    return Floor(
        tiers=tiers,
        pools=_pools(plan),
        serving=_serving(plan),
        further=further,
        calls=_calls(tape, joins),
        joining=joining[np.argsort(joins[joining], kind="stable")],
        change_at=plan.change_at,
        levels=plan.levels.astype(np.int64),
        closes=plan.closes,
        windows=np.stack([plan.window_start, plan.window_end], axis=1),
        jobs=_jobs(tape),
        no_answer=tape.callbacks.no_answer,
        attempts=np.empty(jobs * plan.attempts, ATTEMPT),
        office=_office(plan),
        ends=new_heap(int(plan.levels.max(axis=0, initial=0).sum())),
        timers=new_heap(joins.size * further.shape[1] + 3 * jobs + 2),
        listed=np.stack([new_heap(jobs)] * (1 + int(tiers["job_class"].max()))),
    )


def _tiers(plan: FloorPlan) -> Records:
    tiers: Any = np.zeros(plan.priority.size, TIER)
    tiers["priority"] = plan.priority
    tiers["owes_abandoned"] = plan.owes_callback[:, Outcome.ABANDONED]
    tiers["owes_closed"] = plan.owes_callback[:, Outcome.CLOSED]
    if plan.order == "tier":
        tiers["job_class"] = np.unique(plan.priority, return_inverse=True)[1]
    tiers["head"] = tiers["tail"] = NOBODY
    return tiers


def _pools(plan: FloorPlan) -> Records:
    pools: Any = np.zeros(plan.callback_speed.size, POOL)
    pools["callback_keep_idle"], pools["callback_speed"] = plan.callback_keep_idle, plan.callback_speed
    return pools


def _serving(plan: FloorPlan) -> Records:
    serving: Any = np.zeros(plan.keep_idle.shape, SERVING)
    serving["keep_idle"], serving["after"], serving["speed"] = plan.keep_idle, plan.after, plan.speed
    return serving


def _further(plan: FloorPlan) -> Floats:
    waits = [
        np.unique(after[(keep_idle >= 0) & (after > 0)])
        for after, keep_idle in zip(plan.after.T, plan.keep_idle.T, strict=True)
    ]
    further = np.full((len(waits), max(wait.size for wait in waits)), np.inf)
    for tier, wait in enumerate(waits):
        further[tier, : wait.size] = wait
    return further


def _calls(tape: CallTape, joins: Floats) -> Calls:
    """R3b: what happens in the IVR needs no agent, so it is entered at once."""
    size, in_ivr = joins.size, tape.ivr_exit != TO_AGENT
    joined, left = joins.copy(), np.full(size, np.nan)
    joined[in_ivr], left[in_ivr] = np.nan, joins[in_ivr]
    return Calls(
        tier=tape.tier,
        patience=tape.patience,
        talk=tape.talk,
        wrap_up=tape.wrap_up,
        job=tape.job,
        joined=joined,
        answered=np.full(size, np.nan),
        left=left,
        released=np.full(size, np.nan),
        pool=np.full(size, NOBODY, np.int32),
        outcome=_OUTCOMES[tape.ivr_exit],
        behind=np.empty(size, np.int64),
        waits=np.zeros(size, np.bool_),
    )


_OUTCOMES = np.array([Outcome.OPEN, Outcome.SELF_SERVED, Outcome.LEFT_IVR], np.int8)
"""What the log says at first, by how the call leaves the IVR."""


def _jobs(tape: CallTape) -> Records:
    jobs: Any = np.zeros(tape.callbacks.call.size, JOB)
    for field in ("call", "reached_at", "talk", "wrap_up"):
        jobs[field] = getattr(tape.callbacks, field)
    jobs["first_attempt"] = jobs["ended"] = np.nan
    jobs["number"] = jobs["pool"] = -1
    return jobs


def _office(plan: FloorPlan) -> Records:
    office: Any = np.zeros(1, OFFICE)
    office["within"], office["retry_after"], office["attempts"] = plan.within, plan.retry_after, plan.attempts
    office["by_creation"], office["dial_until"] = plan.order == "oldest", -np.inf
    office["lowest"], office["highest"] = NO_CALL
    return office
