"""Methods that forecast the calls of a day by interval from the days before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.forecast.history import DAYS_A_WEEK, History

Method = Callable[[History, date], Floats]
"""Of a history and a later day: the calls expected in each interval of that day."""

SMOOTHINGS = np.arange(0.1, 1.05, 0.1)
"""Weights of the last observation that exponential smoothing chooses from."""
PROFILE_WEIGHT = 0.1
"""Weight of the last day of the same weekday in the smoothed share of each interval."""
FACTORS = 4
"""Curves that a day is made of (Shen and Huang 2008 find 3 to 5)."""


def mean_of_same_weekdays(history: History, day: date, last: int = 8) -> Floats:
    """Return the mean of the last days of the same weekday; of all days where there is none."""
    same = history.counts[history.kinds == history.kind_of(day)][-last:]
    mean: Floats = (same if same.size else history.counts[-last:]).mean(axis=0)
    return mean


def weekday_smoothing(history: History, day: date) -> Floats:
    """Return level x weekday x share of the interval, level and share smoothed exponentially.

    The weight of the last day in the level is the one with the smallest one-step errors so far.
    """
    factor = _weekday_means(history.totals, history.kinds)
    level = history.totals / factor[history.kinds]
    smoothed = min((_smoothed(level, weight) for weight in SMOOTHINGS), key=lambda each: each[1])[0]
    forecast: Floats = smoothed * factor[history.kind_of(day)] * _profile(history, day)
    return forecast


def poisson_regression(history: History, day: date) -> Floats:
    """Return the fit of a quasi-Poisson regression, weekday x interval, with a linear trend of the days.

    With one parameter per weekday and interval the estimate is the mean of the cell, times a common trend;
    a slope that is not distinguishable from none (|t| < 2) is left out.
    """
    cell = mean_of_same_weekdays(history, day, last=len(history.days))
    factor = _weekday_means(history.totals, history.kinds)
    number = np.array([(each - history.days[0]).days for each in history.days], np.float64)
    relative = history.totals / factor[history.kinds]
    relative /= relative.mean()
    slope, ahead = _slope(number, relative), (day - history.days[0]).days - number.mean()
    forecast: Floats = cell * max(1 + slope * ahead, 0.0)
    return forecast


def singular_values(history: History, day: date) -> Floats:
    """Return the day made of the main curves of past days, each with a forecast weight.

    The square root of counts has nearly constant variance; its singular value decomposition gives curves and
    their weight on each day; a weight has a mean by weekday, and what is left over is smoothed and damped.
    Source: Shen and Huang, Interday forecasting and intraday updating of call center arrivals, Manufacturing
    and Service Operations Management 10 (2008), 391-410; Brown et al. (2005) for the root of n + 1/4.
    """
    roots = np.sqrt(history.counts + 0.25)
    left, sizes, curves = np.linalg.svd(roots, full_matrices=False)
    weights = (left * sizes)[:, :FACTORS]
    ahead = [_next_weight(column, history, day) for column in weights.T]
    forecast: Floats = np.maximum(np.array(ahead) @ curves[: len(ahead)], 0.5) ** 2 - 0.25
    return forecast


METHODS: Mapping[str, Method] = {
    "mean of 8 same weekdays": mean_of_same_weekdays,
    "weekday x exponential smoothing": weekday_smoothing,
    "quasi-Poisson weekday x interval": poisson_regression,
    "singular values with AR(1)": singular_values,
}
"""By name, simplest first."""


def _next_weight(weights: Floats, history: History, day: date) -> float:
    """Return the weight of a curve on a later day: its weekday's mean, and the damped rest of late."""
    mean = _weekday_means(weights, history.kinds)
    rest = weights - mean[history.kinds]
    damped = min((_damped(rest, weight) for weight in SMOOTHINGS), key=lambda each: each[1])[0]
    return float(mean[history.kind_of(day)] + damped)


def _weekday_means(values: Floats, kinds: Ints) -> Floats:
    """Return the mean of each weekday; that of all days for a weekday that never was."""
    means = np.full(DAYS_A_WEEK, values.mean())
    for weekday in np.unique(kinds):
        means[weekday] = values[kinds == weekday].mean()
    return means


def _profile(history: History, day: date) -> Floats:
    """Return the share of each interval in a day, smoothed over the days of the same weekday."""
    same = history.kinds == history.kind_of(day)
    counts = history.counts[same] if same.any() else history.counts
    age = np.arange(len(counts))[::-1]
    profile: Floats = ((1 - PROFILE_WEIGHT) ** age) @ counts
    profile /= profile.sum()
    return profile


def _smoothed(values: Floats, weight: float) -> tuple[float, float]:
    """Return the smoothed level and the sum of squares of its one-step errors."""
    level, errors = values[0], 0.0
    for value in values[1:]:
        errors += (value - level) ** 2
        level += weight * (value - level)
    return float(level), float(errors)


def _damped(rest: Floats, weight: float) -> tuple[float, float]:
    """Return the next value of an AR(1) of the smoothed rest, and its sum of squared one-step errors."""
    level, levels = 0.0, []
    for value in rest:
        level += weight * (value - level)
        levels.append(level)
    known, following = np.array(levels[:-1]), rest[1:]
    squares = float(known @ known)
    damping = min(max(float(known @ following) / squares, 0.0), 1.0) if squares else 0.0
    return damping * level, float(((following - damping * known) ** 2).sum())


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
