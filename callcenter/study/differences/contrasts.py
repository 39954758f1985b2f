"""Differences of figures that share their callers: intervals, p-values, and what pairing saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.measure.estimates import Array, Estimate, Ratio, divide, t_quantile

FAMILYWISE = 0.05
"""Chance that a family of decisions holds any that is wrong."""

NOISE = 1e-20
"""Part of a variance that is rounding of floats and nothing else."""


class Sample(NamedTuple):
    """A figure, and by how much each replication pulls it from its expectation (delta method)."""

    value: float
    pulls: Floats
    """Shape (replications,); they add up to 0."""


def sample_of_ratio(counts: Ratio) -> Sample:
    """Return a ratio of sums over replications; Cochran (1977), Sampling Techniques, 3rd ed., chapter 6."""
    numerators, denominators = counts
    value = divide(numerators.sum(), denominators.sum())
    return Sample(float(value), divide(numerators - value * denominators, denominators.mean()))


def sample_of_mean(observations: Array) -> Sample:
    """Return the mean of one observation per replication."""
    value = float(observations.mean())
    return Sample(value, observations - value)


def combined(weights: Sequence[float] | Floats, samples: Sequence[Sample]) -> Sample:
    """Return a weighted sum of figures whose replications met the same callers, one by one."""
    value = float(np.dot(weights, [sample.value for sample in samples]))
    return Sample(value, np.asarray(weights) @ np.array([sample.pulls for sample in samples]))


def estimate(sample: Sample) -> Estimate:
    """Return a figure with its 95% interval: Student's t over the replications."""
    half = t_quantile(np.asarray(sample.pulls.size - 1)) * _error(sample)
    return Estimate(np.asarray(sample.value), sample.value - half, sample.value + half)


def p_value(difference: Sample) -> float:
    """Return the chance of a difference at least so large if there is none; nan with one replication."""
    from scipy.special import stdtr

    error, degrees = _error(difference), difference.pulls.size - 1
    if degrees < 1 or np.isnan(difference.value):
        return float("nan")
    if error == 0:
        return float(difference.value == 0)
    return float(2 * stdtr(degrees, -abs(difference.value) / error))


def times_the_days(first: Sample, second: Sample) -> float | None:
    """Return how many times the days two samples of different callers would need for the same interval.

    That is the variance of an unpaired difference over that of the paired one; None where nothing varies.
    """
    paired = _error(combined((-1, 1), (first, second))) ** 2
    unpaired = _error(first) ** 2 + _error(second) ** 2
    return unpaired / paired if paired > NOISE * unpaired else None


def _error(sample: Sample) -> float:
    """Return the standard error, nan with one replication."""
    number = sample.pulls.size
    return float(np.sqrt(divide(np.asarray((sample.pulls**2).sum()), np.asarray(number * (number - 1)))))


def holm(p_values: Sequence[float]) -> list[float]:
    """Return the p-values of one family corrected for their number; nan stays and does not count.

    A difference whose corrected value is below 5% is shown, and the chance that any such finding of the
    family is wrong stays below 5%.  Source: Holm (1979), Scandinavian Journal of Statistics 6, 65-70.
    """
    known = [place for place, p in enumerate(p_values) if not np.isnan(p)]
    corrected, largest = list(p_values), 0.0
    for rank, place in enumerate(sorted(known, key=lambda place: p_values[place])):
        largest = max(largest, min(1.0, (len(known) - rank) * p_values[place]))
        corrected[place] = largest
    return corrected
