"""The rest of a day, once some of its intervals are known: a forecast updated by what has come so far."""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats

SHARED = np.arange(0.0, 0.61, 0.1)
"""Parts of the correlation that do not fade over the day, to choose from."""
FADING = np.array([0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95])
"""Correlations of neighbouring intervals, beside the shared part, to choose from."""


TO_THE_MEAN = 0.2
"""How far the variance of an interval is drawn to that of all."""


class Restlessness(NamedTuple):
    """How a day deviates from its forecast, beyond Poisson noise: relative, and alike in nearby intervals."""

    cv: Floats
    """Standard deviation of the relative deviation of each interval of the day."""
    shared: float
    """Correlation that does not fade: that of intervals far apart."""
    fading: float
    """Factor of the rest of the correlation from one interval to the next."""

    @property
    def covariance(self) -> Floats:
        """The covariance of the relative deviations, shape (intervals, intervals)."""
        number = np.arange(self.cv.size)
        apart = np.abs(np.subtract.outer(number, number))
        correlation = self.shared + (1 - self.shared) * self.fading**apart
        covariance: Floats = np.outer(self.cv, self.cv) * correlation
        return covariance


class Rest(NamedTuple):
    """What is still to come, by interval, given what came."""

    expected: Floats
    covariance: Floats
    """Of the relative deviations from the forecast that was updated."""
    forecast: Floats
    """Before the update."""

    @property
    def total(self) -> float:
        """Calls expected in the rest of the day."""
        return float(self.expected.sum())

    @property
    def deviation(self) -> float:
        """Standard deviation of that total: uncertain level and Poisson noise."""
        variance = self.forecast @ self.covariance @ self.forecast + self.expected.sum()
        return float(np.sqrt(variance))


def restlessness(forecasts: Floats, actual: Floats) -> Restlessness:
    """Estimate from forecasts of past days and what came, both of shape (days, intervals).

    Moments: the products of relative errors of two intervals, over all days and pairs at a distance, less the
    Poisson part where it is one interval; then the nearest curve shared + (1 - shared) x fading^distance.
    Source: the two-level model of Channouf and L'Ecuyer, A normal copula model for the arrival process in a
    call center, International Transactions in Operational Research 19 (2012).
    """
    relative = (actual - forecasts) / forecasts
    cv = _deviations(relative, forecasts)
    if not cv.all():
        return Restlessness(cv, 0.0, 0.0)
    relative = relative / cv
    lags = np.arange(1, cv.size)
    measured = np.array([(relative[:, lag:] * relative[:, :-lag]).mean() for lag in lags])
    weight = (cv.size - lags).astype(np.float64)
    curves = {
        pair: pair[0] + (1 - pair[0]) * pair[1] ** lags for pair in product(SHARED.tolist(), FADING.tolist())
    }
    shared, fading = min(curves, key=lambda pair: float(weight @ (measured - curves[pair]) ** 2))
    return Restlessness(cv, shared, fading)


def _deviations(relative: Floats, forecasts: Floats) -> Floats:
    """Return the standard deviation of each interval without Poisson noise, drawn to that of all.

    Few days say little of a single interval, so that each is drawn to the mean and to its neighbours.
    """
    variance = np.maximum((relative**2 - 1 / forecasts).mean(axis=0), 0.0)
    padded = np.pad(variance, 1, mode="edge")
    near = (padded[:-2] + padded[1:-1] + padded[2:]) / 3
    deviations: Floats = np.sqrt((1 - TO_THE_MEAN) * near + TO_THE_MEAN * variance.mean())
    return deviations


def rest_of_day(forecast: Floats, so_far: Floats, how: Restlessness) -> Rest:
    """Return the rest of a day whose first intervals are known.

    The relative deviations are Gaussian with the covariance of ``how``, those seen with Poisson noise on top;
    what is to come is conditioned on them.  Source: Shen and Huang (2008), section 4; any textbook on the
    conditional normal distribution.
    """
    known = so_far.size
    covariance = how.covariance
    seen = covariance[:known, :known] + np.diag(1 / np.maximum(forecast[:known], 1e-9))
    across = covariance[known:, :known]
    deviations = so_far / np.maximum(forecast[:known], 1e-9) - 1
    gain = np.linalg.solve(seen, across.T).T if known else across
    moved = gain @ deviations if known else np.zeros(forecast.size)
    left = covariance[known:, known:] - (gain @ across.T if known else 0.0)
    return Rest(np.maximum(forecast[known:] * (1 + moved), 0.0), left, forecast[known:])
