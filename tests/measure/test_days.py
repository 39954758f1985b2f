"""The share of days that met a target."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from callcenter.measure.days import days_met, days_met_estimate


def of_days(met: int, days: int) -> tuple[float, float, float]:
    """Return the estimate where so many of so many replications of one day met their target."""
    answered = np.where(np.arange(days) < met, 10, 8)[:, None]
    return tuple(map(float, days_met_estimate(answered, np.full((days, 1), 10), 0.9)))  # type: ignore[return-value]


def test_days_that_reach_the_target_exactly_meet_it() -> None:
    """11 of 20 is 55 %, though 0.55 * 20 is a little more than 11 for a computer; an empty day is no day."""
    assert 0.5 == days_met(np.array([11, 10, 0]), np.array([20, 20, 0]), 0.55)
    assert days_met(np.zeros(3), np.zeros(3), 0.55) is None


def test_all_of_ten_days() -> None:
    """Clopper and Pearson by hand: 0.025^(1/10) = 69.2 % to 100 %, and the mirror image for none."""
    assert pytest.approx((1.0, 0.025**0.1, 1.0)) == of_days(10, 10)
    assert pytest.approx((0.0, 0.0, 1 - 0.025**0.1)) == of_days(0, 10)


@pytest.mark.parametrize(("met", "days"), [(1, 2), (7, 10), (28, 30), (45, 50)])
def test_some_of_the_days(met: int, days: int) -> None:
    """SciPy's exact interval of a binomial share."""
    exact = stats.binomtest(met, days).proportion_ci(method="exact")

    assert pytest.approx((met / days, exact.low, exact.high)) == of_days(met, days)


@pytest.mark.parametrize("days", [10, 20, 50])
@pytest.mark.parametrize("share", [0.8, 0.95, 0.999])
def test_the_interval_covers_the_truth(days: int, share: float) -> None:
    """Summed over all outcomes, without chance: at least 95 %."""
    low, high = np.array([of_days(met, days)[1:] for met in range(days + 1)]).T
    chances = stats.binom.pmf(np.arange(days + 1), days, share)

    assert chances[(low <= share) & (share <= high)].sum() >= 0.95


def test_one_replication_has_no_interval() -> None:
    """Seven days of one replication are one observation; no day at all has no share."""
    week = days_met_estimate(np.full((1, 7), 9), np.full((1, 7), 10), 0.9)
    empty = days_met_estimate(np.zeros((5, 1)), np.zeros((5, 1)), 0.9)

    assert 1.0 == week.value
    assert np.isnan(week[1:]).all()
    assert np.isnan(empty).all()


def test_days_of_a_replication_that_go_together_tell_less() -> None:
    """30 weeks, all good or all bad, tell about as much as 30 days; mixed weeks almost as much as 210."""
    rng = np.random.default_rng(1)
    together = np.repeat(rng.random((30, 1)) < 0.8, 7, axis=1)
    mixed = rng.permuted(together.ravel()).reshape(30, 7)

    alike, apart = (days_met_estimate(10 * kept, np.full((30, 7), 10), 1.0) for kept in (together, mixed))

    assert alike.value == apart.value
    exact = stats.binomtest(int(together[:, 0].sum()), 30).proportion_ci(method="exact")
    assert pytest.approx((exact.low, exact.high), abs=0.01) == tuple(map(float, alike[1:]))
    assert apart.high - apart.low < 0.45 * (alike.high - alike.low)


def test_days_without_calls_do_not_count() -> None:
    """Half of the days are closed: the interval is that of the other half."""
    answered = np.tile([[9.0], [0.0]], (10, 1))

    with_closed = days_met_estimate(answered, np.where(answered > 0, 10, 0), 0.9)

    assert pytest.approx(of_days(10, 10)) == tuple(map(float, with_closed))
