"""The share of days that met a target, and its interval."""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Floats
from callcenter.measure.estimates import Estimate, divide, plain
from callcenter.measure.intervals import Array, scatter_of, t_quantile
from callcenter.measure.quantiles import TAIL, beta

NONE = 1e-9
"""Days that are less are none: the number of independent days is no whole number."""


def days_met(numerators: Array, denominators: Array, target: float) -> float | None:
    """Return the share of days whose ratio is at least the target; days without a ratio do not count."""
    ratios = divide(numerators, denominators).ravel()
    counted = ratios[~np.isnan(ratios)]
    return plain(divide(np.asarray(np.count_nonzero(counted >= target)), np.asarray(counted.size)))


def days_met_estimate(numerators: Array, denominators: Array, target: Array | float) -> Estimate:
    """Estimate the share of days that meet a target, arrays of shape (replications, days, ...)."""
    ratios = divide(numerators, denominators)
    return share_of_days(np.where(np.isnan(ratios), np.nan, ratios >= target))


def share_of_days(holds: Floats) -> Estimate:
    """Estimate the share of days that are 1, not 0; nan does not count; shape (replications, days, ...).

    The interval is that of Clopper and Pearson (1934) for so many independent days.  Where replications have
    several days, it is that of as many independent days as tell as much: Korn and Graubard (1998), Confidence
    intervals for proportions with small expected number of positive counts estimated from survey data, Survey
    Methodology 24, 193-201.  One replication has no interval.
    """
    share, days = independent_days(holds)
    return Estimate(share, *exact_ends(share, days))


def independent_days(holds: Floats) -> tuple[Floats, Floats]:
    """Return the share of days that are 1, and how many independent days tell as much."""
    met, counted = (holds == 1).sum(axis=1), (~np.isnan(holds)).sum(axis=1)
    share = divide(met.sum(axis=0), counted.sum(axis=0))
    return share, _independent_days(met, counted, share)


def _independent_days(met: Array, counted: Array, share: Floats) -> Floats:
    """Return the number of independent days that tell as much; nan of one replication."""
    replications, days = np.count_nonzero(counted, axis=0), counted.sum(axis=0)
    pulls = divide(met - share * counted, days / np.maximum(replications, 1))
    variance = (replications - 1) / np.maximum(replications, 1) * scatter_of(pulls, replications).error ** 2
    effect = np.maximum(divide(variance * days, share * (1 - share)), 1.0)
    fewer = (t_quantile(days - 1) / t_quantile(replications - 1)) ** 2
    independent: Floats = days / np.where(share * (1 - share) > 0, effect, 1.0) * fewer
    return independent


def exact_ends(share: Floats, days: Floats, tail: float = TAIL) -> tuple[Floats, Floats]:
    """Return the ends of Clopper and Pearson's interval that leaves out so much on either side."""
    pairs = zip((share * days).ravel().tolist(), days.ravel().tolist(), strict=True)
    low, high = np.array([_ends(*pair, tail) for pair in pairs]).reshape(*share.shape, 2).T
    return low.T, high.T


def _ends(successes: float, number: float, tail: float) -> tuple[float, float]:
    if np.isnan(number):
        return np.nan, np.nan
    failures = number - successes
    low = beta(successes, failures + 1, tail) if successes > NONE else 0.0
    return low, beta(successes + 1, failures, 1 - tail) if failures > NONE else 1.0
