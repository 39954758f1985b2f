"""How restless calls are about their forecast: factors of days and of intervals (contract 2.9)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats

FADINGS = np.arange(0.0, 0.96, 0.05)
"""Correlations of neighbouring intervals to choose from."""
LEAST = 0.002
"""A factor that varies by less is none."""


class Factors(NamedTuple):
    """Gamma factors of mean 1: one a day, and one an interval, whose scores are an AR(1)."""

    day_cv: float
    interval_cv: float
    correlation: float


def factors_about(forecast: Floats, actual: Floats) -> Factors:
    """Estimate the factors from forecasts of past days and what came, both of shape (days, intervals).

    Moments: at each lag k the products of errors over those of forecasts, Poisson noise taken off, are
    b + (1 + b) c r^k; b and c, not below zero, are the nearest for each r, weighted by the forecasts behind
    them.  Source: Avramidis, Deslauriers and L'Ecuyer, Modeling daily arrivals to a telephone call center,
    Management Science 50 (2004), 896-908; the moments as in `callcenter.fit.arrivals`.
    """
    from scipy.optimize import nnls

    missed, number = actual - forecast, forecast.shape[1]
    moments, weights = np.empty(number), np.empty(number)
    for lag in range(number):
        products = float((missed[:, : number - lag] * missed[:, lag:]).sum())
        products -= float(forecast.sum()) if lag == 0 else 0.0
        weights[lag] = float((forecast[:, : number - lag] * forecast[:, lag:]).sum())
        moments[lag] = products / weights[lag] if weights[lag] > 0 else 0.0
    best, parts = np.inf, (0.0, 0.0, 0.0)
    roots, lags = np.sqrt(weights), np.arange(number)
    for fading in FADINGS:
        curves = np.stack([np.ones(number), fading**lags], axis=1)
        (shared, own), miss = nnls(roots[:, None] * curves, roots * moments)
        if miss < best - 1e-12:
            best, parts = miss, (float(shared), float(own), float(fading))
    shared, own, fading = parts
    day, interval = np.sqrt(shared), np.sqrt(own / (1 + shared))
    return Factors(
        float(day) if day >= LEAST else 0.0,
        float(interval) if interval >= LEAST else 0.0,
        fading if interval >= LEAST else 0.0,
    )
