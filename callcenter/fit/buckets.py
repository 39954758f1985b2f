"""Patience from wait buckets of a report: how many were answered and how many hung up within 5 s, 10 s, ...

Hang-ups of each bucket are Poisson with mean exposure x growth of the cumulative hazard, the exposure taken
from the life table.  In the first bucket the report does not tell who was answered without waiting: those who
began to wait follow from the answers of the second bucket, at the same pace.  What lies beyond the last limit
follows from the total of all waits, callers there thinning out exponentially.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy import optimize

from callcenter.arrays import Floats
from callcenter.fit.estimates import FEWEST_DAYS, Estimate, positive, ratio_error
from callcenter.fit.laws import Family
from callcenter.fit.likelihood import descended
from callcenter.fit.patience import Candidate, is_sound
from callcenter.fit.survival import life_table
from callcenter.language import noted

_NODES, _WEIGHTS = np.polynomial.laguerre.laggauss(12)
_STEP = 1e-4


class Buckets(NamedTuple):
    """Hang-ups and exposure by wait."""

    limits: Floats
    """Edges in seconds, from 0 to the last limit."""
    lost: Floats
    """In each bucket, by day: shape (days, buckets)."""
    exposure: Floats
    """Callers who waited through each bucket, by day."""
    tail_lost: Floats
    """Who hung up beyond the last limit, by day."""
    tail_start: Floats
    """Who still waited at the last limit, by day."""
    tail_mean: float
    """Mean seconds that these waited on."""

    @property
    def survival(self) -> list[tuple[float, float]]:
        """The share who still wait at each limit."""
        growth = self.lost.sum(axis=0) / np.maximum(self.exposure.sum(axis=0), 1e-9)
        return [
            (float(t), float(s)) for t, s in zip(self.limits[1:], np.exp(-np.cumsum(growth)), strict=True)
        ]

    @property
    def total_lost(self) -> float:
        """Who hung up in all."""
        return float(self.lost.sum() + self.tail_lost.sum())


def buckets(limits: Floats, answered: Floats, lost: Floats, ended: Floats, waited: Floats) -> Buckets:
    """Return what counts within limits say; `ended` are all answered and lost, `waited` all their waits.

    All have a row for each day; the last column of `answered` and `lost` is the total.
    """
    inner_lost, inner_answered = lost[:, :-1].sum(axis=0), answered[:, :-1].sum(axis=0)
    table = life_table(limits, inner_answered, inner_lost, float(ended.sum()))
    exposure = table.exposure.copy()
    if limits[0] > 0 and len(limits) > 1:
        exposure[0] = _first(table.lost, table.answered, exposure, np.diff(table.limits), table.at_risk)
    gone = lost[:, :-1] + answered[:, :-1]
    at_risk = ended[:, None] - np.concatenate((np.zeros((len(gone), 1)), gone[:, :-1]), axis=1)
    daily = at_risk * exposure / np.maximum(table.at_risk, 1e-9)
    start = ended - gone[:, -1]
    spent = float((exposure * np.diff(table.limits)).sum())
    tail = max(float(waited.sum()) - spent, 0.0) / max(float(start.sum()), 1e-9)
    increments = np.diff(lost[:, :-1], axis=1, prepend=0.0)
    return Buckets(table.limits, increments, daily, lost[:, -1] - lost[:, -2], start, tail)


def _first(lost: Floats, answered: Floats, exposure: Floats, widths: Floats, at_risk: Floats) -> float:
    """Return the callers who waited through the first bucket, those answered at once left out."""
    if lost[0] <= 0:
        return float(at_risk[1])
    pace = answered[1] / max(exposure[1] * widths[1], 1e-9) * widths[0]

    def surplus(growth: float) -> float:
        return float(at_risk[1] * math.expm1(growth + pace) * growth / (growth + pace) - lost[0])

    try:
        growth = float(optimize.brentq(surplus, 1e-12, 20.0))
    except ValueError:
        return float(exposure[0])
    return float(lost[0] / growth)


def candidate(family: Family, seen: Buckets) -> Candidate | None:
    """Return a family fitted to buckets; None where it has run away to an edge."""
    rough = max(
        float((seen.exposure.sum(axis=0) * np.diff(seen.limits)).sum()) / max(seen.total_lost, 1.0), 1.0
    )

    size = max(seen.total_lost, 1.0)

    def cost(at: Floats) -> float:
        value = _log_likelihood(family, at, seen)
        return -value / size if math.isfinite(value) else 1e6

    at, least = min((descended(cost, start) for start in family.starts(rough)), key=lambda each: each[1])
    log_likelihood = -size * least
    covariance = _covariance(family, at, seen)
    if not is_sound(family, at) or not np.isfinite(covariance).all():
        return None
    figures = {name: _figure(of, at, covariance, seen) for name, of in family.figures.items()}
    bic = len(at) * math.log(max(seen.total_lost, 2.0)) - 2 * log_likelihood
    return Candidate(family.name, figures, log_likelihood, bic, tuple(map(float, at)))


def _log_growth(family: Family, at: Floats, seen: Buckets) -> Floats:
    """Return the logarithm of the hazard gathered in each bucket, and of that beyond the last, on average."""
    with np.errstate(all="ignore"):
        cumulative = -family.survival(at, seen.limits)
        cumulative[0] = 0.0
        beyond = seen.limits[-1] + max(seen.tail_mean, 1e-9) * _NODES
        hazard = np.exp(family.density(at, beyond) - family.survival(at, beyond))
        tail = max(seen.tail_mean, 1e-9) * float(_WEIGHTS @ hazard)
        return np.asarray(np.log(np.append(np.diff(cumulative), tail)))


def _daily(seen: Buckets) -> tuple[Floats, Floats]:
    """Return hang-ups and exposure by day and bucket, that beyond the last limit included."""
    return np.column_stack((seen.lost, seen.tail_lost)), np.column_stack((seen.exposure, seen.tail_start))


def _log_likelihood(family: Family, at: Floats, seen: Buckets) -> float:
    lost, exposure = (each.sum(axis=0) for each in _daily(seen))
    growth = _log_growth(family, at, seen)
    with np.errstate(all="ignore"):
        rows = np.where(exposure > 0, lost * growth - exposure * np.exp(growth), 0.0)
    return float(rows.sum())


def _covariance(family: Family, at: Floats, seen: Buckets) -> Floats:
    """Return the covariance of the parameters; scores are summed by day where there are enough days."""
    lost, exposure = _daily(seen)
    steps = np.eye(len(at)) * _STEP
    slopes = np.array(
        [
            (_log_growth(family, at + step, seen) - _log_growth(family, at - step, seen)) / (2 * _STEP)
            for step in steps
        ]
    )
    expected = exposure * np.exp(_log_growth(family, at, seen))
    try:
        inverse = np.linalg.inv((slopes * expected.sum(axis=0)) @ slopes.T)
    except np.linalg.LinAlgError:
        return np.full((len(at), len(at)), np.inf)
    if len(lost) < FEWEST_DAYS:
        return np.asarray(inverse, float)
    scores = slopes @ (lost - expected).T
    return np.asarray(inverse @ (scores @ scores.T) @ inverse * len(lost) / (len(lost) - 1))


def _figure(of: Callable[[Floats], float], at: Floats, covariance: Floats, seen: Buckets) -> Estimate:
    steps = np.eye(len(at)) * _STEP
    slopes = np.array([(math.log(of(at + step)) - math.log(of(at - step))) / (2 * _STEP) for step in steps])
    error = math.sqrt(max(float(slopes @ covariance @ slopes), 0.0))
    return positive(of(at), error, round(seen.total_lost), noted("hazard of wait buckets"), len(seen.lost))


def by_ratio(lost: Floats, waited: Floats) -> Candidate:
    """Return the exponential patience of hang-ups and waits by day: all waits over all who hung up."""
    value = float(waited.sum() / lost.sum())
    alone = 1 / math.sqrt(lost.sum())
    days = len(lost)
    error = ratio_error(waited, lost) / value if days >= FEWEST_DAYS else alone
    mean = positive(value, error, round(lost.sum()), noted("waits of all over those who hung up"), days)
    return Candidate("exponential", {"mean": mean}, math.nan, math.nan, (math.log(value),))
