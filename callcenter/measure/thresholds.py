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


def within_of(scenario: Scenario, goal: Goal) -> float:
    """Return the seconds of a target that is judged by a time."""
    return scenario.callbacks.within if goal.within is None else goal.within


def thresholds_of(scenario: Scenario) -> tuple[Threshold, ...]:
    """Return the thresholds that targets need and no tier has, each once."""
    own, places = promises_of(scenario).tiers, {name: i for i, name in enumerate(scenario.tiers)}
    needed: dict[Threshold, None] = {}
    for goal in scenario.goals:
        for name in goal.tiers if goal.measure in ("answered", "callbacks") else ():
            tier, within = places[name], within_of(scenario, goal)
            if goal.measure == "callbacks":
                needed[Threshold("callbacks", tier, within)] = None
            elif within != own[tier].within:
                needed[Threshold("answered", tier, within)] = None
    return tuple(needed)
