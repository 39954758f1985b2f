"""Formulas at the ends: nobody calls, calls that take no time, thousands of agents, endless patience."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest

import callcenter as cc
from callcenter.theory import cobham_mg1, erlang_a, erlang_a_general, erlang_b, erlang_c, priority_queue
from tests.theory.test_patience import exponential

EVERYBODY_AT_ONCE = (0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0)
"""Nobody waits, nobody leaves, nobody works."""


def chain(calls_per_hour: float, aht: float, agents: int, patience: float) -> tuple[float, float]:
    """Return the share that waits and the share that abandons, summed state by state from logarithms."""
    states = 200_000
    callers = np.arange(1, states)
    leaving = np.minimum(callers, agents) / aht + np.maximum(callers - agents, 0) / patience
    weights = np.concatenate([[0.0], np.cumsum(np.log(calls_per_hour / 3600) - np.log(leaving))])
    chances = np.exp(weights - weights.max())
    chances /= chances.sum()
    line = float(np.maximum(np.arange(states) - agents, 0) @ chances)
    return float(chances[agents:].sum()), line / patience / (calls_per_hour / 3600)


@pytest.mark.parametrize("agents", [4500, 4990, 5000, 5050, 5400])
def test_patience_of_a_day_at_5000_erlang(agents: int) -> None:
    """Erlang A for patience of 1e5 s and its generalisation agree with the sum over states, in a second."""
    expected = chain(60_000, 300, agents, 1e5)
    began = time.perf_counter()

    one = erlang_a(60_000, 300, agents, 1e5)
    other = erlang_a_general(60_000, 300, agents, exponential(1e5))

    assert time.perf_counter() - began < 2  # seconds, of which there are two formulas
    assert pytest.approx(expected, rel=1e-9, abs=1e-14) == (one.p_wait, one.abandonment)
    assert pytest.approx(expected, rel=1e-9, abs=1e-14) == (other.p_wait, other.abandonment)


@pytest.mark.parametrize(("calls", "aht"), [(0, 300), (100, 0), (0, 0)])
def test_nothing_to_do(calls: float, aht: float) -> None:
    """Where nobody calls, or calls take no time, everybody is answered at once."""
    assert EVERYBODY_AT_ONCE == erlang_a(calls, aht, 5, 60)
    assert EVERYBODY_AT_ONCE == erlang_c(calls, aht, 5)
    assert EVERYBODY_AT_ONCE == erlang_a_general(calls, aht, 5, exponential(60))
    assert 0.0 == priority_queue([calls, calls], aht, 5)[1].abandonment
    assert 0.0 == erlang_b(calls * aht / 3600, 5)


def test_nobody_is_there() -> None:
    """Without agents nobody is answered: all leave after their patience, or wait for ever."""
    assert 1.0 == pytest.approx(erlang_a(100, 0, 0, 60).abandonment)
    assert math.inf == erlang_c(100, 0, 0).asa
    assert 1.0 == erlang_a(100, 300, 0, math.inf, trunks=5).blocked
    assert 0.0 == erlang_a(0, 300, 0, math.inf, trunks=5).blocked


def test_far_more_agents_than_work() -> None:
    """A thousand agents for eight Erlang: nobody waits, though the chance of that has no float."""
    assert 1.0 == erlang_a_general(100, 300, 1000, exponential(60)).answered_within


def test_a_tier_without_work_waits_for_the_rest() -> None:
    """Calls of no length wait for the one in service: half an Erlang of 60 s, memoryless."""
    first, _ = cobham_mg1([60, 30], [0, 60], [0, 1])

    assert pytest.approx(0.5 * 60) == first


def test_formulas_by_the_package() -> None:
    """`cc.theory` needs no import of its own."""
    assert erlang_c(200, 360, 25) == cc.theory.erlang_c(200, 360, 25)
    assert "theory" in dir(cc)
