"""Stopping a run: what is on the floor at a moment, as a state that any engine can go on from."""

from __future__ import annotations

from typing import Any

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.calllog import Outcome, SessionLog
from callcenter.demand import CallTape
from callcenter.demand.later_calls import awake
from callcenter.engine.compiled.agents import RANK_STEP
from callcenter.engine.compiled.callers import ESCALATE, JOIN
from callcenter.engine.compiled.ends import entries
from callcenter.engine.compiled.layout import lay_out
from callcenter.engine.compiled.log import callback_log, ledger_of, session_log
from callcenter.engine.compiled.records import NOBODY, Floor
from callcenter.engine.compiled.resuming import inside_of, resumed_floor
from callcenter.engine.compiled.run import run_until
from callcenter.engine.floorplan import FloorPlan
from callcenter.engine.ledger import Ledger, room_for, with_more
from callcenter.engine.state import Desks, State

ANSWERED, OPEN, ABANDONED = int(Outcome.ANSWERED), int(Outcome.OPEN), int(Outcome.ABANDONED)


def cut_compiled(plan: FloorPlan, tape: CallTape, at: float, state: State | None = None) -> State:
    """Run the callers on the tape up to a moment, perhaps from a state on, and return how things stand."""
    later, room = awake(tape.later), room_for(tape)
    while True:
        floor = lay_out(plan, tape, room)
        with np.errstate(over="ignore"):  # uncompiled, the words of streams are scalars of NumPy
            resumed = floor if state is None else resumed_floor(floor, later, inside_of(plan, state))
            if resumed is not None and run_until(resumed, later, at):
                return state_of(resumed, tape, at)
        room = with_more(room)


def state_of(floor: Floor, tape: CallTape, at: float) -> State:
    """Read the state off a floor on which all before a moment has happened."""
    whole = ledger_of(floor)
    firsts = int(np.searchsorted(tape.arrived, at, side="left"))
    _settle(floor, whole, at)
    size, calls = whole.tier.size, tape.tier.size
    rows = np.concatenate([np.arange(firsts), np.arange(calls, size)])
    place = np.full(size + 1, NOBODY, np.int64)
    place[rows] = np.arange(rows.size)
    columns = {name: column[rows] for name, column in whole._asdict().items()}
    columns |= {name: place[columns[name]] for name in ("parent", "customer")}
    callbacks = callback_log(floor, whole.tier)
    breaks, after = _breaks(floor, at)
    silences, held = _silences(floor, at)
    return State(
        at=at,
        firsts=firsts,
        ledger=Ledger(**columns),
        due=_due(floor, whole)[rows],
        desk=_desk(floor, whole, at)[rows],
        callbacks=callbacks._replace(call=place[callbacks.call]),
        desks=_desks(floor),
        sessions=session_log(floor.sessions[: int(floor.state[0]["sessions"])]),
        breaks=breaks,
        break_after=place[after],
        silences=silences,
        held=place[held],
        silent_s=_silent(floor, whole)[rows],
    )


def _settle(floor: Floor, ledger: Ledger, at: float) -> None:
    """Note who has given up unnoticed, and take back what the IVR will decide later."""
    calls: Any = floor.calls[: ledger.tier.size]
    waiting = np.flatnonzero(calls["waits"] & (calls["outcome"] == OPEN))  # only theirs is a patience
    gone = calls["joined"][waiting] + calls["patience"][waiting]
    lost = waiting[gone < at]
    ledger.left[lost], ledger.outcome[lost] = gone[gone < at], ABANDONED
    later = (ledger.left >= at) & (ledger.outcome != ANSWERED)
    ledger.left[later], ledger.outcome[later], ledger.solved[later] = np.nan, OPEN, False


def _due(floor: Floor, ledger: Ledger) -> Floats:
    """Return when the calls will be made that are still to be made."""
    due = np.full(ledger.tier.size, np.nan)
    timers: Any = floor.timers[1 : int(floor.timers[0]["key"]) + 1]
    call = timers["key"] % RANK_STEP
    joins = (timers["key"] >= JOIN) & (timers["key"] < ESCALATE)
    made = joins & np.isnan(ledger.arrived[np.where(joins, call, 0)])
    due[call[made]] = timers["time"][made]
    return due


def _desk(floor: Floor, ledger: Ledger, at: float) -> Ints:
    desk = np.full(ledger.tier.size, NOBODY, np.int64)
    if floor.desks.size:
        trips: Any = floor.trips[: ledger.tier.size]
        tiers: Any = floor.tiers
        in_hand = (ledger.released >= at) & tiers["at_desk"][ledger.tier]
        in_hand[_silences(floor, at)[1]] = True
        desk[in_hand] = trips["desk"][in_hand]
    return desk


def _silent(floor: Floor, ledger: Ledger) -> Floats:
    calls: Any = floor.calls[: ledger.tier.size]
    silent = np.zeros(ledger.tier.size)
    if floor.silence.share.any():
        trips: Any = floor.trips[: ledger.tier.size]
        seems = calls["waits"] & (calls["outcome"] == ABANDONED)
        silent[seems] = trips["silent_s"][seems]
    return silent


def _silences(floor: Floor, at: float) -> tuple[SessionLog, Ints]:
    """Return the places held in vain, those that are held still first, and the contacts that hold them."""
    taken = session_log(floor.silences[: int(floor.state[0]["silences"])])
    over = taken.end < at
    row = _rows_at_work(floor)
    calls: Any = floor.calls
    held = (calls["outcome"][row] == ABANDONED) & (calls["job"][row] == NOBODY)
    rows, ends = row[held], entries(floor.ends)["time"][held]
    trips: Any = floor.trips
    seconds = trips["silent_s"][rows] if rows.size else np.empty(0)
    pool = trips["held_in"][rows].astype(np.int32) if rows.size else np.empty(0, np.int32)
    return SessionLog(
        np.concatenate([pool, taken.pool[over]]),
        np.concatenate([ends - seconds, taken.start[over]]),
        np.concatenate([ends, taken.end[over]]),
    ), rows


def _rows_at_work(floor: Floor) -> Ints:
    """Return the call of each end of work that is still to come."""
    rows: Ints = entries(floor.ends)["key"] % RANK_STEP
    return rows


def _desks(floor: Floor) -> Desks:
    desks: Any = floor.desks
    pool, number = np.nonzero(desks["contacts"] > 0)
    used = desks[pool, number]
    return Desks(
        pool, number, used["contacts"].copy(), used["tier"].copy(), np.ascontiguousarray(used["since"])
    )


def _breaks(floor: Floor, at: float) -> tuple[SessionLog, Ints]:
    """Return the breaks, those that last first, and the calls after which the agents went who are on them."""
    taken = session_log(floor.rests[: int(floor.state[0]["rests"])])
    over = taken.end < at
    ends, row = entries(floor.ends), _rows_at_work(floor)
    calls: Any = floor.calls
    on_break = (calls["outcome"][row] == ANSWERED) & (calls["released"][row] < ends["time"])
    after = row[on_break]
    pool, begun = calls["pool"][after].astype(np.int32), calls["released"][after]
    return SessionLog(
        np.concatenate([pool, taken.pool[over]]),
        np.concatenate([begun, taken.start[over]]),
        np.concatenate([ends["time"][on_break], taken.end[over]]),
    ), after
