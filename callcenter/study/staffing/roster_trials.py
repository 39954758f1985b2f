"""Rosters tried: simulated with their breaks on the callers of the search, and judged as the need is.

Most are tried on a part of the days.  What these are easier or harder than all of them is known from one
staffing or roster, the anchor, that was simulated on all; the margins of others are corrected by that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.scenario import Scenario
from callcenter.study.staffing.choices import Plan
from callcenter.study.staffing.search import Search
from callcenter.study.staffing.shifts import Offer, with_shifts
from callcenter.study.staffing.trials import Counts

FEW = 8
"""Replications on which a change is looked at first."""
PART = 64
"""Replications on which rosters are looked for; they are proven on all."""
DOUBT = 0.1
"""Part of what a change costs a margin by which the part of the replications may be wrong about it."""
CLEAR = 3.0
"""Standard errors by which a few replications must show that a change breaks something."""
NOISE = 1e-6


class Tried(NamedTuple):
    """A roster and what it came to."""

    plans: tuple[Plan, ...]
    scenario: Scenario
    counts: Counts
    margins: Floats
    weight: float

    @property
    def holds(self) -> bool:
        """Whether every requirement is kept."""
        return bool((self.margins >= -NOISE).all())


class RosterTrials:
    """Tries rosters of one scenario with the shifts of an offer; the need is their first anchor."""

    def __init__(self, search: Search, scenario: Scenario, offer: Offer, need: Counts) -> None:
        self.search, self.scenario, self.offer = search, scenario, offer
        self.rounds = 0
        """Rosters simulated on the part of the replications."""
        self._days = len(search.replications)
        self._part = min(PART, self._days)
        self._easier: Floats = np.zeros(1)
        """By how much the part is easier than all replications, by margin."""
        self._known: dict[object, Tried] = {}
        self._whole: dict[object, Tried] = {}
        self._anchor(need)

    def anchored(self, tried: Tried) -> Tried:
        """Try a roster on all replications, and make it the anchor: others are judged by what differs."""
        whole = self.whole(tried)
        self._anchor(whole.counts)
        return whole

    def _anchor(self, counts: Counts) -> None:
        """Correct the margins of the part by those of all replications."""
        self._easier = self.search.goals.margins(counts.first(self._part)) - self.search.goals.margins(counts)
        for key, tried in self._known.items():
            self._known[key] = tried._replace(margins=self.margins(tried.counts))

    def tried(self, plans: tuple[Plan, ...]) -> Tried:
        """Try a roster on the part of the replications."""
        key = key_of(plans)
        if key not in self._known:
            self.rounds += 1
            scenario, counts = self._simulated(plans, self._part)
            self._known[key] = Tried(plans, scenario, counts, self.margins(counts), self.offer.weight(plans))
        return self._known[key]

    def whole(self, tried: Tried) -> Tried:
        """Try a roster on all replications."""
        if self._part == self._days:
            return tried
        key = key_of(tried.plans)
        if key not in self._whole:
            counts = self.search.trials.roster(tried.scenario, self.search.replications)
            self._whole[key] = tried._replace(counts=counts, margins=self.search.goals.margins(counts))
        return self._whole[key]

    def part(self, counts: Counts) -> Counts:
        """Return the part of the replications of counts of all."""
        return counts.first(self._part)

    def may_hold(self, tried: Tried, base: Tried) -> bool:
        """Whether a roster may hold on all replications, by the part and by the base, which is the anchor."""
        goals, lost = self.search.goals, np.maximum(base.margins - tried.margins, 0.0)
        change = goals.by_replication(tried.counts) - goals.by_replication(self.part(base.counts))
        errors = np.nan_to_num(change.std(axis=0, ddof=1)) / np.sqrt(self._part)
        doubt = DOUBT * lost
        doubt[: errors.size] = np.maximum(doubt[: errors.size], errors)
        return bool((tried.margins >= -doubt - NOISE).all())

    def margins(self, counts: Counts) -> Floats:
        """Return the margins thought to be those on all replications, from counts of the part."""
        return self.search.goals.margins(counts) - self._easier

    def _simulated(self, plans: Sequence[Plan], days: int) -> tuple[Scenario, Counts]:
        scenario = with_shifts(self.scenario, self.offer.worked(self.scenario, plans))
        return scenario, self.search.trials.roster(scenario, self.search.replications[:days])

    def screened(self, plans: tuple[Plan, ...], base: Tried) -> Tried | None:
        """Try a roster; None if a few replications show that it does not hold on the part."""
        if self._part >= 2 * FEW:
            goals = self.search.goals
            _scenario, counts = self._simulated(plans, FEW)
            change = goals.by_replication(counts) - goals.by_replication(base.counts.first(FEW))
            error = change.std(axis=0, ddof=1) / np.sqrt(FEW)
            expected = base.margins[: error.size] + change.mean(axis=0) + CLEAR * error
            if (expected < -NOISE).any():  # never of targets that are no means: these are nan
                return None
        return self.tried(plans)


def key_of(plans: Sequence[Plan]) -> object:
    """Return what tells plans apart."""
    return tuple(frozenset((+plan).items()) for plan in plans)
