"""Patience of any kind against exact cases, limits and Erlang A."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from callcenter.arrays import Floats
from callcenter.theory import QueueFigures, Survival, erlang_a, erlang_a_general, erlang_b, erlang_c
from tests.oracles.exact_cases import Case, cases_of
from tests.theory.test_erlang import figure, limit


def exponential(mean: float) -> Survival:
    """Survival function of exponential patience."""
    return lambda seconds: np.exp(-seconds / mean)


def constant(value: float) -> Survival:
    """Survival function of patience that ends at the same second for all."""
    return lambda seconds: (seconds < value).astype(np.float64)


def lognormal(mean: float, scv: float) -> Survival:
    """Survival function of lognormal patience."""
    shape = math.sqrt(math.log(1 + scv))
    return stats.lognorm(shape, scale=mean / math.sqrt(1 + scv)).sf


def weibull(scale: float, shape: float) -> Survival:
    """Survival function of Weibull patience."""
    return stats.weibull_min(shape, scale=scale).sf


def two_kinds(share: float, mean: float, other_mean: float) -> Survival:
    """Survival function of a mixture of two exponentials."""
    return lambda seconds: share * np.exp(-seconds / mean) + (1 - share) * np.exp(-seconds / other_mean)


SURVIVAL: dict[str, Callable[..., Survival]] = {
    "det": constant,
    "ln": lognormal,
    "weib": weibull,
    "hyper": two_kinds,
}


@pytest.mark.parametrize("case", [case for case in cases_of("M/M/n+G") if case.id != "W_T1_MMM"])
def test_patience_of_any_kind_is_exact(case: Case) -> None:
    """Constant, lognormal, Weibull and mixed patience agree with the exact cases to 1e-8."""
    kind, *numbers = case.params["patience"]
    queue = case.params["calls_per_hour"], case.params["aht_s"], case.params["n"], SURVIVAL[kind](*numbers)
    jumps = numbers if kind == "det" else ()
    actual = {m: figure(m, erlang_a_general(*queue, limit(m), jumps)) for m in case.values}
    known = {metric: value for metric, value in actual.items() if value is not None}

    assert {"p_wait", "p_ab", "asa", "sl_20", "ab_within_60"} <= known.keys()
    assert pytest.approx({metric: case.values[metric] for metric in known}, rel=1e-8, abs=1e-9) == known


@pytest.mark.parametrize(
    ("calls_per_hour", "aht", "agents", "patience"),
    [
        (60, 300, 6, 120),
        (10, 300, 1, 3),
        (2000, 300, 100, 600),
        (60_000, 300, 4900, 300),
        (60_000, 300, 5000, 120),
    ],
)
def test_exponential_patience_is_erlang_a(
    calls_per_hour: float, aht: float, agents: int, patience: float
) -> None:
    """Two ways to the same figures, one by integrals and one by sums, from 1 to 5,000 Erlang."""
    integrals = erlang_a_general(calls_per_hour, aht, agents, exponential(patience), 30)

    assert pytest.approx(erlang_a(calls_per_hour, aht, agents, patience, 30), rel=1e-9) == integrals


def test_patience_as_long_as_calls() -> None:
    """100 agents at load 102, patience as long as calls: the number inside is Poisson, and 4.99 % abandon."""
    waiting = stats.poisson(102).sf(range(100, 300)).sum()

    assert pytest.approx(0.04991798, abs=1e-8) == waiting / 102
    assert pytest.approx(waiting / 102) == erlang_a_general(102 * 36, 100, 100, exponential(100)).abandonment


def test_nobody_abandons() -> None:
    """Callers who never give up make it Erlang C, the hopeless load included."""
    assert pytest.approx(erlang_c(252, 120, 12)) == erlang_a_general(252, 120, 12, np.ones_like)
    assert erlang_c(252, 120, 8) == erlang_a_general(252, 120, 8, np.ones_like)


def test_nobody_waits() -> None:
    """Callers without patience make it Erlang B: who finds no agent is gone at once."""
    figures = erlang_a_general(252, 120, 12, np.zeros_like)
    blocked = erlang_b(8.4, 12)

    assert (
        pytest.approx(QueueFigures(blocked, blocked, 0, 0, 1 - blocked, blocked, 0.7 * (1 - blocked)))
        == figures
    )


def test_those_who_never_give_up_can_be_too_many() -> None:
    """A quarter leaves at once, the rest is more than the agents can serve."""

    def survival(seconds: Floats) -> Floats:
        return np.full_like(seconds, 0.75)

    assert QueueFigures(1.0, 0.25, math.inf, math.inf, 0.0, 0.25, 1.0) == erlang_a_general(
        400, 90, 5, survival
    )
