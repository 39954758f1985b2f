"""The unit of work: one replication of one scenario, simulated and reduced to its tally."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from callcenter.calllog import CallLog
from callcenter.demand import CallTape, draw
from callcenter.engine import simulate
from callcenter.measure import Tally, tally
from callcenter.scenario import Scenario
from callcenter.study.designs.design import Point
from callcenter.study.store.outcome import CellKey, Outcome

if TYPE_CHECKING:
    from callcenter.engine import Routing


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


class Simulation(NamedTuple):
    """How cells are simulated."""

    engine: str = "auto"
    keep_logs: bool = False
    routing: Routing | None = None
    """A routing rule of the user's own; needs the SimPy engine, and its results are never stored."""


def cells_of(point: Point, seed: int, replications: Iterable[int]) -> list[Cell]:
    """Return the cells of some replications of a point."""
    return [Cell(point.scenario, point.fingerprint, point.callers, seed, number) for number in replications]


def simulate_cells(cells: Sequence[Cell], simulation: Simulation) -> list[Outcome]:
    """Simulate some cells one after the other; this is what a worker process does.

    Neighbours with the same callers are simulated on one tape (rule R2), which is drawn once.
    """
    outcomes = []
    for _, neighbours in groupby(cells, attrgetter("tape")):
        same = list(neighbours)
        tape = draw(same[0].scenario, same[0].seed, same[0].replication)
        outcomes += [_simulate_cell(cell, tape, simulation) for cell in same]
    return outcomes


def _simulate_cell(cell: Cell, tape: CallTape, simulation: Simulation) -> Outcome:
    log, counts = log_and_tally(cell.scenario, tape, simulation)
    return Outcome(cell.key, counts.to_bytes(), log if simulation.keep_logs else None)


def log_and_tally(scenario: Scenario, tape: CallTape, simulation: Simulation) -> tuple[CallLog, Tally]:
    """Simulate a scenario on a tape; return what happened to each call, and its counts."""
    log = simulate(scenario, tape, simulation.engine, simulation.routing)
    return log, tally(scenario, log)
