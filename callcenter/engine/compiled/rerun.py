"""Many runs on one tape: laid out once, copied, and run again with other agents."""

from __future__ import annotations

from threading import local
from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.demand import CallTape
from callcenter.engine.compiled.heap import new_heap
from callcenter.engine.compiled.layout import lay_out
from callcenter.engine.compiled.records import DESK, Floor, Records
from callcenter.engine.compiled.run import run
from callcenter.engine.floorplan import FloorPlan

SMALL = ("lanes", "pools", "customers", "jobs", "office", "state", "listed")
"""Arrays that a run changes and that cost little to copy."""

_SCRATCH = local()
"""Large arrays of the run before, written over by the next: fresh memory would take as long as the run.

A set of them for each thread."""


class Finished(NamedTuple):
    """What a run has left behind; to be read before the next one of the same thread writes over it."""

    calls: Records
    """Records of `CALL`, one for each row of the tape."""
    arrived: Floats
    """Of the same rows; nan for a call that was never made."""
    jobs: Records
    """Records of `JOB`: the callbacks."""
    windows: Floats
    """Calling hours, each from column 0 to column 1."""
    close: float
    """When the last day ends."""
    end: float
    """When the run ended: the last close, or when the last caller had left and the last agent wrapped up."""


class Rerun:
    """A tape laid out once, on which any staffing of the same scenario can be run."""

    def __init__(self, plan: FloorPlan, tape: CallTape) -> None:
        self._floor = lay_out(plan, tape)
        self._arrived = tape.arrived

    @property
    def rows(self) -> int:
        """Calls of the tape, those that may follow others included."""
        return int(self._floor.calls.size)

    def run(self, plan: FloorPlan) -> Finished:
        """Run the callers through the hotline with the agents of a plan, the same in all other things."""
        return _finished(_staffed(self._floor, plan, "run"), self._arrived)

    def course(self, plan: FloorPlan) -> Course:
        """Begin a run from which others branch off; the thread's course before it is written over."""
        return Course(_staffed(self._floor, plan, "course"), self._arrived, plan)


class Course:
    """A run under way, from which runs with other agents branch off: what they have in common is run once."""

    def __init__(self, floor: Floor, arrived: Floats, plan: FloorPlan) -> None:
        self._floor = floor
        self._arrived = arrived
        self._plan = plan

    def parting(self, plan: FloorPlan) -> float:
        """Return the moment from which on another plan has other agents, inf if there is none."""
        differs = np.flatnonzero((plan.days.levels != self._plan.days.levels).any(axis=1))
        return float(plan.days.change_at[differs[0]]) if differs.size else np.inf

    def branch(self, plan: FloorPlan) -> Finished:
        """Finish the run with the agents of another plan; plans come in the order of their `parting`."""
        run(self._floor, self.parting(plan))
        return _finished(_staffed(self._floor, plan, "run"), self._arrived)


def _finished(floor: Floor, tape_arrived: Floats) -> Finished:
    run(floor, np.inf)
    trips: Any = floor.trips
    arrived = np.ascontiguousarray(trips["arrived"]) if trips.size else tape_arrived
    close = float(floor.hours[-1, 1])
    return Finished(floor.calls, arrived, floor.jobs, floor.windows, close, _end(floor, close))


def _end(floor: Floor, close: float) -> float:
    """R12a: when the run ended."""
    calls: Any = floor.calls
    attempts: Any = floor.attempts[: int(floor.office[0]["made"])]
    times = (calls["left"], calls["released"], attempts["end"])
    return max(float(np.fmax.reduce(ends, initial=close)) for ends in times)


def _staffed(template: Floor, plan: FloorPlan, use: str) -> Floor:
    """Return a floor for one run: what a run changes is copied, and there is room for this staffing.

    The template may be of a run under way, with the same agents up to now.
    """
    most_level, contacts = plan.days.levels.max(axis=0, initial=0), int(plan.tiers.concurrency.max())
    state: Any = template.state
    made, sessions = int(template.office[0]["made"]), int(state["sessions"][0])
    return template._replace(
        **{name: _copied(getattr(template, name)) for name in SMALL},
        calls=_taken_over(f"{use} calls", template.calls, template.calls.size),
        trips=_taken_over(f"{use} trips", template.trips, template.trips.size),
        timers=_taken_over(f"{use} timers", template.timers, _entries(template.timers)),
        levels=plan.days.levels.astype(np.int64),
        desks=_widened(template.desks, (most_level.size, int(most_level.max()) if contacts > 1 else 0)),
        ends=_with_room(template.ends, int(most_level.sum()) * contacts),
        attempts=_begun(template.attempts, made),
        sessions=_begun(template.sessions, sessions),
    )


def _entries(heap: Any) -> int:
    """Return how many entries of a heap say something: its size, and the smallest also if there is none."""
    return max(2, int(heap[0]["key"]) + 1)


def _taken_over(name: str, of: Any, number: int) -> Any:
    """Return an array like another with its first records, in the memory of the run before."""
    copy = _room(name, of)
    _bytes(copy[:number])[:] = _bytes(of[:number])
    return copy


def _with_room(heap: Any, capacity: int) -> Any:
    roomy, number = new_heap(max(capacity, int(heap[0]["key"]))), _entries(heap)
    roomy[:number] = heap[:number]
    return roomy


def _widened(desks: Any, shape: tuple[int, int]) -> Any:
    """Return desks for other agents; those in use have the lowest numbers."""
    wide, used = np.zeros(shape, DESK), min(shape[1], desks.shape[1])
    wide[:, :used] = desks[:, :used]
    return wide


def _begun(records: Any, number: int) -> Any:
    copy = np.empty_like(records)
    copy[:number] = records[:number]
    return copy


def _room(name: str, like: Any) -> Any:
    """Return an array to be written over, at least as long as another."""
    known = vars(_SCRATCH)
    if name not in known or known[name].size < like.size:
        known[name] = np.empty(like.size + like.size // 10, like.dtype)
    return known[name][: like.size]


def _copied(records: Any) -> Any:
    copy = np.empty_like(records)
    _bytes(copy)[:] = _bytes(records)
    return copy


def _bytes(records: Any) -> Any:
    """Return the bytes of records: NumPy copies records with gaps field by field, in ten times the time."""
    return records.reshape(-1).view(np.uint8)
