"""The contacts of each tier, which the checks compare with what a scenario says; and what a check is."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from callcenter.scenario.model import Scenario

Warnings = Iterator[tuple[str, str]]
"""Paths and sentences."""

Check = Callable[[Scenario], Warnings]


def contacts(scenario: Scenario) -> dict[str, float]:
    """Return how many contacts of each tier want a person on a day: first calls and their transfers."""
    total = {
        name: math.fsum(scenario.demand.expected(name)) * scenario.asking(name) for name in scenario.tiers
    }
    moving = dict(total)
    while any(moving.values()):
        moved = dict.fromkeys(scenario.tiers, 0.0)
        for name, tier in scenario.tiers.items():
            for transfer in tier.transfer:
                moved[transfer.to] += moving[name] * transfer.share
        moving = moved
        total = {name: figure + moved[name] for name, figure in total.items()}
    return total
