"""Agents required beside agents scheduled: by the formula, pool by pool."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

from callcenter.scenario import Scenario, load
from callcenter.study.insights import required_agents
from callcenter.theory import erlang_a, erlang_c
from tests.study.insights.hotlines import INTERVALS, PLAIN, hotline

PATIENT = {"priority": 1, "talk": "6 min", "target": {"within": "20 s", "share": "80%"}}


def desks(calls: Mapping[str, float], pools: Mapping[str, object], **changes: object) -> Scenario:
    """Return an hour of some tiers, 6 minutes a call, nobody hangs up."""
    return load(
        {
            "name": "desks",
            "day": {"open": "08:00", "close": "09:00", "interval": "1 h"},
            "demand": {"tiers": {tier: {"calls": number} for tier, number in calls.items()}},
            "tiers": dict.fromkeys(calls, PATIENT),
            "pools": pools,
        }
    ).with_(changes)


def by_pool(scenario: Scenario) -> dict[str, float]:
    """Return what is required of each pool in the only interval."""
    return dict(required_agents(scenario)[["pool", "required"]].itertuples(index=False))


def test_one_pool_has_the_fewest_agents_of_the_formula() -> None:
    """Counted up from nobody: 240 calls an hour of 3 minutes, 80 % within 20 s."""
    fewest = next(
        number for number in range(100) if erlang_a(240, 180, number, 120, 20).answered_within >= 0.8
    )

    table = required_agents(hotline())

    assert [fewest] * INTERVALS == table["required"].tolist()
    assert [16 - fewest] * INTERVALS == table["net"].tolist()
    assert ["start", "interval", "pool", "rostered", "scheduled", "required", "net"] == list(table.columns)
    assert ["08:00", "08:30", "15:30"] == table["start"].iloc[[0, 1, -1]].tolist()


def test_scheduled_is_on_the_phones() -> None:
    """Of 16 on the roster 25 % are elsewhere; of the other 12 every tenth is absent on average."""
    table = required_agents(hotline({"pools.desk.shrinkage": "25%", "pools.desk.absence": "10%"}))

    assert pytest.approx([10.8] * INTERVALS) == table["scheduled"].tolist()


def test_promises_of_a_group_add_up() -> None:
    """Half the callers are promised 90 %, the others 70 %: together that is 80 % of all of them."""
    two = hotline(
        {
            "demand": {"calls": 120, "mix": {"caller": "50%", "other": "50%"}},
            "tiers.other": {
                **PLAIN["tiers"]["caller"],
                "target": {"within": "20 s", "share": "90%"},
            },
            "tiers.caller.target.share": "70%",
            "pools.desk.serves": ["caller", "other"],
        }
    )

    pd.testing.assert_frame_equal(required_agents(hotline()), required_agents(two))


def test_pools_that_relieve_each_other_share_the_work() -> None:
    """10 and 10 Erlang on 5 and 20 agents of whom 20 can do both: 4 and 16 Erlang, of one line of 20."""
    required = by_pool(
        desks(
            {"a": 100, "b": 100},
            {"few": {"serves": ["a"], "agents": 5}, "many": {"serves": ["a", "b"], "agents": 20}},
        )
    )
    line = next(number for number in range(21, 99) if erlang_c(200, 360, number).answered_within >= 0.8)

    assert {"few": line * 4 / 20, "many": line * 16 / 20} == pytest.approx(required, rel=0.01)


def test_whoever_is_overloaded_by_their_own_work_gets_no_other() -> None:
    """15 Erlang that only the 10 generalists can do; the 10 Erlang of both go to the other 10 agents."""
    required = by_pool(
        desks(
            {"a": 150, "b": 100},
            {"all": {"serves": ["a", "b"], "agents": 10}, "b": {"serves": ["b"], "agents": 10}},
        )
    )

    assert pytest.approx(1.5, rel=0.02) == required["all"] / required["b"]


def test_pools_without_a_tier_in_common_are_lines_of_their_own() -> None:
    """Each is as if it were alone."""
    pools = {name: {"serves": [name], "agents": 12} for name in "ab"}

    both = by_pool(desks({"a": 100, "b": 50}, pools))

    alone = {
        name: by_pool(desks({name: calls}, {name: pools[name]}))[name]
        for name, calls in (("a", 100.0), ("b", 50.0))
    }
    assert alone == both


def test_helpers_and_callback_desks_are_not_asked() -> None:
    """The formula knows neither `after` nor callbacks."""
    required = by_pool(
        desks(
            {"a": 100},
            {
                "desk": {"serves": ["a"], "agents": 12},
                "help": {"serves": {"a": {"after": "10 s"}}, "agents": 5},
                "office": {"callbacks": {}, "agents": 2},
            },
        )
    )

    assert [False, True, True] == [math.isnan(required[pool]) for pool in ("desk", "help", "office")]


def test_transferred_calls_are_work_too() -> None:
    """Half of 100 calls go on: the second line needs what 50 calls of its own need."""
    pools = {name: {"serves": [name], "agents": 12} for name in "ab"}
    onward = desks({"a": 100, "b": 0}, pools, **{"tiers.a.transfer": {"share": "50%", "to": "b"}})

    assert by_pool(desks({"a": 100, "b": 50}, pools)) == by_pool(onward)


def test_contacts_side_by_side_are_less_work() -> None:
    """Two chats at a time, half as long each; each lasts as long with another beside it."""
    pools = {"a": {"serves": ["a"], "agents": 12}}
    chat = {"tiers.a.channel": "chat", "tiers.a.concurrency": 2}

    single = by_pool(desks({"a": 100}, pools, **{"tiers.a.talk": "3 min"}))

    assert single == by_pool(desks({"a": 100}, pools, **chat))


def test_a_closed_hour_needs_nobody() -> None:
    """Nobody calls, nobody is required."""
    assert {"a": 0.0} == by_pool(desks({"a": 0}, {"a": {"serves": ["a"], "agents": 3}}))


def test_days_stand_apart_where_they_differ() -> None:
    """Five agents on day 1, seven on day 2, with the two of the night before; the second day is quiet."""
    two_days = {
        "days": 2,
        "demand.days": [1.0, 0.5],
        "pools.desk.agents": None,
        "pools.desk.shifts": [
            {"start": "08:00", "end": "16:00", "agents": 5, "days": "1-2"},
            {"start": "22:00", "end": "09:00", "agents": 2, "days": [1]},
        ],
    }
    table = required_agents(hotline(two_days))
    first, second = (table[table["day"] == day] for day in (0, 1))

    assert [5.0] * INTERVALS == first["scheduled"].tolist()
    assert [7.0, 7.0, *[5.0] * (INTERVALS - 2)] == second["scheduled"].tolist()
    quiet = required_agents(hotline({"demand.volume": 0.5}))
    assert required_agents(hotline())["required"].tolist() == first["required"].tolist()
    assert quiet["required"].tolist() == second["required"].tolist()


def test_equal_days_stand_once() -> None:
    """A week of one kind of day has the rows of one day."""
    assert "day" not in required_agents(hotline({"days": 3})).columns
    assert np.isfinite(required_agents(hotline({"days": 3}))["net"]).all()


def short(**changes: object) -> pd.DataFrame:
    """Return what is required of a pool whose calls take twice as long in the second half-hour."""
    scenario = load(
        {
            "name": "short",
            "day": {"open": "08:00", "close": "09:00", "interval": "30 min"},
            "demand": {"calls": 100},
            "tiers": {
                "c": {
                    "priority": 0,
                    "target": {"within": "20 s", "share": "80%"},
                    "talk": {"exponential": "180 s", "per_interval": [1, 2]},
                }
            },
            "pools": {"p": {"serves": ["c"], "agents": [14, 21]}},
        }
    )
    return required_agents(scenario.with_(changes))


def test_each_interval_has_its_handle_time() -> None:
    """Erlang C: 10 Erlang need 14 agents, 20 need 25."""
    table = short()

    assert [14, 25] == table["required"].tolist()
    assert [0, -4] == table["net"].tolist()


def test_required_stays_where_nobody_is_scheduled() -> None:
    """Whoever is needed is needed, also where the roster has nobody."""
    assert [14, 25] == short(**{"pools.p.agents": [14, 0]})["required"].tolist()
    assert [14, 25] == short(**{"pools.p.agents": 0})["required"].tolist()


def test_slow_agents_and_busy_days_need_more() -> None:
    """Twice as slow, or twice the calls of one day: 20 and 40 Erlang by Erlang C."""
    slow, busy = short(**{"pools.p.speed": 2}), short(**{"days": 2, "demand.days": [1, 2]})

    expected = [
        next(n for n in range(a + 1, 99) if erlang_c(c, t, n).answered_within >= 0.8)
        for a, c, t in ((20, 200, 360), (40, 200, 720), (20, 400, 180), (40, 400, 360))
    ]
    assert expected[:2] == slow["required"].tolist()
    assert [14, 25, *expected[2:]] == busy["required"].tolist()


def test_calls_that_take_no_time_need_one_agent() -> None:
    """Somebody has to be there; a load that no formula takes needs as many agents as Erlangs."""
    assert [1, 1] == short(**{"tiers.c.talk": "0 s"})["required"].tolist()
    assert 2e7 == pytest.approx(short(**{"tiers.c.talk": "100000 h"})["required"][0])
