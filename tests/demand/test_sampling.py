"""Draws have the stated mean, spread and bounds.  Tolerance: 5 standard errors of 200,000 draws."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from callcenter.arrays import Floats
from callcenter.clock import TICKS_PER_SECOND
from callcenter.demand.sampling import sample
from callcenter.scenario import load

DRAWS = 200_000

FAMILIES: list[tuple[Any, float, float]] = [
    # what is written, mean, coefficient of variation
    ({"exponential": "2 min"}, 120, 1),
    ({"lognormal": {"mean": "4 min", "cv": 1.1}}, 240, 1.1),
    ({"gamma": {"mean": "4 min", "cv": 0.8}}, 240, 0.8),
    ({"erlang": {"mean": "4 min", "k": 3}}, 240, 1 / math.sqrt(3)),
    (
        {"weibull": {"mean": "2 min", "shape": 0.7}},
        120,
        math.sqrt(math.gamma(1 + 2 / 0.7) / math.gamma(1 + 1 / 0.7) ** 2 - 1),
    ),
    ({"uniform": {"low": "10 s", "high": "40 s"}}, 25, 30 / math.sqrt(12) / 25),
    ({"triangular": {"low": "10 s", "mode": "20 s", "high": "60 s"}}, 30, math.sqrt(350 / 3) / 30),
    ({"hyperexponential": {"mean": "3 min", "cv": 1.8}}, 180, 1.8),
    ({"empirical": ["12 s", "30 s", "48 s"]}, 30, math.sqrt(216) / 30),
    (
        {"mixture": [{"share": "10%", "of": "0 s"}, {"share": "90%", "of": {"exponential": "1000 s"}}]},
        900,
        math.sqrt(0.9 * 2e6 - 900**2) / 900,
    ),
]


def draws(written: Any, intervals: int = 1) -> Floats:
    """Sample a talk time as a user writes it."""
    scenario = load(
        {
            "name": "draws",
            "day": {"open": "00:00", "close": "02:00", "interval": "1 h"},
            "demand": {"calls": 0},
            "tiers": {"all": {"priority": 0, "talk": written}},
            "pools": {"desk": {"serves": ["all"], "agents": 1}},
        }
    )
    return sample(scenario.tiers["all"].talk, np.random.default_rng(7), np.arange(DRAWS) % intervals)


@pytest.mark.parametrize(("written", "mean", "cv"), FAMILIES, ids=[next(iter(f[0])) for f in FAMILIES])
def test_mean_and_spread(written: Any, mean: float, cv: float) -> None:
    """Sample mean and mean square are within five of their own standard errors."""
    drawn = draws(written)
    squares = drawn**2

    assert abs(drawn.mean() - mean) < 5 * cv * mean / math.sqrt(DRAWS)
    assert abs(squares.mean() - mean**2 * (1 + cv**2)) < 5 * squares.std() / math.sqrt(DRAWS)


@pytest.mark.parametrize(
    "written", [family[0] for family in FAMILIES], ids=[next(iter(f[0])) for f in FAMILIES]
)
def test_whole_ticks(written: Any) -> None:
    """R1: every draw is a multiple of 2**-20 s and none is negative."""
    drawn = draws(written)

    assert (drawn * TICKS_PER_SECOND == np.rint(drawn * TICKS_PER_SECOND)).all()
    assert (drawn >= 0).all()


def test_constant() -> None:
    """A bare duration is a constant."""
    assert [30.0] == np.unique(draws("30 s")).tolist()


def test_clipping_comes_after_the_interval_factor() -> None:
    """R2b: constant 60 s, factors 1 and 3, at most 100 s."""
    drawn = draws({"mixture": [{"share": 1.0, "of": "60 s"}], "per_interval": [1, 3], "at_most": "100 s"}, 2)

    assert [60.0, 100.0] == drawn[:2].tolist()


def test_at_least() -> None:
    """Clipping puts mass on the bound: P(X < 30) = 1 - exp(-1/4) for a mean of 120."""
    drawn = draws({"exponential": "2 min", "at_least": "30 s"})
    share = (drawn == 30).mean()
    expected = 1 - math.exp(-30 / 120)

    assert 30 == drawn.min()
    assert abs(share - expected) < 5 * math.sqrt(expected * (1 - expected) / DRAWS)


def test_a_bounded_part_of_a_mixture() -> None:
    """Bounds inside a mixture hold for their part only."""
    drawn = draws(
        {
            "mixture": [
                {"share": "50%", "of": {"exponential": "60 s", "at_most": "10 s"}},
                {"share": "50%", "of": "90 s"},
            ]
        }
    )

    assert 90 == drawn.max()
    assert not ((drawn > 10) & (drawn < 90)).any()
