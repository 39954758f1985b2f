"""Percentiles over replications."""

from __future__ import annotations

import numpy as np
import pytest

from callcenter.arrays import Floats
from callcenter.measure.estimates import mean
from callcenter.measure.percentiles import point_estimates


def each(observed: Floats) -> list[tuple[float, float, float]]:
    """Return value, low and high of each point."""
    return list(zip(*(part.tolist() for part in point_estimates(observed)), strict=True))


def test_a_percentile_is_a_mean_over_replications() -> None:
    """Where nobody has a percentile of 0, it is the mean with its interval; nan is no observation."""
    observed = np.array([[2.0, 9.0], [4.0, 8.0], [6.0, 13.0], [np.nan, np.nan]])

    estimates = each(observed)

    for estimate, point in zip(estimates, observed.T, strict=True):
        assert pytest.approx(tuple(map(float, mean(point)))) == estimate


def test_a_percentile_of_no_wait_may_be_one_on_another_day() -> None:
    """0 on all of ten days, the next up to 30 s: 0 to 30.8 % of 30 s; on half of them: half as much more."""
    following = np.linspace(3.0, 30.0, 10)
    never, half = np.zeros(10), np.where(np.arange(10) % 2 == 0, 0.0, 2.0)

    first, _ = each(np.stack([never, following], axis=1))
    second, _ = each(np.stack([half, following], axis=1))

    weight = 1 - 0.025**0.1
    assert pytest.approx((0.0, 0.0, weight * 30.0)) == first
    assert pytest.approx(float(mean(half).high) + 0.5 * weight * 28.0) == second[2]


def test_nobody_waited_and_nobody_called() -> None:
    """Where nobody waited there is nothing to go by; where nobody called there is no percentile."""
    waits, nothing = each(np.zeros((5, 3))), each(np.full((5, 3), np.nan))

    assert [(0.0, 0.0, 0.0)] * 3 == waits
    assert np.isnan(nothing).all()
