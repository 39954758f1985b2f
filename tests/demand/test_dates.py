"""Calls by date, and rosters of days of the past (rules R3g and R18a)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from callcenter.demand import Loads, draw
from callcenter.demand.roster import drawn_days, roster
from callcenter.scenario import Scenario, load

TALK = {"priority": 0, "talk": "3 min"}
DATES = tuple(f"2026-01-{day:02}" for day in range(1, 11))


def hotline(calls: Any = 10, days: int = 3, pools: Any = None, **sections: Any) -> Scenario:
    """Return a desk open for two hours in half-hours; the first day is Monday 23 November 2026."""
    return load(
        {
            "name": "dates",
            "day": {"date": "2026-11-23", "open": "08:00", "close": "10:00", "interval": "30 min"},
            "days": days,
            "demand": {"calls": calls},
            "tiers": {"all": TALK},
            "pools": pools or {"desk": {"serves": ["all"], "agents": 3}},
        }
        | sections
    )


def test_each_day_has_the_calls_of_its_date() -> None:
    """Of 200 replications, counts by day and half-hour are Poisson of their expectation: z within 4."""
    rows = np.array([[10, 20, 30, 40], [5, 5, 5, 5], [0, 0, 8, 0]], float)
    dates = ("2026-11-23", "2026-11-24", "2026-11-25")
    by_date = dict(zip(dates, rows.tolist(), strict=True))
    scenario = hotline({"by_date": by_date})
    arrived = np.concatenate([draw(scenario, 7, replication).arrived for replication in range(200)])
    cell = (arrived // 86_400 * 4 + (arrived % 86_400 - 8 * 3600) // 1800).astype(int)
    counts = np.bincount(cell, minlength=12).reshape(3, 4)

    assert np.all(counts[rows == 0] == 0)
    assert np.all(np.abs(counts - 200 * rows) <= 4 * np.sqrt(200 * rows))


def test_same_rows_every_day_are_one_row() -> None:
    """A week whose dates are all alike has the calls of the plain series, call by call."""
    plain = draw(hotline(10), 1, 0)
    dated = draw(hotline({"by_weekday": {"Mon-Sun": 10}}), 1, 0)

    assert np.array_equal(plain.arrived, dated.arrived)
    assert np.array_equal(plain.talk, dated.talk)


def test_a_cool_down_day_has_the_calls_of_its_date() -> None:
    """R3g: after Monday and Tuesday comes Wednesday, with 100 calls; what came before stays as it is."""
    calls = {"by_weekday": {"Mon-Tue": 10, "Wed-Sun": 100}}
    short, long = draw(hotline(calls, 2), 1, 0), draw(hotline(calls, 2, cool_down="24 h"), 1, 0)

    assert np.array_equal(short.arrived, long.arrived[: short.arrived.size])
    assert 300 < long.arrived.size - short.arrived.size < 500


def test_load_of_a_day() -> None:
    """Two days of 40 and 20 calls are 30 on average; `demand.days` multiplies them; the busiest is found."""
    loads = Loads(hotline({"by_weekday": {"Mon": 10, "Tue-Sun": 5}}, 2))
    factors = Loads(hotline({"by_weekday": {"Mon": 10, "Tue-Sun": 5}}, 2).with_({"demand.days": [1, 3]}))

    assert (40, 20, 30) == (loads.calls("all", 0), loads.calls("all", 1), loads.calls("all"))
    assert (40, 60, 50) == (factors.calls("all", 0), factors.calls("all", 1), factors.calls("all"))
    assert (0, 1) == (loads.busiest_day(), factors.busiest_day())


def test_days_of_the_past_are_equally_likely() -> None:
    """10,000 draws of 10 dates: chi-square with 9 degrees of freedom, and neighbours independent (99)."""
    drawn = np.concatenate([drawn_days(DATES, 5, replication, 10) for replication in range(1000)])
    pairs = np.bincount(10 * drawn[:-1] + drawn[1:], minlength=100)

    assert stats.chisquare(np.bincount(drawn, minlength=10)).pvalue > 0.001
    assert stats.chisquare(pairs).pvalue > 0.001


def past(*rows: int, first: int = 1) -> dict[str, Any]:
    """Return a pool whose roster is drawn from some dates."""
    by_date = {f"2026-01-{day:02}": agents for day, agents in enumerate(rows, first)}
    return {"serves": ["all"], "agents": {"by_date": by_date, "draw": "days"}}


def test_pools_of_the_same_dates_take_the_same_date() -> None:
    """R18a: 3 and 30, 4 and 40, 5 and 50 go together; a pool of other dates draws for itself."""
    pools = {"one": past(3, 4, 5), "other": past(30, 40, 50), "elsewhere": past(300, 400, 500, first=11)}
    rosters = np.concatenate([roster(hotline(pools=pools), 1, each).rostered for each in range(50)])

    assert np.array_equal(10 * rosters[:, 0], rosters[:, 1])
    assert {3, 4, 5} == set(rosters[:, 0])
    assert not np.array_equal(100 * rosters[:, 0], rosters[:, 2])


def test_a_roster_drawn_lasts_the_day() -> None:
    """All half-hours of a day are those of one date, and further days move no draw."""
    pools = {"one": past(3, 4, 5)}
    three, four = (roster(hotline(days=days, pools=pools), 1, 0).rostered[:, 0] for days in (3, 4))

    assert all(len(set(day)) == 1 for day in three.reshape(3, 4))
    assert np.array_equal(three, four[: three.size])


def test_absence_comes_on_top() -> None:
    """Of 10 agents on one date and 20 on another, 50 % are absent: half of 15 are there on average."""
    pool = past(10, 20) | {"absence": "50%"}
    staffed = [roster(hotline(pools={"one": pool}), 1, each).staffed.mean() for each in range(400)]

    assert pytest.approx(7.5, abs=0.3) == np.mean(staffed)
