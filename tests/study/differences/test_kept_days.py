"""Differences of shares of days: by hand, and whether the intervals hold."""

from __future__ import annotations

from functools import cache
from itertools import product

import numpy as np
import pytest
from scipy.stats import beta, multinomial

from callcenter.study.differences.kept_days import KeptDays, gain_of_days


def days(*holds: float) -> KeptDays:
    """Return replications of one day each."""
    return KeptDays(np.array(holds, float)[:, None])


def test_a_share_of_days_by_hand() -> None:
    """Of ten days three are gained and one is lost: 2 in 10 more, by the squares of the exact sides."""
    before, after = days(*[0] * 3, 1, *[0] * 3, *[1] * 3), days(*[1] * 3, 0, *[0] * 3, *[1] * 3)
    (value, low, high), p = gain_of_days(before, after)
    least, most = (beta.ppf(0.025, 3, 8), beta.ppf(0.975, 4, 7))
    fewest, many = (beta.ppf(0.025, 1, 10), beta.ppf(0.975, 2, 9))
    together = np.sqrt(0.3 * 0.1 / (0.7 * 0.9))

    def joined(one: float, other: float) -> float:
        return float(np.sqrt(one**2 + other**2 + 2 * together * one * other))

    assert pytest.approx(0.2) == value
    assert pytest.approx(0.2 - joined(0.3 - least, many - 0.1)) == low
    assert pytest.approx(0.2 + joined(most - 0.3, 0.1 - fewest)) == high
    assert p > 0.05


def test_no_day_changed_is_not_no_difference() -> None:
    """The interval is that of nothing seen in twenty days, on either side; the p-value is 1."""
    same = days(*[1] * 15, *[0] * 5)
    (value, low, high), p = gain_of_days(same, same)
    assert [0.0, 1.0] == [float(value), p]
    assert pytest.approx([-(1 - 0.025 ** (1 / 20)), 1 - 0.025 ** (1 / 20)]) == [low, high]


def test_exchanged_sides_and_days_without_anything_to_keep() -> None:
    """The difference changes its sign and nothing else; a day of nothing counts on neither side."""
    one, other = days(0, 0, 0, 1, 1, np.nan, 1, 0), days(1, 1, 0, 1, 1, np.nan, 0, 1)
    (value, low, high), p = gain_of_days(one, other)
    (back, lowest, highest), q = gain_of_days(other, one)
    assert pytest.approx([-value, -high, -low, p]) == [back, lowest, highest, q]
    assert pytest.approx(2 / 7) == value


def test_one_replication_has_no_interval() -> None:
    """Nor a p-value."""
    (value, low, high), p = gain_of_days(days(0), days(1))
    assert 1.0 == value
    assert all(np.isnan(end) for end in (low, high, p))


@cache
def ends(number: int, gained: int, lost: int) -> tuple[float, float, float]:
    """Return the interval and the p-value of so many days gained and lost."""
    rest = number - gained - lost
    before = days(*[0] * gained, *[1] * lost, *[1] * rest)
    (_value, low, high), p = gain_of_days(before, days(*[1] * gained, *[0] * lost, *[1] * rest))
    return float(low), float(high), p


@pytest.mark.slow
@pytest.mark.parametrize("number", [10, 20, 30])
@pytest.mark.parametrize(
    ("gained", "lost"),
    [
        (0.02, 0.02),
        (0.1, 0.1),
        (0.2, 0.2),
        (0.05, 0.0),
        (0.3, 0.0),
        (0.9, 0.0),
        (0.1, 0.05),
        (0.03, 0.01),
        (0.6, 0.3),
    ],
)
def test_the_interval_covers(number: int, gained: float, lost: float) -> None:
    """In at least 93% of all samples, weighted by how likely each is: no simulation, all of them."""
    chances = multinomial(number, [gained, lost, 1 - gained - lost])
    true, covered = gained - lost, 0.0
    for more, less in product(range(number + 1), repeat=2):
        if more + less <= number:
            likely = float(chances.pmf([more, less, number - more - less]))
            if likely > 1e-7:
                low, high, p = ends(number, more, less)
                covered += likely * (low - 1e-12 <= true <= high + 1e-12)
                assert (p < 0.05) == (low > 0 or high < 0)
    assert covered >= 0.93
