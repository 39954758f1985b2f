"""Whether validation days confirm a staffing, target by target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from callcenter.measure import Summary
from callcenter.measure.estimates import Estimate, verdict
from callcenter.totals import without_total


class Confirmed(NamedTuple):
    """What validation days say of a target."""

    tier: str
    level: Mapping[str, Any]
    """The part of a summary about its answer rate."""
    days: float | None
    """Share of days that must meet it; None: the mean must."""
    verdict: str
    margin: float
    """Share by which it is above what was asked."""


def confirmed(fresh: Summary, days: float | None) -> Sequence[Confirmed]:
    """Return what the summary of validation days says of each target that calls could keep or miss."""
    tiers = fresh["tiers"]
    levels = {name: tiers[name]["service_level"] for name in without_total(tiers)}
    judged = {name: level for name, level in levels.items() if level["verdict"]}
    return [_confirmed(name, level, days) for name, level in judged.items() if level["value"] is not None]


def _confirmed(tier: str, level: Mapping[str, Any], days: float | None) -> Confirmed:
    if days is None:
        return Confirmed(tier, level, None, level["verdict"], level["value"] - level["target"])
    ends = (level["days_met"], level["days_met_low"], level["days_met_high"])
    estimate = Estimate(*(np.asarray(np.nan if end is None else end) for end in ends))
    return Confirmed(tier, level, days, verdict(estimate, days), level["days_met"] - days)
