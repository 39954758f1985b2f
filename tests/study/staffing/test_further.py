"""`staff` keeps targets of every kind: what it counts is what verdicts count."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import callcenter as cc
from callcenter.scenario import Scenario, load
from callcenter.study.staffing.fewest_agents import breaks
from callcenter.study.staffing.goals import Meet, goals_of
from callcenter.study.staffing.trials import Counts

DESK: dict[str, Any] = {
    "name": "desk",
    "day": {"open": "08:00", "close": "10:00", "interval": "1 h"},
    "demand": {"calls": [60, 90]},
    "tiers": {
        "callers": {"priority": 0, "talk": {"exponential": "3 min"}, "patience": {"exponential": "2 min"}}
    },
    "pools": {"desk": {"serves": ["callers"], "agents": 5}},
}


def desk(*targets: Any, **more: Any) -> Scenario:
    """Return a desk of two hours with these targets."""
    return load({**DESK, **more}, {"tiers.callers.targets": list(targets)})


def counts(within: Any, asked: Any) -> Counts:
    """Return counts of one replication, rows x cells, without callbacks."""
    return Counts(np.array([within]), np.array([asked]), np.array([[0, 0]]))


def test_upper_limits_are_kept_from_below() -> None:
    """3 of 100 hang up: 2 below a limit of 5%.  90 are connected: 5 short of 95%."""
    goals = goals_of(desk({"abandoned": "5%"}, {"connected": "95%"}), Meet())
    tier, abandoned, connected = [0, 0], [1, 2], [40, 50]
    margins = goals.margins(counts([tier, abandoned, connected], [tier, [50, 50], [50, 50]]))
    assert pytest.approx([2.0, -5.0, 0.0]) == margins


def test_each_target_is_judged_over_its_own_period() -> None:
    """Over the busiest hour, the second, 1 above 90%; in the intervals, 5 above and 1 above, 6 in all."""
    goals = goals_of(
        desk({"connected": "90%", "over": "busiest_hour"}, {"connected": "90%", "over": "interval"}), Meet()
    )
    rows = [[0, 0], [50, 46], [50, 46]]
    margins = goals.margins(counts(rows, [[0, 0], [50, 50], [50, 50]]))
    assert pytest.approx([1.0, 6.0, 5.0, 1.0, 0.0]) == margins


def test_a_share_of_days_leaves_the_worst_days_out() -> None:
    """Of two days with 2 above and 3 below 90%, one must hold: the margin is that of the better day."""
    both = {"connected": "90%", "on": "50% of days"}
    goals = goals_of(desk(both, days=2), Meet())
    rows = [[0, 0, 0, 0], [46, 46, 41, 46]]
    margins = goals.margins(counts(rows, [[0] * 4, [50] * 4]))
    assert pytest.approx([2.0, 0.0]) == margins


@pytest.mark.slow
@pytest.mark.parametrize(
    "target",
    [
        {"connected": "97%"},
        {"abandoned": "5%", "over": "day", "on": "80% of days"},
        {"mean_wait": "10 s", "over": "interval"},
        {"answered": "70%", "within": "5 s", "over": "busiest_hour"},
    ],
    ids=lambda target: next(iter(target)),
)
def test_nobody_can_be_spared(target: dict[str, Any]) -> None:
    """The target holds on the days of the search, and one agent fewer in an interval breaks it."""
    staffing = cc.staff(desk({"answered": "50%", "within": "1 min"}, target), replications=10)
    entry = staffing.verdicts.made_for["targets"][1]
    achieved = entry["days_met"]["value"] if entry["on_days"] else entry["value"]
    bound = entry["on_days"] or entry["bound"]
    if entry["measure"] == "mean_wait":
        assert achieved <= bound
    else:
        assert achieved >= bound
    agents = staffing.need.pools["desk"].agents
    assert agents is not None
    assert any(breaks(staffing, "desk", place) for place, number in enumerate(agents) if number)
