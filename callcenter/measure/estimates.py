"""Estimates over replications with 95% confidence intervals; one replication is one observation."""

from __future__ import annotations

from math import isnan
from typing import Any, Literal, NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.measure.intervals import Array, Scatter, reach, scatter_of
from callcenter.measure.shares import calls_of, share_ends
from callcenter.measure.unseen import least_change, room

Ratio = tuple[Array, Array]
"""Numerators and denominators of replications."""

Verdict = Literal["met", "missed", "unclear"]


class Estimate(NamedTuple):
    """A value and its interval: arrays of one shape (() for a single figure), nan where undefined."""

    value: Floats
    low: Floats
    high: Floats

    @property
    def half_width(self) -> Floats:
        """The longer side of the interval."""
        return np.maximum(self.value - self.low, self.high - self.value)

    def as_dict(self) -> dict[str, float | None]:
        """Return a single estimate as plain numbers, None where undefined."""
        return {name: plain(number) for name, number in zip(self._fields, self, strict=True)}


def ratio(numerators: Array, denominators: Array, most: float = np.inf) -> Estimate:
    """Estimate a ratio of expectations by the ratio of sums, replications along the first axis.

    By the delta method each replication pulls r = sum x / sum y by its residual x - r y, divided by the mean
    of y: Cochran (1977), Sampling Techniques, 3rd ed., chapter 6.  A ratio that ``most`` bounds is a share
    (`share_ends`).  One replication has no interval, and nothing to divide by no value.
    """
    value, pulls = _pulls(numerators, denominators)
    scatter = scatter_of(pulls, np.asarray(len(pulls)))
    if np.isinf(most):
        return _interval(value, scatter)
    return Estimate(value, *share_ends(value, scatter, calls_of(numerators, denominators, most), most))


def mean(observations: Array, least: float | Floats = 0.0) -> Estimate:
    """Estimate a mean, replications along the first axis, with an interval not below ``least``.

    A nan is no observation.
    """
    observed = ~np.isnan(observations)
    number = observed.sum(axis=0)
    value = divide(np.where(observed, observations, 0.0).sum(axis=0), number)
    return _interval(value, scatter_of(np.where(observed, observations - value, 0.0), number), least)


def ratio_gain(before: Ratio, after: Ratio, most: float = np.inf) -> Estimate:
    """Estimate by how much a ratio of sums rose, replication by replication with the same callers.

    The interval is that of the delta method over the paired residuals, so what both have in common by
    chance cancels out.  Shares, which ``most`` bounds, leave room for a day that changes more than all seen.
    """
    (first, pulls), (second, pulled) = (_pulls(*counts) for counts in (before, after))
    gain, pulls, number = second - first, pulled - pulls, np.asarray(len(pulls))
    estimate = _interval(gain, scatter_of(pulls, number), least=-np.inf)
    if np.isinf(most):
        return estimate
    possible = sum(most * least_change(counts[1].mean(axis=0)) for counts in (before, after))
    more = room(number, np.asarray(possible), np.abs(pulls).max(axis=0))
    return Estimate(gain, estimate.low - more, estimate.high + more)


def verdict(estimate: Estimate, target: float) -> Verdict:
    """Return `met` if the whole interval is at or above the target, `missed` if below it, else `unclear`."""
    if estimate.low >= target:
        return "met"
    return "missed" if estimate.high < target else "unclear"


def divide(amounts: Array, units: Array) -> Floats:
    """Divide, with nan where there is nothing to divide by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        quotients: Floats = np.where(np.asarray(units) != 0, np.true_divide(amounts, units), np.nan)
    return quotients


def plain(number: float | np.floating[Any] | Floats) -> float | None:
    """Return a plain float, None for nan."""
    figure = float(number)
    return None if isnan(figure) else figure


def _pulls(numerators: Array, denominators: Array) -> tuple[Floats, Floats]:
    """Return a ratio of sums, and how far each replication pulls it from its expectation."""
    value = divide(numerators.sum(axis=0), denominators.sum(axis=0))
    return value, divide(numerators - value * denominators, denominators.mean(axis=0))


def _interval(value: Floats, scatter: Scatter, least: float | Floats = 0.0) -> Estimate:
    below, above = reach(scatter)
    return Estimate(value, np.maximum(value - below, least), value + above)
