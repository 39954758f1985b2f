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


def plain(bundle: Insights) -> list[str]:
    """Return everything but results and seconds, as text."""
    shown = {field.name: getattr(bundle, field.name) for field in fields(bundle)}
    del shown["result"], shown["second_opinion"]
    shown["priorities"] = bundle.priorities and (bundle.priorities.tiers, bundle.priorities.removed)
    return [
        part.to_csv() if isinstance(part, pd.DataFrame) else f"{name} {part}" for name, part in shown.items()
    ]


def test_everything_is_there(result: Result) -> None:
    """Of a hotline that misses its promise."""
    bundle = insights(result)

    assert ["caller"] == [miss.tier for miss in bundle.misses]
    assert ["desk"] == [gain.pool for gain in bundle.gains]
    assert bundle.gains[0].needed is not None
    assert bundle.priorities is not None
    assert bundle.second_opinion is not None
    assert bundle.second_opinion.identical
    assert () == bundle.left_out
    assert 6 == bundle.replications
    assert all(one.balanced for one in bundle.conservation)
    assert len(bundle.required) == len(bundle.required["interval"].unique())
    assert 5 * 3 == len(bundle.half_widths)


def test_the_same_again(result: Result) -> None:
    """The same result and budget give the same insights, to the last bit."""
    assert plain(insights(result)) == plain(insights(cc.run(hotline(FEW), 6)))


def test_another_engine_changes_nothing(result: Result) -> None:
    """What was simulated by SimPy is tried further by the engine that is quick."""
    assert plain(insights(result)) == plain(insights(cc.run(hotline(FEW), 6, engine="simpy")))


@pytest.mark.parametrize("budget", [20_000, 60_000, 200_000])
def test_the_budget_is_kept(result: Result, budget: int) -> None:
    """Fewer calls, fewer replications; never more than allowed."""
    bundle = insights(result, budget_calls=budget)

    assert bundle.simulated_calls <= budget
    assert bundle.replications <= 6


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
    bundle = insights(cc.run(two, 2), budget_calls=4 * 2 * 3000)

    assert {"caller", "vip"} == {gain.tier for gain in bundle.gains}
    assert {"caller", "vip"} == {left.tier for left in bundle.left_out if left.reason == "over_budget"}
    assert bundle.simulated_calls <= 4 * 2 * 3000


def test_no_budget_is_told(result: Result) -> None:
    """Nothing is simulated, and what that leaves out is said; what tallies tell is there."""
    bundle = insights(result, budget_calls=100)

    assert (0, 0, (), None) == (
        *(bundle.replications, bundle.simulated_calls),
        *(bundle.gains, bundle.priorities),
    )
    assert {("gains", "over_budget"), ("priorities", "over_budget")} == {
        (left.part, left.reason) for left in bundle.left_out
    }
    assert "too_few_agents" == bundle.misses[0].cause


def test_a_rule_of_the_users_own_is_not_tried_further(result: Result) -> None:
    """Only its name is known: no variants, no second opinion."""
    bundle = insights(replace(result, routing="Mine()"))

    assert 0 == bundle.simulated_calls
    assert {("gains", "own_rule"), ("priorities", "own_rule"), ("second_opinion", "own_rule")} == {
        (left.part, left.reason) for left in bundle.left_out
    }


def test_all_is_well() -> None:
    """No target missed, one tier: said, and nothing simulated but the second opinion."""
    bundle = insights(cc.run(hotline(), 4))

    assert ((), ()) == (bundle.misses, bundle.gains)
    assert 0 == bundle.simulated_calls
    assert [("gains", "nothing_missed"), ("priorities", "no_priorities")] == [
        (left.part, left.reason) for left in bundle.left_out
    ]


def test_one_replication() -> None:
    """Values without intervals."""
    bundle = insights(cc.run(hotline(FEW), 1))

    (miss,) = bundle.misses
    assert ("unclear", "too_few_agents", None) == (miss.verdict, miss.cause, miss.busy_days)
    assert bundle.gains[0].rises["caller"].value > 0
    assert bundle.gains[0].rises["caller"].low != bundle.gains[0].rises["caller"].low
    assert bundle.half_widths.empty


def test_no_target() -> None:
    """Nothing promised, nothing missed."""
    bundle = insights(cc.run(hotline({"tiers.caller.target": "none", "pools.desk.agents": 5}), 2))

    assert ((), ()) == (bundle.misses, bundle.gains)
