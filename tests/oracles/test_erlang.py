"""One tier, one pool: Erlang C and Erlang A."""

from __future__ import annotations

import pytest

from callcenter.theory import erlang_a, erlang_c
from tests.oracles.hotline import Tier, assert_agrees, exponential, one_pool, run


@pytest.mark.parametrize(
    ("calls", "aht", "agents", "days"),
    [pytest.param(252, 120, 12, 3, id="C05"), pytest.param(60, 300, 6, 8, id="C03")],
)
def test_erlang_c(calls: float, aht: float, agents: int, days: int, engine: str, length: int) -> None:
    """Answered within 20 s, ASA and occupancy where nobody abandons."""
    exact, fewer, more = (erlang_c(calls, aht, n) for n in (agents, agents - 1, agents + 1))

    result = run(one_pool({"callers": Tier(calls, exponential(aht))}, agents, days * length), engine)
    tier, pool = result["tiers"]["callers"], result["pools"]["floor"]

    assert_agrees(tier["service_level"], exact.answered_within, fewer.answered_within, more.answered_within)
    assert_agrees(tier["asa_s"], exact.asa, fewer.asa, more.asa)
    assert_agrees(pool["occupancy"], exact.occupancy, fewer.occupancy, more.occupancy)


@pytest.mark.parametrize(
    ("calls", "aht", "agents", "patience", "days"),
    [
        pytest.param(150, 180, 8, 300, 2, id="A03"),
        pytest.param(400, 200, 20, 120, 2, id="A05"),
        pytest.param(40, 300, 3, 60, 3, id="A09"),
        pytest.param(300, 180, 10, 240, 2, id="A11"),
    ],
)
def test_erlang_a(
    calls: float, aht: float, agents: int, patience: float, days: int, engine: str, length: int
) -> None:
    """Answered within 20 s, abandonment, ASA, mean wait and occupancy where callers give up."""
    exact, fewer, more = (erlang_a(calls, aht, n, patience) for n in (agents, agents - 1, agents + 1))
    callers = Tier(calls, exponential(aht), exponential(patience))

    result = run(one_pool({"callers": callers}, agents, days * length), engine)
    tier, pool = result["tiers"]["callers"], result["pools"]["floor"]

    assert_agrees(tier["service_level"], exact.answered_within, fewer.answered_within, more.answered_within)
    assert_agrees(tier["abandonment"], exact.abandonment, fewer.abandonment, more.abandonment)
    assert_agrees(tier["asa_s"], exact.asa, fewer.asa, more.asa)
    assert_agrees(tier["mean_wait_s"], exact.mean_wait, fewer.mean_wait, more.mean_wait)
    assert_agrees(pool["occupancy"], exact.occupancy, fewer.occupancy, more.occupancy)


def test_self_service_thins_the_calls(engine: str, length: int) -> None:
    """Behind an IVR that keeps 65 % of the calls the others meet Erlang A (case IU01)."""
    callers = Tier(400, exponential(180), exponential(300))
    ivr = {"time": "60 s", "self_service": 0.6, "hangs_up": 0.05}
    exact, fewer, more = (erlang_a(400 * 0.35, 180, n, 300) for n in (8, 7, 9))

    hotline = {**one_pool({"callers": callers}, 8, 2 * length), "ivr": ivr}
    tier = run(hotline, engine)["tiers"]["callers"]

    assert_agrees(tier["service_level"], exact.answered_within, fewer.answered_within, more.answered_within)
    assert_agrees(tier["abandonment"], exact.abandonment, fewer.abandonment, more.abandonment)
