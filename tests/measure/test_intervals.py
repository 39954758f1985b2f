"""Intervals without skewness: Student's t, Hall's cubic, and the chance that goes with them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from callcenter.arrays import Floats
from callcenter.measure.intervals import Scatter, chance, reach, scatter_of, t_quantile

SAMPLES = arrays(np.float64, st.integers(2, 40), elements=st.floats(-100, 100, width=32))


def scatter_about_mean(observations: Floats) -> Scatter:
    """Return the scatter of the mean of observations."""
    return scatter_of(observations - observations.mean(), np.asarray(observations.size))


def test_the_quantile_of_students_t() -> None:
    """Table values: 12.706, 2.262 and 2.045 with 1, 9 and 29 degrees of freedom; none without any."""
    assert [12.706, 2.262, 2.045] == t_quantile(np.array([1, 9, 29])).round(3).tolist()
    assert np.isnan(t_quantile(np.array(0)))


def test_without_skewness_it_is_students_interval() -> None:
    """1 to 9 lie even about 5: the half-width is t(8) times the standard error, on both sides."""
    observations = np.arange(1.0, 10.0)

    below, above = reach(scatter_about_mean(observations))

    half = 2.306004 * observations.std(ddof=1) / 3
    assert pytest.approx((half, half), rel=1e-6) == (float(below), float(above))


def test_the_skewness_by_hand() -> None:
    """Nine 0 and a 10: mean 1, cubes 9 x -1 + 729 = 720, squares 90, skewness 72 / 27; x 90 / 64 for ten."""
    scatter = scatter_about_mean(np.array([0.0] * 9 + [10.0]))

    assert pytest.approx((1.0, 72 / 27 * 90 / 64)) == (float(scatter.error), float(scatter.skewness))


def test_the_ends_solve_halls_cubic() -> None:
    """At both ends t = x + a x^2 + a^2 x^3 / 3 + b; a = skewness / (3 root n), b = a / 2."""
    scatter = scatter_about_mean(np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 13]))
    below, above = (float(side / scatter.error) for side in reach(scatter))
    slope = float(scatter.skewness) / (3 * math.sqrt(10))

    for statistic, limit in ((below, 2.262157), (-above, -2.262157)):
        cubic = statistic + slope * statistic**2 + slope**2 * statistic**3 / 3 + slope / 2
        assert pytest.approx(limit, rel=1e-6) == cubic


def test_one_bad_day_is_one_event() -> None:
    """Upwards 4.572 standard errors, 1 here, times the square of t / 1.96; downwards far less."""
    fifty, many = (np.zeros(number) for number in (50, 100_000))
    fifty[0], many[0] = 50, 100_000
    below, above = reach(scatter_about_mean(fifty))

    assert pytest.approx(4.5716 * (2.009575 / 1.96) ** 2, rel=1e-4) == float(above)
    assert 3 * below < above
    exact = stats.chi2.ppf(0.975, 4) / 2
    assert pytest.approx(exact, rel=1e-3) == 1 + float(reach(scatter_about_mean(many))[1])


def test_the_chance_is_that_of_the_t_test_without_skewness() -> None:
    """SciPy's test of one sample that lies even about its mean."""
    observations = np.arange(1.0, 10.0)

    found = chance(scatter_about_mean(observations), np.asarray(observations.mean() - 3))

    assert pytest.approx(stats.ttest_1samp(observations, 3).pvalue) == float(found)


def test_what_never_varies_is_certain() -> None:
    """A difference that every replication shows is no chance, and none is all chance; one tells nothing."""
    same, alone = scatter_about_mean(np.array([2.0, 2.0, 2.0])), scatter_about_mean(np.array([2.0]))

    shown, none = (float(chance(same, np.asarray(distance))) for distance in (2.0, 0.0))
    assert shown < 1e-100
    assert 1.0 == none
    assert np.isnan(chance(alone, np.asarray(2.0)))


@given(SAMPLES, st.floats(-200, 200, width=32))
def test_the_chance_says_what_the_interval_says(observations: Floats, truth: float) -> None:
    """Below 5 % where the interval leaves out the truth, else above."""
    scatter, value = scatter_about_mean(observations), observations.mean()
    below, above = reach(scatter)
    if scatter.error < 1e-9 or min(abs(value - below - truth), abs(value + above - truth)) < 1e-6:
        return

    is_out = truth < value - below or truth > value + above

    assert is_out == (chance(scatter, np.asarray(value - truth)) < 0.05)


@given(SAMPLES)
def test_the_estimate_lies_inside(observations: Floats) -> None:
    """Both sides reach somewhere, and the mirrored sample has the mirrored interval."""
    below, above = reach(scatter_about_mean(observations))

    assert below >= 0
    assert above >= 0
    np.testing.assert_allclose((above, below), reach(scatter_about_mean(-observations)), rtol=1e-6, atol=1e-9)
