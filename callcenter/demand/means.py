"""Means of clipped times, exactly: the mean handle time behind the announced wait (rule R9a)."""

from __future__ import annotations

import math
from functools import lru_cache

from callcenter.demand.laws import mean_up_to
from callcenter.scenario import Distribution, Mixture, Scenario


def mean_handle_time(scenario: Scenario, tier: str) -> float:
    """Return mean talk plus mean wrap-up of a tier in seconds, clipping and IVR included, speed left out.

    Factors by interval count by the calls expected in it, alike if none are (a tier reached by transfer).
    """
    expected = scenario.demand.expected(tier)
    weights = expected if any(expected) else (1.0,) * scenario.day.intervals
    rule, ivr = scenario.tiers[tier], scenario.ivr_of(tier)
    mean = _mean(rule.talk, weights) + _mean(rule.wrap_up, weights)
    return mean * ivr.talk_after_ivr if ivr else mean


@lru_cache(maxsize=1024)
def _mean(distribution: Distribution, weights: tuple[float, ...]) -> float:
    if not varies(distribution):
        return mean_up_to(distribution, math.inf, 0)
    means = (w * mean_up_to(distribution, math.inf, i) for i, w in enumerate(weights) if w > 0)
    return math.fsum(means) / math.fsum(weights)


def varies(distribution: Distribution) -> bool:
    """Whether the distribution differs between intervals."""
    parts = distribution.parts if isinstance(distribution, Mixture) else ()
    return distribution.per_interval is not None or any(varies(part.of) for part in parts)
