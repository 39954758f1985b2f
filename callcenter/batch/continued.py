"""Runs of given callers from a state on, of which only the answers are counted: so options are tried."""

from __future__ import annotations

from threading import local
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Ints
from callcenter.batch.morning import Morning, morning_of, restore
from callcenter.batch.trying import COUNTS, count_answers
from callcenter.batch.workspace import shared
from callcenter.demand import CallTape
from callcenter.demand.later_calls import awake
from callcenter.engine import FloorPlan, State
from callcenter.engine.compiled.admission import admit
from callcenter.engine.compiled.ends import new_ends
from callcenter.engine.compiled.layout import enter_tape, most_jobs, vacant
from callcenter.engine.compiled.records import Floor
from callcenter.engine.compiled.resuming import inside_of, resumed_floor
from callcenter.engine.compiled.run import run_until
from callcenter.engine.ledger import room_for, with_more
from callcenter.measure.cells import cells_of
from callcenter.measure.counting.definitions import definitions_of
from callcenter.scenario import Scenario


class Laid(NamedTuple):
    """A floor that is laid out once, and the way back to its morning."""

    plan: FloorPlan
    floor: Floor
    morning: Morning
    firsts: int
    later: int
    jobs: int

    def serves(self, plan: FloorPlan, firsts: int, later: int, jobs: int) -> bool:
        """Whether a run finds room, whose plan is this one in all but the agents."""
        own, asked = self.plan.days, plan.days
        return (
            (firsts <= self.firsts and later <= self.later and jobs <= self.jobs)
            and (later > 0) == (self.later > 0)
            and np.array_equal(own.change_at, asked.change_at)
            and bool((asked.levels.max(axis=0, initial=0) <= own.levels.max(axis=0, initial=0)).all())
        )


class Continued:
    """A scenario by whose definitions runs are counted; plans are known by their names."""

    def __init__(self, scenario: Scenario, plan: FloorPlan) -> None:
        definitions = definitions_of(scenario, plan.days.change_at, plan.days.rostered)
        self._calendar, self._short = definitions.calendar, definitions.short
        self._own = np.ascontiguousarray(definitions.tiers["own"])
        self._shape = len(COUNTS), len(scenario.tiers), cells_of(scenario).count
        self._kept = local()

    def answers(self, name: str, plan: FloorPlan, tape: CallTape, state: State | None) -> Ints:
        """Return the counts of a run, shape (COUNTS, tiers, cells); a name stands for one set of rules."""
        room, counts = room_for(tape), np.empty(self._shape, np.int64)
        later = awake(tape.later)
        while True:
            floor = self._floor(name, plan, tape, room)
            with np.errstate(over="ignore"):  # uncompiled, the words of streams are scalars of NumPy
                resumed = floor if state is None else resumed_floor(floor, later, inside_of(plan, state))
                if resumed is not None and run_until(resumed, later, np.inf):
                    count_answers(resumed, self._calendar, self._own, self._short, counts)
                    return counts
            room = with_more(room)

    def _floor(self, name: str, plan: FloorPlan, tape: CallTape, room: int) -> Floor:
        """Return a floor that nobody has come to, with the callers of a tape."""
        kept: dict[str, Laid] = self._kept.__dict__.setdefault("laid", {})
        firsts, later = tape.tier.size, room if tape.coins is not None else 0
        jobs = most_jobs(tape, room)
        laid = kept.get(name)
        if laid is None or not laid.serves(plan, firsts, later, jobs):
            firsts, jobs = firsts + firsts // 8 + 1, jobs + jobs // 8
            floor = vacant(plan, firsts, later, jobs)
            laid = kept[name] = Laid(plan, floor, morning_of(floor), firsts, later, jobs)
        floor = shared(laid.floor)
        restore(floor, laid.morning)
        most = plan.days.levels.max(axis=0, initial=0)
        fresh = floor._replace(
            levels=plan.days.levels.astype(np.int64),
            desks=np.zeros_like(floor.desks),
            ends=new_ends(int(most.sum()) * int(plan.tiers.concurrency.max())),
        )
        fresh.state[0]["follows"] = tape.coins is not None
        self._enter(fresh, tape)
        admit(fresh, tape.tier.size)
        return fresh

    def _enter(self, floor: Floor, tape: CallTape) -> None:
        """Write the calls of a tape on a floor, unless they are in its memory: no run writes over them."""
        where = tape, floor.calls.ctypes.data, floor.follows.ctypes.data
        last = self._kept.__dict__.get("entered")
        if last is None or last[0] is not tape or last[1:] != where[1:]:
            enter_tape(floor, tape)
            self._kept.entered = where
