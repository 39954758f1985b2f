"""All insights of a result together: bounded, repeatable, and open about what is left out."""

from __future__ import annotations

from dataclasses import fields, replace

import pandas as pd
import pytest

import callcenter as cc
from callcenter.study.insights import Insights, insights
from callcenter.study.result import Result
from tests.study.insights.hotlines import TWO_TIERS, hotline

FEW: dict[str, object] = {**TWO_TIERS, "pools.desk.agents": 11}


@pytest.fixture(scope="module")
def result() -> Result:
    """Too few agents, and priorities."""
    return cc.run(hotline(FEW), 6)


def plain(found: Insights) -> list[str]:
    """Return everything but results and seconds, as text."""
    shown = {field.name: getattr(found, field.name) for field in fields(found)}
    del shown["result"], shown["second_opinion"]
    shown["priorities"] = found.priorities and (found.priorities.tiers, found.priorities.removed)
    return [
        part.to_csv() if isinstance(part, pd.DataFrame) else f"{name} {part}" for name, part in shown.items()
    ]


def test_everything_is_there(result: Result) -> None:
    """Of a hotline that misses its promise."""
    found = insights(result)

    assert ["caller"] == [miss.tier for miss in found.misses]
    assert ["desk"] == [gain.pool for gain in found.gains]
    assert found.gains[0].needed is not None
    assert found.priorities is not None
    assert found.second_opinion is not None
    assert found.second_opinion.identical
    assert () == found.left_out
    assert 6 == found.replications
    assert all(one.balanced for one in found.conservation)
    assert len(found.required) == len(found.required["interval"].unique())
    assert 5 * 3 == len(found.half_widths)


def test_the_same_again(result: Result) -> None:
    """The same result and budget give the same insights, to the last bit."""
    assert plain(insights(result)) == plain(insights(cc.run(hotline(FEW), 6)))


def test_another_engine_changes_nothing(result: Result) -> None:
    """What was simulated by SimPy is tried further by the engine that is quick."""
    assert plain(insights(result)) == plain(insights(cc.run(hotline(FEW), 6, engine="simpy")))


@pytest.mark.parametrize("budget", [20_000, 60_000, 200_000])
def test_the_budget_is_kept(result: Result, budget: int) -> None:
    """Fewer calls, fewer replications; never more than allowed."""
    found = insights(result, budget_calls=budget)

    assert found.simulated_calls <= budget
    assert found.replications <= 6


def test_every_miss_has_its_gain_before_one_is_searched() -> None:
    """Room for the five variants of two tiers with a desk each, and for one trial more."""
    tier = {"priority": 0, "talk": "3 min", "target": {"within": "20 s", "share": "80%"}}
    two = hotline(
        {
            "demand": {"tiers": {"caller": {"calls": 120}, "vip": {"calls": 60}}},
            "tiers.vip": {**tier, "patience": {"exponential": "2 min"}},
            "pools.desk.agents": 8,
            "pools.vip": {"serves": ["vip"], "agents": 4},
        }
    )
    found = insights(cc.run(two, 2), budget_calls=4 * 2 * 3000)

    assert {"caller", "vip"} == {gain.tier for gain in found.gains}
    assert {"caller", "vip"} == {left.tier for left in found.left_out if left.reason == "over_budget"}
    assert found.simulated_calls <= 4 * 2 * 3000


def test_no_budget_is_told(result: Result) -> None:
    """Nothing is simulated, and what that leaves out is said; what tallies tell is there."""
    found = insights(result, budget_calls=100)

    assert (0, 0, (), None) == (
        *(found.replications, found.simulated_calls),
        *(found.gains, found.priorities),
    )
    assert {("gains", "over_budget"), ("priorities", "over_budget")} == {
        (left.part, left.reason) for left in found.left_out
    }
    assert "too_few_agents" == found.misses[0].cause


def test_a_rule_of_the_users_own_is_not_tried_further(result: Result) -> None:
    """Only its name is known: no variants, no second opinion."""
    found = insights(replace(result, routing="Mine()"))

    assert 0 == found.simulated_calls
    assert {("gains", "own_rule"), ("priorities", "own_rule"), ("second_opinion", "own_rule")} == {
        (left.part, left.reason) for left in found.left_out
    }


def test_all_is_well() -> None:
    """No target missed, one tier: said, and nothing simulated but the second opinion."""
    found = insights(cc.run(hotline(), 4))

    assert ((), ()) == (found.misses, found.gains)
    assert 0 == found.simulated_calls
    assert [("gains", "nothing_missed"), ("priorities", "no_priorities")] == [
        (left.part, left.reason) for left in found.left_out
    ]


def test_one_replication() -> None:
    """Values without intervals."""
    found = insights(cc.run(hotline(FEW), 1))

    (miss,) = found.misses
    assert ("unclear", "too_few_agents", None) == (miss.verdict, miss.cause, miss.busy_days)
    assert found.gains[0].rises["caller"].value > 0
    assert found.gains[0].rises["caller"].low != found.gains[0].rises["caller"].low
    assert found.half_widths.empty


def test_no_target() -> None:
    """Nothing promised, nothing missed."""
    found = insights(cc.run(hotline({"tiers.caller.target": "none", "pools.desk.agents": 5}), 2))

    assert ((), ()) == (found.misses, found.gains)
