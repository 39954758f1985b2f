"""The ledger: what an engine notes of each call, and the call log made of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Codes, Flags, Floats, Indices, Ints
from callcenter.calllog import CallbackLog, CallLog, Kind, SessionLog, StaffingLog
from callcenter.demand import CallTape
from callcenter.engine.floorplan import FloorPlan
from callcenter.language import gettext as _
from callcenter.scenario import Problem, ScenarioError

MOST_LATER_CALLS = 40_000_000
"""Of one replication."""


class Ledger(NamedTuple):
    """First calls as on the tape, then those that follow as they were awakened; seconds, ``nan`` = never."""

    tier: Indices
    arrived: Floats
    """``nan`` = this call was never made."""
    joined: Floats
    answered: Floats
    left: Floats
    released: Floats
    outcome: Codes
    pool: Indices
    parent: Ints
    """Row of this ledger, -1 for a first call."""
    attempt: Indices
    kind: Codes
    customer: Ints
    """Row of the customer's first call."""
    solved: Flags


def call_log(
    plan: FloorPlan,
    tape: CallTape,
    ledger: Ledger,
    callbacks: CallbackLog,
    sessions: SessionLog,
    breaks: SessionLog,
    silences: SessionLog,
) -> CallLog:
    """Return the log of a finished run: the calls that were made, in order of arrival.

    Rows of the ledger become rows of the log; calls of one instant stay in order of the ledger.
    """
    calls = CallLog(
        **ledger._asdict(),
        end=_end(plan, ledger, callbacks, silences),
        callbacks=callbacks,
        staffing=StaffingLog(plan.days.change_at, plan.days.levels, plan.days.rostered),
        sessions=_by_end(sessions),
        breaks=_by_end(breaks),
        silences=_by_end(silences),
        online_tier=tape.online.tier,
        online_at=tape.online.at,
        online_solved=tape.online.solved,
    )
    return calls if ledger.tier.size == tape.tier.size else _in_order(calls)


def room_for(tape: CallTape) -> int:
    """Return for how many calls that follow others there is room to begin with."""
    return max(1000, tape.tier.size) if tape.coins is not None else 0


def with_more(room: int) -> int:
    """Return room for more calls that follow others."""
    refuse_too_many(room)
    return 2 * room


def refuse_too_many(calls: int) -> None:
    """Raise ScenarioError if so many calls follow others that they would eat all memory."""
    if calls > MOST_LATER_CALLS:
        message = _(
            "`redial`, `repeat`, `transfer` and `returns` lead to more than {most:,} calls per replication; "
            "lower `redial.attempts`, the shares of `redial`, `repeat` and `returns`, or `demand.volume`"
        )
        raise ScenarioError([Problem("", None, None, "tiers", message.format(most=MOST_LATER_CALLS))])


def first_entries(size: int) -> tuple[Ints, Indices, Codes]:
    """Return parent, attempt and kind of so many first calls."""
    return np.full(size, -1, np.int64), np.ones(size, np.int32), np.full(size, Kind.FIRST, np.int8)


def _end(plan: FloorPlan, ledger: Ledger, callbacks: CallbackLog, silences: SessionLog) -> float:
    """R12a: the last close, or when the last caller has left and the last agent has wrapped up."""
    last_close = float(plan.days.open_end[-1])
    times = (ledger.left, ledger.released, callbacks.attempt_end, silences.end)
    return max(float(np.fmax.reduce(ends, initial=last_close)) for ends in times)


def _by_end(sessions: SessionLog) -> SessionLog:
    order = np.lexsort((sessions.start, sessions.pool, sessions.end))
    return SessionLog(sessions.pool[order], sessions.start[order], sessions.end[order])


def _in_order(calls: CallLog) -> CallLog:
    made = np.flatnonzero(~np.isnan(calls.arrived))
    rows = made[np.argsort(calls.arrived[made], kind="stable")]
    place = np.full(calls.arrived.size + 1, -1, np.int64)
    place[rows] = np.arange(rows.size)
    columns = {name: getattr(calls, name)[rows] for name in Ledger._fields}
    columns |= {name: place[columns[name]] for name in ("parent", "customer")}
    callbacks = calls.callbacks._replace(call=place[calls.callbacks.call])
    return calls._replace(**columns, callbacks=callbacks)
