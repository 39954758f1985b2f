"""Answer rates of results that share their callers, beside each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from callcenter.measure.estimates import Ratio, ratio_gain
from callcenter.measure.figures import Figures, groups, summed
from callcenter.measure.service_level import DEFINITIONS
from callcenter.measure.tally import stack
from callcenter.study.insights.findings import Measured
from callcenter.study.result import Result

OfFigures = Callable[[Figures], Ratio]


def definition_of(result: Result) -> OfFigures:
    """Return what makes numerators and denominators of the answer rate from figures."""
    return DEFINITIONS[result.scenario.service_level.definition]


def mean_wait(figures: Figures) -> Ratio:
    """Return numerators and denominators of the mean wait of everybody who asked for a person."""
    return figures["wait_s"], figures["offered"]


def rises(before: Result, after: Result, measure: OfFigures, most: float = 1.0) -> dict[str, Measured]:
    """Return by how much a ratio rose for each tier and all, replication by replication.

    It is a share, unless nothing bounds it.
    """
    first, second = (groups(result.scenario, stack(result.tallies)) for result in (before, after))
    return {
        tier: Measured.of(
            ratio_gain(measure(summed(first[tier].figures)), measure(summed(second[tier].figures)), most)
        )
        for tier in first
    }


def by_cell(result: Result, tier: str) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return numerators and denominators of a tier's answer rate, each of shape (replications, cells)."""
    group = groups(result.scenario, stack(result.tallies))[tier]
    return definition_of(result)(group.figures)


def ratio_of(numerators: Any, denominators: Any) -> float:
    """Return a ratio of sums, nan if there is nothing to divide by."""
    total = float(np.sum(denominators))
    return float(np.sum(numerators)) / total if total else float("nan")
