"""How many calls follow the first ones at most on average: redials, repeats and transfers (rule R13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from callcenter.scenario.parts.callers import MOST_FOLLOW_UPS
from callcenter.scenario.parts.tiers import Tier

Kind = tuple[str, int]
"""Tier and number of the attempt."""


def generations(tiers: Mapping[str, Tier], firsts: Mapping[str, float]) -> list[float]:
    """Return the calls of each generation, first calls first, if each call that may be followed is."""
    calls: Mapping[Kind, float] = {(name, 1): figure for name, figure in firsts.items()}
    sizes = [sum(calls.values())]
    while len(sizes) <= MOST_FOLLOW_UPS and sizes[-1]:
        calls = _next(tiers, calls)
        sizes.append(sum(calls.values()))
    return sizes


def _next(tiers: Mapping[str, Tier], calls: Mapping[Kind, float]) -> dict[Kind, float]:
    following: defaultdict[Kind, float] = defaultdict(float)
    for (name, attempt), figure in calls.items():
        tier = tiers[name]
        moved = sum(transfer.share for transfer in tier.transfer)
        repeats = tier.repeat.share * (1 - moved) if tier.repeat else 0.0
        redials = max(tier.redial.when.values()) if tier.redial and attempt <= tier.redial.attempts else 0.0
        following[name, 1] += figure * repeats
        following[name, attempt + 1] += figure * (1 - repeats) * redials
        for transfer in (each for each in tier.transfer if each.to in tiers):
            following[transfer.to, 1] += figure * transfer.share
    return {kind: figure for kind, figure in following.items() if figure}
