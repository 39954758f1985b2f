"""The fast engine: one compiled kernel over arrays (rules R3 to R17)."""

from __future__ import annotations

import numpy as np

from callcenter.calllog import CallLog
from callcenter.demand import CallTape
from callcenter.demand.later_calls import awake
from callcenter.engine.compiled.cutting import cut_compiled
from callcenter.engine.compiled.layout import lay_out
from callcenter.engine.compiled.log import log_of
from callcenter.engine.compiled.resuming import inside_of, run_from
from callcenter.engine.compiled.run import run_until
from callcenter.engine.floorplan import FloorPlan
from callcenter.engine.ledger import room_for, with_more
from callcenter.engine.state import State

__all__ = ["cut_compiled", "simulate_compiled"]


def simulate_compiled(plan: FloorPlan, tape: CallTape, state: State | None = None) -> CallLog:
    """Run the callers on the tape through the hotline, from a state on, and return what happened to each."""
    later, room = awake(tape.later), room_for(tape)
    while True:
        floor = lay_out(plan, tape, room)
        with np.errstate(over="ignore"):  # uncompiled, the words of streams are scalars of NumPy
            is_done = (
                run_until(floor, later, np.inf)
                if state is None
                else run_from(floor, later, inside_of(plan, state))
            )
            if is_done:
                return log_of(plan, tape, floor)
        room = with_more(room)
