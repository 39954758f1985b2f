"""Intervals over replications that are few and lean to one side: Student's t, with skewness removed.

Where a bad day is rare, the mean of a sample and its standard error rise and fall together: a sample without
bad days has too good a mean and too small an error, and plain t intervals miss the truth on that side.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Floats
from callcenter.measure.quantiles import student

Array = npt.NDArray[Any]

MOST_BIAS = 1.5
"""By how much the skewness of a sample is raised at most; reached with 8 observations or fewer."""

ONE_EVENT, NORMAL = 4.5716, 1.9600
"""Standard errors from one event up to the 97.5% limit of its Poisson mean, and of a normal variable."""

FAR = 1e100
"""Standard errors from which on all distances are alike; its cube is still a number."""


class Scatter(NamedTuple):
    """How replications scatter about what is estimated, arrays of one shape."""

    number: Array
    error: Floats
    """Standard error; nan of one replication."""
    skewness: Floats


def scatter_of(pulls: Array, number: Array) -> Scatter:
    """Return the scatter of so many observations from how far each pulls the mean, along the first axis."""
    return scatter_of_sums(number, (pulls**2).sum(axis=0), (pulls**3).sum(axis=0))


def scatter_of_sums(number: Array, squares: Floats, cubes: Floats) -> Scatter:
    """Return the scatter from the sums of the squares and of the cubes of the pulls.

    The skewness is that of the sample times n (n - 1) / (n - 2)^2, at most `MOST_BIAS`.  That is the square
    of the usual correction, which is made for the normal distribution: a lopsided one shows less of its tail
    in a small sample.  Two observations have no skewness.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(np.where(number > 1, squares / (number * (number - 1)), np.nan))
        skewness = np.where(squares > 0, cubes / squares * np.sqrt(number / squares), 0.0)
    bias = np.minimum(number * (number - 1) / np.maximum(number - 2, 1) ** 2, MOST_BIAS)
    return Scatter(number, error, np.where(number > 2, skewness * bias, 0.0))


def with_error(scatter: Scatter, least: Floats) -> Scatter:
    """Return the scatter with at least this standard error; its third moment stays."""
    error = np.maximum(scatter.error, least)
    with np.errstate(divide="ignore", invalid="ignore"):
        kept = np.where(error > 0, scatter.error / error, 1.0) ** 3
    return Scatter(scatter.number, error, scatter.skewness * kept)


def reach(scatter: Scatter) -> tuple[Floats, Floats]:
    """Return how far the interval reaches below and above the estimate.

    Hall (1992), On the removal of skewness by transformation, Journal of the Royal Statistical Society B 54,
    221-228: a cubic of Student's statistic, so that it rises everywhere, is free of skewness; t with n - 1
    degrees of freedom.  Without skewness it is Student's interval.  Where one replication stands against all
    others the cubic overshoots: the interval reaches no further than that of a single event (`_farthest`).
    """
    limit = t_quantile(scatter.number - 1)
    below, above = _lopsided(scatter, limit), -_lopsided(scatter, -limit)
    far = _farthest(limit)
    return scatter.error * np.minimum(below, far), scatter.error * np.minimum(above, far)


def chance(scatter: Scatter, distance: Floats) -> Floats:
    """Return the chance of an estimate at least so far from the truth, on either side.

    It is below 5% where, and only where, the interval leaves out the truth; nan of one replication.
    """
    from scipy.special import stdtr  # takes 0.2 s, which a run need not wait for

    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = np.clip(np.where(distance == 0, 0.0, distance / scatter.error), -FAR, FAR)
    slope, shift = _bend(scatter)
    straight = statistic + slope * statistic**2 + slope**2 * statistic**3 / 3 + shift
    limit = t_quantile(scatter.number - 1)
    farther = np.maximum(np.abs(straight), np.abs(statistic) * limit / _farthest(limit))
    two_sided = 2 * stdtr(np.maximum(scatter.number - 1, 1).astype(np.float64), -farther)
    return np.where(np.isnan(scatter.error), np.nan, two_sided)


def t_quantile(degrees: Array) -> Floats:
    """Return the two-sided 95% quantile of Student's t, nan without degrees of freedom."""
    quantiles = [student(int(number)) if number > 0 else np.nan for number in degrees.ravel().tolist()]
    return np.array(quantiles).reshape(degrees.shape)


def _farthest(limit: Floats) -> Floats:
    """Return how many standard errors an interval reaches at most.

    An event seen once among many has the exact limit 5.572 (Poisson), 4.572 standard errors above it; a small
    sample knows neither the mean nor the error so well, so this is raised by the square of t / 1.96.
    """
    farthest: Floats = ONE_EVENT * (limit / NORMAL) ** 2
    return farthest


def _bend(scatter: Scatter) -> tuple[Floats, Floats]:
    """Return the slope and the shift of Hall's cubic: x + slope x^2 + slope^2 x^3 / 3 + shift."""
    root = np.sqrt(np.maximum(scatter.number, 1))
    return scatter.skewness / (3 * root), scatter.skewness / (6 * root)


def _lopsided(scatter: Scatter, limit: Floats) -> Floats:
    """Return where Hall's cubic has the value ``limit``."""
    slope, shift = _bend(scatter)
    straight = limit - shift
    # (cbrt(1 + 3 a x) - 1) / a, written so that it also holds for a = 0.
    root = np.cbrt(1 + 3 * slope * straight)
    lopsided: Floats = 3 * straight / (root**2 + root + 1)
    return lopsided
