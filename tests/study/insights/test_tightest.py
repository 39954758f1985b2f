"""The tightest interval of a target, against the log of its calls."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import callcenter as cc
from callcenter.scenario import Goal
from callcenter.study.insights.tightest import Tightest, tightest_interval
from tests.report.test_every_target import TARGETS

PLAIN = {"vip": 20.0, "regular": 20.0}


@pytest.fixture(scope="module")
def run() -> cc.Result:
    """Four replications of two days alike, with every kind of target."""
    return cc.run(cc.load(TARGETS), replications=4, engine="simpy", keep="calls")


def counted(run: cc.Result, goal: Goal) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """Return numerators and denominators by interval of the day, from the log of the calls."""
    calls = run.calls[run.calls["tier"].isin(goal.tiers)].copy()
    calls["interval"] = ((calls["arrived"] % 86_400 - 8 * 3600) // 1800).clip(0, 3).astype(int)
    asked = calls[calls["joined"].notna()]
    answered, gone = asked["outcome"] == "answered", asked["outcome"] == "abandoned"
    limit = goal.within or goal.after or 0.0
    parts: dict[str, tuple[pd.Series[Any], pd.Series[Any]]] = {
        "answered": (answered & (asked["wait"] <= limit), asked["call"].notna()),
        "connected": (answered, asked["call"].notna()),
        "abandoned": (gone & (asked["wait"] > limit), asked["call"].notna()),
        "mean_wait": (asked["wait"].where(answered, 0.0), answered),
    }
    amounts, units = parts[goal.measure]
    return tuple(part.astype(float).groupby(asked["interval"]).sum() for part in (amounts, units))  # type: ignore[return-value]


def test_most_is_lacking_there(run: cc.Result) -> None:
    """Of calls: the interval in which most of them lack to the bound, or are beyond it, and its figure."""
    known = ("answered", "connected", "abandoned", "mean_wait")
    goals = [goal for goal in run.scenario.goals if goal.measure in known]

    assert set(known) == {goal.measure for goal in goals}
    for goal in goals:
        amounts, units = counted(run, goal)
        beyond = amounts - goal.bound * units
        place = int(np.argmin(beyond) if goal.at_least else np.argmax(beyond))
        tight = tightest_interval(run, goal)
        assert tight is not None
        clock = pd.Timestamp("2026-11-23 08:00") + pd.Timedelta(minutes=30 * place)
        assert (None, f"{clock:%H:%M}") == (tight.day, tight.start), goal
        assert pytest.approx(amounts.iloc[place] / units.iloc[place]) == tight.value


def test_agents_are_busiest_there(run: cc.Result) -> None:
    """Of a pool: the interval in which most hours of work are beyond what the bound allows."""
    goal = next(goal for goal in run.scenario.goals if goal.measure == "occupancy")
    log = run.calls.dropna(subset=["answered"])
    desk = log[log["pool"] == "desk"]
    tight = tightest_interval(run, goal)

    assert tight is not None
    begin = 3600 * int(tight.start[:2]) + 60 * int(tight.start[3:])
    staffed = 6 * 1800 * 2 * run.replications
    for start in range(8 * 3600, 10 * 3600 - 1800, 1800):  # the last one has overtime
        spans = [desk[["answered", "released"]] - day * 86_400 for day in range(2)]
        work = sum(
            (each["released"].clip(upper=start + 1800) - each["answered"].clip(lower=start))
            .clip(lower=0)
            .sum()
            for each in spans
        )
        assert work / staffed <= tight.value + 1e-9 or start == begin


def test_days_that_differ_are_told_apart() -> None:
    """A day with thrice the calls is the tight by itself; nobody calls on a quiet one."""
    scenario = cc.load(TARGETS, {"demand.days": [0, 1, 3], "days": 3, "day.date": "2026-11-23"})
    run = cc.run(scenario, replications=2, engine="simpy")
    tight = tightest_interval(run, scenario.goals[0])

    assert tight is not None
    assert (2, "2026-11-25") == (tight.day, str(tight.date))


def test_nothing_is_counted() -> None:
    """Without a single callback there is no tightest interval of callbacks."""
    scenario = cc.load(TARGETS, {"pools.desk.agents": 80})
    run = cc.run(scenario, replications=1, engine="simpy")
    goal = next(goal for goal in scenario.goals if goal.measure == "callbacks")

    assert tightest_interval(run, goal) is None
    assert Tightest(None, "08:00", "08:30", 1.0) == tightest_interval(
        run, next(goal for goal in scenario.goals if goal.measure == "connected")
    )
