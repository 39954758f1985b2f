"""Hours left to nobody: where that is cheaper, and only where it is asked for and can be."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import callcenter as cc
from callcenter.scenario import Scenario
from callcenter.study.staffing import StaffingError, staff
from callcenter.study.staffing.closing import closed
from callcenter.study.staffing.goals import goals_of, meet_of
from callcenter.study.staffing.proving import costs, mended
from callcenter.study.staffing.search import Search
from callcenter.study.staffing.trials import Trials
from callcenter.study.workers.effort import Effort
from callcenter.study.workers.executors import workforce
from tests.study.staffing.test_rosters import desk
from tests.study.staffing.test_staff import levels_of

TARGET = {"target": {"within": "20 s", "share": "80%"}}
WAIT = {"targets": [{"mean_wait": "20 s"}]}


def evening(goals: dict[str, Any] | None = None) -> Scenario:
    """Return three busy hours and two quiet ones, of callers who never hang up."""
    tier = {"priority": 0, "patience": "never", "talk": {"exponential": "5 min"}, **(goals or TARGET)}
    return desk([100, 100, 100, 20, 20], seed=8, **{"tiers.any": tier})


def test_hours_are_left_to_nobody_where_that_is_cheaper() -> None:
    """Nothing cheaper is possible, by the bound; and it holds on days of another seed."""
    without = staff(evening(), replications=8)
    staffing = staff(evening(), replications=8, may_close=True)

    assert levels_of(without)[0][-2] > 0
    assert levels_of(staffing)[0][-2:] == [0, 0]
    assert [False, True] == [each.summary["may_close"] for each in (without, staffing)]
    assert without.certainty.hours > staffing.certainty.hours
    assert staffing.bound is not None
    assert staffing.bound.hours == staffing.certainty.hours
    assert staffing.certainty.is_met
    target = cc.run(staffing.need, 500, seed=9).summary["targets"][0]
    assert target["value"] >= target["bound"] - 0.002


@pytest.mark.parametrize(
    ("asked", "every_interval"),
    [(TARGET, True), (WAIT, False)],
)
def test_targets_that_every_hour_or_every_caller_counts_for_close_nothing(
    asked: dict[str, Any], every_interval: bool
) -> None:
    """A mean wait would be kept by answering nobody."""
    scenario = evening(asked)
    with workforce(Effort(workers=1), in_threads=True) as force:
        goals = goals_of(scenario, meet_of("mean", every_interval))
        trials = Trials(scenario, scenario.seed, force(0.0))
        search = Search(trials, goals, costs(scenario), scenario.day.interval, range(8))
        best = mended(search, np.array([[12, 12, 12, 4, 4]]))

        assert closed(search, best, mended) is best


def test_both_hours_without_agents_and_targets_in_every_interval_are_refused() -> None:
    """They contradict each other."""
    with pytest.raises(StaffingError, match="ask for one of both"):
        staff(evening(), every_interval=True, may_close=True)


def test_days_that_take_long_are_refused() -> None:
    """Not searched for hours: each stretch is a search of its own."""
    with pytest.raises(StaffingError, match="so many calls take too long"):
        staff(evening().with_({"demand.volume": 200}), may_close=True)
