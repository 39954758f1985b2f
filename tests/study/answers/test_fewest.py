"""The fewest agents under each condition."""

from __future__ import annotations

from pathlib import Path

import pytest

import callcenter as cc
from callcenter.study.answers.fewest import MOST_ALONE, candidates, fewest, is_staffing
from tests.report import studies


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory) -> cc.SweepResult:
    """Three volumes and four staffings."""
    vary = {"demand.volume": [0.7, 1.0, 1.3], "pools.desk.agents": {"scale": [1, 2, 3, 4]}}
    return studies.sweep(tmp_path_factory.mktemp("grid"), vary)


def test_the_fewest_agents_agree_with_the_answer(grid: cc.SweepResult) -> None:
    """A row a volume; the staffings are those of the study's own sentence."""
    answers = fewest(grid)

    assert ["volume 0.7", "volume 1.0", "volume 1.3"] == [entry.conditions for entry in answers]
    for entry in answers:
        assert (
            entry.best is None
            or f"at {entry.conditions}, {entry.best.roster.hours:,.0f} agent-hours" in grid.answer
        )


def test_no_fewest_agents_where_no_staffing_varies(tmp_path: Path) -> None:
    """The question is not asked."""
    assert [] == fewest(studies.sweep(tmp_path, {"demand.volume": [0.5, 1.0]}, replications=2))


def test_no_fewest_agents_where_each_condition_has_one_staffing(tmp_path: Path) -> None:
    """Many conditions with one staffing each cannot be compared by their agents."""
    number = MOST_ALONE + 1
    vary = {
        "demand.volume": [1 + place / 10 for place in range(number)],
        "pools.desk.agents": [*range(1, number + 1)],
    }

    assert [] == fewest(studies.sweep(tmp_path, vary, "zip", replications=1))


def test_every_group_is_made_of_the_points(grid: cc.SweepResult) -> None:
    """All are tried under one condition; the best met, and has fewer hours than any other that did."""
    points = candidates(grid)

    for group in fewest(grid):
        rivals = [point for point in points if point.conditions == group.conditions]
        met = [point.roster.hours for point in rivals if point.verdict == "met"]

        assert len(rivals) == group.tried
        assert (min(met) if met else None) == (group.best and group.best.roster.hours)
        assert all(point.verdict == "unclear" for point in group.doubtful)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("pools.desk.agents", True),
        ("pools.desk", True),
        ("pools.desk.speed", False),
        ("demand.volume", False),
    ],
)
def test_what_decides_how_many_agents_there_are(path: str, expected: bool) -> None:
    """Agents, shrinkage or a whole pool."""
    assert expected == is_staffing(path)
