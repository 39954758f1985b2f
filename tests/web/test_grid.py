"""The grid of a day: series in, changes out."""

from __future__ import annotations

from callcenter.scenario import Scenario
from callcenter.web.grid import columns_of, edited, starts
from callcenter.web.whatif import WhatIf


def test_the_grid_has_calls_and_agents(scenario: Scenario) -> None:
    """One row for each interval, one column for each series."""
    assert ["demand.calls", "pools.desk.agents"] == [column.path for column in columns_of(scenario)]
    assert (8, "08:00", "11:30") == (len(starts(scenario)), starts(scenario)[0], starts(scenario)[-1])


def test_what_is_edited_is_a_change(scenario: Scenario) -> None:
    """A changed cell makes its series a change; empty cells and nonsense stay as they were."""
    columns = columns_of(scenario)
    values: dict[str, list[object]] = {column.path: list(column.values) for column in columns}
    assert {} == edited(columns, values)
    values["pools.desk.agents"][2:6] = [14.0, None, -3, float("nan")]
    changes = edited(columns, values)

    assert {"pools.desk.agents": [10, 10, 14, 10, 10, 10, 10, 10]} == changes
    assert 14 == (WhatIf(scenario).base(changes).pools["desk"].agents or ())[2]


def test_tiers_with_calls_of_their_own(scenario: Scenario) -> None:
    """Where demand is given tier by tier, each has its column."""
    tiers = {name: {"calls": 20} for name in scenario.tiers}
    apart = scenario.with_({"demand": {"tiers": tiers}})

    assert "demand.tiers.vip.calls" in [column.path for column in columns_of(apart)]
