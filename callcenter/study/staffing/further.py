"""Counts of the targets that are no answer rate of a tier: taken from tallies, as verdicts are."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from callcenter.arrays import Floats
from callcenter.measure import Tally
from callcenter.measure.promises import promises_of
from callcenter.measure.targets import parts_of
from callcenter.scenario import Goal, Scenario


def further_goals(scenario: Scenario) -> list[Goal]:
    """Return the targets that need other counts than the answer rates of the tiers."""
    own = _thresholds(scenario)
    return [goal for goal in scenario.goals if not _is_of_tier(own, goal)]


def is_of_tier(scenario: Scenario, goal: Goal) -> bool:
    """Whether a target is about the answer rate of one tier at its own threshold."""
    return _is_of_tier(_thresholds(scenario), goal)


def _thresholds(scenario: Scenario) -> dict[str, float]:
    promises = promises_of(scenario).tiers
    return {name: promise.within for name, promise in zip(scenario.tiers, promises, strict=True)}


def _is_of_tier(own: Mapping[str, float], goal: Goal) -> bool:
    return goal.measure == "answered" and len(goal.tiers) == 1 and own[goal.tiers[0]] == goal.within


def further_counts(scenario: Scenario, stacked: Tally) -> tuple[Floats, Floats]:
    """Return numerators and denominators of the further targets, each (replications, targets, cells)."""
    parts = [parts_of(scenario, stacked, goal) for goal in further_goals(scenario)]
    amounts, units = (np.stack(each, axis=1).astype(np.float64) for each in zip(*parts, strict=True))
    return amounts, units
