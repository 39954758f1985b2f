"""Which tiers of two scenarios meet the same callers."""

from __future__ import annotations

from typing import Any

from callcenter.scenario import Scenario, Tier


def same_calls(first: Scenario, second: Scenario, tier: str) -> bool:
    """Whether the customers of a tier make the same calls in both scenarios, to the second."""
    return _calls_of(first, tier) == _calls_of(second, tier)


def _calls_of(scenario: Scenario, tier: str) -> dict[str, Any]:
    rule, demand = scenario.tiers[tier], scenario.demand
    follow_ups = {goal.to for goal in rule.transfer} - {tier}
    return {
        "calendar": (scenario.day.model_copy(update={"after_close": "drain", "date": None}), scenario.days),
        "calls": (demand.expected_on(tier), demand.day_factor_cv, demand.days, demand.interval_factor),
        "talks": demand.talk_factor_cv,
        "before": (scenario.ivr_of(tier), scenario.online_of(tier)),
        "rule": {key: value for key, value in rule if key not in {*Tier.treatment(), "ivr", "online"}},
        "transfers": {goal: scenario.tiers[goal].talk for goal in sorted(follow_ups)},
    }
