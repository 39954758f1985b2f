"""One more agent: the same callers, one agent more in one pool."""

from __future__ import annotations

import pandas as pd
import pytest

import callcenter as cc
from callcenter.scenario import Scenario

PRICED = {
    "pools.desk.cost_per_hour": 50,
    "tiers.vip.value": {"answered": 2, "abandoned": -10},
    "tiers.vip.redial": {"after": "5 min", "when": {"abandoned": "50%"}},
}


@pytest.fixture(scope="module")
def priced(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """The small hotline, with few agents and prices."""
    from tests.conftest import SCENARIO

    path = tmp_path_factory.mktemp("margins") / "small.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return cc.load(path, {**PRICED, "pools.desk.agents": 8})


@pytest.fixture(scope="module")
def margins(priced: Scenario) -> pd.DataFrame:
    """What an agent more does in four replications."""
    return cc.one_more_agent(priced, replications=4)


def test_it_is_the_difference_of_two_runs(priced: Scenario, margins: pd.DataFrame) -> None:
    """Of the same replications with 8 and with 9 agents."""
    few, more = (cc.run(priced.with_({"pools.desk.agents": agents}), 4).summary for agents in (8, 9))

    for row in margins.to_dict("records"):
        before, after = (summary["tiers"][row["tier"]] for summary in (few, more))
        gain = after["service_level"]["value"] - before["service_level"]["value"]
        lost = after["abandonment"]["value"] - before["abandonment"]["value"]
        assert (gain, lost) == pytest.approx((row["service_level"], row["abandonment"]))
    total = margins.set_index("tier").loc["all"]
    for name in ("cost", "value", "net"):
        expected = more["economics"][name]["value"] - few["economics"][name]["value"]
        assert pytest.approx(expected) == total[name]


def test_a_row_for_each_pool_and_tier(margins: pd.DataFrame) -> None:
    """Cost and net are those of the whole hotline, which stand in its row."""
    assert [("desk", tier) for tier in ("vip", "mid", "regular", "all")] == list(
        zip(margins["pool"], margins["tier"], strict=True)
    )
    assert [True, True, True, False] == margins["net"].isna().tolist()
    assert (margins["service_level_low"] <= margins["service_level"]).all()


def test_an_agent_more_in_every_shift(priced: Scenario) -> None:
    """Four hours of one shift and two of another: six agent-hours at 50, overtime aside."""
    shifts = [
        {"start": "08:00", "end": "12:00", "agents": 20},
        {"start": "10:00", "end": "12:00", "agents": 30},
    ]
    rich = priced.with_({"pools.desk.agents": None, "pools.desk.shifts": shifts})

    total = cc.one_more_agent(rich, replications=2).set_index("tier").loc["all"]

    assert pytest.approx(6 * 50, abs=5) == total["cost"]
