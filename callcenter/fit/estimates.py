"""Estimates: a figure with its 95% interval, how many observations it rests on, and by which method.

Days are the units: calls of one day share what made it busy or slow, so errors are those of days wherever
there are enough of them.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from scipy import stats

from callcenter.arrays import Floats, Indices

LEVEL = 0.95
FEWEST_DAYS = 8
"""Below so many days, errors are those of single calls: a spread of days cannot be told."""


class Estimate(NamedTuple):
    """A figure, its 95% interval, the observations behind it and the method."""

    value: float
    low: float
    high: float
    n: int
    method: str

    def plain(self) -> dict[str, Any]:
        """Return it as JSON takes it; None for what is infinite or undefined."""
        figures = {"value": self.value, "low": self.low, "high": self.high}
        finite = {name: float(figure) if math.isfinite(figure) else None for name, figure in figures.items()}
        return {**finite, "n": int(self.n), "method": self.method}

    def times(self, factor: float) -> Estimate:
        """Return the estimate in another unit."""
        return self._replace(value=self.value * factor, low=self.low * factor, high=self.high * factor)


def quantile(days: int) -> float:
    """Return how many standard errors reach to the end of the interval, for so many days."""
    return float(stats.t.ppf(0.5 + LEVEL / 2, days - 1)) if days >= FEWEST_DAYS else NORMAL


NORMAL = float(stats.norm.ppf(0.5 + LEVEL / 2))


def symmetric(value: float, error: float, n: int, method: str, days: int = 0) -> Estimate:
    """Return the estimate of a figure that may have either sign."""
    reach = quantile(days) * error
    return Estimate(value, value - reach, value + reach, n, method)


def positive(value: float, relative_error: float, n: int, method: str, days: int = 0) -> Estimate:
    """Return the estimate of a figure above 0, its interval taken on the logarithm."""
    if not value > 0 or not math.isfinite(relative_error):
        return Estimate(value, 0.0, math.inf, n, method)
    reach = math.exp(min(quantile(days) * relative_error, 700.0))
    return Estimate(value, value / reach, value * reach, n, method)


def inside(value: float, error: float, n: int, method: str, days: int = 0) -> Estimate:
    """Return the estimate of a share, its interval taken on the logit, so that it stays between 0 and 1."""
    if not 0 < value < 1 or not error > 0:
        return Estimate(value, *_exact(round(value * n), n), n, method)
    middle, reach = math.log(value / (1 - value)), quantile(days) * error / (value * (1 - value))
    return Estimate(value, _logistic(middle - reach), _logistic(middle + reach), n, method)


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


def _exact(k: int, n: int) -> tuple[float, float]:
    """Return the interval of Clopper and Pearson."""
    if n == 0:
        return 0.0, 1.0
    tail = (1 - LEVEL) / 2
    low = 0.0 if k == 0 else float(stats.beta.ppf(tail, k, n - k + 1))
    high = 1.0 if k == n else float(stats.beta.ppf(1 - tail, k + 1, n - k))
    return low, high


def by_group(values: Floats, groups: Indices, number: int) -> Floats:
    """Return the sums of values by group."""
    return np.bincount(groups, values, number).astype(float)


def ratio_error(parts: Floats, wholes: Floats) -> float:
    """Return the standard error of sum(parts) / sum(wholes) over days, by the delta method."""
    days, whole = len(wholes), wholes.sum()
    if days < 2 or not whole > 0:
        return math.nan
    left = parts - parts.sum() / whole * wholes
    return float(np.sqrt(days / (days - 1) * (left**2).sum()) / whole)


def share(hits: Floats, wholes: Floats, method: str) -> Estimate:
    """Return a share from its hits and trials by day."""
    n, k = int(wholes.sum()), float(hits.sum())
    if n == 0:
        return Estimate(math.nan, 0.0, 1.0, 0, method)
    days = int((wholes > 0).sum())
    value = k / n
    alone = math.sqrt(value * (1 - value) / n)
    error = ratio_error(hits, wholes) if days >= FEWEST_DAYS else alone
    return inside(value, error, n, method, days)


def mean(sums: Floats, counts: Floats, squares: float, method: str) -> Estimate:
    """Return the mean of times above 0, from sums and counts by day and the sum of all squares."""
    n = int(counts.sum())
    if n == 0:
        return Estimate(math.nan, 0.0, math.inf, 0, method)
    days, value = int((counts > 0).sum()), float(sums.sum() / n)
    alone = math.sqrt(max(squares / n - value**2, 0.0) / n)
    error = ratio_error(sums, counts) if days >= FEWEST_DAYS else alone
    return positive(value, error / value if value > 0 else math.nan, n, method, days)


def spread(variance: float, noise: float, freedom: float, n: int, method: str) -> Estimate:
    """Return a coefficient of variation: the root of a variance of days beyond their noise.

    The interval is that of the chi-square law for the variance seen; the noise is taken off at both ends.
    """
    tail = (1 - LEVEL) / 2
    low = variance * freedom / stats.chi2.ppf(1 - tail, freedom) - noise
    high = variance * freedom / stats.chi2.ppf(tail, freedom) - noise
    value, low, high = (math.sqrt(max(figure, 0.0)) for figure in (variance - noise, low, high))
    return Estimate(value, low, high, n, method)
