"""The Anonymous Bank, 59 regular Sunday-to-Thursday days of May to July 1999: figures known by hand.

Source of the log: I. Guedj and A. Mandelbaum, Technion.  The figures were worked out without this code.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from callcenter.fit import Fit, fit
from callcenter.fit.arrivals import counts, day_cv, within_day
from callcenter.fit.calls import Calls, calls_of
from callcenter.fit.days import VOLUME, choose, rule_of
from callcenter.fit.diary import diary
from callcenter.fit.estimates import Estimate
from callcenter.fit.survival import kaplan_meier
from callcenter.records import records
from tests.fit.bank import FILE, bank

pytestmark = pytest.mark.slow

OPENING = 7 * 3600.0
RULE = rule_of("sun-thu", "1999-05-01", "1999-07-31")


@pytest.fixture(scope="module")
def calls() -> Calls:
    """The calls of the regular days."""
    every = calls_of(bank())
    return every.on_days(choose(diary(every), RULE).used)


@pytest.fixture(scope="module")
def fitted() -> Fit:
    """All that is fitted to them."""
    return fit(bank(), days="sun-thu", from_="1999-05-01", to="1999-07-31", name="anonymous bank")


def test_regular_days() -> None:
    """19 days of May, 22 of June and 18 of July are regular; those left out are holidays and rushes."""
    every = calls_of(bank())
    choice = choose(diary(every), RULE)
    months = [every.days[day][5:7] for day in choice.used]
    assert [19, 22, 18] == [months.count(month) for month in ("05", "06", "07")]
    odd = ["1999-05-17", "1999-05-20", "1999-05-23", "1999-07-04", "1999-07-05", "1999-07-22"]
    assert odd == sorted(choice.dropped[VOLUME])


def test_survival(calls: Calls) -> None:
    """63,515 calls of the opening hours queued and 15,077 of them hung up; their survival is known."""
    waits = calls.only(calls.is_queued & (calls.arrived >= OPENING))
    assert (63_515, 15_077) == (len(waits), waits.is_lost.sum())
    found = kaplan_meier(waits.wait, waits.is_lost).at(np.array([5.0, 10, 20, 30, 60, 120, 180, 300, 600]))
    expected = [0.989, 0.964, 0.925, 0.903, 0.834, 0.734, 0.656, 0.543, 0.371]
    assert expected == found.round(3).tolist()


def test_days_and_intervals(calls: Calls) -> None:
    """Calls of days vary by 11.4%, 11.1% given the weekday; those within the day by 17.4%, lag-1 0.28."""
    cell = np.floor((calls.arrived - OPENING) / 1800).astype(int)
    table = counts(calls.day, np.zeros(len(calls), np.int32), cell, (59, 1, 34))[:, 0]
    totals = table.sum(axis=1)
    assert 0.114 == pytest.approx(day_cv(totals).value, rel=0.01)
    assert 0.111 == pytest.approx(day_cv(totals, calls.weekdays).value, rel=0.01)
    assert 0.174 == pytest.approx(within_day(table).cv, rel=0.01)
    assert 0.28 == pytest.approx(within_day(table).lag_one, rel=0.03)


def test_priority_of_those_who_queued(fitted: Fit) -> None:
    """Of regular callers who queued 64.4% have priority, of stock callers 83.9%."""
    shares = {each.kind: each.shares for each in fitted.model.shares}
    assert 0.644 == pytest.approx(shares["PS"]["PSv"].value, rel=0.01)
    assert 0.839 == pytest.approx(shares["NE"]["NEv"].value, rel=0.01)


def test_wrap_up(fitted: Fit) -> None:
    """Between two calls with somebody waiting agents take 12.1 s on average, 5 s in the middle."""
    wrap_up = fitted.model.tiers[0].wrap_up
    assert wrap_up is not None
    assert 12.1 == pytest.approx(wrap_up.mean.value, rel=0.01)
    assert 5.0 == pytest.approx(np.median(wrap_up.times), rel=0.05)


def test_staffed_hours(fitted: Fit) -> None:
    """Agents were there for 90.5, 89.9 and 79.8 hours a day."""
    levels = fitted.model.levels
    daily = levels.agents.sum(axis=(1, 2)) * levels.step / 3600
    months = np.array([day[5:7] for day in levels.days])
    found = [daily[months == month].mean() for month in ("05", "06", "07")]
    assert [90.5, 89.9, 79.8] == pytest.approx(found, rel=0.02)


def test_talk(fitted: Fit) -> None:
    """Talk of days varies by 5.2%; 6.1% of regular talks are short; talk drifts down from May to July."""
    tiers = {tier.name: tier for tier in fitted.model.tiers}
    talk = tiers["PSv"].talk
    assert talk is not None
    assert talk.short is not None
    assert "lognormal" == talk.family
    day = fitted.model.talk_by_time.day
    assert day is not None
    assert _holds(day, 0.052)
    months = [level.factor.value for level in fitted.model.talk_by_time.by_month]
    assert sorted(months, reverse=True) == months


def test_head_start(fitted: Fit) -> None:
    """Each step of priority counts as 90 s already waited, as the documentation of the bank says."""
    ranks = fitted.model.ranks
    assert ranks is not None
    assert [0.0, 90.0, 180.0] == [ranks.head_start[tier] for tier in ("NW", "PS", "PSv")]
    order = next(each for each in ranks.orders if (each.first, each.second) == ("PSv", "PS"))
    assert 90.0 == order.head_start
    assert order.explained[90.0] > 0.85 > order.explained[0.0] + 0.1


def test_it_runs(fitted: Fit) -> None:
    """The fitted scenario loads and has all calls of a mean day."""
    scenario = fitted.scenario
    expected = sum(sum(scenario.demand.expected(tier)) for tier in scenario.tiers)
    assert 94_810 / 59 == pytest.approx(expected, rel=1e-4)


def test_from_records() -> None:
    """Read by the map that ships, the same days have the same calls, staffed hours and steps of priority."""
    if not FILE.exists():
        pytest.skip(f"{FILE} is not there")
    root = Path(__file__).parents[2]
    given = records(FILE, root / "scenarios/records/anonymous_bank.yaml")
    model = fit(given, days="sun-thu", from_="1999-05-01", to="1999-07-31").model
    assert 59 == len(model.days)
    assert 94_811 == model.calls
    daily = model.levels.agents.sum(axis=(1, 2)).mean() * model.levels.step / 3600
    assert (19 * 90.5 + 22 * 89.9 + 18 * 79.8) / 59 == pytest.approx(daily, rel=0.02)
    assert model.ranks is not None
    assert [0.0, 90.0, 180.0] == [model.ranks.head_start[tier] for tier in ("NW", "PS", "PSv")]


def test_a_quarter_of_a_million_calls_in_half_a_minute() -> None:
    """All 249,938 calls are fitted in under 30 s of one core."""
    frame = bank()
    start = time.process_time()
    found = fit(frame, days="all")
    assert found.model.calls > 230_000
    assert time.process_time() - start < 30


def _holds(figure: Estimate, truth: float) -> bool:
    return figure.low <= truth <= figure.high
