"""What a finished run has written on the floor, as a call log."""

from __future__ import annotations

from typing import Any

import numpy as np

from callcenter.calllog import CallbackLog, CallLog, SessionLog
from callcenter.demand import CallTape
from callcenter.engine.compiled.records import Floor
from callcenter.engine.floorplan import FloorPlan
from callcenter.engine.ledger import Ledger, call_log


def written(plan: FloorPlan, tape: CallTape, floor: Floor) -> CallLog:
    """Return what happened to every call."""
    calls: Any = floor.calls
    columns = {name: np.ascontiguousarray(calls[name]) for name in Ledger._fields}
    columns |= {name: columns[name].astype(np.int32) for name in ("pool", "attempt")}
    columns |= {name: columns[name].astype(np.int8) for name in ("outcome", "kind")}
    ledger = Ledger(**columns)
    return call_log(plan, tape, ledger, _callback_log(floor, tape), _session_log(floor))


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
