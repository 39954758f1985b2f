"""What the tiers are promised: thresholds, targets, and which tiers the total is made of."""

from __future__ import annotations

from typing import NamedTuple

from callcenter.scenario import Scenario

NO_TARGET_WITHIN = 20.0
"""Threshold in seconds where no tier has a target."""


class Promise(NamedTuple):
    """Answered within so many seconds, at least this share of calls (None = nothing is promised)."""

    within: float
    share: float | None


class Promises(NamedTuple):
    """The promises of a scenario, tiers in file order."""

    tiers: tuple[Promise, ...]
    all: Promise
    """The shortest threshold; its share is that of the only tier with a target, else None."""
    members: tuple[int, ...]
    """Positions of the tiers that make up the total: those with a target, or every tier if none has one."""


def promises_of(scenario: Scenario) -> Promises:
    """Return the promises of a scenario."""
    targets = [tier.target for tier in scenario.tiers.values()]
    given = [target for target in targets if target is not None]
    shortest = min((target.within for target in given), default=NO_TARGET_WITHIN)
    nothing = Promise(shortest, None)
    return Promises(
        tiers=tuple(Promise(target.within, target.share) if target else nothing for target in targets),
        all=Promise(shortest, given[0].share if len(given) == 1 else None),
        members=tuple(i for i, target in enumerate(targets) if target or not given),
    )
