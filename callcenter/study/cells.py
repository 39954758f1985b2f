"""The unit of work: one replication of one scenario, simulated and reduced to its tally."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from callcenter.calllog import CallLog
from callcenter.demand import CallTape, draw
from callcenter.engine import simulate
from callcenter.measure import tally
from callcenter.scenario import Scenario
from callcenter.study.design import Point

CALLS_PER_SECOND = {"simpy": 100_000, "compiled": 3_000_000}
"""Roughly what one core simulates; decides how much work is sent at a time, never a result."""

SECONDS_PER_CELL = 0.003
"""Roughly what a replication costs beside its calls."""

LONGEST_TASK = 2.0
"""Seconds of work sent to a worker at a time, as far as replications allow."""


class Cell(NamedTuple):
    """One replication (counted from 0) of one scenario."""

    scenario: Scenario
    fingerprint: str
    callers: str
    """Cells of the same callers, seed and replication have the same call tape."""
    seed: int
    replication: int

    @property
    def tape(self) -> tuple[str, int, int]:
        """What the cell's call tape depends on."""
        return self.callers, self.seed, self.replication

    @property
    def key(self) -> CellKey:
        """What the cell's result depends on, beside the version of the model."""
        return CellKey(self.fingerprint, self.seed, self.replication)


class CellKey(NamedTuple):
    """The name of a cell in the results store."""

    fingerprint: str
    seed: int
    replication: int


class Outcome(NamedTuple):
    """What a cell came to: its packed tally, and its call log if that is to be kept."""

    key: CellKey
    tally: bytes
    log: CallLog | None


def cells_of(point: Point, seed: int, replications: int) -> list[Cell]:
    """Return the cells of the first replications of a point."""
    return [
        Cell(point.scenario, point.fingerprint, point.callers, seed, number) for number in range(replications)
    ]


def simulate_cells(cells: Sequence[Cell], engine: str, keep_log: bool) -> list[Outcome]:
    """Simulate some cells one after the other; this is what a worker process does.

    Neighbours with the same callers are simulated on one tape (rule R2), which is drawn once.
    """
    outcomes = []
    for _, neighbours in groupby(cells, attrgetter("tape")):
        same = list(neighbours)
        tape = draw(same[0].scenario, same[0].seed, same[0].replication)
        outcomes += [_simulate_cell(cell, tape, engine, keep_log) for cell in same]
    return outcomes


def _simulate_cell(cell: Cell, tape: CallTape, engine: str, keep_log: bool) -> Outcome:
    log = simulate(cell.scenario, tape, engine)
    return Outcome(cell.key, tally(cell.scenario, log).to_bytes(), log if keep_log else None)


def seconds_of(cells: Iterable[Cell], engine: str) -> float:
    """Estimate the work in some cells, in seconds of one core."""
    return sum(_costs(cells, engine))


def tasks_of(cells: Iterable[Cell], workers: int, engine: str) -> list[list[Cell]]:
    """Cut cells into tasks worth sending, enough to keep everyone busy; cells of one tape stay together."""
    cells = sorted(cells, key=attrgetter("tape"))
    costs = list(_costs(cells, engine))
    longest = min(LONGEST_TASK, sum(costs) / (8 * workers))
    tasks: list[list[Cell]] = []
    room = 0.0
    for cell, cost in zip(cells, costs, strict=True):
        new_tape = not tasks or cell.tape != tasks[-1][-1].tape
        if room < cost and (new_tape or room < cost - LONGEST_TASK):
            tasks.append([])
            room = longest
        tasks[-1].append(cell)
        room -= cost
    return tasks


def _costs(cells: Iterable[Cell], engine: str) -> Iterator[float]:
    known: dict[str, float] = {}
    for cell in cells:
        if cell.fingerprint not in known:
            known[cell.fingerprint] = SECONDS_PER_CELL + _calls(cell.scenario) / CALLS_PER_SECOND[engine]
        yield known[cell.fingerprint]


def _calls(scenario: Scenario) -> float:
    return scenario.days * sum(sum(scenario.demand.expected(tier)) for tier in scenario.tiers)
