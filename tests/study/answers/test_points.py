"""What each point shows: its agents, the verdict over all targets, its row of the table."""

from __future__ import annotations

from typing import Any

import pytest

from callcenter.scenario import Scenario
from callcenter.study import run
from callcenter.study.answers.points import Roster, overall_verdict, point_table, roster
from callcenter.study.designs.design import Design, point


def judged(*verdicts: str | None) -> dict[str, Any]:
    """Return what the verdict is read from; the total is of no account."""
    return {
        "tiers": {"all": {"service_level": {"verdict": "missed"}}},
        "targets": [{"verdict": verdict} for verdict in verdicts if verdict],
    }


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (("met", "met"), "met"),
        (("met", "unclear"), "unclear"),
        (("unclear", "missed", "met"), "missed"),
        (("met", None), "met"),
        ((None, None), None),
    ],
)
def test_the_worst_verdict_is_that_of_the_point(
    verdicts: tuple[str | None, ...], expected: str | None
) -> None:
    """Missed before unclear before met; a tier without a target has no say."""
    assert expected == overall_verdict(judged(*verdicts))


def test_the_roster_adds_up_pools_and_intervals(scenario: Scenario) -> None:
    """Agents of an interval are those of all pools; the peak is that of the sum."""
    hours = scenario.day.length / 3600

    assert Roster(10 * hours, 10, 10 * hours, 10) == roster(scenario.with_({"pools.desk.agents": 10}))
    tired = scenario.with_({"pools.desk.agents": 10, "pools.desk.shrinkage": "20%"})
    assert Roster(8 * hours, 8, 10 * hours, 10) == roster(tired)


def test_the_table_has_one_row_per_point_and_tier(scenario: Scenario) -> None:
    """And one for all; a scaled series is its factor, anything else its short text."""
    settings: list[dict[str, object]] = [
        {"pools.desk.agents": {"scale": factor}, "tiers.vip.target": target}
        for factor, target in ((1.0, {"within": "20 s", "share": "80%"}), (1.5, "none"))
    ]
    points = tuple(point(scenario.with_(each), each) for each in settings)
    table = point_table(Design("two", points, 1, 1), [run(each.scenario, 1).summary for each in points])

    assert 2 * (len(scenario.tiers) + 1) == len(table)
    assert [1.0, 1.5] == table["pools.desk.agents"].unique().tolist()
    assert ["{within: 20 s, share: 80%}", "none"] == table["tiers.vip.target"].unique().tolist()
    assert [roster(each.scenario).peak for each in points] == table["agents_peak"].unique().tolist()
