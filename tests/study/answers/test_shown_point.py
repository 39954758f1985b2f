"""Which point is shown in detail, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

import callcenter as cc
from callcenter.study.answers.points import overall_verdict
from callcenter.study.answers.shown_point import choose
from callcenter.study.sentences.shown_point import reason
from callcenter.study.sweeps import as_study
from tests.report import studies


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory) -> cc.SweepResult:
    """Three volumes and four staffings."""
    vary = {"demand.volume": [0.7, 1.0, 1.3], "pools.desk.agents": {"scale": [1, 2, 3, 4]}}
    return studies.sweep(tmp_path_factory.mktemp("grid"), vary)


def test_the_recommended_point_is_shown(grid: cc.SweepResult) -> None:
    """At the volume as written, the fewest agents that met every target."""
    choice = choose(grid)
    verdicts = [overall_verdict(summary) for summary in grid.summaries]
    met = [number for number in range(4, 8) if verdicts[number] == "met"]

    assert met[0] == choice.number
    assert "the fewest agents that met every target at volume 1.0" == reason(choice)


def test_the_point_as_written_is_shown_where_none_met(tmp_path: Path) -> None:
    """Without a recommendation it is the scenario itself."""
    vary = {"demand.volume": [2.0, 1.0], "pools.desk.agents": {"scale": [0.5, 1.0]}}
    choice = choose(studies.sweep(tmp_path, vary))

    assert 3 == choice.number
    assert reason(choice).startswith("the point nearest to the scenario as written")


def test_the_best_point_is_shown_where_none_is_as_written(tmp_path: Path) -> None:
    """What is no factor of the scenario has no nearest point."""
    choice = choose(studies.sweep(tmp_path, {"pools.desk.agents": [1, 3, 2]}))

    assert 1 == choice.number
    assert reason(choice).startswith("the point that came nearest to its targets")


def test_one_point_needs_no_reason() -> None:
    """A run shows itself."""
    choice = choose(as_study(studies.result()))

    assert (0, "") == (choice.number, reason(choice))
