"""Bands about a forecast that hold as many intervals and days as its errors in the past say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats

CONFIDENCES = (0.80, 0.95)
RECENT = 40
"""Days whose errors make the band."""
ENOUGH = 4
"""Errors apart that weigh as much as the band of fewer days ahead; of drawn series 0 to 4 hold alike."""


class _Scale(NamedTuple):
    """The standard deviation of an error, but for a factor: Poisson noise, and a share of the forecast."""

    relative: float

    def at(self, forecast: Floats) -> Floats:
        return np.asarray(np.sqrt(np.maximum(forecast, 1.0) + self.relative * forecast**2))


class Reach(NamedTuple):
    """How far bands reach, in standard deviations, for each confidence: of an interval, of a day."""

    scale: _Scale
    interval: Mapping[float, float]
    day_scale: _Scale
    day: Mapping[float, float]

    def band(self, forecast: Floats, confidence: float, more: Floats | float = 0.0) -> tuple[Floats, Floats]:
        """Return the band by interval; ``more`` is the relative half-width of what past days do not show."""
        return _about(forecast, self.interval[confidence] * self.scale.at(forecast), more)

    def day_band(self, total: float, confidence: float, more: float = 0.0) -> tuple[float, float]:
        """Return the band about the total of a day."""
        known = np.array([total])
        low, high = _about(known, self.day[confidence] * self.day_scale.at(known), more)
        return float(low[0]), float(high[0])

    def drawn_to(self, other: Reach, number: float) -> Reach:
        """Return what lies between another one and this one, which is of so many errors that are apart.

        Forecasts of days weeks ahead miss in the same direction for weeks: few of their errors are news.
        """
        return other.between(self, number / (number + ENOUGH))

    def between(self, other: Reach, share: float) -> Reach:
        """Return what lies between this one and another, at a share of the way."""

        def mixed(first: float, second: float) -> float:
            return first + share * (second - first)

        return Reach(
            _Scale(mixed(self.scale.relative, other.scale.relative)),
            {level: mixed(reach, other.interval[level]) for level, reach in self.interval.items()},
            _Scale(mixed(self.day_scale.relative, other.day_scale.relative)),
            {level: mixed(reach, other.day[level]) for level, reach in self.day.items()},
        )


def reach_of(forecast: Floats, actual: Floats) -> Reach:
    """Return the reach by forecasts of past days and what came, both of shape (days, intervals).

    Split conformal: the quantile of |error| / scale over past days and intervals.  Source: Lei et al.,
    Distribution-free predictive inference for regression, JASA 113 (2018), 1094-1111.
    """
    forecast, actual = forecast[-RECENT:], actual[-RECENT:]
    scale, interval = _measured(forecast, actual)
    return Reach(scale, interval, *_measured(forecast.sum(axis=1), actual.sum(axis=1)))


def _measured(forecast: Floats, actual: Floats) -> tuple[_Scale, dict[float, float]]:
    squares, noise = ((actual - forecast) ** 2).sum(), forecast.sum()
    scale = _Scale(max(float(squares - noise), 0.0) / max(float((forecast**2).sum()), 1e-9))
    distances = (np.abs(actual - forecast) / scale.at(forecast)).ravel()
    few = 1 + 1 / distances.size
    return scale, {level: float(np.quantile(distances, min(level * few, 1.0))) for level in CONFIDENCES}


def _about(forecast: Floats, half: Floats, more: Floats | float) -> tuple[Floats, Floats]:
    wide = np.hypot(half, more * forecast)
    return np.maximum(forecast - wide, 0.0), forecast + wide
