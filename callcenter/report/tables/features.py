"""Which figures a scenario has beside answer rates: customers, IVR, lines, money."""

from __future__ import annotations

from callcenter.measure.economics import is_priced, is_valued
from callcenter.scenario import Scenario

__all__ = [
    "follows_customers",
    "has_breaks",
    "has_further_targets",
    "has_ivr",
    "has_lines",
    "has_repeats",
    "has_silence",
    "is_priced",
    "is_valued",
]


def follows_customers(scenario: Scenario) -> bool:
    """Whether customers make more than one contact: they dial again, go on, or start online."""
    return (
        any(
            tier.redial or tier.repeat or tier.transfer or scenario.online_of(name)
            for name, tier in scenario.tiers.items()
        )
        or scenario.any_return
    )


def has_breaks(scenario: Scenario) -> bool:
    """Whether agents of any pool take unscheduled breaks."""
    return any(pool.breaks is not None for pool in scenario.pools.values())


def has_silence(scenario: Scenario) -> bool:
    """Whether customers may leave a chat without a word."""
    return any(tier.silent for tier in scenario.tiers.values())


def has_repeats(scenario: Scenario) -> bool:
    """Whether a contact may leave a reason for another one; else each one solves all, by assumption."""
    again = any(tier.repeat or tier.transfer for tier in scenario.tiers.values())
    return again or scenario.any_return


def has_ivr(scenario: Scenario) -> bool:
    """Whether callers of any tier pass an IVR."""
    return any(scenario.ivr_of(name) for name in scenario.tiers)


def has_further_targets(scenario: Scenario) -> bool:
    """Whether there are other targets than one answer rate for each tier."""
    return not scenario.has_short_targets_only


def has_lines(scenario: Scenario) -> bool:
    """Whether there is a limit of trunk lines."""
    return scenario.lines is not None
