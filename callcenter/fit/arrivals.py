"""When calls come: the profile of the day, weekdays, and how restless days and intervals are.

The model (contract 2.9): calls of interval j on day d are Poisson with mean l_j w_d B_d C_dj; the day factor
B and the interval factors C have mean 1, and those of one day k intervals apart correlate like r^k.  Its
factorial moments are E X_j (X_j - 1) = m_j^2 (1 + b)(1 + c) and E X_i X_j = m_i m_j (1 + b)(1 + c r^k).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy import optimize, stats

from callcenter.arrays import Floats, Indices, Ints
from callcenter.fit.estimates import Estimate, positive, quantile, spread
from callcenter.language import noted

FEWEST_FOR_SPREAD = 5
_MOST_CORRELATION = 0.99
_PARAMETERS = 3
"""Of the moments: one day less is independent for each."""


class Profile(NamedTuple):
    """Mean calls of each interval of an ordinary day."""

    mean: Floats
    """Shape (tiers, intervals)."""
    low: Floats
    """Ends of the 95% interval of the calls of all tiers, shape (intervals,)."""
    high: Floats
    dispersion: Floats
    """Variance over mean of the counts of all tiers; 1 is Poisson."""

    @property
    def total(self) -> Floats:
        """Mean calls of all tiers by interval."""
        return np.asarray(self.mean.sum(axis=0))


def counts(day: Indices, tier: Indices, interval: Ints, shape: tuple[int, int, int]) -> Floats:
    """Return calls by day, tier and interval; those outside of the intervals are not counted."""
    inside = (interval >= 0) & (interval < shape[2])
    place = np.ravel_multi_index((day[inside], tier[inside], interval[inside]), shape)
    return np.bincount(place, minlength=math.prod(shape)).reshape(shape).astype(float)


def profile(table: Floats) -> Profile:
    """Return the profile of counts by day, tier and interval."""
    days, every = len(table), table.sum(axis=1)
    mean, variance = every.mean(axis=0), every.var(axis=0, ddof=1) if days > 1 else np.zeros(table.shape[2])
    reach = quantile(days) * np.sqrt(np.maximum(variance, mean) / days)
    with np.errstate(divide="ignore", invalid="ignore"):
        dispersion = variance / mean
    return Profile(table.mean(axis=0), np.maximum(mean - reach, 0), mean + reach, dispersion)


def weekday_factors(totals: Floats, weekdays: Ints) -> dict[int, Estimate]:
    """Return calls of each weekday over those of the mean day; none where days have no dates."""
    factors = {}
    for weekday in sorted(set(weekdays[weekdays >= 0])):
        own = totals[weekdays == weekday]
        error = own.std(ddof=1) / math.sqrt(len(own)) if len(own) > 1 else math.nan
        value = own.mean() / totals.mean()
        factors[int(weekday)] = positive(
            value, error / own.mean(), len(own), noted("mean of the weekday"), len(own)
        )
    return factors


def weekdays_differ(totals: Floats, weekdays: Ints) -> float:
    """Return the p-value that all weekdays have the same calls, by the F test of over-dispersed counts."""
    groups = [totals[weekdays == weekday] for weekday in sorted(set(weekdays[weekdays >= 0]))]
    if len(groups) < 2 or min(map(len, groups)) < 2:
        return 1.0
    return float(stats.f_oneway(*groups).pvalue)


def day_cv(totals: Floats, weekdays: Ints | None = None) -> Estimate:
    """Return the cv of calls a day, chance included; given weekdays, of log(calls / their mean)."""
    days = len(totals)
    if days < 2:
        return Estimate(0.0, 0.0, math.inf, days, noted("one day shows no spread"))
    if weekdays is None:
        variance, method = (
            float((totals / totals.mean()).var(ddof=1)),
            noted("standard deviation of days over their mean"),
        )
    else:
        _, group = np.unique(weekdays, return_inverse=True)
        usual = (np.bincount(group, totals) / np.bincount(group))[group]
        variance = float(np.log(np.maximum(totals, 0.5) / usual).var(ddof=1))
        method = noted("standard deviation of log(calls / mean of the weekday)")
    return spread(variance, 0.0, days - 1, days, method)


class Unrest(NamedTuple):
    """How restless demand is: factors of the day, of its intervals, and how long these last."""

    day: Estimate
    interval: Estimate
    correlation: Estimate


def unrest(table: Floats, weekdays: Ints) -> Unrest:
    """Return the factors behind counts by day and interval, from their factorial moments."""
    days, busy = len(table), np.flatnonzero(table.any(axis=0))
    if days < FEWEST_FOR_SPREAD or not busy.size:
        none = Estimate(0.0, 0.0, math.inf, days, noted("too few days"))
        return Unrest(none, none, none)
    table = table[:, busy[0] : busy[-1] + 1]  # hours in which nobody ever calls have no moments
    moments = _moments(table, weekdays)
    solution = _solved(moments.mean(axis=0))
    error = _jackknife(moments, solution)
    noise = 1 / table.sum(axis=1).mean() + _interval_part(table.mean(axis=0), solution)
    method = noted("factorial moments")
    freedom = days - len(set(weekdays))
    day = spread(max(solution[0], 0.0) + noise, noise, freedom, days, method)
    return Unrest(
        day, _root(solution[1], error[1], days, method), _bounded(solution[2], error[2], days, method)
    )


def _moments(table: Floats, weekdays: Ints) -> Floats:
    """Return for each day and lag the excess of its products of counts over those of its mean, weighted."""
    days, number = table.shape
    mean, left = about_usual(table, weekdays)
    lags = []
    for lag in range(number):
        base = (mean[:, : number - lag] * mean[:, lag:]).sum(axis=0).sum() / days
        products = (left[:, : number - lag] * left[:, lag:]).sum(axis=1)
        lags.append((products - (mean.sum(axis=1) if lag == 0 else 0.0)) / base)
    return np.asarray(np.array(lags).T, float)


def about_usual(table: Floats, weekdays: Ints) -> tuple[Floats, Floats]:
    """Return what days like each usually have, and how far each was from it as if that were not measured."""
    days = len(table)
    _, group = np.unique(weekdays, return_inverse=True)
    factor = (np.bincount(group, table.sum(axis=1)) / np.bincount(group))[group]
    mean = np.outer(factor / table.sum(axis=1).mean(), table.mean(axis=0))
    return mean, (table - mean) * math.sqrt(days / max(days - len(np.unique(group)), 1))


def _solved(moments: Floats) -> Floats:
    """Return b, c and r that fit the moments by lag: b + (1 + b) c r^k, each lag weighted by its pairs."""
    number = len(moments)
    weights = np.sqrt(np.arange(number, 0, -1.0))

    def miss(at: Floats) -> Floats:
        model = at[0] + (1 + at[0]) * at[1] * at[2] ** np.arange(number)
        return np.asarray(weights * (model - moments), float)

    start = [
        max(float(np.average(moments[number // 2 :])), 1e-4),
        max(float(moments[0] - moments[-1]), 1e-4),
        0.3,
    ]
    bounds = ([-0.5, 0.0, 0.0], [25.0, 25.0, _MOST_CORRELATION])
    fit = optimize.least_squares(miss, np.clip(start, bounds[0], bounds[1]), bounds=bounds)
    return np.asarray(fit.x, float)


def _jackknife(moments: Floats, solution: Floats) -> Floats:
    """Return the errors of the solution when days are left out, by its derivative."""
    days = len(moments)
    mean = moments.mean(axis=0)
    number = np.arange(moments.shape[1])
    b, c, r = solution
    with np.errstate(divide="ignore", invalid="ignore"):
        powers = r**number
        slope = np.where(number > 0, number * r ** np.maximum(number - 1, 0), 0.0)
    jacobian = np.stack((1 + c * powers, (1 + b) * powers, (1 + b) * c * slope), axis=1)
    weights = np.arange(len(number), 0, -1.0)[:, None]
    influence = np.linalg.pinv(jacobian.T @ (weights * jacobian)) @ (weights * jacobian).T
    scores = (moments - mean) @ influence.T
    return np.asarray(np.sqrt((scores**2).sum(axis=0) / (days * (days - _PARAMETERS))))


def _interval_part(mean: Floats, solution: Floats) -> float:
    """Return what the interval factors add to the squared cv of the day."""
    lags = np.abs(np.subtract.outer(np.arange(len(mean)), np.arange(len(mean))))
    return float(solution[1] * (mean @ solution[2] ** lags @ mean) / mean.sum() ** 2)


def _root(square: float, error: float, days: int, method: str) -> Estimate:
    """Return the root of a variance, its interval taken on the square."""
    reach = quantile(days) * error
    value, low, high = (math.sqrt(max(square + step, 0.0)) for step in (0.0, -reach, reach))
    return Estimate(value, low, high, days, method)


def _bounded(value: float, error: float, days: int, method: str) -> Estimate:
    """Return a correlation, its interval taken by the transformation of Fisher."""
    middle = math.atanh(min(value, _MOST_CORRELATION))
    reach = quantile(days) * error / (1 - min(value, _MOST_CORRELATION) ** 2)
    low, high = (math.tanh(middle + step) for step in (-reach, reach))
    return Estimate(float(value), max(low, 0.0), high, days, method)


class WithinDay(NamedTuple):
    """How intervals differ from their share of their own day, as the note on the Anonymous Bank counts it."""

    cv: float
    lag_one: float
    """Correlation of an interval with the next, mean over days."""
    variance_to_mean: float
    bursts: list[tuple[int, int, float]]
    """Day, interval and standard score of counts beyond five standard deviations of Poisson."""


def within_day(table: Floats) -> WithinDay:
    """Return the spread of counts by day and interval, given the total of each day."""
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    left = table - expected
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = np.where(expected > 0, left / np.sqrt(expected), 0.0)
        relative = np.where(expected > 0, left / expected, 0.0)
    square = float((left**2 - expected).sum() / (expected**2).sum())
    bursts = [
        (int(day), int(cell), float(scores[day, cell])) for day, cell in np.argwhere(np.abs(scores) > 5)
    ]
    ratio = float(np.median((scores**2).mean(axis=0)))
    return WithinDay(math.sqrt(max(square, 0.0)), _lag_one(relative), ratio, bursts)


def _lag_one(relative: Floats) -> float:
    """Return the correlation of an interval with the next, mean over days; 0 where nothing varies."""
    first, second = relative[:, :-1], relative[:, 1:]
    first, second = (side - side.mean(axis=1, keepdims=True) for side in (first, second))
    size = np.sqrt((first**2).sum(axis=1) * (second**2).sum(axis=1))
    varied = size > 0
    return float(((first * second).sum(axis=1)[varied] / size[varied]).mean()) if varied.any() else 0.0
