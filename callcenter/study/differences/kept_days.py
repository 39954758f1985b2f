"""The difference of two shares of days: some days are gained, others are lost."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.measure.days import exact_ends, independent_days
from callcenter.measure.estimates import Estimate
from callcenter.measure.quantiles import TAIL
from callcenter.study.differences.contrasts import Sample, sample_of_ratio

STEPS = 50
"""Halvings that find a p-value."""

LEAST = 1e-15
"""P-values below are as good as this."""


class KeptDays(NamedTuple):
    """The days on which something holds."""

    holds: Floats
    """1 or 0 on each day, nan where nothing was to be kept; shape (replications, days)."""

    @property
    def sample(self) -> Sample:
        """The share of them."""
        met, counted = (self.holds == 1).sum(axis=1), (~np.isnan(self.holds)).sum(axis=1)
        change = 1 / max(float(counted.mean()), 1.0)
        return sample_of_ratio((met, counted))._replace(change=change)


class _Moved(NamedTuple):
    """Shares of days gained and lost, and how many independent days tell as much."""

    gained: Floats
    gained_of: Floats
    lost: Floats
    lost_of: Floats


def gain_of_days(before: KeptDays, after: KeptDays) -> tuple[Estimate, float]:
    """Return by how much the share of days rose, and the p-value of that.

    It is the share of days gained less that of days lost, each with Clopper and Pearson's interval; these are
    joined by the squares of their sides and the correlation of the two counts (MOVER): Zou and Donner (2008),
    Construction of confidence limits about effect measures, Statistics in Medicine 27, 1693-1702; Newcombe
    (1998), Improved confidence intervals for the difference between binomial proportions based on paired
    data, Statistics in Medicine 17, 2635-2650.  The p-value is that of the interval which just reaches 0.
    """
    value = after.sample.value - before.sample.value
    known = ~np.isnan(before.holds) & ~np.isnan(after.holds)
    gained, lost = (
        independent_days(np.where(known, (one == 0) & (other == 1), np.nan))
        for one, other in ((before.holds, after.holds), (after.holds, before.holds))
    )
    moved = _Moved(*gained, *lost)
    below, above = _sides(moved, TAIL)
    ends = Estimate(*map(np.asarray, (value, value - below, value + above)))
    return ends, _p_value(moved, value, below)


def _sides(moved: _Moved, tail: float) -> tuple[float, float]:
    """Return how far the interval reaches below and above."""
    gains, losses = float(moved.gained), float(moved.lost)
    (least, most), (fewest, many) = (
        map(float, exact_ends(share, days, tail))
        for share, days in ((moved.gained, moved.gained_of), (moved.lost, moved.lost_of))
    )
    rest = (1 - gains) * (1 - losses)
    together = float(np.sqrt(gains * losses / rest)) if rest > 0 else 1.0
    return (
        _joined(gains - least, many - losses, together),
        _joined(most - gains, losses - fewest, together),
    )


def _joined(one: float, other: float, together: float) -> float:
    return float(np.sqrt(one**2 + other**2 + 2 * together * one * other))


def _p_value(moved: _Moved, value: float, below: float) -> float:
    """Return twice the tail at which the interval just reaches 0, by halving on a scale of logarithms."""
    if np.isnan(value) or np.isnan(below):
        return float("nan")
    if value == 0:
        return 1.0
    side = 0 if value > 0 else 1
    low, high = np.log(LEAST / 2), np.log(0.5)
    for _step in range(STEPS):
        middle = (low + high) / 2
        if _sides(moved, float(np.exp(middle)))[side] >= abs(value):
            low = middle
        else:
            high = middle
    return float(min(1.0, 2 * np.exp(high)))
