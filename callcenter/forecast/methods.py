"""Methods that forecast the calls of days by interval from the days before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.forecast.history import DAYS_A_WEEK, History
from callcenter.language import noted

Method = Callable[[History, Sequence[date]], Floats]
"""Of a history and later days: the calls expected, shape (days, intervals)."""

SMOOTHINGS = np.arange(0.1, 1.05, 0.1)
"""Weights of the last observation that exponential smoothing chooses from."""
PROFILE_WEIGHT = 0.1
"""Weight of the last day of the same weekday in the smoothed share of each interval."""
FACTORS = 4
"""Most curves that a day is made of (Shen and Huang 2008 find 3 to 5)."""


def mean_of_same_weekdays(history: History, days: Sequence[date], last: int = 8) -> Floats:
    """Return the mean of the last days of the same weekday; of all days where there is none."""
    rows = []
    for day in days:
        same = history.counts[history.kinds == history.kind_of(day)][-last:]
        rows.append((same if same.size else history.counts[-last:]).mean(axis=0))
    return np.array(rows)


def weekday_smoothing(history: History, days: Sequence[date]) -> Floats:
    """Return level x weekday x share of the interval, level and share smoothed exponentially.

    The weight of the last day in the level is the one with the smallest errors so far, as many days ahead as
    the day is.
    """
    factor = _weekday_means(history.totals, history.kinds)
    levels = _smoothed(history.totals / factor[history.kinds])
    shares = profiles(history, PROFILE_WEIGHT)
    rows = []
    for day in days:
        kind = history.kind_of(day)
        rows.append(levels.ahead(history.steps_to(day)) * factor[kind] * shares[kind])
    return np.array(rows)


def poisson_regression(history: History, days: Sequence[date]) -> Floats:
    """Return the fit of a quasi-Poisson regression: weekday x interval, and a linear trend of the days.

    The main effects are the totals of weekdays and the shares of intervals; the interaction is kept as far as
    it is more than noise (see `profiles`).  A slope that is not distinguishable from none (|t| < 2) is left
    out.
    """
    factor = _weekday_means(history.totals, history.kinds)
    shares = profiles(history)
    number = np.array([(each - history.days[0]).days for each in history.days], np.float64)
    relative = history.totals / factor[history.kinds]
    relative /= relative.mean()
    slope = _slope(number, relative)
    rows = []
    for day in days:
        kind, ahead = history.kind_of(day), (day - history.days[0]).days - number.mean()
        rows.append(factor[kind] * shares[kind] * max(1 + slope * ahead, 0.0))
    return np.array(rows)


def singular_values(history: History, days: Sequence[date]) -> Floats:
    """Return days made of the main curves of past days, each with a forecast weight.

    The square root of counts has nearly constant variance; its singular value decomposition gives curves and
    their weight on each day; a weight has a mean by weekday, and what is left over is smoothed and damped.
    Curves that noise alone would give are left out.  Source: Shen and Huang, Interday forecasting and
    intraday updating of call center arrivals, Manufacturing and Service Operations Management 10 (2008),
    391-410; Brown et al. (2005) for the root of n + 1/4.
    """
    roots = np.sqrt(history.counts + 0.25)
    left, sizes, curves = np.linalg.svd(roots, full_matrices=False)
    noise = 0.5 * float(
        np.sqrt(roots.shape).sum()
    )  # the root of a Poisson count has a standard deviation of 1/2
    number = int(np.clip((sizes > noise).sum(), 1, FACTORS))
    weights = (left * sizes)[:, :number]
    ahead = np.array([_next_weights(column, history, days) for column in weights.T])
    fitted = (weights @ curves[:number]) ** 2
    forecast: Floats = np.maximum(ahead.T @ curves[:number], 0.0) ** 2
    forecast *= history.counts.sum() / fitted.sum()  # the square of a mean is below the mean square
    return forecast


METHODS: Mapping[str, Method] = {
    noted("mean of 8 weekdays"): mean_of_same_weekdays,
    noted("weekday x smoothing"): weekday_smoothing,
    noted("quasi-Poisson fit"): poisson_regression,
    noted("SVD with AR(1)"): singular_values,
}
"""By name, simplest first."""


class _Levels(NamedTuple):
    """Values, and their smoothed levels for each weight, shape (weights, days)."""

    values: Floats
    smoothed: Floats

    def ahead(self, steps: int) -> float:
        """Return the last level, by the weight whose levels missed least so many days ahead."""
        steps = _tried(steps, self.values.size)
        missed = ((self.values[steps:] - self.smoothed[:, :-steps]) ** 2).sum(axis=1)
        return float(self.smoothed[int(missed.argmin()), -1])

    def damped_ahead(self, steps: int) -> float:
        """Return the value so many days ahead: the last level times what has been left of levels."""
        steps = _tried(steps, self.values.size)
        known, following = self.smoothed[:, :-steps], self.values[steps:]
        squares = (known**2).sum(axis=1)
        products = known @ following
        damping = np.clip(np.divide(products, squares, out=np.zeros_like(squares), where=squares > 0), 0, 1)
        missed = ((following - damping[:, None] * known) ** 2).sum(axis=1)
        best = int(missed.argmin())
        return float(damping[best] * self.smoothed[best, -1])


def _tried(steps: int, days: int) -> int:
    """Return how many days ahead can be tried on so many days."""
    return max(1, min(steps, days // 2))


def _smoothed(values: Floats, start: float | None = None) -> _Levels:
    """Return values smoothed exponentially, from their first or from a start, with every weight."""
    level = np.full(SMOOTHINGS.size, values[0] if start is None else start)
    smoothed = np.empty((values.size, SMOOTHINGS.size))
    for row, value in enumerate(values):  # the import of scipy.signal would take longer than all of it
        level = level + SMOOTHINGS * (value - level)
        smoothed[row] = level
    return _Levels(values, smoothed.T)


def _next_weights(weights: Floats, history: History, days: Sequence[date]) -> list[float]:
    """Return the weight of a curve on later days: its weekday's mean, and the damped rest of late."""
    mean = _weekday_means(weights, history.kinds)
    levels = _smoothed(weights - mean[history.kinds], 0.0)
    return [float(mean[history.kind_of(day)] + levels.damped_ahead(history.steps_to(day))) for day in days]


