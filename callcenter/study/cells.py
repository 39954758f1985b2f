"""The unit of work: one replication of one scenario, simulated and reduced to its tally."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from callcenter.calllog import CallLog
from callcenter.demand import draw
from callcenter.engine import simulate
from callcenter.measure import tally
from callcenter.scenario import Scenario
from callcenter.study.design import Point

CALLS_PER_SECOND = 50_000
"""Roughly what one core simulates; decides how much work is sent at a time, never a result."""

SECONDS_PER_CELL = 0.01
"""Roughly what a replication costs beside its calls."""

LONGEST_TASK = 2.0
"""Seconds of work sent to a worker at a time, as far as replications allow."""


class Cell(NamedTuple):
    """One replication (counted from 0) of one scenario."""

    scenario: Scenario
    fingerprint: str
    seed: int
    replication: int

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
    return [Cell(point.scenario, point.fingerprint, seed, number) for number in range(replications)]


def simulate_cells(cells: Sequence[Cell], engine: str, keep_log: bool) -> list[Outcome]:
    """Simulate some cells one after the other; this is what a worker process does."""
    return [_simulate_cell(cell, engine, keep_log) for cell in cells]


def _simulate_cell(cell: Cell, engine: str, keep_log: bool) -> Outcome:
    tape = draw(cell.scenario, cell.seed, cell.replication)
    log = simulate(cell.scenario, tape, engine)
    return Outcome(cell.key, tally(cell.scenario, log).to_bytes(), log if keep_log else None)


def seconds_of(cells: Iterable[Cell]) -> float:
    """Estimate the work in some cells, in seconds of one core."""
    return sum(_costs(cells))


def tasks_of(cells: Sequence[Cell], workers: int) -> list[list[Cell]]:
    """Cut cells, in order, into tasks worth sending, and enough of them to keep everyone busy."""
    costs = list(_costs(cells))
    longest = min(LONGEST_TASK, sum(costs) / (8 * workers))
    tasks: list[list[Cell]] = []
    room = 0.0
    for cell, cost in zip(cells, costs, strict=True):
        if not tasks or room < cost:
            tasks.append([])
            room = longest
        tasks[-1].append(cell)
        room -= cost
    return tasks


def _costs(cells: Iterable[Cell]) -> Iterator[float]:
    known: dict[str, float] = {}
    for cell in cells:
        if cell.fingerprint not in known:
            known[cell.fingerprint] = SECONDS_PER_CELL + _calls(cell.scenario) / CALLS_PER_SECOND
        yield known[cell.fingerprint]


def _calls(scenario: Scenario) -> float:
    return scenario.days * sum(sum(scenario.demand.expected(tier)) for tier in scenario.tiers)
