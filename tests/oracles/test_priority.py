"""Tiers that share a pool, served in strict priority without interrupting a call."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest

from callcenter.theory import cobham_mg1, priority_queue
from tests.oracles.hotline import Plain, Tier, assert_agrees, exponential, lognormal, mixture, one_pool, run
from tests.oracles.queues import TwoTiers

NAMES = ("vip", "mid", "regular")


def tiers_of(calls: Sequence[float], aht: float, patience: Plain | str = "never") -> dict[str, Tier]:
    """Tiers alike but for their rank and number of calls."""
    return {name: Tier(rate, exponential(aht), patience) for name, rate in zip(NAMES, calls, strict=False)}


@pytest.mark.parametrize(
    ("calls", "aht", "agents", "days"),
    [pytest.param([40, 80, 60], 180, 10, 4, id="P03"), pytest.param([6, 12, 12], 300, 3, 16, id="P07")],
)
def test_waits_of_tiers(
    calls: list[float], aht: float, agents: int, days: int, engine: str, length: int
) -> None:
    """Mean wait of each tier of M/M/n where nobody abandons (Cobham)."""
    exact, fewer, more = (priority_queue(calls, aht, n) for n in (agents, agents - 1, agents + 1))

    result = run(one_pool(tiers_of(calls, aht), agents, days * length), engine)["tiers"]

    for name, *tier in zip(NAMES, exact, fewer, more, strict=True):
        assert_agrees(result[name]["mean_wait_s"], *(figures.mean_wait for figures in tier))


def test_waits_in_the_order_of_a_pool(engine: str, length: int) -> None:
    """R5c: the same waits where the tiers are alike and the pool alone knows the order (Cobham)."""
    calls, aht, agents = [6, 12, 12], 300, 3
    exact, fewer, more = (priority_queue(calls, aht, n) for n in (agents, agents - 1, agents + 1))
    hotline = one_pool(tiers_of(calls, aht), agents, 16 * length)
    hotline["pools"]["floor"]["serves"] = {name: {"priority": rank} for rank, name in enumerate(NAMES)}
    for tier in hotline["tiers"].values():
        tier["priority"] = 7

    result = run(hotline, engine)["tiers"]

    for name, *figures in zip(NAMES, exact, fewer, more, strict=True):
        assert_agrees(result[name]["mean_wait_s"], *(figure.mean_wait for figure in figures))


@pytest.mark.parametrize(
    ("calls", "aht", "agents", "patience", "days"),
    [
        pytest.param([40, 90, 80], 180, 10, 120, 2, id="PA01"),
        pytest.param([6, 20, 20], 300, 3, 90, 4, id="PA07"),
    ],
)
def test_abandonment_of_tiers(
    calls: list[float], aht: float, agents: int, patience: float, days: int, engine: str, length: int
) -> None:
    """Mean wait and abandonment of each tier of M/M/n+M."""
    exact, fewer, more = (priority_queue(calls, aht, n, patience) for n in (agents, agents - 1, agents + 1))

    hotline = one_pool(tiers_of(calls, aht, exponential(patience)), agents, days * length)
    result = run(hotline, engine)["tiers"]

    for name, *tier in zip(NAMES, exact, fewer, more, strict=True):
        assert_agrees(result[name]["mean_wait_s"], *(figures.mean_wait for figures in tier))
        assert_agrees(result[name]["abandonment"], *(figures.abandonment for figures in tier))


@pytest.mark.parametrize(
    ("calls", "aht", "agents", "patience", "days"),
    [
        pytest.param((20, 70), (240, 240), 5, (120, 240), 3, id="patience-J03"),
        pytest.param((30, 110), (300, 200), 8, (240, 180), 2, id="handle-time-H03"),
    ],
)
def test_tiers_that_differ(
    calls: tuple[float, float],
    aht: tuple[float, float],
    agents: int,
    patience: tuple[float, float],
    days: int,
    engine: str,
    length: int,
) -> None:
    """Mean wait and abandonment of two tiers of different patience, and of different handle time."""
    numbers = (agents, agents - 1, agents + 1)
    exact, fewer, more = (TwoTiers(calls, aht, n, patience).figures() for n in numbers)
    tiers = {
        name: Tier(rate, exponential(talk), exponential(mean))
        for name, rate, talk, mean in zip(NAMES, calls, aht, patience, strict=False)
    }

    result = run(one_pool(tiers, agents, days * length), engine)["tiers"]

    for name, *tier in zip(tiers, exact, fewer, more, strict=True):
        assert_agrees(result[name]["mean_wait_s"], *(figures.mean_wait for figures in tier))
        assert_agrees(result[name]["abandonment"], *(figures.abandonment for figures in tier))


ERLANG_2 = Tier(10, {"erlang": {"mean": "90 s", "k": 2}})
HYPER = Tier(18, mixture(0.2, 3 * 80, 0.5 * 80))
LONG, SHORT = Tier(10, lognormal(180, math.sqrt(1.27))), Tier(8, lognormal(120, math.sqrt(1.6)))


@pytest.mark.parametrize(
    ("first", "second", "aht", "cv", "days"),
    [
        pytest.param(ERLANG_2, HYPER, (90, 80), (math.sqrt(0.5), math.sqrt(3)), 15, id="G03"),
        pytest.param(LONG, SHORT, (180, 120), (math.sqrt(1.27), math.sqrt(1.6)), 30, id="G09"),
    ],
)
def test_one_agent_and_handle_times_of_any_kind(
    first: Tier,
    second: Tier,
    aht: tuple[float, float],
    cv: tuple[float, float],
    days: int,
    engine: str,
    length: int,
) -> None:
    """Mean wait of each tier of M/G/1 (Cobham); two agents have no formula, so their waits are simulated."""
    tiers = dict(zip(NAMES, (first, second), strict=False))
    exact = cobham_mg1([first.calls_per_hour, second.calls_per_hour], aht, cv)
    more = run(one_pool(tiers, 2, days), engine, replications=3)["tiers"]

    result = run(one_pool(tiers, 1, days * length), engine)["tiers"]

    for name, wait in zip(tiers, exact, strict=True):
        assert_agrees(result[name]["mean_wait_s"], wait, more[name]["mean_wait_s"]["value"])
