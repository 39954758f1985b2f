"""A search of the neighbourhood: agents taken away, or exchanged for fewer others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np

from benchmarks.staffing.puzzles import Puzzle
from callcenter.arrays import Floats, Ints

TRIES = 60
"""Exchanges tried of those that look best by what single agents earn."""
MOST_SIDEWAYS = 8
"""Moves at the same cost, one after the other, from which a cheaper plan may be in reach."""
ADDED, TAKEN = 2, 3
"""Most agents that one exchange adds and takes."""
BEST_PLACES = 8
"""Places that exchanges of several agents choose from: where an agent earns least, or most, for the cost."""


class Move(NamedTuple):
    """A change of a plan, and what it is thought to leave above each target."""

    change: Ints
    saves: float
    score: float


class Climb:
    """One search, from one plan on."""

    def __init__(self, puzzle: Puzzle) -> None:
        self.puzzle = puzzle
        self.tried = 0
        self._known: dict[bytes, Floats] = {}

    def spare(self, plan: Ints) -> Floats:
        """Return the calls above each target."""
        key = plan.tobytes()
        if key not in self._known:
            self.tried += 1
            self._known[key] = np.array([float(each.spare) for each in self.puzzle.kept(plan)])
        return self._known[key]

    def solves(self, plan: Ints) -> bool:
        """Whether a plan keeps every target."""
        return bool((self.spare(plan) >= -1e-9).all())

    def start(self) -> Ints:
        """Return a plan that solves the puzzle: as many agents everywhere, made fewer in halves."""
        plan = np.ones(self.puzzle.shape, np.int64)
        while not self.solves(plan):
            plan = plan * 2
        for row, column in np.ndindex(*plan.shape):
            low, high = -1, int(plan[row, column])
            while high - low > 1:
                plan[row, column] = middle = (low + high) // 2
                low, high = (low, middle) if self.solves(plan) else (middle, high)
            plan[row, column] = high
        return plan

    def improved(self, plan: Ints) -> Ints:
        """Return the cheapest plan found from one that solves the puzzle."""
        best, sideways, seen = plan, 0, {plan.tobytes()}
        while sideways <= MOST_SIDEWAYS:
            better = self._first(plan, cheaper=True, seen=seen)
            if better is not None:
                plan = best = better
                sideways = 0
            else:
                aside = self._first(plan, cheaper=False, seen=seen)
                if aside is None:
                    break
                plan, sideways = aside, sideways + 1
            seen.add(plan.tobytes())
        return best

    def _first(self, plan: Ints, cheaper: bool, seen: set[bytes]) -> Ints | None:
        moves = [
            move for move in self._moves(plan) if (move.saves > 1e-9 if cheaper else abs(move.saves) < 1e-9)
        ]
        moves.sort(key=lambda move: -move.score)
        for move in moves[:TRIES]:
            tried = plan + move.change
            if tried.tobytes() not in seen and self.solves(tried):
                return tried
        return None

    def _moves(self, plan: Ints) -> Iterator[Move]:
        """Yield exchanges of a few agents, judged as if what each earns could be added up."""
        base, costs = self.spare(plan), self.puzzle.costs
        more, less = (
            {place: self.spare(plan + step) - base for place, step in self._steps(plan, sign)}
            for sign in (1, -1)
        )
        scale = np.maximum(np.abs(np.array([*less.values(), base])).max(axis=0), 1e-9)
        take = sorted(less, key=lambda place: float((less[place] / scale).sum()) / -costs[place])[
            :BEST_PLACES
        ]
        add = sorted(more, key=lambda place: -float((more[place] / scale).sum()) / costs[place])[:BEST_PLACES]
        for taken in _some(list(less), take, TAKEN):
            for added in _some(list(more), add, ADDED, least=0):
                if set(taken) & set(added):
                    continue
                saves = sum(costs[place] for place in taken) - sum(costs[place] for place in added)
                if saves < -1e-9:
                    continue
                change = np.zeros_like(plan)
                for place in taken:
                    change[place] -= 1
                for place in added:
                    change[place] += 1
                if (plan + change < 0).any():
                    continue
                left = (
                    base
                    + sum(less[place] for place in taken)
                    + sum((more[place] for place in added), np.zeros_like(base))
                )
                yield Move(change, float(saves), float((left / scale).min()))

    def _steps(self, plan: Ints, sign: int) -> Iterator[tuple[tuple[int, int], Ints]]:
        for row, column in np.ndindex(*plan.shape):
            if plan[row, column] + sign >= 0:
                step = np.zeros_like(plan)
                step[row, column] = sign
                yield (row, column), step


def _some(
    every: list[tuple[int, int]], best: list[tuple[int, int]], most: int, least: int = 1
) -> Iterator[tuple[tuple[int, int], ...]]:
    """Yield sets of places: any single one, several of the best."""
    for number in range(least, most + 1):
        yield from combinations(every if number == 1 else best, number)
