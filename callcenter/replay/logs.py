"""A recorded day as a call log, so that it is measured as a simulated one is."""

from __future__ import annotations

import numpy as np

from callcenter.calllog import CallbackLog, CallLog, Kind, Outcome, SessionLog, StaffingLog
from callcenter.engine import FloorPlan
from callcenter.fit.calls import Calls
from callcenter.scenario import Scenario

_NO_TIMES = np.empty(0)
_NO_CODES = np.empty(0, np.int8)
_NO_ROWS = np.empty(0, np.int64)
_NO_INDICES = np.empty(0, np.int32)
_NO_CALLBACKS = CallbackLog(
    call=_NO_ROWS,
    tier=_NO_INDICES,
    created=_NO_TIMES,
    due=_NO_TIMES,
    first_attempt=_NO_TIMES,
    ended=_NO_TIMES,
    attempts=_NO_INDICES,
    outcome=_NO_CODES,
    attempt_job=_NO_ROWS,
    attempt_pool=_NO_INDICES,
    attempt_start=_NO_TIMES,
    attempt_end=_NO_TIMES,
)


def log_of(scenario: Scenario, calls: Calls, plan: FloorPlan) -> CallLog:
    """Return what was recorded of the calls of one day; the records hold no callbacks."""
    left = np.where(np.isnan(calls.left), calls.answered + calls.talk, calls.left)
    released = np.where(np.isnan(calls.released), left + np.nan_to_num(calls.wrap_up), calls.released)
    released = np.where(calls.is_answered, released, np.nan)
    ends = [scenario.day.close, *(float(np.nanmax(times, initial=0.0)) for times in (left, released))]
    size = len(calls)
    return CallLog(
        tier=calls.tier,
        arrived=calls.arrived,
        joined=calls.joined,
        answered=calls.answered,
        left=left,
        released=released,
        outcome=calls.outcome.astype(np.int8),
        pool=np.where(calls.is_answered, calls.pool, -1).astype(np.int32),
        parent=np.full(size, -1, np.int64),
        attempt=np.ones(size, np.int32),
        kind=np.full(size, int(Kind.FIRST), np.int8),
        customer=np.arange(size),
        solved=calls.is_answered | (calls.outcome == Outcome.SELF_SERVED),
        end=max(ends),
        callbacks=_NO_CALLBACKS,
        staffing=StaffingLog(plan.days.change_at, plan.days.levels, plan.days.rostered),
        sessions=SessionLog(_NO_INDICES, _NO_TIMES, _NO_TIMES),
        breaks=SessionLog(_NO_INDICES, _NO_TIMES, _NO_TIMES),
        silences=SessionLog(_NO_INDICES, _NO_TIMES, _NO_TIMES),
        online_tier=_NO_INDICES,
        online_at=_NO_TIMES,
        online_solved=np.empty(0, np.bool_),
    )
