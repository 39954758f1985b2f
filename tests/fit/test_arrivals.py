"""Arrivals: counts, profile, weekdays, and the two levels of unrest, recovered from their own model."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from callcenter.fit.arrivals import (
    counts,
    day_cv,
    profile,
    unrest,
    weekday_factors,
    weekdays_differ,
    within_day,
)


def draw(
    chance: np.random.Generator, days: int, mean: np.ndarray, day: float, interval: float, lag: float
) -> np.ndarray:
    """Return counts by day and interval of the model of contract 2.9."""
    number = len(mean)
    scores = np.zeros((days, number))
    scores[:, 0] = chance.normal(size=days)
    for place in range(1, number):
        scores[:, place] = lag * scores[:, place - 1] + np.sqrt(1 - lag**2) * chance.normal(size=days)
    factor = stats.gamma.ppf(stats.norm.cdf(scores), 1 / interval**2) * interval**2
    busyness = chance.gamma(1 / day**2, day**2, days) if day else np.ones(days)
    return chance.poisson(mean * busyness[:, None] * factor).astype(float)


def test_counts_by_hand() -> None:
    """Four calls on two days, one of them outside of the hours."""
    found = counts(np.array([0, 0, 1, 1]), np.array([0, 1, 1, 0]), np.array([0, 0, 1, 2]), (2, 2, 2))
    assert [[[1, 0], [1, 0]], [[0, 0], [0, 1]]] == found.tolist()


def test_profile_of_poisson() -> None:
    """The variance of Poisson counts is their mean, and the band holds the truth in most intervals."""
    mean = np.linspace(5, 60, 24)
    table = np.random.default_rng(13).poisson(mean, (60, 24)).astype(float)[:, None, :]
    found = profile(table)
    assert 1.0 == pytest.approx(found.dispersion.mean(), abs=0.15)
    assert ((found.low < mean) & (mean < found.high)).mean() > 0.85


def test_unrest_is_recovered() -> None:
    """Day factor, interval factor and correlation lie in their intervals in at least 85 of 100 months."""
    chance = np.random.default_rng(14)
    held = np.zeros(3)
    for _ in range(100):
        table = draw(chance, 40, chance.uniform(20, 80, 24), 0.10, 0.15, 0.4)
        found = unrest(table, np.full(40, -1))
        held += [each.low <= true <= each.high for each, true in zip(found, (0.10, 0.15, 0.4), strict=True)]
    assert (held >= 85).all(), held


def test_no_unrest_in_poisson() -> None:
    """Poisson counts have intervals of both factors that begin at 0."""
    table = np.random.default_rng(15).poisson(40, (40, 24)).astype(float)
    found = unrest(table, np.full(40, -1))
    assert 0.0 == found.day.low
    assert 0.0 == found.interval.low


def test_weekdays() -> None:
    """Mondays with half more calls than other days have the factor 1.5 / 1.1, and the test tells them."""
    weekdays = np.tile(np.arange(5), 20)
    totals = np.random.default_rng(16).poisson(np.where(weekdays == 0, 1500, 1000)).astype(float)
    found = weekday_factors(totals, weekdays)
    assert 1.5 / 1.1 == pytest.approx(found[0].value, rel=0.02)
    assert weekdays_differ(totals, weekdays) < 1e-6
    assert day_cv(totals, weekdays).value < 0.04 < day_cv(totals).value


def test_bursts_are_named() -> None:
    """One interval with five times its calls is named with its day."""
    table = np.random.default_rng(17).poisson(30, (20, 10)).astype(float)
    table[7, 3] = 150
    assert [(7, 3)] == [(day, cell) for day, cell, _ in within_day(table).bursts]
