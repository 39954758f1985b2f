"""Many runs on one tape: laid out once, copied, and run again with other agents."""

from __future__ import annotations

from threading import local
from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats, Records
from callcenter.demand import CallTape
from callcenter.demand.later_calls import awake
from callcenter.engine.compiled.layout import lay_out, lists
from callcenter.engine.compiled.records import DESK, Floor
from callcenter.engine.compiled.run import run
from callcenter.engine.floorplan import FloorPlan
from callcenter.engine.ledger import room_for, with_more
from callcenter.heap import new_heap

SMALL = ("lanes", "pools", "customers", "office", "state")
"""Arrays that a run changes and that cost little to copy."""
LARGE = ("calls", "trips", "follows", "timers", "jobs", "no_answer", "attempts", "sessions")
"""Arrays that a run writes to."""

_SCRATCH = local()
"""Large arrays of the run before, written over by the next: fresh memory would take as long as the run.

A set of them for each thread."""


class Finished(NamedTuple):
    """What a run has left behind; to be read before the next one of the same thread writes over it."""

    calls: Records
    """Records of `CALL`: first calls as on the tape, then those that follow."""
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
        self._plan, self._tape, self._room = plan, tape, room_for(tape)
        self._floor = lay_out(plan, tape, self._room)

    @property
    def rows(self) -> int:
        """First calls: what is not written to takes no memory."""
        return int(self._tape.tier.size)

    def run(self, plan: FloorPlan) -> Finished:
        """Run the callers through the hotline with the agents of a plan, the same in all other things."""
        later = awake(self._tape.later)
        while True:
            floor = _staffed(self._floor, plan)
            with np.errstate(over="ignore"):  # uncompiled, the words of streams are scalars of NumPy
                if run(floor, later):
                    break
            self._room = with_more(self._room)
            self._floor = lay_out(self._plan, self._tape, self._room)
        made, close = int(floor.state[0]["calls"]), float(floor.hours[-1, 1])
        calls: Any = floor.calls[:made]
        jobs = floor.jobs[: int(floor.office[0]["created"])]
        return Finished(
            calls,
            np.ascontiguousarray(calls["arrived"]),
            jobs,
            floor.windows,
            close,
            _end(floor, calls, close),
        )


def _end(floor: Floor, calls: Any, close: float) -> float:
    """R12a: when the run ended."""
    attempts: Any = floor.attempts[: int(floor.office[0]["made"])]
    times = (calls["left"], calls["released"], attempts["end"])
    return max(float(np.fmax.reduce(ends, initial=close)) for ends in times)


def _staffed(template: Floor, plan: FloorPlan) -> Floor:
    """Return a floor for one run: what a run changes is copied, and there is room for this staffing."""
    most_level, contacts = plan.days.levels.max(axis=0, initial=0), int(plan.tiers.concurrency.max())
    firsts = int(template.state[0]["firsts"])
    large = {name: _room(name, getattr(template, name)) for name in LARGE}
    for name in ("calls", "trips", "follows"):
        _bytes(large[name][:firsts])[:] = _bytes(getattr(template, name)[:firsts])
    large["timers"][:2] = template.timers[:2]
    return template._replace(
        **{name: _copied(getattr(template, name)) for name in SMALL},
        **large,
        levels=plan.days.levels.astype(np.int64),
        desks=np.zeros((most_level.size, int(most_level.max()) if contacts > 1 else 0), DESK),
        ends=new_heap(int(most_level.sum()) * contacts),
        listed=lists(len(template.listed), template.jobs.size),
    )


def _room(name: str, like: Any) -> Any:
    """Return an array to be written over, at least as long as another."""
    known = vars(_SCRATCH)
    if name not in known or known[name].shape[1:] != like.shape[1:] or len(known[name]) < len(like):
        known[name] = np.empty((len(like) + len(like) // 10, *like.shape[1:]), like.dtype)
    return known[name][: len(like)]


def _copied(records: Any) -> Any:
    copy = np.empty_like(records)
    _bytes(copy)[:] = _bytes(records)
    return copy


def _bytes(records: Any) -> Any:
    """Return the bytes of records: NumPy copies records with gaps field by field, in ten times the time."""
    return records.reshape(-1).view(np.uint8)
