"""Draws have the stated law and bounds.  Tolerance: 5 standard errors of 200,000 draws, or p = 1e-4."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import stats

from callcenter.arrays import Floats
from callcenter.clock import TICKS_PER_SECOND
from callcenter.demand.sampling import sample
from callcenter.demand.streams import stream
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
    return sample(scenario.tiers["all"].talk, stream(7, 0, "", ""), np.arange(DRAWS) % intervals)


@pytest.mark.parametrize(("written", "mean", "cv"), FAMILIES, ids=[next(iter(f[0])) for f in FAMILIES])
def test_mean_and_spread(written: Any, mean: float, cv: float) -> None:
    """Sample mean and mean square are within five of their own standard errors."""
    drawn = draws(written)
    squares = drawn**2

    assert abs(drawn.mean() - mean) < 5 * cv * mean / math.sqrt(DRAWS)
    assert abs(squares.mean() - mean**2 * (1 + cv**2)) < 5 * squares.std() / math.sqrt(DRAWS)


EXACT: dict[str, tuple[Any, Any]] = {
    "exponential": ({"exponential": "120 s"}, stats.expon(scale=120)),
    "lognormal": (
        {"lognormal": {"mean": "240 s", "cv": 1.1}},
        stats.lognorm(math.sqrt(math.log(2.21)), scale=240 / math.sqrt(2.21)),
    ),
    "gamma": ({"gamma": {"mean": "240 s", "cv": 1.6}}, stats.gamma(1.6**-2, scale=240 * 1.6**2)),
    "erlang": ({"erlang": {"mean": "240 s", "k": 3}}, stats.gamma(3, scale=80)),
    "weibull": (
        {"weibull": {"mean": "120 s", "shape": 0.7}},
        stats.weibull_min(0.7, scale=120 / math.gamma(1 + 1 / 0.7)),
    ),
    "uniform": ({"uniform": {"low": "10 s", "high": "40 s"}}, stats.uniform(10, 30)),
    "triangular": (
        {"triangular": {"low": "10 s", "mode": "20 s", "high": "60 s"}},
        stats.triang(0.2, 10, 50),
    ),
}


@pytest.mark.parametrize(("written", "exact"), EXACT.values(), ids=EXACT)
def test_the_whole_law(written: Any, exact: Any) -> None:
    """By Kolmogorov and Smirnov, beside SciPy's law of the same figures."""
    assert 1e-4 < stats.kstest(draws(written), exact.cdf).pvalue


def test_the_whole_law_of_two_exponentials() -> None:
    """A hyperexponential with balanced means: P(X > t) = p exp(-2pt/m) + (1-p) exp(-2(1-p)t/m)."""
    p = (1 + math.sqrt((1.8**2 - 1) / (1.8**2 + 1))) / 2

    def below(time: Any) -> Any:
        return 1 - sum(share * np.exp(-2 * share * time / 180) for share in (p, 1 - p))

    assert 1e-4 < stats.kstest(draws({"hyperexponential": {"mean": "180 s", "cv": 1.8}}), below).pvalue


def test_all_listed_times_are_equally_likely() -> None:
    """Of five, one of them twice (5 standard errors)."""
    times, counts = np.unique(
        draws({"empirical": ["10 s", "20 s", "20 s", "30 s", "40 s"]}), return_counts=True
    )
    shares = np.array([0.2, 0.4, 0.2, 0.2])

    assert [10, 20, 30, 40] == times.tolist()
    assert (abs(counts / DRAWS - shares) < 5 * np.sqrt(shares * (1 - shares) / DRAWS)).all()


def test_mixtures_within_mixtures() -> None:
    """Factors and bounds count from the inside outwards."""
    inner = {"mixture": [{"share": 0.5, "of": "10 s"}, {"share": 0.5, "of": "40 s"}], "at_most": "30 s"}
    written = {
        "mixture": [{"share": 0.5, "of": inner}, {"share": 0.5, "of": "5 s"}],
        "per_interval": [1, 2],
    }
    drawn = draws(written, 2)

    assert {5.0, 10.0, 30.0} == set(drawn[::2].tolist())
    assert {10.0, 20.0, 60.0} == set(drawn[1::2].tolist())
    assert abs((drawn[::2] == 5).mean() - 0.5) < 5 * 0.5 / math.sqrt(DRAWS / 2)


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
