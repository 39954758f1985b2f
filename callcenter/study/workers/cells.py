"""The unit of work: one replication of one scenario, simulated and reduced to its tally."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from threading import local
from typing import TYPE_CHECKING, NamedTuple

from callcenter.calllog import CallLog
from callcenter.demand import CallTape, draw
from callcenter.engine import prepare as prepare_engine
from callcenter.engine import resolve_engine, simulate
from callcenter.measure import Tally, tally
from callcenter.scenario import Scenario
from callcenter.study.designs.design import Point
from callcenter.study.store.outcome import CellKey, Outcome

if TYPE_CHECKING:
    from callcenter.batch import Batch
    from callcenter.engine import Routing

MOST_BATCHES = 128
"""Scenarios that a thread keeps laid out."""
_BATCHES = local()


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

    @property
    def is_batched(self) -> bool:
        """Whether cells are simulated many in one compiled call: nobody wants to see their logs."""
        return not self.keep_logs and resolve_engine(self.engine, self.routing) == "compiled"

    def batches(self, scenario: Scenario) -> bool:
        """Whether those of a scenario are: recorded calls are not drawn in a compiled call."""
        return self.is_batched and scenario.demand.recording is None


def calls_of(scenario: Scenario) -> float:
    """Return how many first calls a replication has, roughly."""
    return scenario.run_days * sum(sum(scenario.demand.expected(tier)) for tier in scenario.tiers)


def packed(outcomes: Iterable[Outcome]) -> list[tuple[bytes, CallLog | None]]:
    """Return tallies and logs as they go to another process."""
    return [(tally if isinstance(tally, bytes) else tally.to_bytes(), log) for _, tally, log in outcomes]


def cells_of(point: Point, seed: int, replications: Iterable[int]) -> list[Cell]:
    """Return the cells of some replications of a point."""
    return [Cell(point.scenario, point.fingerprint, point.callers, seed, number) for number in replications]


def make_ready(simulation: Simulation) -> None:
    """Compile what a simulation needs, before workers start that would all do so."""
    if simulation.is_batched:
        from callcenter.batch import prepare

        prepare()
    else:
        tally(*prepare_engine(simulation.engine))


def simulate_cells(
    cells: Sequence[Cell], simulation: Simulation, stopped: Callable[[], bool] = lambda: False
) -> list[Outcome]:
    """Simulate some cells one after the other; this is what a worker does, until it is stopped.

    Neighbours with the same callers are simulated on callers drawn once (rule R2).
    """
    outcomes: list[Outcome] = []
    for is_batched, some in groupby(cells, lambda cell: simulation.batches(cell.scenario)):
        for done in (_by_batch if is_batched else _by_log)(list(some), simulation):
            outcomes += done
            if stopped():
                return outcomes
    return outcomes


def _by_batch(cells: Sequence[Cell], _: Simulation) -> Iterator[list[Outcome]]:
    latest = None
    for run in runs(cells):
        batch = _batch(run[0])
        for first in range(0, len(run), batch.at_a_time):
            some = run[first : first + batch.at_a_time]
            redraw = some[0].tape != latest
            tallies = batch.tallies(some[0].replication, len(some), redraw=redraw)
            latest = some[-1].tape
            yield [Outcome(cell.key, tally, None) for cell, tally in zip(some, tallies, strict=True)]


def runs(cells: Iterable[Cell]) -> Iterator[list[Cell]]:
    """Yield runs of replications of one scenario that follow each other."""
    run: list[Cell] = []
    for cell in cells:
        if run and cell.key != run[-1].key._replace(replication=run[-1].replication + 1):
            yield run
            run = []
        run.append(cell)
    if run:
        yield run


def _batch(cell: Cell) -> Batch:
    """Return the batch of a cell, one of those that this thread keeps."""
    from callcenter.batch import Batch

    kept: OrderedDict[tuple[str, int], Batch] = _BATCHES.__dict__.setdefault("kept", OrderedDict())
    key = cell.fingerprint, cell.seed
    if key not in kept:
        kept[key] = Batch(cell.scenario, cell.seed)
        if len(kept) > MOST_BATCHES:
            kept.popitem(last=False)
    kept.move_to_end(key)
    return kept[key]


def _by_log(cells: Sequence[Cell], simulation: Simulation) -> Iterator[list[Outcome]]:
    for _, neighbours in groupby(cells, attrgetter("tape")):
        same = list(neighbours)
        tape = draw(same[0].scenario, same[0].seed, same[0].replication)
        for cell in same:
            log, counts = log_and_tally(cell.scenario, tape, simulation)
            yield [Outcome(cell.key, counts, log if simulation.keep_logs else None)]


def log_and_tally(scenario: Scenario, tape: CallTape, simulation: Simulation) -> tuple[CallLog, Tally]:
    """Simulate a scenario on a tape; return what happened to each call, and its counts."""
    log = simulate(scenario, tape, simulation.engine, simulation.routing)
    return log, tally(scenario, log)
