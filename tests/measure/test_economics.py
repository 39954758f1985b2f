"""Costs and values, worked out by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest

from callcenter.demand import draw
from callcenter.engine import simulate
from callcenter.measure import summary, tally
from callcenter.measure.economics import is_priced
from callcenter.measure.tables import economics_table
from callcenter.scenario import load
from tests.measure.logs import answered, log, lost, scenario

PRICES = {
    "pools.desk.cost_per_hour": 60,
    "pools.office.cost_per_hour": 40,
    "pools.office.overtime_per_hour": 90,
    "line_cost_per_minute": 0.5,
    "tiers.vip.value": {"answered": 3, "abandoned": -20},
    "tiers.spam.value": {"abandoned": 1},
}

ROWS = [
    lost("vip", 0.0, wait=30.0),
    lost("spam", 10.0, wait=60.0),
    answered("mid", 60.0, talk=120.0),
    answered("vip", 7100.0, talk=460.0, pool="desk"),
    answered("vip", 7000.0, talk=400.0, pool="office"),
]
ROWS = sorted(ROWS, key=lambda row: row.arrived)
"""The desk works 360 s after the close and the office 200 s."""

COSTS = {"staffing_cost": 3 * 60 + 6 * 40, "overtime_cost": 0.1 * 60 + 200 / 3600 * 90}
LINE_COST = (30 + 60 + 120 + 460 + 400) / 60 * 0.5
COST = sum(COSTS.values()) + LINE_COST
VALUE = 2 * 3 - 20 + 1


def economics(changes: dict[str, object] | None = None) -> dict[str, Any]:
    """Return the money of two replications, the second without any call."""
    lines = scenario(PRICES if changes is None else changes)
    tallies = [tally(lines, log(ROWS, end=7560.0)), tally(lines, log([]))]
    money: dict[str, Any] = summary(lines, tallies)["economics"]
    return money


def test_costs_are_hours_and_minutes_at_their_price() -> None:
    """Staffed hours of both days, overtime and line minutes of one; the desk's overtime costs as any hour."""
    money = economics()

    assert COSTS["staffing_cost"] == money["staffing_cost"]["value"]
    assert pytest.approx(COSTS["overtime_cost"] / 2) == money["overtime_cost"]["value"]
    assert pytest.approx(LINE_COST / 2) == money["line_cost"]["value"]
    assert pytest.approx((COST + COSTS["staffing_cost"]) / 2) == money["cost"]["value"]


def test_values_may_be_below_zero() -> None:
    """Two answered VIP calls less an abandoned one; intervals are not cut at zero."""
    money = economics()

    assert VALUE / 2 == money["value"]["value"]
    assert {"vip": -7.0, "mid": 0.0, "spam": 0.5} == {
        tier: amount["value"] for tier, amount in money["tiers"].items()
    }
    assert money["value"]["low"] < money["value"]["value"] < 0 < money["value"]["high"]
    assert pytest.approx(money["value"]["value"] - money["cost"]["value"]) == money["net"]["value"]


def test_the_cost_of_an_answered_call() -> None:
    """All costs of both days over the three calls answered."""
    assert pytest.approx((COST + COSTS["staffing_cost"]) / 3) == economics()["cost_per_answered"]["value"]


def test_pools_have_their_own_cost() -> None:
    """Hours and overtime; what is beside it is the cost of lines."""
    money = economics()

    pools = {name: amount["value"] for name, amount in money["pools"].items()}
    assert {"desk": 180 + 3, "office": 240 + 2.5} == pytest.approx(pools)
    assert pytest.approx(sum(pools.values()) + LINE_COST / 2) == money["cost"]["value"]


def test_without_prices_everything_is_zero() -> None:
    """Present and plain, so that nobody needs to ask first."""
    money = economics({})

    assert not is_priced(scenario())
    assert {0.0} == {figure["value"] for name, figure in money.items() if name not in ("pools", "tiers")}
    assert {0.0} == {amount["value"] for part in ("pools", "tiers") for amount in money[part].values()}
    json.dumps(money, allow_nan=False)


@pytest.mark.parametrize("change", [{name: value} for name, value in PRICES.items()])
def test_one_price_is_enough(change: dict[str, object]) -> None:
    """Of agents, overtime, lines or calls."""
    assert is_priced(scenario(change))


def test_the_economics_table() -> None:
    """A row for each pool's cost, each tier's value and each total."""
    lines = scenario(PRICES)
    tallies = [tally(lines, log(ROWS, end=7560.0))] * 2

    table = economics_table(lines, tallies).set_index(["figure", "of"])["amount"]

    assert [("cost", "desk"), ("cost", "office")] == list(table.index[:2])
    assert -14.0 == table["value", "vip"]
    assert pytest.approx(COST) == table["cost", ""]
    assert pytest.approx(VALUE - COST) == table["net", ""]
    assert pytest.approx(COST / 3) == table["cost_per_answered", ""]


@pytest.mark.parametrize("off", [{"shrinkage": "25%"}, {"shrinkage": "70%"}, {"absence": "40%"}, {}])
def test_one_price_for_one_roster(off: dict[str, str]) -> None:
    """Ten rostered agents for 4 h at 60 an hour are 2,400, whoever of them is off the phones."""
    pool = {"serves": ["all"], "agents": 10, "cost_per_hour": 60} | off
    priced = load(
        {
            "name": "price",
            "day": {"open": "08:00", "close": "12:00", "interval": "1 h"},
            "demand": {"calls": [100, 0, 0.4, 0]},
            "tiers": {"all": {"priority": 0, "talk": {"exponential": "3 min"}}},
            "pools": {"desk": pool},
        }
    )
    money = summary(priced, [tally(priced, simulate(priced, draw(priced, 1, 0)))])["economics"]

    assert 2400 == money["staffing_cost"]["value"] == money["cost"]["value"]
