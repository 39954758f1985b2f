"""Estimates over replications and their intervals."""

from __future__ import annotations

import math

import numpy as np
import pytest

from callcenter.measure.estimates import (
    Estimate,
    mean,
    plain,
    ratio,
    ratio_gain,
    verdict,
)
from callcenter.measure.intervals import t_quantile


def paired(seed: int, shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Return (within, offered) of days with a busyness of 10 %, where busy days are answered worse."""
    rng = np.random.default_rng(seed)
    factor = rng.gamma(100.0, 0.01, shape)
    offered = rng.poisson(1000 * factor)
    return rng.binomial(offered, np.clip(0.85 - 0.6 * (factor - 1), 0, 1)), offered


def test_a_ratio_is_of_sums_with_the_delta_methods_interval() -> None:
    """By hand: 8/10 and 18/20 give 26/30; residuals -2/3 and 2/3, so the standard error is (2/3) / 15."""
    estimate = ratio(np.array([8, 18]), np.array([10, 20]))

    half = 12.7062 * (2 / 3) / 15
    assert pytest.approx((26 / 30, 26 / 30 - half, 26 / 30 + half), rel=1e-5) == tuple(map(float, estimate))


def test_what_may_be_below_zero_is_not_cut_there() -> None:
    """-1 and 1 have the standard error 1: a loss is as likely as a gain."""
    changes = np.array([-1.0, 1.0])

    assert (0.0, 12.7062) == pytest.approx(mean(changes)[1:], rel=1e-5)
    assert (-12.7062, 12.7062) == pytest.approx(mean(changes, least=-np.inf)[1:], rel=1e-5)


def test_the_gain_of_a_ratio_pairs_replications() -> None:
    """By hand: from 8/10 and 18/20 to 9/10 and 18/20 is a gain of 1/30; its residuals are those of both."""
    offered = np.array([10, 20])
    gain = ratio_gain((np.array([8, 18]), offered), (np.array([9, 18]), offered))

    residuals = np.array([9 - 9, 18 - 18]) / 15 - np.array([8 - 26 / 3, 18 - 52 / 3]) / 15
    half = 12.7062 * math.sqrt((residuals**2).sum() / 2)
    assert pytest.approx((1 / 30, 1 / 30 - half, 1 / 30 + half), rel=1e-5) == tuple(map(float, gain))


def test_the_same_gain_every_time_is_certain() -> None:
    """What both have in common by chance cancels out; nothing offered has no gain."""
    within, offered = np.array([50, 80]), np.array([100, 160])
    certain = ratio_gain((within, offered), (within + offered // 10, offered))
    nothing = ratio_gain((within * 0, offered * 0), (within * 0, offered * 0))

    assert pytest.approx((0.1, 0.1, 0.1)) == tuple(map(float, certain))
    assert np.isnan(nothing).all()


def test_a_mean_has_students_interval() -> None:
    """By hand: 11, 12, 13 have the standard error 1 / sqrt 3; t with 2 degrees of freedom is 4.303."""
    estimate = mean(np.array([11.0, 12.0, 13.0]))

    half = 4.30265 / math.sqrt(3)
    assert pytest.approx((12.0, 12.0 - half, 12.0 + half), rel=1e-5) == tuple(map(float, estimate))


def test_a_mean_leaves_out_what_was_not_observed() -> None:
    """A replication in which nothing was offered has no percentile."""
    estimate = mean(np.array([[1.0, np.nan], [np.nan, np.nan], [3.0, np.nan]]))

    assert 2.0 == estimate.value[0]
    assert np.isnan(estimate.value[1])
    np.testing.assert_allclose(mean(np.array([1.0, 3.0])).high, estimate.high[0])


def test_one_replication_has_no_interval() -> None:
    """A value, and neither low nor high."""
    assert {"value": 0.5, "low": None, "high": None} == ratio(np.array([1]), np.array([2])).as_dict()
    assert {"value": 7.0, "low": None, "high": None} == mean(np.array([7.0])).as_dict()


def test_nothing_to_divide_by_is_undefined() -> None:
    """Neither 0 nor 1, and no interval."""
    estimate = ratio(np.zeros(5), np.zeros(5), most=1.0)

    assert {"value": None, "low": None, "high": None} == estimate.as_dict()


def test_intervals_stay_within_what_is_possible() -> None:
    """A share is not above 1, and nothing measured is negative."""
    share = ratio(np.array([1, 10, 0]), np.array([1, 10, 9]), most=1.0)
    rare = mean(np.array([0.0, 0.0, 1.0]))

    assert 1.0 == share.high
    assert 0.0 == rare.low


def test_the_delta_method_agrees_with_the_jackknife() -> None:
    """With 400 replications both standard errors agree within 1 %."""
    within, offered = paired(1, (400,))
    left_out = (within.sum() - within) / (offered.sum() - offered)
    jackknife = math.sqrt(399 * left_out.var())

    estimate = ratio(within, offered)

    half = float(estimate.high - estimate.low) / 2
    assert half / t_quantile(np.array(399)) == pytest.approx(jackknife, rel=0.01)


def test_the_delta_method_agrees_with_the_bootstrap() -> None:
    """The standard deviation over 2,000 resamples has an error of 1.6 %; three of them are allowed."""
    within, offered = paired(2, (200,))
    rows = np.random.default_rng(3).integers(0, 200, (2000, 200))
    resampled = within[rows].sum(axis=1) / offered[rows].sum(axis=1)

    estimate = ratio(within, offered)

    half = float(estimate.high - estimate.low) / 2
    assert half / t_quantile(np.array(199)) == pytest.approx(resampled.std(), rel=0.048)


@pytest.mark.parametrize("replications", [10, 30])
def test_intervals_cover_the_truth_in_95_of_100_studies(replications: int) -> None:
    """Of 4,000 studies 95 % hold the true ratio, within 3 standard errors (1.03 points).

    Half a point more is allowed for the delta method's bias in small samples. The truth is E[within] /
    E[offered] = 0.85 - 0.6 E[f (f - 1)] / E[f] = 0.85 - 0.6 * 0.01 for a factor f of mean 1 and CV 10 %.
    """
    within, offered = paired(4, (replications, 4000))
    truth = 0.85 - 0.6 * 0.01

    estimate = ratio(within, offered, most=1.0)

    covered = ((estimate.low <= truth) & (truth <= estimate.high)).mean()
    error = math.sqrt(0.95 * 0.05 / 4000)
    assert abs(covered - 0.95) < 3 * error + 0.005


def test_the_mean_of_daily_ratios_would_be_another_figure() -> None:
    """Busy days weigh more: here the ratio of sums lies 0.6 points below the mean of ratios."""
    within, offered = paired(5, (40_000,))

    estimate = ratio(within, offered)

    half = float(estimate.high - estimate.value)
    assert (within / offered).mean() - float(estimate.value) > 3 * half


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0.90, 0.95, "met"), (0.85, 0.8999, "missed"), (0.85, 0.90, "unclear"), (np.nan, np.nan, "unclear")],
)
def test_verdicts(low: float, high: float, expected: str) -> None:
    """Met at or above the target with the whole interval, missed below it, else unclear."""
    estimate = Estimate(*map(np.array, ((low + high) / 2, low, high)))

    assert expected == verdict(estimate, 0.90)


def test_plain_numbers() -> None:
    """Floats of Python, None for nan."""
    assert (0.25, None) == (plain(np.float64(0.25)), plain(float("nan")))
