"""What is sent to workers at a time: some cells, cut to a size worth sending, as bytes.

Tasks are cut one by one while the others are under way, so a million cells take no memory.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from callcenter.calllog import CallLog
from callcenter.language import speaking, spoken
from callcenter.measure import Tally
from callcenter.scenario import Scenario
from callcenter.study.designs.design import Point
from callcenter.study.store.version import agree, identity
from callcenter.study.workers.cells import (
    Cell,
    Simulation,
    calls_of,
    cells_of,
    packed,
    simulate_cells,
)

CALLS_PER_SECOND = {"simpy": 100_000, "compiled": 5_000_000}
"""Roughly what one core simulates; decides how much work is sent at a time, never a result."""

SECONDS_PER_CELL = {"simpy": 0.003, "compiled": 0.0002}
"""Roughly what a replication costs in addition to its calls."""

LONGEST_TASK = 2.0
"""Seconds of work sent to a worker at a time, as far as replications allow."""

BLOCK = 64
"""Points that take turns on the same call tapes; the scenarios of two blocks are kept ready packed."""

Task = Sequence[Cell]

Tallies = list[tuple[Tally | bytes, CallLog | None]]
"""The tally of each cell of a task, packed by another process, and its call log if that is to be kept."""


class Quota(NamedTuple):
    """The first replications that a point is to have, and those of them that are there."""

    point: Point
    replications: int
    done: Container[int] = ()

    @property
    def missing(self) -> list[int]:
        """The numbers of the replications to be simulated."""
        return [number for number in range(self.replications) if number not in self.done]


class Work:
    """The cells that quotas lack, and what they cost."""

    def __init__(self, quotas: Iterable[Quota], seed: int, engine: str) -> None:
        lacking = ((quota, len(quota.missing)) for quota in quotas)
        self._open = {quota.point.fingerprint: (quota, cells) for quota, cells in lacking if cells}
        self._seed = seed
        self._costs = {name: _cost(quota.point.scenario, engine) for name, (quota, _) in self._open.items()}
        self.cells = sum(cells for _, cells in self._open.values())
        self.seconds = sum(self._costs[name] * cells for name, (_, cells) in self._open.items())
        """Of one core, roughly."""

    def tasks(self, workers: int) -> Iterator[Task]:
        """Cut the cells into tasks, enough to keep everyone busy; cells of one tape stay together."""
        longest = min(LONGEST_TASK, self.seconds / (8 * workers))
        task: list[Cell] = []
        room = longest
        for cell in self._cells():
            cost = self._costs[cell.fingerprint]
            new_tape = not task or cell.tape != task[-1].tape
            if task and room < cost and (new_tape or room < cost - LONGEST_TASK):
                yield task
                task, room = [], longest
            task.append(cell)
            room -= cost
        if task:
            yield task

    def _cells(self) -> Iterator[Cell]:
        for block in self._blocks():
            missing = [(quota.point, set(quota.missing)) for quota in block]
            for number in range(max(quota.replications for quota in block)):
                for point, lacking in missing:
                    if number in lacking:
                        yield from cells_of(point, self._seed, (number,))

    def _blocks(self) -> Iterator[list[Quota]]:
        """Yield points of the same callers, a limited number at a time."""
        groups: dict[str, list[Quota]] = {}
        for quota, _ in self._open.values():
            groups.setdefault(quota.point.callers, []).append(quota)
        for group in groups.values():
            for first in range(0, len(group), BLOCK):
                yield group[first : first + BLOCK]


def _cost(scenario: Scenario, engine: str) -> float:
    return SECONDS_PER_CELL[engine] + calls_of(scenario) / CALLS_PER_SECOND[engine]


def do(task: Task, simulation: Simulation, stopped: Callable[[], bool] = lambda: False) -> Tallies:
    """Simulate the cells of a task here, as they are, until we are stopped."""
    return [(tally, log) for _, tally, log in simulate_cells(task, simulation, stopped)]


def do_packed(task: bytes, simulation: Simulation) -> Tallies:
    """Simulate the cells of a packed task, in a worker; VersionsDifferError if its sender is of another."""
    language, versions, seed, subjects, numbers = pickle.loads(task)  # noqa: S301 (of the study's process)
    with speaking(language):
        agree(versions)
        cells = []
        for which, number in numbers:
            fingerprint, callers, scenario = subjects[which]
            cells.append(Cell(_unpacked(scenario), fingerprint, callers, seed, number))
        return [*packed(simulate_cells(cells, simulation))]


@lru_cache(maxsize=2 * BLOCK)
def _unpacked(scenario: bytes) -> Scenario:
    unpacked: Scenario = pickle.loads(scenario)  # noqa: S301 (likewise)
    return unpacked


class Packer:
    """Makes bytes of tasks; a scenario that comes again is not packed again."""

    def __init__(self) -> None:
        self._scenarios: dict[str, bytes] = {}

    def __call__(self, task: Task) -> bytes:
        """Return a task as bytes; each scenario is in it once, however many of its replications there are."""
        places: dict[str, int] = {}
        for cell in task:
            places.setdefault(cell.fingerprint, len(places))
        first = {cell.fingerprint: cell for cell in reversed(task)}
        subjects = [(name, first[name].callers, self._packed(first[name])) for name in places]
        numbers = [(places[cell.fingerprint], cell.replication) for cell in task]
        packed = (spoken(), identity(), task[0].seed, subjects, numbers)
        return pickle.dumps(packed, pickle.HIGHEST_PROTOCOL)

    def _packed(self, cell: Cell) -> bytes:
        if cell.fingerprint not in self._scenarios:
            if len(self._scenarios) >= 2 * BLOCK:
                del self._scenarios[next(iter(self._scenarios))]
            self._scenarios[cell.fingerprint] = pickle.dumps(cell.scenario, pickle.HIGHEST_PROTOCOL)
        return self._scenarios[cell.fingerprint]
