"""The call log of a finished run, read off the floor."""

from __future__ import annotations

from typing import Any

import numpy as np

from callcenter.calllog import CallbackLog, CallLog
from callcenter.demand import CallTape
from callcenter.engine.compiled.records import Floor


def call_log(floor: Floor, tape: CallTape, last_close: float) -> CallLog:
    """Return what happened to every call."""
    calls = floor.calls
    callbacks = _callback_log(floor, tape)
    ends = (calls.left, calls.released, callbacks.attempt_end)
    return CallLog(
        tier=tape.tier,
        arrived=tape.arrived,
        joined=calls.joined,
        answered=calls.answered,
        left=calls.left,
        released=calls.released,
        outcome=calls.outcome,
        pool=calls.pool,
        parent=np.full(tape.tier.size, -1, np.int64),
        attempt=np.ones(tape.tier.size, np.int32),
        end=max(float(np.fmax.reduce(times, initial=last_close)) for times in ends),
        callbacks=callbacks,
    )


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
