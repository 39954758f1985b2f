"""What errors of the forecast cost: by hand, by Erlang A, and by the other engine."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import callcenter as cc
from callcenter.arrays import Floats
from callcenter.engine import floor_plan, simulate
from callcenter.forecast import forecast as forecast_of
from callcenter.forecast.cost import Cost, Past, cost_of
from callcenter.forecast.played import PlayedDays, one_day, shares_of, whole_agents
from callcenter.outcomes import Outcome
from callcenter.scenario import Scenario, load
from callcenter.study.staffing.trials import staffed
from callcenter.theory import erlang_a
from tests.forecast.series import Truth, drawn, frame

TIER: dict[str, Any] = {
    "target": {"within": "20 s", "share": "80%"},
    "talk": {"exponential": "4 min"},
    "patience": {"exponential": "5 min"},
}
DESK: dict[str, Any] = {
    "name": "desk",
    "day": {"open": "08:00", "close": "18:00", "interval": "30 min"},
    "demand": {"calls": 10, "mix": {"vip": "20%", "regular": "80%"}},
    "tiers": {"vip": {"priority": 0, **TIER}, "regular": {"priority": 1, **TIER}},
    "pools": {"desk": {"serves": ["vip", "regular"], "agents": 8}},
}


def _cost(scenario: Scenario, actual: Floats, chosen: Floats) -> Cost:
    """Return the cost of forecasts of all calls, shape (days, intervals)."""
    shares = shares_of(scenario)
    came, forecast = (each[:, None] * shares for each in (actual, chosen))
    past = Past(came, forecast, {"it": forecast}, shares)
    cost = cost_of(one_day(scenario, came.mean(axis=0)), past, 1, is_assumed=False)
    assert cost is not None
    return cost


def test_an_exact_forecast_costs_nothing() -> None:
    """The same agents are needed, to the last of them."""
    actual = np.full((10, 20), 40.0) + 5.0 * np.arange(10)[:, None]
    cost = _cost(load(DESK), actual, actual)

    assert cost.known == cost.chosen == cost.methods["it"]
    assert (0.0, 0.0) == (cost.more.value, cost.tenth)


def _in_time(calls: float, agents: float) -> float:
    """Return the share in time by Erlang A; of part of an agent so many intervals have one more."""
    few = int(agents)
    low, high = (
        erlang_a(2 * calls, 240.0, number, 300.0, 20.0).answered_within if number else 0.0
        for number in (few, few + 1)
    )
    return low + (agents - few) * (high - low)


def _root(function: Any, low: float, high: float) -> float:
    """Return where a rising function is 80 %."""
    for _turn in range(50):
        middle = (low + high) / 2
        low, high = (low, middle) if function(middle) >= 0.8 else (middle, high)
    return high


@pytest.mark.slow
def test_the_cost_is_that_of_erlang() -> None:
    """One line of callers and calls that do not change within the day: Erlang A tells the same."""
    few, usual, many = 106.0, 120.0, 134.0
    forecast = np.full((16, 24), 2 * usual)
    actual = np.where(np.arange(16)[:, None] % 2, 2 * many, 2 * few) + np.zeros((16, 24))

    def load_of(calls: float) -> float:
        return calls * 240 / 1800

    def kept(fewer: float, more: float) -> float:
        return (few * _in_time(few, fewer) + many * _in_time(many, more)) / (few + many)

    def rule(calls: float, safety: float) -> float:
        return float(load_of(calls) + safety * np.sqrt(load_of(calls)))

    safety = _root(lambda each: kept(rule(few, each), rule(many, each)), -3, 4)
    known = 24 * (rule(few, safety) + rule(many, safety)) / 2
    agents = _root(lambda each: kept(each, each), load_of(usual) / 2, 3 * load_of(usual))
    day = {"day": {"open": "00:00", "close": "24:00", "interval": "1 h"}}
    alone = {"demand": {"calls": 10}, "tiers": {"any": {"priority": 0, **TIER}}}
    alone |= {"pools": {"desk": {"serves": ["any"], "agents": 8}}}
    cost = _cost(load(DESK | day | alone), actual, forecast)

    assert known == pytest.approx(cost.known, rel=0.02)
    assert 24 * agents == pytest.approx(cost.chosen, rel=0.02)
    assert 24 * agents - known == pytest.approx(cost.more.value, rel=0.15)
    assert cost.more.low < 24 * agents - known < cost.more.high


def test_larger_errors_cost_more() -> None:
    """A tenth of them is worth a little of the cost, and chance alone is less than all of it."""
    history = drawn(Truth(3000, day_cv=0.10), 100, 5).history
    cost = forecast_of(frame(history), weeks=1, scenario=load(DESK)).cost

    assert cost is not None
    assert 0 < cost.more.low < cost.more.value
    assert 0 < cost.tenth < cost.more.value / 2
    assert 0 < cost.chance < cost.more.value
    assert cost.more.value == pytest.approx(cost.chosen - cost.known)


def test_agents_are_sized_by_the_root_of_the_load() -> None:
    """15 calls of 4 minutes in half an hour are 2 Erlang; two desks of their own share nothing."""
    apart = DESK | {
        "pools": {
            "first": {"serves": ["vip"], "agents": 2, "shrinkage": "20%"},
            "second": {"serves": ["regular"], "agents": 6},
            "third": {"serves": ["regular"], "agents": 2},
            "helpers": {"serves": {"vip": {"after": "30 s"}}, "agents": 1},
        }
    }
    calls = np.stack([np.full((1, 20), 15.0), np.full((1, 20), 60.0)], axis=1)
    scenario = load(apart)
    required = PlayedDays(one_day(scenario, calls[0]), calls, 1).required(calls, 1.0)

    whole = 8 + np.sqrt(8)
    expected = [(2 + np.sqrt(2)) / 0.8, 0.75 * whole, 0.25 * whole, 1.0]
    assert required[0, :, 0] == pytest.approx(expected, rel=1e-4)


def test_part_of_an_agent_is_one_in_part_of_the_intervals() -> None:
    """On the whole so many as were asked for, and more are nowhere fewer."""
    asked = np.full((6, 2, 48), 3.3)

    levels = whole_agents(asked)

    assert {3, 4} == set(levels.ravel().tolist())
    assert levels.mean() == pytest.approx(3.3, abs=0.01)
    assert (whole_agents(asked * 1.05) >= levels).all()


def test_days_are_played_as_any_engine_plays_them() -> None:
    """The callers are those that came, and calls in time are those of a SimPy run of the same callers."""
    calls = np.array([[[4.0] * 20, [21.0] * 20], [[7.0] * 20, [16.0] * 20]])
    scenario = one_day(load(DESK), calls.mean(axis=0))
    days = PlayedDays(scenario, calls, 2)
    staffing = np.full((2, 1, 20), 4)

    played = days.played([staffing.astype(np.float64), staffing + 1.0])[0]

    assert [40.0, 40.0] == played.hours.tolist()
    for day in range(2):
        margins = []
        for given in days._given[2 * day : 2 * day + 2]:
            tape = given.tape()
            cells = ((tape.arrived - 8 * 3600) // 1800).astype(int)
            assert calls[day].tolist() == [
                np.bincount(cells[tape.tier == tier], minlength=20).tolist() for tier in range(2)
            ]
            variant = staffed(scenario, staffing[day])
            plan = floor_plan(variant, tape.seed, tape.replication)
            log = simulate(variant, tape, "simpy", plan=plan)
            waits = np.where(np.isfinite(log.answered), log.answered - log.joined, np.inf)
            is_short = (log.outcome == Outcome.ABANDONED) & (log.left - log.joined <= 0)
            margins.append(float((waits <= 20).sum() - 0.8 * (~is_short).sum()))
        assert np.mean(margins) == pytest.approx(float(played.by_day[day, 0]))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"tiers": {"any": {"priority": 0, "talk": "4 min"}}}, "promises nothing"),
        (
            {
                "tiers": {"any": {"priority": 0, **TIER}},
                "pools": {"desk": {"serves": {"any": {"after": "1 min"}}, "agents": 8}},
            },
            "no number of agents",
        ),
    ],
)
def test_what_is_not_known_is_named(change: dict[str, Any], why: str) -> None:
    """Without a promise there is nothing to pay for."""
    base = DESK | {"demand": {"calls": 10}, "pools": {"desk": {"serves": ["any"], "agents": 8}}} | change
    forecast = forecast_of(frame(drawn(Truth(300), 40, 3).history), weeks=1, scenario=cc.load(base))

    assert forecast.cost is None
    assert any(why in note for note in forecast.notes)
