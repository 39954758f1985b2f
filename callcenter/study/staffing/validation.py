"""Verdicts over a staffing: on the replications it was made for, and on others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from callcenter.measure import Summary, Tally, summary
from callcenter.scenario import Scenario
from callcenter.study.designs.design import point
from callcenter.study.workers.cells import Cell, Simulation, cells_of, simulate_cells
from callcenter.study.workers.dispatch import Workers, completed

FRESH = 100
"""Fresh replications at least; they cost little beside the search."""


class Verdicts(NamedTuple):
    """The same staffing judged twice."""

    made_for: Summary
    """On the replications of the search: what was searched for is met there by construction."""
    fresh: Summary
    """On others, which the search has not seen."""


def fresh_of(replications: int) -> int:
    """Return how many fresh replications judge a staffing."""
    return max(replications, FRESH)


def judged(workers: Workers, scenario: Scenario, seed: int, replications: int) -> Verdicts:
    """Simulate the replications of the search, and fresh ones, numbered after them."""
    blocks = (range(replications), range(replications, replications + fresh_of(replications)))
    return Verdicts(*(summary(scenario, _tallies(workers, scenario, seed, block)) for block in blocks))


def _tallies(workers: Workers, scenario: Scenario, seed: int, numbers: Sequence[int]) -> list[Tally]:
    cells = cells_of(point(scenario, {}), seed, numbers)
    tallies = dict(completed(workers, _tally, cells))
    return [Tally.from_bytes(tallies[number], scenario) for number in range(len(cells))]


def _tally(cell: Cell) -> bytes:
    return simulate_cells([cell], Simulation("compiled"))[0].tally
