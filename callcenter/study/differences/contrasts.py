"""Differences of figures that share their callers: intervals, p-values, and what pairing saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.measure.estimates import Estimate, Ratio, divide
from callcenter.measure.intervals import Array, Scatter, chance, reach, scatter_of
from callcenter.measure.unseen import least_change, room

FAMILYWISE = 0.05
"""Chance that a family of decisions holds any that is wrong."""

NOISE = 1e-20
"""Part of a variance that is rounding of floats and nothing else."""


class Sample(NamedTuple):
    """A figure, and by how much each replication pulls it from its expectation (delta method)."""

    value: float
    pulls: Floats
    """Shape (replications,); they add up to 0."""
    change: float = 0.0
    """What a day may change, though no replication shows it: 0 unless calls decide the figure."""


def sample_of_ratio(counts: Ratio) -> Sample:
    """Return a ratio of sums over replications; Cochran (1977), Sampling Techniques, 3rd ed., chapter 6."""
    numerators, denominators = counts
    value = divide(numerators.sum(), denominators.sum())
    return Sample(float(value), divide(numerators - value * denominators, denominators.mean()))


def sample_of_share(counts: Ratio) -> Sample:
    """Return a ratio of sums that calls decide, between 0 and 1."""
    change = float(least_change(counts[1].mean()))
    return sample_of_ratio(counts)._replace(change=change)


def sample_of_mean(observations: Array) -> Sample:
    """Return the mean of one observation per replication."""
    value = float(observations.mean())
    return Sample(value, observations - value)


def combined(weights: Sequence[float] | Floats, samples: Sequence[Sample]) -> Sample:
    """Return a weighted sum of figures whose replications met the same callers, one by one."""
    value = float(np.dot(weights, [sample.value for sample in samples]))
    pulls = np.asarray(weights) @ np.array([sample.pulls for sample in samples])
    change = float(np.dot(np.abs(weights), [sample.change for sample in samples]))
    return Sample(value, pulls, change)


def estimate(sample: Sample) -> Estimate:
    """Return a figure with its 95% interval over the replications."""
    (below, above), more = reach(_scatter(sample)), _room(sample)
    return Estimate(np.asarray(sample.value), sample.value - below - more, sample.value + above + more)


def p_value(difference: Sample) -> float:
    """Return the chance of a difference at least so large if there is none; nan with one replication.

    It is below 5% where, and only where, the 95% interval leaves out 0.
    """
    if np.isnan(difference.value):
        return float("nan")
    distance = np.maximum(abs(difference.value) - _room(difference), 0.0)
    return float(chance(_scatter(difference), np.sign(difference.value) * distance))


def times_the_days(first: Sample, second: Sample) -> float | None:
    """Return how many times the days two samples of different callers would need for the same interval.

    That is the variance of an unpaired difference over that of the paired one; None where nothing varies.
    """
    paired = _error(combined((-1, 1), (first, second))) ** 2
    unpaired = _error(first) ** 2 + _error(second) ** 2
    return unpaired / paired if paired > NOISE * unpaired else None


def _error(sample: Sample) -> float:
    """Return the standard error, nan with one replication."""
    return float(_scatter(sample).error)


def _scatter(sample: Sample) -> Scatter:
    return scatter_of(sample.pulls, np.asarray(sample.pulls.size))


def _room(sample: Sample) -> Floats:
    """Return what an unseen day adds to the interval on either side."""
    return room(np.asarray(sample.pulls.size), np.asarray(sample.change), np.abs(sample.pulls).max())


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
