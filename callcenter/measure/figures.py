"""Figures by name, tier by tier and in total, for as many replications as there are."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.measure.calls import COUNTS, SUMS
from callcenter.measure.estimates import Estimate, mean, ratio
from callcenter.measure.pools import POOL_COUNTS, POOL_SUMS
from callcenter.measure.promises import ALL, Promise, promises_of
from callcenter.measure.service_level import DEFINITIONS
from callcenter.measure.tally import Tally
from callcenter.scenario import Scenario

Figures = dict[str, npt.NDArray[Any]]
"""Counts and sums by name, each of shape (replications, cells) or, summed, (replications,)."""

REPORTED_COUNTS = (
    "called",
    "blocked",
    "self_served",
    "left_ivr",
    "offered",
    "answered",
    "answered_within",
    "abandoned",
    "abandoned_within",
    "balked",
    "diverted",
    "closed",
    "open",
    "wait_s",
)
"""The counts of the contract (5.2), with the summed wait of offered calls."""

_COMMON = {
    "answered_within": "answered_within_common",
    "abandoned_within": "abandoned_within_common",
    "excess_s": "excess_common_s",
}


class Group(NamedTuple):
    """A tier or the total: its promise, its figures, and where its points are in a tally."""

    promise: Promise
    figures: Figures
    points: int


def groups(scenario: Scenario, stacked: Tally) -> dict[str, Group]:
    """Return every tier by name in file order, then the total, from `stack`ed tallies.

    The thresholds of the total are the common ones, so it has the same names with the common figures.
    """
    promises = promises_of(scenario)
    named = dict(zip(COUNTS, np.moveaxis(stacked.counts, 1, 0), strict=True))
    named |= dict(zip(SUMS, np.moveaxis(stacked.sums, 1, 0), strict=True))
    found = {
        name: Group(promises.tiers[i], {key: figure[:, i] for key, figure in named.items()}, i)
        for i, name in enumerate(scenario.tiers)
    }
    total = {key: figure[:, list(promises.members)].sum(axis=1) for key, figure in named.items()}
    total |= {own: total[common] for own, common in _COMMON.items()}
    return found | {ALL: Group(promises.all, total, len(found))}


def pool_figures(scenario: Scenario, stacked: Tally) -> dict[str, Figures]:
    """Return the figures of every pool by name, in file order."""
    named = dict(zip(POOL_COUNTS, np.moveaxis(stacked.pool_counts, 1, 0), strict=True))
    named |= dict(zip(POOL_SUMS, np.moveaxis(stacked.pool_sums, 1, 0), strict=True))
    return {
        pool: {name: figure[:, i] for name, figure in named.items()} for i, pool in enumerate(scenario.pools)
    }


def summed(figures: Figures) -> Figures:
    """Add up the cells."""
    return {name: figure.sum(axis=-1) for name, figure in figures.items()}


def service_level(figures: Figures, definition: str) -> Estimate:
    """Estimate the service level by a definition."""
    return ratio(*DEFINITIONS[definition](figures), most=1.0)


def tier_estimates(figures: Figures) -> dict[str, Estimate]:
    """Estimate what does not depend on the definition of the service level."""
    offered = figures["offered"]
    return {
        "abandonment": ratio(figures["abandoned"], offered, most=1.0),
        "asa_s": ratio(figures["wait_answered_s"], figures["answered"]),
        "mean_wait_s": ratio(figures["wait_s"], offered),
        "mean_excess_s": ratio(figures["excess_s"], offered),
    }


def pool_estimates(figures: Figures) -> dict[str, Estimate]:
    """Estimate occupancy = busy / (staffed + overtime), hours, and the work done per replication."""
    present = figures["staffed_s"] + figures["overtime_s"]
    return {
        "occupancy": ratio(figures["busy_s"], present, most=1.0),
        "staffed_h": mean(figures["staffed_s"] / 3600),
        "busy_h": mean(figures["busy_s"] / 3600),
        "idle_h": mean((present - figures["busy_s"]) / 3600),
        "overtime_h": mean(figures["overtime_s"] / 3600),
        "calls": mean(figures["calls"]),
        "callback_attempts": mean(figures["attempts"]),
    }