def _weekday_means(values: Floats, kinds: Ints) -> Floats:
    """Return the mean of each weekday; that of all days for a weekday that never was."""
    means = np.full(DAYS_A_WEEK, values.mean())
    for weekday in np.unique(kinds):
        means[weekday] = values[kinds == weekday].mean()
    return means


def profiles(history: History, weight: float = 0.0) -> Floats:
    """Return the share of each interval in a day, by weekday, old days counting less by a weight.

    A weekday has its own profile as far as the data show one: it is drawn to that of all days by the part of
    their chi-square distance that chance explains (the positive-part estimator of James and Stein), so that
    few calls make no profile out of noise.
    """
    counts, kinds = history.counts, history.kinds
    sums, sizes = np.zeros((DAYS_A_WEEK, counts.shape[1])), np.zeros(DAYS_A_WEEK)
    for kind in np.unique(kinds):
        own = counts[kinds == kind]
        weights = (1.0 - weight) ** np.arange(len(own))[::-1]
        sums[kind] = weights @ own
        sizes[kind] = (weights @ weights) / weights.sum()  # times noise: the variance that is left in a sum
    common = sums.sum(axis=0) / sums.sum()
    totals = sums.sum(axis=1, keepdims=True)
    own = np.divide(sums, totals, out=np.tile(common, (DAYS_A_WEEK, 1)), where=totals > 0)
    used = common > 0
    apart = ((own - common)[:, used] ** 2 / common[used]).sum(axis=1) * totals[:, 0]
    noise = _dispersion(counts, kinds, own) * (used.sum() - 1) * sizes
    kept = np.clip(1 - np.divide(noise, apart, out=np.ones(DAYS_A_WEEK), where=apart > 0), 0, 1)
    shares: Floats = common + kept[:, None] * (own - common)
    return shares


def _dispersion(counts: Floats, kinds: Ints, shares: Floats) -> float:
    """Return the variance of counts over their mean, given the total of their day; 1 is Poisson."""
    expected = counts.sum(axis=1, keepdims=True) * shares[kinds]
    known = expected > 0
    squares = float(((counts - expected)[known] ** 2 / expected[known]).sum())
    freedom = (len(counts) - len(np.unique(kinds))) * (counts.shape[1] - 1)
    return squares / float(max(freedom, 1))


def _slope(number: Floats, values: Floats) -> float:
    """Return the slope of a line, 0 where it is not distinguishable from none."""
    apart = number - number.mean()
    squares = float(apart @ apart)
    if squares == 0 or number.size < 3:
        return 0.0
    slope = float(apart @ values) / squares
    left = values - values.mean() - slope * apart
    error = float(np.sqrt((left @ left) / (number.size - 2) / squares))
    return slope if abs(slope) > 2 * error else 0.0
