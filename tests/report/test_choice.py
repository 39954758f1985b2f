"""Which point is shown in detail, and the fewest agents under each condition."""

from __future__ import annotations

from pathlib import Path

import pytest

import callcenter as cc
from callcenter.study.answers.axes import parameters, plane
from callcenter.study.answers.points import overall_verdict
from callcenter.study.answers.shown_point import choose, fewest
from callcenter.study.sweeps import as_study
from tests.report import studies


def test_the_recommended_point_is_shown(grid: cc.SweepResult) -> None:
    """At the volume as written, the fewest agents that met every target."""
    choice = choose(grid)
    verdicts = [overall_verdict(found) for found in grid.summaries]
    met = [number for number in range(4, 8) if verdicts[number] == "met"]

    assert met[0] == choice.number
    assert "the fewest agents that met every target at volume 1.0" == choice.reason


def test_the_point_as_written_is_shown_where_none_met(tmp_path: Path) -> None:
    """Without a recommendation it is the scenario itself."""
    vary = {"demand.volume": [2.0, 1.0], "pools.desk.agents": {"scale": [0.5, 1.0]}}
    choice = choose(studies.sweep(tmp_path, vary))

    assert 3 == choice.number
    assert choice.reason.startswith("the point nearest to the scenario as written")


def test_the_best_point_is_shown_where_none_is_as_written(tmp_path: Path) -> None:
    """What is no factor of the scenario has no nearest point."""
    choice = choose(studies.sweep(tmp_path, {"pools.desk.agents": [1, 3, 2]}))

    assert 1 == choice.number
    assert choice.reason.startswith("the point that came nearest to its targets")


def test_one_point_needs_no_reason(desk: cc.Result) -> None:
    """A run shows itself."""
    assert (0, "") == choose(as_study(desk))


def test_the_fewest_agents_agree_with_the_answer(grid: cc.SweepResult) -> None:
    """A row a volume; the staffings are those of the study's own sentence."""
    found = fewest(grid)

    assert ["volume 0.7", "volume 1.0", "volume 1.3"] == [entry.conditions for entry in found]
    for entry in found:
        assert (
            entry.best is None
            or f"at {entry.conditions}, {entry.best.roster.hours:,.0f} agent-hours" in grid.answer
        )


def test_no_fewest_agents_where_no_staffing_varies(tmp_path: Path) -> None:
    """The question is not asked."""
    assert [] == fewest(studies.sweep(tmp_path, {"demand.volume": [0.5, 1.0]}, replications=2))


@pytest.mark.parametrize(
    ("vary", "design", "is_plane"),
    [
        ({"demand.volume": [0.5, 1.0], "pools.desk.agents": [2, 3]}, "grid", True),
        ({"demand.volume": [0.5, 1.0, 1.5], "pools.desk.agents": [2, 3, 4]}, "zip", False),
        (
            {"demand.volume": [0.5, 1.0], "tiers.vip.priority": [0, 1], "pools.desk.agents": [2, 3]},
            "grid",
            False,
        ),
        ({"demand.volume": [1.0], "pools.desk.agents": [2, 3]}, "grid", False),
    ],
)
def test_what_spans_a_plane(vary: dict[str, object], design: str, is_plane: bool, tmp_path: Path) -> None:
    """Two parameters whose combinations are mostly there."""
    assert is_plane == (plane(studies.sweep(tmp_path, vary, design, replications=1)) is not None)


def test_parameters_in_order(tmp_path: Path) -> None:
    """Quantities are sorted by size, anything else stays in the order of the sweep."""
    vary = {
        "ivr.self_service": ["20%", "5%"],
        "tiers.vip.target": ["none", {"share": "80%", "within": "20 s"}],
    }
    data = {**vary, "ivr.time": ["10 s"]}
    share, target = parameters(studies.sweep(tmp_path, data, replications=1))

    assert ("5%", "20%") == share.ticks
    assert (0.05, 0.2) == share.magnitudes
    assert ("none", "{share: 80%, within: 20 s}") == target.ticks
    assert target.magnitudes is None
