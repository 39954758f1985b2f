"""Means of clipped times, against numerical integration and against draws."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
from scipy import integrate, stats

from callcenter.demand import mean_handle_time
from callcenter.demand.sampling import sample
from callcenter.demand.streams import stream
from callcenter.scenario import load

CLIPS = [(0.0, math.inf), (30.0, math.inf), (0.0, 200.0), (45.0, 150.0), (500.0, 900.0), (1.0, 20.0)]

LOGNORMAL_SIGMA = math.sqrt(math.log1p(1.1**2))
FIRST = (1 + math.sqrt((1.8**2 - 1) / (1.8**2 + 1))) / 2

FAMILIES: list[tuple[Any, Any]] = [
    # what is written, SciPy's law of the same (two of them for the hyperexponential)
    ({"exponential": "2 min"}, stats.expon(scale=120)),
    (
        {"lognormal": {"mean": "4 min", "cv": 1.1}},
        stats.lognorm(LOGNORMAL_SIGMA, scale=240 * math.exp(-(LOGNORMAL_SIGMA**2) / 2)),
    ),
    ({"gamma": {"mean": "4 min", "cv": 0.8}}, stats.gamma(0.8**-2, scale=240 * 0.8**2)),
    ({"erlang": {"mean": "4 min", "k": 3}}, stats.gamma(3, scale=80)),
    (
        {"weibull": {"mean": "2 min", "shape": 0.7}},
        stats.weibull_min(0.7, scale=120 / math.gamma(1 + 1 / 0.7)),
    ),
    ({"uniform": {"low": "10 s", "high": "180 s"}}, stats.uniform(10, 170)),
    ({"uniform": {"low": "60 s", "high": "60 s"}}, stats.uniform(60, 1e-9)),
    ({"triangular": {"low": "10 s", "mode": "60 s", "high": "300 s"}}, stats.triang(50 / 290, 10, 290)),
    ({"triangular": {"low": "10 s", "mode": "10 s", "high": "300 s"}}, stats.triang(0, 10, 290)),
    ({"triangular": {"low": "10 s", "mode": "300 s", "high": "300 s"}}, stats.triang(1, 10, 290)),
]


def mean(written: Any, calls: Any = 100, wrap_up: Any = "0 s") -> float:
    """Return the mean handle time of a tier with this talk time."""
    scenario = load(
        {
            "name": "means",
            "day": {"open": "00:00", "close": "02:00", "interval": "1 h"},
            "demand": {"calls": calls},
            "tiers": {"all": {"priority": 0, "talk": written, "wrap_up": wrap_up}},
            "pools": {"desk": {"serves": ["all"], "agents": 1}},
        }
    )
    return mean_handle_time(scenario, "all")


def integral(survival: Any, low: float, high: float) -> float:
    """Integrate the survival function piece by piece: E[clip(X)] = low + the integral from low to high."""
    top = min(high, 1e6)
    edges = [low, *(edge for edge in (10, 60, 180, 300, 1000, 1e4, 1e5) if low < edge < top), top]
    return low + sum(integrate.quad(survival, a, b, limit=200)[0] for a, b in itertools.pairwise(edges))


def clipped(written: Any, low: float, high: float) -> Any:
    """Return what is written with its bounds."""
    return written | {"at_least": f"{low} s"} | ({"at_most": f"{high} s"} if high < math.inf else {})


@pytest.mark.parametrize(("low", "high"), CLIPS)
@pytest.mark.parametrize(("written", "law"), FAMILIES, ids=lambda x: str(x) if isinstance(x, dict) else "")
def test_clipping(written: Any, law: Any, low: float, high: float) -> None:
    """Closed forms equal the integral of the survival function."""
    assert integral(law.sf, low, high) == pytest.approx(mean(clipped(written, low, high)), rel=1e-6)


@pytest.mark.parametrize(("low", "high"), CLIPS)
def test_clipped_hyperexponential(low: float, high: float) -> None:
    """Two exponentials with half of the mean each."""

    def survival(x: float) -> float:
        return sum(p * math.exp(-2 * p * x / 180) for p in (FIRST, 1 - FIRST))

    written = {"hyperexponential": {"mean": "3 min", "cv": 1.8}}

    assert integral(survival, low, high) == pytest.approx(mean(clipped(written, low, high)), rel=1e-6)


def test_by_hand() -> None:
    """Constants, observations and mixtures of bounded parts are sums."""
    empirical = {"empirical": ["12 s", "30 s", "48 s"], "at_least": "20 s", "at_most": "40 s"}
    mixture = {
        "mixture": [
            {"share": "25%", "of": {"mixture": [{"share": "100%", "of": "200 s"}], "at_most": "100 s"}},
            {"share": "75%", "of": "20 s"},
        ],
        "at_most": "80 s",
    }

    assert 30 + 10 == mean("30 s", wrap_up="10 s")
    assert (20 + 30 + 40) / 3 == mean(empirical)
    assert 0.25 * 80 + 0.75 * 20 == mean(mixture)


def test_factors_by_interval() -> None:
    """They count by expected calls, and clipping comes after: 60 s and 180 s, at most 100 s, calls 1 : 3."""
    talk = {"mixture": [{"share": "100%", "of": "60 s"}], "per_interval": [1, 3], "at_most": "100 s"}
    inside = {"mixture": [{"share": "100%", "of": talk}]}

    assert (60 + 3 * 100) / 4 == mean(talk, [100, 300])
    assert (60 + 3 * 100) / 4 == mean(inside, [100, 300])
    assert (60 + 100) / 2 == mean(talk, 0)


def test_a_factor_of_nothing() -> None:
    """A factor of 0 leaves the lower bound."""
    talk = {"exponential": "60 s", "per_interval": [0, 1], "at_least": "5 s"}

    assert (5 + 5 + 60 * math.exp(-5 / 60)) / 2 == pytest.approx(mean(talk))


def test_against_draws() -> None:
    """All together, within 5 standard errors of 200,000 draws."""
    talk = {
        "mixture": [
            {"share": "10%", "of": "0 s"},
            {"share": "40%", "of": {"lognormal": {"mean": "3 min", "cv": 1.2}, "at_most": "8 min"}},
            {"share": "50%", "of": {"gamma": {"mean": "2 min", "cv": 0.5}}},
        ],
        "per_interval": [0.5, 2],
        "at_least": "20 s",
        "at_most": "5 min",
    }
    scenario = load(
        {
            "name": "means",
            "day": {"open": "00:00", "close": "02:00", "interval": "1 h"},
            "demand": {"calls": [100, 300]},
            "tiers": {"all": {"priority": 0, "talk": talk}},
            "pools": {"desk": {"serves": ["all"], "agents": 1}},
        }
    )
    intervals = (np.arange(200_000) % 4 > 0).astype(np.int64)
    drawn = sample(scenario.tiers["all"].talk, stream(3, 0, "", ""), intervals)

    assert abs(drawn.mean() - mean_handle_time(scenario, "all")) < 5 * drawn.std() / math.sqrt(drawn.size)
