"""From a need to a roster that is proven: cover it with shifts, simulate, and mend where it misses."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.scenario import Scenario
from callcenter.study.staffing.catalogue import Catalogue
from callcenter.study.staffing.search import Search, Stand
from callcenter.study.staffing.shifts import Worked, cover_all, price, rostered_hours, with_shifts
from callcenter.study.staffing.trials import Counts, Levels

ROUNDS = 8
"""Most times a need is raised where its roster misses a target."""
LEAST, TOLERANCE = 0.8, 0.01
"""Smallest share of the need that is tried to be covered, and how exactly it is found."""


class Roster(NamedTuple):
    """Shifts that keep every requirement, as simulated on the replications of the search."""

    worked: dict[str, Worked]
    scenario: Scenario
    cost: float
    hours: float
    """Agent-hours of the shifts, breaks included."""
    holds: bool
    rounds: int
    """How many rosters were simulated."""


class _Tried(NamedTuple):
    worked: dict[str, Worked]
    scenario: Scenario
    counts: Counts
    holds: bool


class Rostering:
    """Looks for the cheapest proven roster of one need."""

    def __init__(self, search: Search, scenario: Scenario, catalogue: Catalogue) -> None:
        self.search = search
        self.scenario = scenario
        self.catalogue = catalogue
        self.rounds = 0

    def roster(self, need: Stand) -> Roster:
        """Return the cheapest roster found that holds, or the last one tried if none does.

        Shifts overlap, so that there are more than needed at some times; then fewer than needed at others
        may do, and the need is lowered as far as the simulation allows.
        """
        levels, tried = need.levels, self._try(need.levels)
        while not tried.holds and self.rounds <= ROUNDS:
            levels = self._raised(levels, need.counts, tried.counts)
            tried = self._try(levels)
        if tried.holds:
            tried = self._lowered(levels, tried)
        return self._result(tried)

    def _try(self, levels: Levels) -> _Tried:
        self.rounds += 1
        worked = cover_all(self.scenario, levels, self.catalogue)
        scenario = with_shifts(self.scenario, worked)
        counts = self.search.trials.roster(scenario, self.search.replications)
        return _Tried(worked, scenario, counts, self.search.goals.are_met(counts))

    def _raised(self, levels: Levels, needed: Counts, covered: Counts) -> Levels:
        """Return the need with more agents where the roster answers fewer calls than the need did."""
        goals = self.search.goals
        lost = np.zeros(levels.shape[1])
        fall = (goals.above(needed) - goals.above(covered)).mean(axis=0).sum(axis=1)
        lost = np.maximum(lost, fall.max(axis=0))
        worst = lost >= np.quantile(lost, 0.75)
        more = np.maximum(1, np.rint(0.02 * levels)).astype(np.int64)
        raised: Levels = np.where(worst & (levels > 0), levels + more, levels)
        return raised

    def _lowered(self, levels: Levels, holding: _Tried) -> _Tried:
        low, high, best = LEAST, 1.0, holding
        while high - low > TOLERANCE:
            middle = (low + high) / 2
            tried = self._try(np.ceil(levels * middle - 1e-9).astype(np.int64))
            if tried.holds and self._cost(tried) <= self._cost(best):
                high, best = middle, tried
            else:
                low = middle
        return best

    def _cost(self, tried: _Tried) -> float:
        return sum(
            number * price(shift, self.scenario.day, self.scenario.pools[name].cost_per_hour)
            for name, shifts in tried.worked.items()
            for shift, number in shifts
        )

    def _result(self, tried: _Tried) -> Roster:
        hours = sum(
            number * rostered_hours(shift, self.scenario.day)
            for shifts in tried.worked.values()
            for shift, number in shifts
        )
        return Roster(tried.worked, tried.scenario, self._cost(tried), hours, tried.holds, self.rounds)
