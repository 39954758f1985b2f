"""Differences on the same callers: against closed forms, published examples and simulated tallies."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from callcenter.measure.estimates import mean, ratio, ratio_gain
from callcenter.study.differences.contrasts import (
    combined,
    estimate,
    holm,
    p_value,
    sample_of_mean,
    sample_of_ratio,
    sample_of_share,
    times_the_days,
)

DAYS = 12


def tallies(rng: np.random.Generator, days: int = DAYS) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return calls, and those answered in time by two rosters of the same days, which busy days let down."""
    busy = rng.gamma(50, 1 / 50, days)
    calls = rng.poisson(1000 * busy)
    first, second = rng.binomial(calls, np.clip(1.5 - 0.7 * busy, 0, 1)), np.empty(days, int)
    second[:] = np.minimum(calls, first + rng.binomial(calls, 0.02))
    return calls, first, second


def test_a_difference_of_ratios_is_that_of_the_delta_method() -> None:
    """One definition, written twice: `measure.estimates.ratio_gain`."""
    calls, first, second = tallies(np.random.default_rng(1))

    gain = combined((-1, 1), [sample_of_ratio((each, calls)) for each in (first, second)])

    assert pytest.approx(ratio_gain((first, calls), (second, calls))) == estimate(gain)
    for known, sample in (
        (ratio(first, calls), sample_of_ratio((first, calls))),
        (mean(first), sample_of_mean(first)),
    ):
        assert pytest.approx([*map(float, known)]) == [*map(float, estimate(sample))]


def test_p_value_is_that_of_the_paired_t_test() -> None:
    """Means of the same days whose differences lie even about theirs: SciPy's paired test."""
    _, first, _ = tallies(np.random.default_rng(2))
    second = first + np.linspace(-5, 9, DAYS)

    gain = combined((-1, 1), [sample_of_mean(each) for each in (first, second)])

    assert pytest.approx(stats.ttest_rel(second, first).pvalue) == p_value(gain)


@pytest.mark.parametrize("lost", [2, 4, 6, 10])
def test_a_difference_is_shown_where_its_interval_leaves_out_zero(lost: int) -> None:
    """The p-value and the interval decide alike, also where an unseen day has room in it."""
    calls = np.full(DAYS, 1000)
    first = calls - np.where(np.arange(DAYS) < lost, np.arange(DAYS), 0)

    gain = combined((-1, 1), [sample_of_share((each, calls)) for each in (first, calls)])

    _, low, high = estimate(gain)
    assert (not low <= 0 <= high) == (p_value(gain) < 0.05)


def test_intervals_cover_the_truth() -> None:
    """Of 2,000 comparisons of 12 days, 95 % of the intervals hold the true difference (4 standard errors)."""
    rng, covered, saved = np.random.default_rng(10010), 0, []
    calls, first, second = tallies(rng, 2_000_000)
    truth = (second.sum() - first.sum()) / calls.sum()
    for _ in range(2000):
        calls, first, second = tallies(rng)
        samples = [sample_of_ratio((each, calls)) for each in (first, second)]
        _, low, high = estimate(combined((-1, 1), samples))
        covered += bool(low <= truth <= high)
        saved.append(times_the_days(*samples))

    assert pytest.approx(0.95, abs=4 * math.sqrt(0.95 * 0.05 / 2000)) == covered / 2000
    assert all(factor is not None and factor > 1 for factor in saved)


def test_pairing_saves_what_the_correlation_says() -> None:
    """Two samples of variance 1 and correlation 0.9: 2 / (2 - 2 x 0.9) = 10 times the days."""
    rng = np.random.default_rng(3)
    first, second = rng.multivariate_normal([0, 0], [[1, 0.9], [0.9, 1]], 200_000).T

    assert pytest.approx(10, rel=0.02) == times_the_days(sample_of_mean(first), sample_of_mean(second))


def test_without_any_difference() -> None:
    """The same figures: zero, certain, and nothing that pairing could save."""
    calls, first, _ = tallies(np.random.default_rng(4))
    one = sample_of_ratio((first, calls))
    nothing = combined((-1, 1), (one, one))

    assert [0, 0, 0] == [*map(float, estimate(nothing))]
    assert 1 == p_value(nothing)
    assert times_the_days(one, one) is None


def test_one_replication_tells_no_chance() -> None:
    """A difference without interval."""
    gain = combined((-1, 1), [sample_of_mean(np.array([each])) for each in (1.0, 3.0)])
    value, low, high = estimate(gain)

    assert 2 == value
    assert all(math.isnan(figure) for figure in (low, high, p_value(gain)))


@pytest.mark.parametrize(
    ("p", "expected"),
    [
        ([0.01, 0.04, 0.03, 0.005], [0.03, 0.06, 0.06, 0.02]),
        ([0.01, 0.02, 0.03, 0.04, 0.05], [0.05, 0.08, 0.09, 0.09, 0.09]),  # R: p.adjust(p, "holm")
        ([0.6, 0.7], [1.0, 1.0]),
        ([0.03], [0.03]),
        ([0.01, math.nan, 0.02], [0.02, math.nan, 0.02]),
    ],
)
def test_holm(p: list[float], expected: list[float]) -> None:
    """Step-down: the smallest times their number, the next times one less, never falling."""
    assert pytest.approx(expected, nan_ok=True) == holm(p)


def test_holm_keeps_the_familywise_error() -> None:
    """Five true null hypotheses: any is rejected in at most 5 % of the families (4 standard errors)."""
    draws = np.random.default_rng(5).random((4000, 5))

    wrong = np.mean([min(holm(list(p))) < 0.05 for p in draws])

    assert 0.05 + 4 * math.sqrt(0.05 * 0.95 / 4000) > wrong
