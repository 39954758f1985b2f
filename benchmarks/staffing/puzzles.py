"""The puzzles: a call centre, its days, and what is to be decided; whether a plan solves one is exact."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml

from callcenter.arrays import Floats, Ints
from callcenter.batch import Batch
from callcenter.measure import Tally, stack
from callcenter.measure.targets import parts_of
from callcenter.scenario import Scenario, load
from callcenter.study import run
from callcenter.study.staffing import Catalogue, load_catalogue
from callcenter.study.staffing.shifts import rostered_hours, with_shifts

HERE = Path(__file__).parent
DAYS = HERE / "puzzles/days.yaml"
FRESH = 1000
"""Other days on which a solution is scored, numbered from FIRST_FRESH."""
FIRST_FRESH = 100_000
AT_A_TIME = 100
"""Fresh days whose tallies are in memory together."""


class Kept(NamedTuple):
    """One target over the days of a puzzle: whole calls, so that it is kept or not without any rounding."""

    tier: str
    share: Fraction
    kept: int
    asked: int

    @property
    def spare(self) -> Fraction:
        """Calls above the target; below 0 where it is missed."""
        return self.kept - self.share * self.asked

    @property
    def rate(self) -> float:
        """Share of the calls answered in time."""
        return self.kept / self.asked if self.asked else 1.0


class Puzzle:
    """A call centre whose agents, or whose shifts, are to be found at least cost."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.days: int = yaml.safe_load(DAYS.read_text(encoding="utf-8"))[name]
        self.scenario = load(HERE / f"puzzles/{name}.yaml")
        shifts = HERE / f"puzzles/{name}.shifts.yaml"
        self.catalogue: Catalogue | None = load_catalogue(shifts) if shifts.exists() else None

    @property
    def pools(self) -> list[str]:
        """The rows of a plan."""
        return list(self.scenario.pools)

    @property
    def shape(self) -> tuple[int, int]:
        """Return how many pools, and how many intervals or shifts, a plan has."""
        day = self.scenario.day
        return len(self.pools), day.intervals if self.catalogue is None else len(self.catalogue.shifts)

    @cached_property
    def prices(self) -> list[list[Fraction]]:
        """What one agent costs, by pool and interval or shift."""
        hour = [_exact(pool.cost_per_hour or 1) for pool in self.scenario.pools.values()]
        if self.catalogue is None:
            hours = _exact(self.scenario.day.interval) / 3600
            return [[each * hours] * self.shape[1] for each in hour]
        day, shifts = self.scenario.day, self.catalogue.shifts
        return [
            [
                each * _exact(rostered_hours(shift, day)) if shift.cost is None else _exact(shift.cost)
                for shift in shifts
            ]
            for each in hour
        ]

    @cached_property
    def costs(self) -> Floats:
        """The prices as numbers to search with."""
        return np.array([[float(each) for each in row] for row in self.prices])

    def cost(self, plan: Ints) -> Fraction:
        """Return what a plan costs a day."""
        pairs = zip(self.prices, plan.tolist(), strict=True)
        return sum(
            (price * agents for row, some in pairs for price, agents in zip(row, some, strict=True)),
            Fraction(),
        )

    def staffed(self, plan: Ints) -> Scenario:
        """Return the scenario with the agents of a plan."""
        if self.catalogue is not None:
            shifts = self.catalogue.shifts
            worked = {
                pool: [(shift, int(number)) for shift, number in zip(shifts, row, strict=True) if number]
                for pool, row in zip(self.pools, plan, strict=True)
            }
            return with_shifts(self.scenario, worked)
        pools = {
            name: pool.model_copy(update={"agents": tuple(int(number) for number in row), "shifts": None})
            for (name, pool), row in zip(self.scenario.pools.items(), plan, strict=True)
        }
        return self.scenario.model_copy(update={"pools": pools})

    def kept(self, plan: Ints, engine: str = "compiled") -> list[Kept]:
        """Return every target over the days of the puzzle, by either engine."""
        return _added(self.scenario, [self.tallies(plan, engine)])

    def tallies(self, plan: Ints, engine: str = "compiled") -> list[Tally]:
        """Simulate the days of the puzzle."""
        if engine == "compiled":
            return Batch(self.staffed(plan), self.scenario.seed).tallies(0, self.days)
        return list(run(self.staffed(plan), self.days, self.scenario.seed, engine=engine).tallies)

    def fresh(self, plan: Ints) -> list[Kept]:
        """Return every target over days that nobody has searched on."""
        batch = Batch(self.staffed(plan), self.scenario.seed)
        starts = range(FIRST_FRESH, FIRST_FRESH + FRESH, AT_A_TIME)
        return _added(self.scenario, (batch.tallies(first, AT_A_TIME) for first in starts))

    def is_solved_by(self, plan: Ints) -> bool:
        """Whether a plan keeps every target."""
        return all(each.spare >= 0 for each in self.kept(plan))


def names() -> list[str]:
    """Return the names of all puzzles."""
    return list(yaml.safe_load(DAYS.read_text(encoding="utf-8")))


def _exact(number: float) -> Fraction:
    """Return a number as it is written, 0.8 as four fifths."""
    return Fraction(f"{number:.12g}")


def _added(scenario: Scenario, blocks: Iterable[list[Tally]]) -> list[Kept]:
    sums = np.zeros((len(scenario.goals), 2), np.int64)
    for tallies in blocks:
        stacked = stack(tallies)
        for place, goal in enumerate(scenario.goals):
            sums[place] += [int(part.sum()) for part in parts_of(scenario, stacked, goal)]
    return [
        Kept(goal.tiers[0], _exact(goal.bound), int(kept), int(asked))
        for goal, (kept, asked) in zip(scenario.goals, sums, strict=True)
    ]
