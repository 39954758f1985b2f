"""How restless calls are about their forecast: factors of days and of intervals (contract 2.9)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats

FADINGS = np.arange(0.0, 0.96, 0.05)
"""Correlations of neighbouring intervals to choose from."""
SHARES = np.linspace(0.0, 1.0, 26)
"""Parts of the least variance of an interval that are the day's, to choose from."""
HALF_LIFE = 20
"""Days after which an error counts half: how good a forecast is changes with the season."""
NEIGHBOURS = 3
LEAST = 0.002
"""A factor that varies by less is none."""


class Factors(NamedTuple):
    """Gamma factors of mean 1: one a day, and one an interval, whose scores are an AR(1)."""

    day_cv: float
    interval_cv: Floats
    """Of each interval of the day: first calls and late ones scatter more than those at noon."""
    correlation: float

    @property
    def is_even(self) -> bool:
        """Whether intervals have no factors of their own."""
        return not self.interval_cv.any()


def factors_about(forecast: Floats, actual: Floats, half_life: float = HALF_LIFE) -> Factors:
    """Estimate the factors from forecasts of past days and what came, both of shape (days, intervals).

    An error counts half after ``half_life`` days.

    Moments, Poisson noise taken off, of errors over forecasts: those of an interval are b + (1 + b) c_i,
    those of two intervals k apart b + (1 + b) root(c_i c_j) r^k.  Each c_i is measured (`_variances`);
    b and r are those whose curve by lag is nearest, weighted by the forecasts behind it.  Source: Avramidis,
    Deslauriers and L'Ecuyer, Modeling daily arrivals to a telephone call center, Management Science 50
    (2004), 896-908; the moments as in `callcenter.fit.arrivals`.
    """
    number = forecast.shape[1]
    age = np.arange(len(forecast))[::-1, None]
    weights = 0.5 ** (age / half_life)
    missed = actual - forecast
    products, bases = (np.asarray((weights * each).T @ each) for each in (missed, forecast))
    variances = _variances(missed, forecast, weights)
    lags = np.abs(np.subtract.outer(np.arange(number), np.arange(number))).ravel()

    def by_lag(table: Floats) -> Floats:
        return np.asarray(np.bincount(lags, table.ravel())[1:])

    base = np.maximum(by_lag(bases), 1e-12)
    measured, apart = by_lag(products) / base, np.arange(1, number)
    best, parts = np.inf, (0.0, np.sqrt(variances), 0.0)
    for share in SHARES * float(variances.min(initial=np.inf)):
        own = np.sqrt(np.maximum(variances - share, 0.0) / (1 + share))
        level = (1 + share) * by_lag(bases * np.outer(own, own)) / base
        misses = base @ (measured[:, None] - share - level[:, None] * FADINGS ** apart[:, None]) ** 2
        place = int(misses.argmin())
        if misses[place] < best - 1e-12:
            best, parts = float(misses[place]), (float(np.sqrt(share)), own, float(FADINGS[place]))
    day, interval, fading = parts
    interval = np.where(interval >= LEAST, interval, 0.0)
    return Factors(day if day >= LEAST else 0.0, interval, fading if interval.any() else 0.0)


def _variances(missed: Floats, forecast: Floats, weights: Floats) -> Floats:
    """Return the variance of each interval about its forecast, as a share of it, Poisson noise taken off.

    What few calls say of a single interval is noise: each is counted with its neighbours and drawn to all of
    them, the more the less it says (empirical Bayes: Efron and Morris, JASA 70 (1975), 311-319).  One
    in which nobody ever calls says nothing, and is as restless as all.
    """
    bases = (weights * forecast**2).sum(axis=0)
    chance = (weights * forecast).sum(axis=0)
    excess = (weights * missed**2).sum(axis=0) - chance
    whole = max(float(excess.sum() / max(bases.sum(), 1e-12)), 0.0)
    around = _with_neighbours(bases)
    near = np.where(around > 0, _with_neighbours(excess) / np.maximum(around, 1e-12), whole)
    days = float(weights.sum() ** 2 / (weights**2).sum())
    level = whole + _with_neighbours(chance) / np.maximum(around, 1e-12)
    noise = 2 * np.maximum(level, 1e-9) ** 2 / days / NEIGHBOURS
    differ = max(float((((near - whole) ** 2 - noise) / noise).sum() / (1 / noise).sum()), 0.0)
    variances: Floats = np.maximum(whole + (near - whole) * differ / (differ + noise), 0.0)
    return variances


def _with_neighbours(each: Floats) -> Floats:
    """Return each with the one before and the one after; the first and the last count twice."""
    padded = np.pad(each, 1, mode="edge")
    return np.asarray(padded[:-2] + padded[1:-1] + padded[2:])
