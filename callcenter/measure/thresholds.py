"""Counts at thresholds that no tier has of its own: those of further targets, and of callbacks by tier."""

from __future__ import annotations

from typing import Literal, NamedTuple

from callcenter.measure.promises import promises_of
from callcenter.scenario import Goal, Scenario

THRESHOLD_COUNTS = ("within", "abandoned_within", "decided")
"""By cell of arrival. Of calls: answered and abandoned within, and offered but for those that are undecided
at this threshold (contract 4.1a); of callbacks: first tried within, none, and tried or overdue."""


class Threshold(NamedTuple):
    """What is counted beside the tiers' own thresholds."""

    measure: Literal["answered", "callbacks"]
    tier: int
    """Its position."""
    within: float


def within_of(scenario: Scenario, goal: Goal) -> float | None:
    """Return the seconds within which a target wants something to happen, None if it names no such time."""
    is_usual = goal.measure == "callbacks" and goal.within is None
    return scenario.callbacks.within if is_usual else goal.within


def thresholds_of(scenario: Scenario) -> tuple[Threshold, ...]:
    """Return the thresholds that targets need and no tier has, each once."""
    own, places = promises_of(scenario).tiers, {name: i for i, name in enumerate(scenario.tiers)}
    needed: dict[Threshold, None] = {}
    for goal in scenario.goals:
        limit = goal.after if goal.measure == "abandoned" else within_of(scenario, goal)
        for tier in map(places.__getitem__, goal.tiers):
            if goal.measure == "callbacks" and limit is not None:
                needed[Threshold("callbacks", tier, limit)] = None
            elif limit is not None and limit != own[tier].within:
                needed[Threshold("answered", tier, limit)] = None
    return tuple(needed)
