"""Shares at the edge: an interval is never without width, and keeps its promise."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.arrays import Ints
from callcenter.measure.estimates import ratio, ratio_gain

DAY = st.tuples(st.integers(0, 200), st.integers(0, 200))
"""Calls counted and missed in a day."""


def test_every_call_answered_in_ten_equal_days() -> None:
    """10 x 100 of 100: 1 - (1 - 0.025^(1/10)) x 5 % = 98.46 %; a bad day misses 5 % at least."""
    share = ratio(np.full(10, 100), np.full(10, 100), most=1.0)

    expected = (1.0, 1 - (1 - 0.025**0.1) * 0.05, 1.0)
    assert pytest.approx(expected) == tuple(map(float, share))
    assert pytest.approx(0.98458, abs=1e-5) == float(share.low)


def test_no_call_lost_is_the_mirror_image() -> None:
    """Abandonment of 0 in the same days: 0 to 1.54 %."""
    share = ratio(np.zeros(10), np.full(10, 100), most=1.0)

    assert pytest.approx((0.0, 0.0, (1 - 0.025**0.1) * 0.05)) == tuple(map(float, share))


def test_few_calls_leave_more_room() -> None:
    """One call a day: a bad day misses it.  10 of 10 is then Clopper and Pearson's 69.2 %."""
    assert pytest.approx(0.025**0.1) == float(ratio(np.ones(10), np.ones(10), most=1.0).low)


def test_days_that_differ_in_calls_leave_more_room() -> None:
    """80 and 120 calls have a variance of 4000/9, 100 of it Poisson's: 1.75 times the root of the rest."""
    calls = np.tile([80, 120], 5)

    share = ratio(calls, calls, most=1.0)

    bad_day = 1.75 * math.sqrt((4000 / 9) / 100**2 - 1 / 100)
    assert bad_day > 0.05
    assert pytest.approx(1 - (1 - 0.025**0.1) * bad_day) == float(share.low)


def test_days_that_agree_have_the_error_of_independent_calls() -> None:
    """9 of 10 on each of 4 days: root(0.9 x 0.1 / 40) times t(3), and no room (a day missed 10 %)."""
    share = ratio(np.full(4, 9), np.full(4, 10), most=1.0)

    half = 3.182446 * math.sqrt(0.09 / 40)
    assert pytest.approx((0.9, 0.9 - half, 1.0), rel=1e-6) == tuple(map(float, share))


def test_a_day_as_bad_as_can_be_leaves_no_more_room() -> None:
    """Once a day has missed more than a bad day does, only the scatter counts."""
    counted, calls = np.array([100] * 9 + [80]), np.full(10, 100)

    assert pytest.approx(ratio(counted, calls).low) == ratio(counted, calls, most=1.0).low


def test_a_difference_that_no_day_shows() -> None:
    """0 on 10 days: a quarter of a point for either side, times what an unseen day may weigh."""
    calls = np.full(10, 1000)

    gain = ratio_gain((calls, calls), (calls, calls), most=1.0)

    room = (1 - 0.025**0.1) * 0.005
    assert pytest.approx((0.0, -room, room)) == tuple(map(float, gain))


@given(st.lists(DAY, min_size=2, max_size=30))
def test_an_interval_has_a_width(days: list[tuple[int, int]]) -> None:
    """It holds the share, within 0 and 1; misses are its mirror image; without calls there is none."""
    counted, missed = np.array(days).T
    calls = counted + missed
    share, rest = ratio(counted, calls, most=1.0), ratio(missed, calls, most=1.0)

    if not calls.any():
        assert np.isnan(share).all()
        return
    assert 0 <= share.low <= share.value <= share.high <= 1
    assert share.low < share.high
    np.testing.assert_allclose((1 - rest.high, 1 - rest.low), share[1:], atol=1e-9)


@given(st.integers(2, 100), st.integers(1, 10_000))
def test_more_perfect_days_and_more_calls_say_more(days: int, calls: int) -> None:
    """The low end rises with every day that is added, and does not fall with more calls a day."""

    def low(days: int, calls: int) -> float:
        return float(ratio(np.full(days, calls), np.full(days, calls), most=1.0).low)

    assert low(days + 1, calls) > low(days, calls)
    assert low(days, 2 * calls) >= low(days, calls)


def days_of(truth: float, alike: float, size: tuple[int, ...]) -> tuple[Ints, Ints]:
    """Return calls answered in time and offered, on days whose rates scatter about the truth.

    Beta-binomial: the variance of a day's rate is truth (1 - truth) / (alike + 1).
    """
    rng = np.random.default_rng(10010)
    offered = rng.poisson(1000, size)
    rates = rng.beta(truth * alike, (1 - truth) * alike, size)
    return rng.binomial(offered, rates), offered


@pytest.mark.parametrize("days", [10, 20, 50])
@pytest.mark.parametrize(("truth", "alike"), [(0.8, 30), (0.95, 100), (0.999, 1000), (0.999, 100)])
def test_intervals_cover_the_truth(truth: float, alike: float, days: int) -> None:
    """Of 4,000 studies 93 % or more hold the truth, 4 % or fewer call it met (3 standard errors)."""
    counted, offered = days_of(truth, alike, (days, 4000))

    share = ratio(counted, offered, most=1.0)

    covered = ((share.low <= truth) & (truth <= share.high)).mean()
    assert covered > 0.93 - 3 * math.sqrt(0.93 * 0.07 / 4000)
    assert (share.low >= truth).mean() < 0.04 + 3 * math.sqrt(0.04 * 0.96 / 4000)
    assert (share.high > share.low).all()
    if truth <= 0.95:
        assert covered < 0.98 + 3 * math.sqrt(0.98 * 0.02 / 4000)


@pytest.mark.parametrize("days", [10, 50])
def test_differences_cover_the_truth(days: int) -> None:
    """Another roster turns 4 in 10 misses into answers in time, from 99.9 %: 0.04 points, mostly unseen."""
    rng = np.random.default_rng(10010)
    counted, offered = days_of(0.999, 100, (days, 4000))
    better = counted + rng.binomial(offered - counted, 0.4)

    gain = ratio_gain((counted, offered), (better, offered), most=1.0)

    covered = ((gain.low <= 0.0004) & (gain.high >= 0.0004)).mean()
    assert covered > 0.93 - 3 * math.sqrt(0.93 * 0.07 / 4000)
    assert (gain.high > gain.low).all()


@pytest.mark.parametrize("together", [0.0, 0.05])
@pytest.mark.parametrize("days", [10, 20, 50])
@pytest.mark.parametrize("truth", [0.8, 0.95, 0.999])
def test_few_callbacks_a_day_keep_the_promise(truth: float, days: int, together: float) -> None:
    """Contract 4.3a for 4 callbacks a day, of which late ones come together on some days or do not.

    2,000 studies each; the bounds have two standard errors of room.
    """
    chance = np.random.default_rng(7)
    owed = chance.poisson(4.0, (days, 2000))
    spread = 1 / together - 1 if together else 0.0
    rates = chance.beta(truth * spread, (1 - truth) * spread, owed.shape) if together else truth
    share = ratio(chance.binomial(owed, rates), owed, most=1.0)

    assert ((share.low <= truth) & (truth <= share.high)).mean() >= 0.93 - 0.011
    assert (share.low >= truth).mean() <= 0.04 + 0.009
    assert (share.high > share.low).all()
