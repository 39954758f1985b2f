"""The rest of a day given what has come: bands hold as many days as they say, also of few calls."""

from __future__ import annotations

import numpy as np
import pytest

from callcenter.arrays import Floats
from callcenter.forecast.conditioned import Handled, Outlook, Seen, Unrest, conditioned, needed

DAYS = 400


def _unrest(
    day: float, interval: float, correlation: float = 0.0, talk: float = 0.0, size: int = 20
) -> Unrest:
    return Unrest(day, np.full(size, interval), correlation, talk)


UNRESTS = {
    "a bank": (200.0, _unrest(0.11, 0.17, 0.28)),
    "sticky": (200.0, _unrest(0.05, 0.10, 0.90)),
    "early and late": (200.0, Unrest(0.03, np.abs(np.linspace(-0.2, 0.2, 20)), 0.80, 0.0)),
    "days alone": (20.0, _unrest(0.15, 0.0)),
    "few calls": (3.0, _unrest(0.20, 0.20, 0.50)),
}


def _day(random: np.random.Generator, expected: Floats, unrest: Unrest) -> Floats:
    """Draw the counts of a day, by another way than the product: Gamma factors by their quantiles."""
    from scipy.stats import gamma, norm

    scores = np.empty(expected.size)
    scores[0] = random.normal()
    for place in range(1, expected.size):
        news = np.sqrt(1 - unrest.correlation**2) * random.normal()
        scores[place] = unrest.correlation * scores[place - 1] + news
    factors = np.full(expected.size, random.gamma(unrest.day_cv**-2) * unrest.day_cv**2)
    if unrest.interval_cv.any():
        shape = unrest.interval_cv**-2
        factors *= gamma.ppf(norm.cdf(scores), shape) / shape
    counts: Floats = random.poisson(expected * factors).astype(float)
    return counts


def _outlook(expected: Floats, counts: Floats, known: int, unrest: Unrest, draws: int, seed: int) -> Outlook:
    over = (np.arange(expected.size) < known).astype(float)
    seen = Seen(expected, np.where(over == 1, counts, np.nan), over)
    return conditioned(unrest, seen, None, np.random.default_rng(seed).random(needed(seen, draws)), draws)


@pytest.mark.slow
@pytest.mark.parametrize("known", [2, 8])
@pytest.mark.parametrize("name", UNRESTS)
def test_bands_hold_as_many_days_as_they_say(name: str, known: int) -> None:
    """80 and 95 % of simulated days, within three standard errors of so many days."""
    size, unrest = UNRESTS[name]
    expected, random = np.full(20, size), np.random.default_rng(11)
    inside = {80: 0, 95: 0}
    for day in range(DAYS):
        counts = _day(random, expected, unrest)
        factors = _outlook(expected, counts, known, unrest, 1000, day).factors
        rest = random.poisson((expected * factors)[:, known:].sum(axis=1))
        for share in inside:
            low, high = np.quantile(rest, [(100 - share) / 200, (100 + share) / 200])
            inside[share] += low <= counts[known:].sum() <= high
    for share, held in inside.items():
        error = np.sqrt(share * (100 - share) / DAYS)
        assert abs(100 * held / DAYS - share) < 3 * error + 1.0


def test_many_calls_make_it_the_normal_law() -> None:
    """For many calls and small factors it is the conditional normal law, worked out here by its formula."""
    expected, known = np.full(12, 40_000.0), 5
    unrest = Unrest(0.02, np.linspace(0.05, 0.01, 12), 0.8, 0.0)
    counts = expected * np.linspace(1.01, 1.05, 12)
    apart = np.abs(np.subtract.outer(np.arange(12), np.arange(12)))
    own = np.outer(unrest.interval_cv, unrest.interval_cv) * 0.8**apart
    covariance = 0.02**2 + (1 + 0.02**2) * own
    seen = covariance[:known, :known] + np.diag(1 / expected[:known])
    gain = covariance[known:, :known] @ np.linalg.inv(seen)
    mean = expected[known:] * (1 + gain @ (counts / expected - 1)[:known])
    left = covariance[known:, known:] - gain @ covariance[:known, known:]
    deviation = np.sqrt(expected[known:] @ left @ expected[known:])

    factors = _outlook(expected, counts, known, unrest, 8000, 3).factors[:, known:]
    total = (expected[known:] * factors).sum(axis=1)

    assert mean.sum() == pytest.approx(total.mean(), rel=0.003)
    assert deviation == pytest.approx(total.std(), rel=0.05)


def test_days_alone_have_a_closed_form() -> None:
    """A Gamma factor of the day and Poisson counts: the factor given them is Gamma again."""
    expected, unrest = np.full(10, 8.0), _unrest(0.25, 0.0, size=10)
    counts = np.array([11.0, 13, 9, 12] + [np.nan] * 6)
    shape = 1 / 0.25**2

    factors = _outlook(expected, counts, 4, unrest, 8000, 5).factors[:, -1]

    mean = (shape + 45) / (shape + 32)
    assert mean == pytest.approx(factors.mean(), rel=0.01)
    assert np.sqrt(shape + 45) / (shape + 32) == pytest.approx(factors.std(), rel=0.05)


def test_nothing_seen_is_what_was_before() -> None:
    """Without counts the factors have mean 1 and the variation that the scenario says."""
    outlook = _outlook(np.full(6, 50.0), np.full(6, np.nan), 0, _unrest(0.1, 0.2, 0.5, size=6), 8000, 7)

    assert 1.0 == pytest.approx(outlook.factors.mean(), abs=0.01)
    assert np.sqrt(1.01 * 1.04 - 1) == pytest.approx(outlook.factors[:, 3].std(), rel=0.05)


def test_talk_lies_between_what_was_expected_and_what_came() -> None:
    """Two Gaussian-like sources of one precision meet half-way."""
    seen = Seen(np.ones(2), np.full(2, np.nan), np.zeros(2))
    unrest = _unrest(0.0, 0.0, talk=0.05, size=2)
    random = np.random.default_rng(1).random(needed(seen, 4000))

    slow = conditioned(unrest, seen, Handled(1.10, 0.05), random, 4000).talks

    assert 1.05 == pytest.approx(slow.mean(), abs=0.005)
    assert 0.05 / np.sqrt(2) == pytest.approx(slow.std(), rel=0.08)
    assert 1.0 == conditioned(_unrest(0, 0, size=2), seen, None, random, 3).talks.mean()
