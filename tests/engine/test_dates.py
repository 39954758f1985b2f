"""Agents by date on a timeline small enough to check by hand, and the hours that are paid for them."""

from __future__ import annotations

import numpy as np
import pytest

import callcenter as cc
from tests.engine.timeline import Caller, Fate, hotline, live

DAY = 86_400.0


def test_each_day_has_the_agents_of_its_date(engine: str) -> None:
    """Tuesday has nobody until 600: who calls at 100 waits on Tuesday, and is answered at once on Monday."""
    agents = {"by_weekday": {"Mon": 1, "Tue-Sun": [0, 1, 1, 1, 1, 1]}}
    pools = {"desk": {"serves": ["vip"], "agents": agents}}
    day = {"date": "2026-11-23", "open": "00:00", "close": "01:00", "interval": "10 min"}
    run = live(
        engine,
        hotline(pools=pools, day=day, days=2),
        Caller("vip", 100),
        Caller("vip", DAY + 100),
    )

    assert [Fate("answered", 100, 160, "desk"), Fate("answered", DAY + 600, DAY + 660, "desk")] == run.calls


@pytest.mark.slow
def test_paid_hours_are_those_of_the_roster_drawn() -> None:
    """Rosters of 1 and 3 agents for an hour: 1 or 3 hours are paid, alike in batches and one by one."""
    scenario = cc.load(
        hotline(pools={"desk": {"serves": ["vip"], "cost_per_hour": 10,
                       "agents": {"by_date": {"2026-01-05": 1, "2026-01-06": 3}, "draw": "days"}}})
    )  # fmt: skip
    results = [cc.run(scenario, replications=40, engine=engine) for engine in ("compiled", "simpy")]
    hours = [[float(tally.pool_sums[3].sum()) / 3600 for tally in result.tallies] for result in results]

    assert {1.0, 3.0} == set(hours[0])
    assert hours[0] == hours[1]
    assert pytest.approx(10 * np.mean(hours[0])) == results[0].summary["economics"]["cost"]["value"]
