"""Maximum likelihood, with errors that are honest about days.

The covariance is the sandwich of White, its scores summed by day: calls of one day are not independent of
each other.  With too few days for that it is the inverse information.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from scipy import optimize

from callcenter.arrays import Floats, Indices
from callcenter.fit.estimates import FEWEST_DAYS, Estimate, positive
from callcenter.fit.laws import Family

_STEP = 1e-4
"""Of the differences; parameters are logarithms and logits, of order 1."""


class Sample(NamedTuple):
    """Times with their weights: seen to end, or cut off there; and the day of each."""

    times: Floats
    is_end: Floats
    """1 where the time ended, 0 where it was cut off."""
    weights: Floats
    days: Indices

    @property
    def ends(self) -> float:
        """How many were seen to end."""
        return float((self.weights * self.is_end).sum())

    @property
    def total(self) -> float:
        """All time under watch, in seconds."""
        return float((self.weights * self.times).sum())

    @property
    def number_of_days(self) -> int:
        """How many days have any."""
        return len(np.unique(self.days))

    def pooled(self) -> Sample:
        """Return equal times counted together, whatever their day, where times are whole or half seconds."""
        days = np.zeros(len(self.times), np.int32)
        if (self.times * 2 % 1).any():
            return self._replace(days=days)
        keys, first, where = np.unique(self.times * 4 + self.is_end, return_index=True, return_inverse=True)
        weights = np.bincount(where.ravel(), self.weights).astype(float)
        return Sample(self.times[first], self.is_end[first], weights, days[: len(keys)])


class Maximum(NamedTuple):
    """Where the likelihood is largest."""

    parameters: Floats
    covariance: Floats
    log_likelihood: float
    sample: Sample

    def figure(self, of: Callable[[Floats], float], method: str) -> Estimate:
        """Return a positive figure of the parameters with its interval, by the delta method."""
        value = of(self.parameters)
        slopes = _slopes(lambda at: np.array([math.log(of(at))]), self.parameters)[:, 0]
        error = math.sqrt(max(float(slopes @ self.covariance @ slopes), 0.0))
        return positive(value, error, round(self.sample.ends), method, self.sample.number_of_days)


@np.errstate(all="ignore")
def maximise(family: Family, starts: Sequence[Sequence[float]], sample: Sample) -> Maximum:
    """Return the best of several starts; parameters must be free to take any value."""
    pooled = sample.pooled()

    def cost(parameters: Floats) -> float:
        likelihood = float((pooled.weights * _rows(family, parameters, pooled)).sum())
        return -likelihood / pooled.weights.sum() if math.isfinite(likelihood) else 1e6

    best = min((descended(cost, start) for start in starts), key=lambda descent: descent[1])
    parameters = best[0]
    return Maximum(
        parameters,
        _covariance(family, parameters, pooled, sample),
        float((pooled.weights * _rows(family, parameters, pooled)).sum()),
        sample,
    )


def descended(cost: Callable[[Floats], float], start: Sequence[float]) -> tuple[Floats, float]:
    """Return where a cost of order 1 is smallest, and how large it is there.

    By the slopes, with a fifth of the steps of a simplex; by that where the slopes lead nowhere.
    """
    descent = optimize.minimize(cost, np.array(start, float), method="BFGS", options={"gtol": 1e-6})
    if not descent.success:
        descent = optimize.minimize(
            cost,
            np.array(start),
            method="Nelder-Mead",
            options={"xatol": 1e-7, "fatol": 1e-12, "maxiter": 4000, "maxfev": 4000},
        )
    return np.asarray(descent.x, float), float(descent.fun)


def _rows(family: Family, parameters: Floats, sample: Sample) -> Floats:
    is_end, times = sample.is_end > 0, sample.times
    rows = np.empty(len(times))
    with np.errstate(all="ignore"):
        rows[is_end] = family.density(parameters, times[is_end])
        rows[~is_end] = family.survival(parameters, times[~is_end])
    return rows


def _slopes(function: Callable[[Floats], Floats], at: Floats) -> Floats:
    """Return the derivatives, one row per parameter."""
    steps = np.eye(len(at)) * _STEP
    return np.array([(function(at + step) - function(at - step)) / (2 * _STEP) for step in steps])


def _covariance(family: Family, at: Floats, pooled: Sample, sample: Sample) -> Floats:
    def slope(where: Floats) -> Floats:
        return _slopes(lambda parameters: _rows(family, parameters, pooled), where) @ pooled.weights

    information = -_slopes(slope, at)
    try:
        inverse = np.linalg.inv((information + information.T) / 2)
    except np.linalg.LinAlgError:
        return np.full((len(at), len(at)), np.inf)
    days, number = np.unique(sample.days, return_inverse=True)
    if len(days) < FEWEST_DAYS:
        return np.asarray(inverse, float)
    rows = _slopes(lambda parameters: _rows(family, parameters, sample), at) * sample.weights
    scores = np.array([np.bincount(number.ravel(), row, len(days)) for row in rows])
    return np.asarray(inverse @ (scores @ scores.T) @ inverse * len(days) / (len(days) - 1))
