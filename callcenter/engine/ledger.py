"""The ledger: what an engine notes of each row of the tape, and the call log made of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Codes, Flags, Floats, Indices, Ints
from callcenter.calllog import CallbackLog, CallLog, Kind, Outcome, SessionLog, StaffingLog
from callcenter.demand import CallTape
from callcenter.engine.floorplan import FloorPlan


class Ledger(NamedTuple):
    """One entry per row of the tape; times in seconds, ``nan`` = never."""

    arrived: Floats
    """``nan`` = this call was never made."""
    joined: Floats
    answered: Floats
    left: Floats
    released: Floats
    outcome: Codes
    pool: Indices
    parent: Ints
    """Row of the tape, -1 for a first call."""
    attempt: Indices
    kind: Codes


def call_log(
    plan: FloorPlan, tape: CallTape, ledger: Ledger, callbacks: CallbackLog, sessions: SessionLog
) -> CallLog:
    """Return the log of a finished run: the calls that were made, in order of arrival.

    Rows of the tape in ``ledger`` and ``callbacks`` become rows of the log.
    """
    calls = CallLog(
        tier=tape.tier,
        **ledger._asdict(),
        customer=np.arange(tape.tier.size) if tape.follow_ups is None else tape.follow_ups.customer,
        solved=_solved(tape, ledger),
        end=_end(plan, ledger, callbacks),
        callbacks=callbacks,
        staffing=StaffingLog(plan.days.change_at, plan.days.levels, plan.days.rostered),
        sessions=_by_end(sessions),
        online_tier=tape.online.tier,
        online_at=tape.online.at,
        online_solved=tape.online.solved,
    )
    return calls if tape.follow_ups is None else _in_order(calls)


def first_entries(tape: CallTape) -> tuple[Ints, Indices, Codes]:
    """Return parent, attempt and kind before any call is followed by another."""
    size = tape.tier.size
    return np.full(size, -1, np.int64), np.ones(size, np.int32), np.full(size, Kind.FIRST, np.int8)


def _solved(tape: CallTape, ledger: Ledger) -> Flags:
    solved: Flags = ledger.outcome == Outcome.ANSWERED
    if tape.follow_ups is not None:
        solved &= (tape.follow_ups.transfer < 0) & ~tape.follow_ups.repeats
    return solved


def _end(plan: FloorPlan, ledger: Ledger, callbacks: CallbackLog) -> float:
    """R12a: the last close, or when the last caller has left and the last agent has wrapped up."""
    last_close = float(plan.days.open_end[-1])
    times = (ledger.left, ledger.released, callbacks.attempt_end)
    return max(float(np.fmax.reduce(ends, initial=last_close)) for ends in times)


def _by_end(sessions: SessionLog) -> SessionLog:
    order = np.lexsort((sessions.start, sessions.pool, sessions.end))
    return SessionLog(sessions.pool[order], sessions.start[order], sessions.end[order])


def _in_order(calls: CallLog) -> CallLog:
    made = np.flatnonzero(~np.isnan(calls.arrived))
    rows = made[np.argsort(calls.arrived[made], kind="stable")]
    place = np.full(calls.arrived.size + 1, -1, np.int64)
    place[rows] = np.arange(rows.size)
    columns = {name: getattr(calls, name)[rows] for name in (*Ledger._fields, "tier", "customer", "solved")}
    columns |= {name: place[columns[name]] for name in ("parent", "customer")}
    callbacks = calls.callbacks._replace(call=place[calls.callbacks.call])
    return calls._replace(**columns, callbacks=callbacks)
