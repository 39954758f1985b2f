"""How far the answer rates of single intervals are known, and how many replications would be enough."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.measure.estimates import divide
from callcenter.measure.figures import Figures, groups
from callcenter.measure.intervals import t_quantile
from callcenter.measure.service_level import DEFINITIONS
from callcenter.measure.tally import stack
from callcenter.study.result import Result

NARROW = 0.05
"""Half-width of a band that a planner can decide by."""

MOST_BANDS = 0.75
"""Part of the bands that are as narrow as is said; the widest are those of intervals with hardly a call."""

MOST_REPLICATIONS = 10_000


class Bands(NamedTuple):
    """The 95% intervals of the answer rates by interval, all tiers that are shown together."""

    half_width: float
    """That `MOST_BANDS` of them have at most."""
    enough: int
    """Replications after which that is `NARROW`."""


def wide_bands(result: Result) -> Bands | None:
    """Return how wide the bands are; None if they are narrow, or no number of replications helps.

    Bands narrow as Student's t with n - 1 degrees of freedom over the root of n, from the scatter of the
    replications there are, which is at least that of calls independent of each other.
    """
    tiers = [name for name, tier in result.scenario.tiers.items() if tier.target] or [*result.scenario.tiers]
    rows = result.intervals[result.intervals["tier"].isin(tiers)]
    widths = (rows["service_level_high"] - rows["service_level_low"]).dropna() / 2
    half_width = float(widths.quantile(MOST_BANDS)) if widths.size else 0.0
    if half_width <= NARROW:
        return None
    deviation = max(_deviation(result, tiers), half_width / _reach(result.replications))
    numbers = range(2, MOST_REPLICATIONS)
    place = bisect_left(numbers, -NARROW, key=lambda number: -deviation * _reach(number))
    return Bands(half_width, numbers[place]) if place < len(numbers) else None


def _reach(number: int) -> float:
    """Return how many standard deviations of a replication an interval reaches after so many: ever fewer."""
    return float(t_quantile(np.array(number - 1)) / np.sqrt(number))


def _deviation(result: Result, tiers: list[str]) -> float:
    """Return the standard deviation of an interval's answer rate from replication to replication."""
    tallied = groups(result.scenario, stack(result.tallies))
    all_of_them = [_deviations(tallied[tier].figures, result) for tier in tiers]
    return float(np.nanquantile(np.concatenate(all_of_them), MOST_BANDS))


def _deviations(figures: Figures, result: Result) -> Floats:
    """Return one for each interval, nan where nothing was offered."""
    counted, calls = DEFINITIONS[result.scenario.service_level.definition](figures)
    rate, mean = divide(counted.sum(axis=0), calls.sum(axis=0)), calls.mean(axis=0)
    variance = ((counted - rate * calls) ** 2).sum(axis=0) / max(len(calls) - 1, 1)
    seen, alone = np.sqrt(divide(variance, mean**2)), np.sqrt(divide(rate * (1 - rate), mean))
    deviations: Floats = np.maximum(seen, alone)
    return deviations
