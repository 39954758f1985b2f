"""Rosters tried: simulated with their breaks on the callers of the search, and judged as the need is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.scenario import Scenario
from callcenter.study.staffing.choices import Plan
from callcenter.study.staffing.search import DEEPEST, Search
from callcenter.study.staffing.shifts import Offer, with_shifts
from callcenter.study.staffing.trials import Counts

FEW = 8
"""Replications on which a change is looked at first."""
NOISE = 1e-6


class Tried(NamedTuple):
    """A roster and what it came to."""

    plans: tuple[Plan, ...]
    scenario: Scenario
    counts: Counts
    margins: Floats
    """Of all requirements, then of the intervals that are not to be given up."""
    weight: float

    @property
    def holds(self) -> bool:
        """Whether every requirement is kept, and no interval is given up."""
        return bool((self.margins >= -NOISE).all())


class RosterTrials:
    """Tries rosters of one scenario with the shifts of an offer."""

    def __init__(self, search: Search, scenario: Scenario, offer: Offer, given_up: Counts) -> None:
        self.search, self.scenario, self.offer = search, scenario, offer
        self.rounds = 0
        """Rosters simulated on all replications."""
        self.kept = ~search.thin(given_up)
        """Intervals that are not to be given up, since the need does not give them up either."""
        self._known: dict[object, Tried] = {}

    def tried(self, plans: tuple[Plan, ...]) -> Tried:
        """Try a roster on all replications."""
        key = key_of(plans)
        if key not in self._known:
            self.rounds += 1
            scenario, counts = self._simulated(plans, len(self.search.replications))
            self._known[key] = Tried(plans, scenario, counts, self.margins(counts), self.offer.weight(plans))
        return self._known[key]

    def margins(self, counts: Counts) -> Floats:
        """Return the margins of all requirements, then how far each interval is from being given up."""
        goals, days = self.search.goals, counts.within.shape[0]
        rows = [goals.margins(counts)]
        for target in goals.targets:
            if target.is_answer_rate:
                within, asked = (
                    column[:, target.row].sum(axis=0).reshape(goals.days, -1).sum(axis=0)
                    for column in (counts.within, counts.asked)
                )
                rows.append((within - (target.bound - DEEPEST) * asked)[self.kept] / days)
        return np.concatenate(rows)

    def _simulated(self, plans: Sequence[Plan], days: int) -> tuple[Scenario, Counts]:
        scenario = with_shifts(self.scenario, self.offer.worked(self.scenario, plans))
        return scenario, self.search.trials.roster(scenario, self.search.replications[:days])

    def screened(self, plans: tuple[Plan, ...], base: Tried) -> Tried | None:
        """Try a roster; None if a few replications show that it does not hold on all."""
        if len(self.search.replications) >= 2 * FEW:
            _scenario, counts = self._simulated(plans, FEW)
            fall = self.margins(base.counts.first(FEW)) - self.margins(counts)
            if (base.margins - fall < -np.abs(fall)).any():
                return None
        return self.tried(plans)


def key_of(plans: Sequence[Plan]) -> object:
    """Return what tells plans apart."""
    return tuple(frozenset((+plan).items()) for plan in plans)
