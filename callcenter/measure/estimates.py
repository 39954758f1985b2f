"""Estimates over replications with 95% confidence intervals; one replication is one observation."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Floats

Array = npt.NDArray[Any]
Ratio = tuple[Array, Array]
"""Numerators and denominators of replications."""

Verdict = Literal["met", "missed", "unclear"]

CONFIDENCE = 0.95


class Estimate(NamedTuple):
    """A value and its interval: arrays of one shape (() for a single figure), nan where undefined."""

    value: Floats
    low: Floats
    high: Floats

    def as_dict(self) -> dict[str, float | None]:
        """Return a single estimate as plain numbers, None where undefined."""
        return {name: plain(number) for name, number in zip(self._fields, self, strict=True)}


def ratio(numerators: Array, denominators: Array, most: float = np.inf) -> Estimate:
    """Estimate a ratio of expectations by the ratio of sums, replications along the first axis.

    The interval is that of the delta method: r = sum x / sum y has the variance of the residuals x - r y,
    divided by n and by the square of the mean of y; Student's t with n - 1 degrees of freedom. Cochran
    (1977), Sampling Techniques, 3rd ed., chapter 6. It is clipped to what is possible, 0 to ``most``. One
    replication has no interval, and nothing to divide by no value.
    """
    replications = len(numerators)
    total = denominators.sum(axis=0)
    value = divide(numerators.sum(axis=0), total)
    residuals = numerators - value * denominators
    error = divide(_standard_error(residuals, np.asarray(replications)), total / replications)
    return _interval(value, error, np.asarray(replications), most)


def mean(observations: Array, least: float = 0.0) -> Estimate:
    """Estimate a mean, replications along the first axis, with Student's t interval not below ``least``.

    Law (2015), Simulation Modeling and Analysis, 5th ed., section 4.5. A nan is no observation.
    """
    observed = ~np.isnan(observations)
    number = observed.sum(axis=0)
    value = divide(np.where(observed, observations, 0.0).sum(axis=0), number)
    residuals = np.where(observed, observations - value, 0.0)
    return _interval(value, _standard_error(residuals, number), number, least=least)


def ratio_gain(before: Ratio, after: Ratio) -> Estimate:
    """Estimate by how much a ratio of sums rose, replication by replication with the same callers.

    The interval is that of the delta method over the paired residuals, so what both have in common by
    chance cancels out.
    """
    gain, residuals = np.asarray(0.0), np.asarray(0.0)
    for sign, (numerators, denominators) in ((-1, before), (1, after)):
        value = divide(numerators.sum(axis=0), denominators.sum(axis=0))
        gain = gain + sign * value
        residuals = residuals + sign * divide(numerators - value * denominators, denominators.mean(axis=0))
    number = np.asarray(len(before[0]))
    return _interval(gain, _standard_error(residuals, number), number, least=-np.inf)


def verdict(estimate: Estimate, target: float) -> Verdict:
    """Return `met` if the whole interval is at or above the target, `missed` if below it, else `unclear`."""
    if estimate.low >= target:
        return "met"
    return "missed" if estimate.high < target else "unclear"


def days_met(numerators: Array, denominators: Array, target: float) -> float | None:
    """Return the share of days whose ratio is at least the target; days without a ratio do not count."""
    shares = divide(numerators, denominators)
    defined = int(np.count_nonzero(~np.isnan(shares)))
    return int(np.count_nonzero(shares >= target)) / defined if defined else None


def divide(amounts: Array, units: Array) -> Floats:
    """Divide, with nan where there is nothing to divide by."""
    shape = np.broadcast_shapes(np.shape(amounts), np.shape(units))
    quotients: Floats = np.divide(amounts, units, out=np.full(shape, np.nan), where=np.asarray(units) != 0)
    return quotients


def plain(number: float | np.floating[Any] | Floats) -> float | None:
    """Return a plain float, None for nan."""
    return None if np.isnan(number) else float(number)


def t_quantile(degrees: Array) -> Floats:
    """Return the two-sided 95% quantile of Student's t, nan without degrees of freedom."""
    # Imported here because it takes 0.2 s, which a worker that only tallies never needs to spend.
    from scipy.special import stdtrit

    quantiles = stdtrit(np.maximum(degrees, 1).astype(np.float64), (1 + CONFIDENCE) / 2)
    return np.where(degrees > 0, quantiles, np.nan)


def _standard_error(residuals: Array, number: Array) -> Floats:
    """Return the standard error of a mean from the residuals of so many observations."""
    variance: Floats = divide((residuals**2).sum(axis=0), number * (number - 1))
    return np.sqrt(variance)


def _interval(
    value: Floats, error: Floats, number: Array, most: float = np.inf, least: float = 0.0
) -> Estimate:
    half = t_quantile(number - 1) * error
    return Estimate(value, np.maximum(value - half, least), np.minimum(value + half, most))
