"""Which tiers of two scenarios meet the same callers."""

from __future__ import annotations

from typing import Any

from callcenter.language import gettext as _
from callcenter.scenario import Scenario, Tier


def callers_note(first: Scenario, second: Scenario, name: str | None = None) -> str:
    """Return in a sentence how the callers of two scenarios differ; empty if every call is the same.

    Random streams have names (seed, replication, tier, purpose), so tiers that differ in nothing which
    decides their calls have the same calls, and the others still share their chance.
    """
    if first.callers_fingerprint == second.callers_fingerprint:
        return ""
    shared = [tier for tier in first.tiers if tier in second.tiers]
    same = [tier for tier in shared if same_calls(first, second, tier)]
    others = [tier for tier in dict.fromkeys((*first.tiers, *second.tiers)) if tier not in same]
    if not others:
        return ""
    still = _("; the calls of {tiers} are the same").format(tiers=_(", ").join(same)) if same else ""
    return _(
        "The callers of {name} are others ({tiers}){still}. "
        "Random streams of one name (seed, replication, tier, purpose) are shared all the same, "
        "so part of the chance still cancels out."
    ).format(name=_("the other") if name is None else name, tiers=_(", ").join(others), still=still)


def same_calls(first: Scenario, second: Scenario, tier: str) -> bool:
    """Say whether the customers of a tier make the same calls in both scenarios, to the second."""
    return _calls_of(first, tier) == _calls_of(second, tier)


def _calls_of(scenario: Scenario, tier: str) -> dict[str, Any]:
    rule, demand = scenario.tiers[tier], scenario.demand
    follow_ups = {goal.to for goal in rule.transfer} - {tier}
    return {
        "calendar": (scenario.day.model_copy(update={"after_close": "drain"}), scenario.days),
        "calls": (demand.expected(tier), demand.day_factor_cv, demand.days),
        "before": (scenario.ivr_of(tier), scenario.online_of(tier)),
        "rule": {key: value for key, value in rule if key not in {*Tier.treatment(), "ivr", "online"}},
        "transfers": {goal: scenario.tiers[goal].talk for goal in sorted(follow_ups)},
    }
