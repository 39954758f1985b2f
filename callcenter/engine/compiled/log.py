"""What a finished run has written on the floor, as a call log."""

from __future__ import annotations

from typing import Any

import numpy as np

from callcenter.arrays import Codes, Flags, Indices, columns_of
from callcenter.calllog import CallbackLog, CallLog, Outcome, SessionLog
from callcenter.demand import CallTape
from callcenter.engine.compiled.records import NOBODY, Floor
from callcenter.engine.floorplan import FloorPlan
from callcenter.engine.ledger import Ledger, call_log, first_entries

ANSWERED, SELF_SERVED = int(Outcome.ANSWERED), int(Outcome.SELF_SERVED)

TIMES = dict.fromkeys(("arrived", "joined", "answered", "left", "released"), np.float64)
OF_CALL = {**TIMES, "tier": np.int32, "pool": np.int32, "outcome": np.int8}
"""What a log takes over of a call, and as what; then of one that follows another, and so on."""
OF_TRIP = {"parent": np.int64, "attempt": np.int32, "kind": np.int8}
OF_JOB = {
    "call": np.int64,
    **dict.fromkeys(("created", "due", "first_attempt", "ended"), np.float64),
    "attempts": np.int32,
    "outcome": np.int8,
}
OF_SESSION = {"pool": np.int32, "start": np.float64, "end": np.float64}
OF_ATTEMPT = {"job": np.int64, **OF_SESSION}


def log_of(plan: FloorPlan, tape: CallTape, floor: Floor) -> CallLog:
    """Return what happened to every call."""
    size = int(floor.state[0]["calls"])
    trips: Any = floor.trips[:size]
    columns = columns_of(floor.calls[:size], OF_CALL)
    trails: Any = zip(OF_TRIP, first_entries(size), strict=True)
    entries = columns_of(trips, OF_TRIP) if trips.size else dict(trails)
    ledger = Ledger(
        **columns,
        **entries,
        customer=_customers(floor, size),
        solved=_solved(floor, columns["outcome"]),
    )
    return call_log(plan, tape, ledger, _callback_log(floor, columns["tier"]), *_spells(floor))


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
    columns = columns_of(jobs, OF_JOB)
    return CallbackLog(
        tier=tier[columns["call"]],
        **columns,
        **{f"attempt_{name}": column for name, column in columns_of(attempts, OF_ATTEMPT).items()},
    )


def _spells(floor: Floor) -> list[SessionLog]:
    state: Any = floor.state[0]
    return [
        _session_log(getattr(floor, name)[: int(state[name])]) for name in ("sessions", "rests", "silences")
    ]


def _session_log(made: Any) -> SessionLog:
    return SessionLog(**columns_of(made, OF_SESSION))
