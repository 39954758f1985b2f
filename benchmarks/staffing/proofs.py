"""That nothing is cheaper: every plan below a cost looked at, or ruled out by a bound that is true.

Where callers hang up, or pools help each other out, one more agent can make another caller wait longer; a
test shows such a day.  So these puzzles are proven by looking at every plan.  In one pool whose callers never
hang up, one more agent lets nobody wait longer (Kiefer and Wolfowitz 1955: ordered by size, the workloads
of more servers are never above those of fewer).  So the calls late in an interval are no fewer than with all
other intervals staffed without limit, which rules out whole branches.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import floor, inf
from typing import NamedTuple

import numpy as np

from benchmarks.staffing.puzzles import Puzzle
from callcenter.arrays import Ints
from callcenter.measure import stack
from callcenter.measure.targets import parts_of

ENUMERATION, BRANCHES = "enumeration", "branch and bound"
MOST_PLANS = 100_000
"""Plans that are looked at one by one."""
MOST_SIMULATED = 30_000
"""Plans simulated before branch and bound is given up."""
PLENTY = 60
"""Agents of an interval that lets nobody wait."""


class TooManyError(Exception):
    """Branch and bound takes too long."""


class Proof(NamedTuple):
    """What was shown: nothing is cheaper than ``cost``."""

    method: str
    cost: Fraction
    plan: Ints | None
    """A plan found on the way that is cheaper than what was to be proven, or None."""
    tried: int


def is_monotone(puzzle: Puzzle) -> bool:
    """Whether more agents never make anybody wait longer: one pool, one tier, nobody hangs up, no shifts."""
    scenario = puzzle.scenario
    one = len(scenario.tiers) == 1 and len(scenario.pools) == 1 and puzzle.catalogue is None
    return one and all(tier.patience.mean == inf for tier in scenario.tiers.values())


def proven(puzzle: Puzzle, cost: Fraction) -> Proof | None:
    """Show that nothing is cheaper than a cost, or find what is; None where that would take too long."""
    if is_monotone(puzzle):
        try:
            return Branches(puzzle, cost).proof()
        except TooManyError:
            return None
    return enumerated(puzzle, cost) if count_below(puzzle, cost) <= MOST_PLANS else None


def enumerated(puzzle: Puzzle, cost: Fraction) -> Proof:
    """Look at every plan that is cheaper than a cost, and than what is found."""
    best: Ints | None = None
    tried = 0
    for plan in plans_below(puzzle, cost):
        if puzzle.cost(plan) < cost:
            tried += 1
            if puzzle.is_solved_by(plan):
                cost, best = puzzle.cost(plan), plan
    return Proof(ENUMERATION, cost, best, tried)


def plans_below(puzzle: Puzzle, cost: Fraction) -> Iterator[Ints]:
    """Yield every plan that costs less."""
    prices = [price for row in puzzle.prices for price in row]
    numbers = [0] * len(prices)

    def rest(place: int, left: Fraction) -> Iterator[Ints]:
        if place == len(prices):
            yield np.array(numbers, np.int64).reshape(puzzle.shape)
            return
        number = 0
        while number * prices[place] < left:
            numbers[place] = number
            yield from rest(place + 1, left - number * prices[place])
            number += 1
        numbers[place] = 0

    yield from rest(0, cost)


def count_below(puzzle: Puzzle, cost: Fraction) -> float:
    """Return how many plans cost less, inf if very many."""
    known: dict[tuple[int, Fraction], float] = {}
    prices = [price for row in puzzle.prices for price in row]

    def count(place: int, left: Fraction) -> float:
        if place == len(prices):
            return 1
        if (place, left) not in known:
            steps = range(-floor(-left / prices[place]))
            known[place, left] = sum(count(place + 1, left - number * prices[place]) for number in steps)
        return known[place, left]

    return count(0, cost) if len(prices) <= 12 else inf


class Branches:
    """Branch and bound over the intervals of one pool, from the first to the last."""

    def __init__(self, puzzle: Puzzle, cost: Fraction) -> None:
        self.puzzle, self.best = puzzle, cost
        self.plan: Ints | None = None
        self.price = puzzle.prices[0][0]
        self.intervals = puzzle.shape[1]
        self.tried = 0
        goal = puzzle.scenario.goals[0]
        full = self._late(np.full(self.intervals, PLENTY))
        assert not full.any(), f"{puzzle.name}: {PLENTY} agents let callers wait"
        share = Fraction(f"{goal.bound:.12g}")
        self.allowed = floor((1 - share) * self.offered)
        """Calls that may be late in all."""
        self.alone = [self._alone(interval) for interval in range(self.intervals)]
        self.rest = self._rest()

    def proof(self) -> Proof:
        """Look through all branches that the bounds do not rule out."""
        self._branch([])
        return Proof(BRANCHES, self.best, self.plan, self.tried)

    def _late(self, agents: Ints) -> Ints:
        """Return the calls late by interval of arrival, over all days."""
        self.tried += 1
        if self.tried > MOST_SIMULATED:
            raise TooManyError
        scenario = self.puzzle.scenario
        kept, asked = parts_of(scenario, stack(self.puzzle.tallies(agents[None])), scenario.goals[0])
        self.offered = int(asked.sum())
        late: Ints = (asked - kept).sum(axis=0).astype(np.int64)
        return late

    def _alone(self, interval: int) -> list[int]:
        """Return the calls late that arrive in an interval, by its agents, all others without limit."""
        late: list[int] = []
        while not late or late[-1]:
            agents = np.full(self.intervals, PLENTY)
            agents[interval] = len(late)
            late.append(int(self._late(agents)[interval]))
        return late

    def _rest(self) -> list[list[int]]:
        """Return the fewest agents from an interval on, by the calls that may still be late there."""
        rest = [[0] * (self.allowed + 1)]
        for late in reversed(self.alone):
            after, row = rest[0], []
            for budget in range(self.allowed + 1):
                fits = [agents + after[budget - each] for agents, each in enumerate(late) if each <= budget]
                row.append(min(fits))
            rest.insert(0, row)
        return rest

    def _branch(self, first: list[int]) -> None:
        """Try all agents of the next interval, fewest first, that could still be cheaper than the best."""
        place = len(first)
        if place == self.intervals:
            self.best, self.plan = sum(first) * self.price, np.array([first], np.int64)
            return
        for agents in range(PLENTY + 1):
            some = [*first, agents]
            if (sum(some) + self.rest[place + 1][self.allowed]) * self.price >= self.best:
                return
            late = int(
                self._late(np.array(some + [PLENTY] * (self.intervals - place - 1)))[: place + 1].sum()
            )
            if late > self.allowed:
                continue
            if (sum(some) + self.rest[place + 1][self.allowed - late]) * self.price < self.best:
                self._branch(some)
