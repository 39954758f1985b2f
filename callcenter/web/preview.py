"""What a variant will come to, by formula, until it is simulated: Erlang A says what the change does."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

from callcenter.demand import Loads
from callcenter.scenario import Scenario
from callcenter.study import Result
from callcenter.theory.situation import Situation, serving, situation


def preview(reference: Result, variant: Scenario) -> dict[str, float]:
    """Return the answer rate expected of each tier with a target.

    It is that of the reference as simulated, moved by what the formula says of the difference: where the
    formula is wrong on both sides alike, that drops out.
    """
    before, after = formula_rates(reference.scenario), formula_rates(variant)
    tiers = reference.summary["tiers"]
    simulated = {name: tiers[name]["service_level"]["value"] for name in after if name in before}
    return {
        name: min(1.0, max(0.0, rate + after[name] - before[name]))
        for name, rate in simulated.items()
        if rate is not None
    }


def formula_rates(scenario: Scenario) -> Mapping[str, float]:
    """Return the share in time of each tier with a target, by Erlang A, interval by interval.

    A tier is in line with those that share a pool with it and do not come after it, for all agents who serve
    any of them.
    """
    loads = Loads(scenario)
    return {
        name: _rate(loads, name, tier.target.within)
        for name, tier in scenario.tiers.items()
        if tier.target is not None
    }


def _rate(loads: Loads, tier: str, within: float) -> float:
    line = _in_line(loads.scenario, tier)
    parts = [
        (loads.of(tier, interval).calls, situation(loads, line, interval))
        for interval in range(loads.scenario.day.intervals)
    ]
    total = math.fsum(calls for calls, _ in parts)
    answered = math.fsum(calls * _in_time(faced, within) for calls, faced in parts if calls)
    return answered / total if total else 1.0


def _in_line(scenario: Scenario, tier: str) -> list[str]:
    pools, last = set(serving(scenario, [tier])), scenario.tiers[tier].priority
    return [
        name
        for name, other in scenario.tiers.items()
        if other.priority <= last and pools & set(serving(scenario, [name]))
    ]


@lru_cache(maxsize=4096)
def _in_time(faced: Situation, within: float) -> float:
    rate = float(faced.figures(within).answered_within)
    return 0.0 if math.isnan(rate) else rate
