"""A rolling backtest: every day is forecast from the days before it, and the errors choose the method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from callcenter.arrays import Floats
from callcenter.forecast.history import History
from callcenter.forecast.methods import METHODS, Method

LEAST_DAYS = 15
"""Days that a method is given before it is judged."""
RECENT = 40
"""Days whose errors choose a method: what was best long ago may not be now."""
CONFIDENCES = (0.80, 0.95)


class TooShortError(ValueError):
    """A history that is too short to be forecast from."""


@dataclass(frozen=True, eq=False)
class Backtest:
    """Forecasts of past days, each from the days before it, ``lead`` days or more ahead."""

    history: History
    first: int
    """Row of the first day that was forecast."""
    forecasts: Mapping[str, Floats]
    """By method, shape (days forecast, intervals)."""

    @cached_property
    def actual(self) -> Floats:
        """What came, shape (days forecast, intervals)."""
        return self.history.counts[self.first :]

    def wape_interval(self, method: str, since: int = 0) -> float:
        """Return the sum of absolute errors by interval over the sum of calls, a share."""
        return wape(self.forecasts[method][since:], self.actual[since:])

    def wape_day(self, method: str, since: int = 0) -> float:
        """Return the same of the totals of days."""
        return wape(self.forecasts[method][since:].sum(axis=1), self.actual[since:].sum(axis=1))

    @cached_property
    def chosen(self) -> str:
        """The method with the smallest errors of recent days: the one to use for the days ahead."""
        return self.best_before(len(self.actual))

    def best_before(self, number: int) -> str:
        """Return the method that was best on the `RECENT` days before a day of the backtest."""
        recent = slice(max(0, number - RECENT), number)
        actual = self.actual[recent]
        errors = {
            name: float(np.abs(forecast[recent] - actual).sum()) for name, forecast in self.forecasts.items()
        }
        return min(errors, key=lambda name: errors[name])

    @cached_property
    def as_chosen(self) -> Floats:
        """The forecast of each day by the method that was best before it; nan for the first day."""
        rows = [self.forecasts[self.best_before(row)][row] for row in range(1, len(self.actual))]
        return np.vstack([np.full((1, self.actual.shape[1]), np.nan), *rows])

    def band(self, forecast: Floats, confidence: float, before: int | None = None) -> tuple[Floats, Floats]:
        """Return the band about a forecast that holds this share of the past relative errors, by interval.

        Split conformal: the quantile of |error| / scale over past days and intervals, where the scale has a
        Poisson part and a part that grows with the forecast.
        Source: Lei et al., Distribution-free predictive inference for regression, JASA 113 (2018).
        """
        past = slice(1, len(self.actual) if before is None else before)
        known, actual = self.as_chosen[past], self.actual[past]
        scale = _Scale.of(known, actual)
        distances = np.abs(actual - known) / scale.at(known)
        reach = float(np.quantile(distances, min(confidence * (1 + 1 / len(distances)), 1.0)))
        wide = reach * scale.at(forecast)
        return np.maximum(forecast - wide, 0.0), forecast + wide

    def coverage(self, confidence: float, since: int = LEAST_DAYS) -> float:
        """Return the share of intervals within the band that was made before their day."""
        inside = []
        for row in range(since, len(self.actual)):
            low, high = self.band(self.as_chosen[row], confidence, before=row)
            inside.append((low <= self.actual[row]) & (self.actual[row] <= high))
        return float(np.mean(inside)) if inside else float("nan")


@dataclass(frozen=True)
class _Scale:
    """The standard deviation of the error of a forecast: Poisson noise, and a share of the forecast."""

    relative: float

    @classmethod
    def of(cls, forecast: Floats, actual: Floats) -> _Scale:
        squares, noise = ((actual - forecast) ** 2).sum(), forecast.sum()
        return cls(max(float(squares - noise), 0.0) / float((forecast**2).sum()))

    def at(self, forecast: Floats) -> Floats:
        scale: Floats = np.sqrt(np.maximum(forecast, 1.0) + self.relative * forecast**2)
        return scale


def backtest(
    history: History, methods: Mapping[str, Method] = METHODS, lead: int = 1, first: int = LEAST_DAYS
) -> Backtest:
    """Forecast every day from row ``first`` on with what was known ``lead`` days of the history before.

    TooShortError if not twice `LEAST_DAYS` are there.
    """
    if len(history.days) < 2 * LEAST_DAYS:
        raise TooShortError(len(history.days))
    begin = first + lead - 1
    rows = range(begin, len(history.days))
    return Backtest(
        history,
        begin,
        {
            name: np.array([method(history.before(row - lead + 1), history.days[row]) for row in rows])
            for name, method in methods.items()
        },
    )


def wape(forecast: Floats, actual: Floats) -> float:
    """Return the weighted absolute percentage error: summed absolute errors over summed calls, a share."""
    return float(np.abs(forecast - actual).sum() / actual.sum())
