"""What a finished run has written on the floor, as a call log."""

from __future__ import annotations

from typing import Any

import numpy as np

from callcenter.arrays import Codes, Flags, Floats, Indices, Records
from callcenter.calllog import CallbackLog, CallLog, Outcome, SessionLog
from callcenter.demand import CallTape
from callcenter.engine.compiled.records import NOBODY, Floor
from callcenter.engine.floorplan import FloorPlan
from callcenter.engine.ledger import Ledger, call_log, first_entries
from callcenter.kernels import kernel

ANSWERED, SELF_SERVED = int(Outcome.ANSWERED), int(Outcome.SELF_SERVED)


def log_of(plan: FloorPlan, tape: CallTape, floor: Floor) -> CallLog:
    """Return what happened to every call."""
    size = int(floor.state[0]["calls"])
    trips: Any = floor.trips[:size]
    arrived, joined, answered, left, released = (np.empty(size) for _ in range(5))
    tier, pool, outcome = np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.int8)
    _copy(floor.calls[:size], arrived, joined, answered, left, released, tier, pool, outcome)
    parent, attempt, kind = first_entries(size)
    if trips.size:
        parent, attempt = trips["parent"].copy(), trips["attempt"].astype(np.int32)
        kind = trips["kind"].astype(np.int8)
    ledger = Ledger(
        tier=tier,
        arrived=arrived,
        joined=joined,
        answered=answered,
        left=left,
        released=released,
        outcome=outcome,
        pool=pool,
        parent=parent,
        attempt=attempt,
        kind=kind,
        customer=_customers(floor, size),
        solved=_solved(floor, outcome),
    )
    return call_log(plan, tape, ledger, _callback_log(floor, tier), *_spells(floor))


@kernel
def _copy(
    calls: Records,
    arrived: Floats,
    joined: Floats,
    answered: Floats,
    left: Floats,
    released: Floats,
    tier: Indices,
    pool: Indices,
    outcome: Codes,
) -> None:
    for number in range(calls.size):
        call = calls[number]
        arrived[number] = call["arrived"]
        joined[number] = call["joined"]
        answered[number] = call["answered"]
        left[number] = call["left"]
        released[number] = call["released"]
        tier[number] = call["tier"]
        pool[number] = call["pool"]
        outcome[number] = call["outcome"]


def _customers(floor: Floor, size: int) -> Any:
    follows: Any = floor.follows[:size]
    return follows["customer"].copy() if follows.size else np.arange(size)


def _solved(floor: Floor, outcome: Codes) -> Flags:
    follows: Any = floor.follows[: outcome.size]
    solved: Flags = (outcome == ANSWERED) | (outcome == SELF_SERVED)
    if follows.size:
        solved &= ((follows["transfer_to"] == NOBODY) | (outcome == SELF_SERVED)) & ~follows["repeats"]
    return solved


def _callback_log(floor: Floor, tier: Indices) -> CallbackLog:
    jobs: Any = floor.jobs[: int(floor.office[0]["created"])]
    attempts: Any = floor.attempts[: int(floor.office[0]["made"])]
    columns = {
        field: np.ascontiguousarray(jobs[field])
        for field in ("call", "created", "due", "first_attempt", "ended", "attempts", "outcome")
    }
    return CallbackLog(
        tier=tier[columns["call"]],
        **columns,
        attempt_job=np.ascontiguousarray(attempts["job"]),
        attempt_pool=attempts["pool"].astype(np.int32),
        attempt_start=np.ascontiguousarray(attempts["start"]),
        attempt_end=np.ascontiguousarray(attempts["end"]),
    )


def _spells(floor: Floor) -> list[SessionLog]:
    state: Any = floor.state[0]
    return [
        _session_log(getattr(floor, name)[: int(state[name])]) for name in ("sessions", "rests", "silences")
    ]


def _session_log(made: Any) -> SessionLog:
    return SessionLog(
        made["pool"].astype(np.int32), np.ascontiguousarray(made["start"]), np.ascontiguousarray(made["end"])
    )
