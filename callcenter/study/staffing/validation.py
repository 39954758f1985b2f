"""Verdicts over a staffing: on the replications it was made for, and on others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from callcenter.measure import Summary, Tally, summary
from callcenter.scenario import Scenario
from callcenter.study.designs.design import point
from callcenter.study.workers.cells import Cell, Simulation, cells_of, packed, simulate_cells
from callcenter.study.workers.dispatch import Workers, completed

FRESH = 100
"""Fresh replications at least; they cost little beside the search."""


CELLS_A_TASK = 10
"""Replications that a worker simulates before it reports."""


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
    runs = [cells[first : first + CELLS_A_TASK] for first in range(0, len(cells), CELLS_A_TASK)]
    tallies = dict(completed(workers, _packed_tallies, runs))
    return [Tally.from_bytes(tally, scenario) for number in range(len(runs)) for tally in tallies[number]]


def _packed_tallies(cells: Sequence[Cell]) -> list[bytes]:
    return [tally for tally, _ in packed(simulate_cells(cells, Simulation("compiled")))]
