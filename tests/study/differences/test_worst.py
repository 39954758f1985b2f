"""Differences of worst intervals: by hand, and whether the ends hold."""

from __future__ import annotations

import numpy as np
import pytest

from callcenter.arrays import Floats
from callcenter.study.differences.contrasts import combined, estimate, p_value, sample_of_mean
from callcenter.study.differences.worst import Worst, gain_of_worst


def worst(observations: Floats, *, at_least: bool = True) -> Worst:
    """Return a figure of several intervals, from its observations (replications, intervals)."""
    return Worst(tuple(map(sample_of_mean, observations.T)), at_least, np.inf)


def test_the_worst_of_each_side() -> None:
    """The second and the first interval: 4 and 6, so it rose by 2; of upper limits 9 and 8."""
    before, after = np.array([[9.0, 4.0], [9.0, 4.0]]), np.array([[6.0, 8.0], [6.0, 8.0]])
    (rise, *_ends), _p = gain_of_worst(worst(before), worst(after))
    (fall, *_ends), _p = gain_of_worst(worst(before, at_least=False), worst(after, at_least=False))
    assert [2.0, -1.0] == [float(rise), float(fall)]


def test_one_interval_is_an_ordinary_difference() -> None:
    """Where there is no choice, interval and p-value are those of any paired difference."""
    random = np.random.default_rng(1)
    before, after = random.normal(size=(20, 1)), random.normal(0.5, size=(20, 1))
    rise = combined((-1, 1), (sample_of_mean(before[:, 0]), sample_of_mean(after[:, 0])))
    ends, p = gain_of_worst(worst(before), worst(after))
    assert pytest.approx(list(map(float, estimate(rise)))) == list(map(float, ends))
    assert (p < 0.05) == (p_value(rise) < 0.05)


@pytest.mark.slow
@pytest.mark.parametrize("at_least", [True, False])
@pytest.mark.parametrize("levels", [(0.0, 0.0, 0.0, 0.0), (0.0, 0.3, 0.6, 3.0), (0.0, 5.0, 5.0, 5.0)])
@pytest.mark.parametrize("rise", [0.0, 0.4])
def test_the_ends_cover(levels: tuple[float, ...], rise: float, *, at_least: bool) -> None:
    """In at least 93% of the samples, be the worst interval clear or all alike; the p-value says the same."""
    random, sign = np.random.default_rng(7), 1 if at_least else -1
    covered, samples = 0, 400
    for _sample in range(samples):
        shared = random.normal(size=(20, 1))
        before = sign * np.array(levels) + shared + random.normal(0, 0.5, (20, 4))
        after = sign * np.array(levels) + rise + shared + random.normal(0, 0.5, (20, 4))
        (_value, low, high), p = gain_of_worst(
            worst(before, at_least=at_least), worst(after, at_least=at_least)
        )
        covered += bool(low <= rise <= high)
        assert (p < 0.05) == (low > 0 or high < 0)
    assert covered >= 0.93 * samples
