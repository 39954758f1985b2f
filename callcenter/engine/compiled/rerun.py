"""Many runs on one tape: laid out once, copied, and run again with other agents."""

from __future__ import annotations

from threading import local
from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats, Records
from callcenter.demand import CallTape
from callcenter.demand.later_calls import Later, awake
from callcenter.engine.compiled.layout import lay_out, lists
from callcenter.engine.compiled.records import DESK, Floor
from callcenter.engine.compiled.run import run_until
from callcenter.engine.floorplan import FloorPlan
from callcenter.engine.ledger import room_for, with_more
from callcenter.heap import new_heap

SMALL = ("lanes", "pools", "customers", "office", "state")
"""Arrays that a run changes and that cost little to copy."""
LARGE = (
    *("calls", "trips", "follows", "timers", "jobs", "no_answer", "attempts"),
    *("sessions", "rests", "silences"),
)
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
            floor = _staffed(self._floor, plan, "run")
            with np.errstate(over="ignore"):  # uncompiled, the words of streams are scalars of NumPy
                if run_until(floor, later, np.inf):
                    return _finished(floor)
            self._room = with_more(self._room)
            self._floor = lay_out(self._plan, self._tape, self._room)

    def course(self, plan: FloorPlan) -> Course:
        """Begin a run from which others branch off; the thread's course before it is written over."""
        return Course(self, plan, _staffed(self._floor, plan, "course"), awake(self._tape.later))


class Course:
    """A run under way, from which runs with other agents branch off: what they have in common is run once."""

    def __init__(self, rerun: Rerun, plan: FloorPlan, floor: Floor, later: Later) -> None:
        self._rerun, self._plan, self._floor, self._later = rerun, plan, floor, later

    def parting(self, plan: FloorPlan) -> float:
        """Return the moment from which on another plan has other agents, inf if there is none."""
        differs = np.flatnonzero((plan.days.levels != self._plan.days.levels).any(axis=1))
        return float(plan.days.change_at[differs[0]]) if differs.size else np.inf

    def branch(self, plan: FloorPlan) -> Finished:
        """Finish the run with the agents of another plan; plans come in the order of their `parting`."""
        with np.errstate(over="ignore"):  # as in `Rerun.run`
            if run_until(self._floor, self._later, self.parting(plan)):
                floor = _staffed(self._floor, plan, "run")
                if run_until(floor, self._later, np.inf):
                    return _finished(floor)
        return self._rerun.run(plan)  # which makes more room


def _finished(floor: Floor) -> Finished:
    made, close = int(floor.state[0]["calls"]), float(floor.hours[-1, 1])
    calls: Any = floor.calls[:made]
    jobs = floor.jobs[: int(floor.office[0]["created"])]
    return Finished(
        calls, np.ascontiguousarray(calls["arrived"]), jobs, floor.windows, close, _end(floor, calls, close)
    )


def _end(floor: Floor, calls: Any, close: float) -> float:
    """R12a: when the run ended."""
    attempts: Any = floor.attempts[: int(floor.office[0]["made"])]
    silences: Any = floor.silences[: int(floor.state[0]["silences"])]
    times = (calls["left"], calls["released"], attempts["end"], silences["end"])
    return max(float(np.fmax.reduce(ends, initial=close)) for ends in times)


def _staffed(template: Floor, plan: FloorPlan, use: str) -> Floor:
    """Return a floor for one run: what a run changes is copied, and there is room for this staffing.

    The template may be of a run under way, with the same agents up to now.
    """
    most_level, contacts = plan.days.levels.max(axis=0, initial=0), int(plan.tiers.concurrency.max())
    filled, at_desks = _filled(template), plan.tiers.at_desk.any()
    large = {name: _taken_over(f"{use} {name}", getattr(template, name), filled[name]) for name in LARGE}
    return template._replace(
        **{name: _copied(getattr(template, name)) for name in SMALL},
        **large,
        levels=plan.days.levels.astype(np.int64),
        desks=_widened(template.desks, (most_level.size, int(most_level.max()) if at_desks else 0)),
        ends=_with_room(template.ends, int(most_level.sum()) * contacts),
        listed=_lists(template.listed, template.jobs.size),
    )


def _filled(floor: Floor) -> dict[str, int]:
    """Return how many entries of each large array say something by now."""
    calls, created = int(floor.state[0]["calls"]), int(floor.office[0]["created"])
    return {
        **dict.fromkeys(("calls", "trips", "follows"), calls),
        **dict.fromkeys(("jobs", "no_answer"), created),
        "timers": _entries(floor.timers),
        "attempts": int(floor.office[0]["made"]),
        "sessions": int(floor.state[0]["sessions"]),
        "rests": int(floor.state[0]["rests"]),
        "silences": int(floor.state[0]["silences"]),
    }


def _entries(heap: Any) -> int:
    """Return how many entries of a heap say something: its size, and the smallest also if there is none."""
    return max(2, int(heap[0]["key"]) + 1)


def _taken_over(name: str, of: Any, number: int) -> Any:
    """Return an array like another with its first entries, in the memory of the run before."""
    copy = _room(name, of)
    _bytes(copy[:number])[:] = _bytes(of[:number])
    return copy


def _with_room(heap: Any, capacity: int) -> Any:
    roomy, number = new_heap(max(capacity, int(heap[0]["key"]))), _entries(heap)
    roomy[:number] = heap[:number]
    return roomy


def _lists(listed: Any, jobs: int) -> Any:
    copies = lists(len(listed), jobs)
    for copy, of in zip(copies, listed, strict=True):
        copy[: _entries(of)] = of[: _entries(of)]
    return copies


def _widened(desks: Any, shape: tuple[int, int]) -> Any:
    """Return desks for other agents; those in use have the lowest numbers."""
    wide, used = np.zeros(shape, DESK), min(shape[1], desks.shape[1])
    wide[:, :used] = desks[:, :used]
    return wide


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
