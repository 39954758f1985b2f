"""Service level, abandonment and mean wait of one day, as numerators and denominators by interval."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.measure import Tally
from callcenter.measure.promises import promises_of
from callcenter.measure.service_level import DEFINITIONS
from callcenter.measure.tally import COUNTS, SUMS
from callcenter.scenario import Scenario

SERVICE_LEVEL, ABANDONMENT, MEAN_WAIT = MEASURES = ("service_level", "abandonment", "mean_wait_s")

Parts = Floats
"""Shape (..., measures, 2, intervals): numerators and denominators, which add up."""


class Scope(NamedTuple):
    """Which calls are counted, and within what time."""

    members: tuple[int, ...]
    is_total: bool


def total_of(scenario: Scenario) -> Scope:
    """Return the scope of the total: tiers with a target, by the shortest threshold."""
    return Scope(promises_of(scenario).members, True)


def parts_of(scenario: Scenario, counted: Tally, scope: Scope | None = None) -> Parts:
    """Return the parts of one tally, of the total or of another scope."""
    chosen = scope or total_of(scenario)
    rows = counted.counts[:, list(chosen.members)].sum(axis=1).astype(float)
    counts = dict(zip(COUNTS, rows, strict=True))
    if chosen.is_total:
        for name in ("answered_within", "abandoned_within"):
            counts[name] = counts[f"{name}_common"]
    waited = counted.sums[SUMS.index("wait_s"), list(chosen.members)].sum(axis=0)
    level = DEFINITIONS[scenario.service_level.definition](counts)
    return np.array(
        [
            [np.asarray(level[0], float), np.asarray(level[1], float)],
            [counts["abandoned"], counts["offered"]],
            [waited, counts["offered"]],
        ]
    )


def figures(parts: Parts) -> Floats:
    """Return shares and seconds over all intervals, shape (..., measures); nan where nothing was offered."""
    summed = parts.sum(axis=-1)
    return divided(summed[..., 0], summed[..., 1])


def by_interval(parts: Parts) -> Floats:
    """Return shares and seconds by interval, shape (..., measures, intervals)."""
    return divided(parts[..., 0, :], parts[..., 1, :])


def divided(over: Floats, under: Floats) -> Floats:
    """Return a ratio, nan where there is nothing below the line."""
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio: Floats = np.where(under > 0, over / under, np.nan)
    return ratio
