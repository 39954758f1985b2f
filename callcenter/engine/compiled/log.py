"""What a finished run has written on the floor, as a call log."""

from __future__ import annotations

from typing import Any, cast

import numpy as np

from callcenter.arrays import Codes, Floats, Indices, Records
from callcenter.calllog import CallbackLog, CallLog, SessionLog
from callcenter.demand import CallTape
from callcenter.engine.compiled.records import Floor
from callcenter.engine.floorplan import FloorPlan
from callcenter.engine.ledger import Ledger, call_log, first_entries
from callcenter.kernels import kernel


def log_of(plan: FloorPlan, tape: CallTape, floor: Floor) -> CallLog:
    """Return what happened to every call."""
    size, trips = tape.tier.size, cast("Any", floor.trips)
    joined, answered, left, released = (np.empty(size) for _ in range(4))
    pool, outcome = np.empty(size, np.int32), np.empty(size, np.int8)
    _copy(floor.calls, joined, answered, left, released, pool, outcome)
    parent, attempt, kind, arrived = *first_entries(tape), tape.arrived
    if trips.size:
        parent, arrived = trips["parent"].copy(), trips["arrived"].copy()
        attempt, kind = trips["attempt"].astype(np.int32), trips["kind"].astype(np.int8)
    ledger = Ledger(arrived, joined, answered, left, released, outcome, pool, parent, attempt, kind)
    return call_log(plan, tape, ledger, _callback_log(floor, tape), _session_log(floor))


@kernel
def _copy(
    calls: Records,
    joined: Floats,
    answered: Floats,
    left: Floats,
    released: Floats,
    pool: Indices,
    outcome: Codes,
) -> None:
    for number in range(calls.size):
        call = calls[number]
        joined[number] = call["joined"]
        answered[number] = call["answered"]
        left[number] = call["left"]
        released[number] = call["released"]
        pool[number] = call["pool"]
        outcome[number] = call["outcome"]


def _callback_log(floor: Floor, tape: CallTape) -> CallbackLog:
    every: Any = floor.jobs
    created, made = int(floor.office[0]["created"]), int(floor.office[0]["made"])
    attempts: Any = floor.attempts[:made]
    jobs = every[np.argsort(every["number"], kind="stable")[every.size - created :]]
    columns = {
        field: np.ascontiguousarray(jobs[field])
        for field in ("call", "created", "due", "first_attempt", "ended", "attempts", "outcome")
    }
    return CallbackLog(
        tier=tape.tier[columns["call"]],
        **columns,
        attempt_job=every["number"][attempts["job"]],
        attempt_pool=attempts["pool"].astype(np.int32),
        attempt_start=np.ascontiguousarray(attempts["start"]),
        attempt_end=np.ascontiguousarray(attempts["end"]),
    )


def _session_log(floor: Floor) -> SessionLog:
    made: Any = floor.sessions[: int(floor.state[0]["sessions"])]
    return SessionLog(
        made["pool"].astype(np.int32), np.ascontiguousarray(made["start"]), np.ascontiguousarray(made["end"])
    )
