"""How long callers stay: the estimator of Kaplan and Meier, hazards, and the life table of wait buckets."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import stats

from callcenter.arrays import Flags, Floats
from callcenter.fit.estimates import NORMAL

ENOUGH_AT_RISK = 30
"""Callers still waiting; where fewer are left, nothing is known of patience."""


class Survival(NamedTuple):
    """The share of callers who would still wait, after each time at which one of them hung up."""

    times: Floats
    at_risk: Floats
    """Callers still waiting just before each time."""
    ended: Floats
    """Callers who hung up at each time."""
    survival: Floats
    low: Floats
    """Ends of the band of Greenwood, 95% at each time."""
    high: Floats

    def at(self, seconds: Floats | float) -> Floats:
        """Return the share who still wait after so many seconds."""
        return np.concatenate(([1.0], self.survival))[np.searchsorted(self.times, seconds, side="right")]

    @property
    def known_until(self) -> float:
        """The last time with enough callers at risk; beyond it patience is unknown."""
        known = self.times[self.at_risk >= ENOUGH_AT_RISK]
        return float(known[-1]) if len(known) else 0.0

    def mean_until(self, seconds: float) -> float:
        """Return the mean of patience cut off at a time: the least that the mean can be."""
        inside = self.times < seconds
        edges = np.concatenate(([0.0], self.times[inside], [seconds]))
        levels = np.concatenate(([1.0], self.survival[inside]))
        return float((np.diff(edges) * levels).sum())


def kaplan_meier(times: Floats, is_end: Flags) -> Survival:
    """Return the survival of times of which some were cut off: answered waits are."""
    moments, where = np.unique(times, return_inverse=True)
    counts = np.bincount(where.ravel(), minlength=len(moments)).astype(float)
    ended = np.bincount(where.ravel(), is_end.astype(float), len(moments)).astype(float)
    at_risk = len(times) - np.concatenate(([0.0], np.cumsum(counts)[:-1]))
    return _survival(moments, at_risk, ended)


def _survival(moments: Floats, at_risk: Floats, ended: Floats) -> Survival:
    seen = ended > 0
    moments, at_risk, ended = moments[seen], at_risk[seen], ended[seen]
    survival = np.asarray(np.cumprod(1 - ended / at_risk), float)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = survival * np.sqrt(np.cumsum(ended / (at_risk * (at_risk - ended))))
    reach = np.nan_to_num(NORMAL * greenwood)
    low, high = np.clip(survival - reach, 0, 1), np.clip(survival + reach, 0, 1)
    return Survival(moments, at_risk, ended, survival, low, high)


class Hazard(NamedTuple):
    """How many hang up per second of waiting, between edges."""

    edges: Floats
    ended: Floats
    exposure: Floats
    """Seconds waited by all callers between the edges."""

    @property
    def rate(self) -> Floats:
        """Hang-ups per second; nan where nobody waited."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.exposure > 0, self.ended / self.exposure, np.nan)

    def band(self) -> tuple[Floats, Floats]:
        """Return the exact 95% interval of each rate for Poisson counts."""
        low = np.where(self.ended > 0, stats.chi2.ppf(0.025, np.maximum(2 * self.ended, 1e-9)) / 2, 0.0)
        high = stats.chi2.ppf(0.975, 2 * (self.ended + 1)) / 2
        with np.errstate(divide="ignore", invalid="ignore"):
            return low / self.exposure, high / self.exposure


def hazard(times: Floats, is_end: Flags, edges: Floats) -> Hazard:
    """Return the hazard between edges; a time at an edge counts below, those past the last are cut off."""
    bins = np.maximum(np.searchsorted(edges, times[is_end]) - 1, 0)
    ended = np.bincount(bins, minlength=len(edges))[: len(edges) - 1].astype(float)
    order = np.sort(times)
    before = np.concatenate(([0.0], np.cumsum(order)))
    places = np.searchsorted(order, edges)
    waited = before[places] + (len(order) - places) * edges
    return Hazard(edges, ended, np.diff(waited))


NEAR = 4
"""Stretches before and after, of which one must be lower for a peak."""
BEYOND, LARGER = 3.0, 1.3
"""Standard errors and factor by which a peak stands out."""


def peaks(rates: Hazard) -> list[tuple[float, float]]:
    """Return the times of waiting at which more hang up than before and after: announcements, mostly."""
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(rates.ended) / rates.exposure

    def stands_out(number: int, others: range) -> bool:
        return any(
            rates.rate[number] > LARGER * rates.rate[other]
            and rates.rate[number] - rates.rate[other] > BEYOND * np.hypot(error[number], error[other])
            for other in others
        )

    stretches: list[tuple[float, float]] = []
    for number in range(1, len(rates.ended) - 1):
        before = range(max(number - NEAR, 0), number)
        after = range(number + 1, min(number + 1 + NEAR, len(rates.ended)))
        if stands_out(number, before) and stands_out(number, after):
            start, end = float(rates.edges[number]), float(rates.edges[number + 1])
            is_next = bool(stretches) and stretches[-1][1] == start
            stretches = [*stretches[:-1], (stretches[-1][0], end)] if is_next else [*stretches, (start, end)]
    return stretches


class LifeTable(NamedTuple):
    """What wait buckets say of patience: hang-ups and exposure between limits, in units of the hazard.

    Answers and hang-ups compete within a bucket; with both at proportional rates there, the cumulative
    hazard of hanging up grows by lost / (lost + answered) x -log(1 - (lost + answered) / at risk).
    """

    limits: Floats
    """Ends of the buckets in seconds, from 0 on: one more than there are buckets."""
    at_risk: Floats
    lost: Floats
    answered: Floats

    @property
    def exposure(self) -> Floats:
        """Callers who waited through each bucket, on average."""
        gone = self.lost + self.answered
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = gone / -np.log1p(-gone / self.at_risk)
        return np.where(gone <= 0, self.at_risk, np.where(gone < self.at_risk, mean, np.nan))

    @property
    def increments(self) -> Floats:
        """Growth of the cumulative hazard of hanging up in each bucket; nan where none stay on."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.at_risk > 0, self.lost / self.exposure, np.nan)

    @property
    def survival(self) -> Floats:
        """The share who still wait at the end of each bucket."""
        return np.exp(-np.cumsum(self.increments))


def life_table(limits: Floats, answered: Floats, lost: Floats, queued: float) -> LifeTable:
    """Return the life table of counts answered and lost within each limit, of so many who queued."""
    edges = np.concatenate(([0.0], limits))
    gone = np.concatenate(([0.0], (answered + lost)[:-1]))
    return LifeTable(edges, queued - gone, np.diff(lost, prepend=0.0), np.diff(answered, prepend=0.0))


def logrank(times: Floats, is_end: Flags, is_second: Flags) -> float:
    """Return the p-value that two groups of callers have one patience."""
    moments, where = np.unique(times, return_inverse=True)
    where, number = where.ravel(), len(moments)

    def remaining(which: Flags) -> Floats:
        counts = np.bincount(where, which.astype(float), number)
        return np.asarray(counts.sum() - np.concatenate(([0.0], np.cumsum(counts)[:-1])))

    every, second = remaining(np.ones(len(times), bool)), remaining(is_second)
    ended = np.bincount(where, is_end.astype(float), number)
    seen = np.bincount(where, (is_end & is_second).astype(float), number)
    share = second / every
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.nansum(ended * share * (1 - share) * (every - ended) / (every - 1))
    if not variance > 0:
        return 1.0
    return float(stats.chi2.sf((seen - ended * share).sum() ** 2 / variance, 1))
