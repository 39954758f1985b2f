"""Many runs on one tape: laid out once, copied, and run again with other agents."""

from __future__ import annotations

from threading import local
from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats, Records
from callcenter.demand import CallTape
from callcenter.engine.compiled.layout import lay_out
from callcenter.engine.compiled.records import DESK, Floor
from callcenter.engine.compiled.run import run
from callcenter.engine.floorplan import FloorPlan
from callcenter.heap import new_heap

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
        floor = _staffed(self._floor, plan)
        run(floor)
        trips: Any = floor.trips
        arrived = np.ascontiguousarray(trips["arrived"]) if trips.size else self._arrived
        close = float(floor.hours[-1, 1])
        return Finished(floor.calls, arrived, floor.jobs, floor.windows, close, _end(floor, close))


def _end(floor: Floor, close: float) -> float:
    """R12a: when the run ended."""
    calls: Any = floor.calls
    attempts: Any = floor.attempts[: int(floor.office[0]["made"])]
    times = (calls["left"], calls["released"], attempts["end"])
    return max(float(np.fmax.reduce(ends, initial=close)) for ends in times)


def _staffed(template: Floor, plan: FloorPlan) -> Floor:
    """Return a floor for one run: what a run changes is copied, and there is room for this staffing."""
    most_level, contacts = plan.days.levels.max(axis=0, initial=0), int(plan.tiers.concurrency.max())
    calls, timers = _room("calls", template.calls), _room("timers", template.timers)
    trips = _room("trips", template.trips)
    for copy, of in ((calls, template.calls), (trips, template.trips), (timers[:2], template.timers[:2])):
        _bytes(copy)[:] = _bytes(of)
    return template._replace(
        **{name: _copied(getattr(template, name)) for name in SMALL},
        calls=calls,
        trips=trips,
        timers=timers,
        levels=plan.days.levels.astype(np.int64),
        desks=np.zeros((most_level.size, int(most_level.max()) if contacts > 1 else 0), DESK),
        ends=new_heap(int(most_level.sum()) * contacts),
        attempts=np.empty_like(template.attempts),
        sessions=np.empty_like(template.sessions),
    )


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
