"""Handle times more and less regular than exponential ones: M/PH/n and M/PH/n+M."""

from __future__ import annotations

import math

import pytest

from tests.oracles.hotline import Plain, Tier, assert_agrees, exponential, mixture, one_pool, run
from tests.oracles.queues import Phases, TwoPhases

ERLANG_4_MIN, ERLANG_2_MIN = Phases((120, 120)), Phases((60, 60))
HYPER = Phases((680, 115.2941176), first=0.15, onward=0.0)


@pytest.mark.parametrize(
    ("calls", "talk", "handle", "agents", "patience", "days"),
    [
        pytest.param(60, {"erlang": {"mean": "240 s", "k": 2}}, ERLANG_4_MIN, 5, math.inf, 6, id="PH01"),
        pytest.param(252, {"erlang": {"mean": "120 s", "k": 2}}, ERLANG_2_MIN, 12, 60, 2, id="PH03"),
        pytest.param(150, mixture(0.15, 680, 115.2941176), HYPER, 10, 180, 2, id="PH05"),
    ],
)
def test_handle_times_in_phases(
    calls: float,
    talk: Plain,
    handle: Phases,
    agents: int,
    patience: float,
    days: int,
    engine: str,
    length: int,
) -> None:
    """Mean wait, and abandonment where callers give up."""
    numbers = (agents, agents - 1, agents + 1)
    exact, fewer, more = (TwoPhases(calls, handle, n, patience).figures() for n in numbers)
    callers = Tier(calls, talk, "never" if math.isinf(patience) else exponential(patience))

    tier = run(one_pool({"callers": callers}, agents, days * length), engine)["tiers"]["callers"]

    assert_agrees(tier["mean_wait_s"], exact.mean_wait, fewer.mean_wait, more.mean_wait)
    if exact.abandonment:
        assert_agrees(tier["abandonment"], exact.abandonment, fewer.abandonment, more.abandonment)
