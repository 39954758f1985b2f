"""Verdicts over a staffing: on the replications it was made for, and on others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from callcenter.demand import draw
from callcenter.engine import simulate
from callcenter.measure import Summary, Tally, summary, tally
from callcenter.scenario import Scenario
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


class _Day(NamedTuple):
    scenario: Scenario
    seed: int
    replication: int


def judged(workers: Workers, scenario: Scenario, seed: int, replications: int) -> Verdicts:
    """Simulate the replications of the search, and fresh ones, numbered after them."""
    blocks = (range(replications), range(replications, replications + fresh_of(replications)))
    return Verdicts(*(summary(scenario, _tallies(workers, scenario, seed, block)) for block in blocks))


def _tallies(workers: Workers, scenario: Scenario, seed: int, numbers: Sequence[int]) -> list[Tally]:
    days = [_Day(scenario, seed, number) for number in numbers]
    found = dict(completed(workers, _tally, days))
    return [Tally.from_bytes(found[number], scenario) for number in range(len(days))]


def _tally(day: _Day) -> bytes:
    log = simulate(day.scenario, draw(*day), "compiled")
    return tally(day.scenario, log).to_bytes()
