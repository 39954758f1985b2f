"""Workbooks of sweeps, comparisons and staffings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import callcenter as cc
from callcenter.report.workbook import (
    write_comparison_workbook,
    write_staffing_workbook,
    write_workbook,
)
from callcenter.study import Comparison
from callcenter.study.answers.points import roster
from callcenter.study.answers.shown_point import choose
from callcenter.study.staffing import staff
from callcenter.study.staffing.result import Staffing
from tests.report import studies
from tests.report.workbook.test_live_cells import assert_calculated
from tests.report.workbook.test_results import same
from tests.report.workbooks import Reader


def test_every_point_of_a_sweep(grid: cc.SweepResult, grid_book: Reader) -> None:
    """A row for each point and tier; what was varied stands in cells of its own, as numbers."""
    rows, points = grid_book.rows("Sweep", "point"), grid.points

    assert points["point"].tolist() == [row["point"] for row in rows]
    assert points["demand.volume"].tolist() == [row["volume"] for row in rows]
    assert points["pools.desk.agents"].tolist() == [row["desk.agents"] for row in rows]
    assert points["tier"].tolist() == [row["tier"] for row in rows]
    for key, head in {
        "service_level_high": "answer rate, high",
        "p95_wait_s": "p95 wait (s)",
    }.items():
        assert [same(figure) for figure in points[key]] == [row[head] for row in rows]
    assert {3} == {row["replications"] for row in rows}
    assert points["agents_peak"].tolist() == [row["most on phones"] for row in rows]


def test_the_point_in_detail(grid: cc.SweepResult, grid_book: Reader) -> None:
    """The first sheet says which point the others show."""
    number = choose(grid).number
    level = grid.summaries[number]["tiers"]["vip"]["service_level"]
    rows = {row["tier"]: row for row in grid_book.rows("Summary", "tier")}

    assert same(level["value"]) == rows["vip"]["answer rate"]
    assert any(f"point {number} (" in text for text in grid_book.all_text("Summary"))
    assert grid.answer in grid_book.all_text("Summary")


def test_the_fewest_agents(grid: cc.SweepResult, grid_book: Reader) -> None:
    """Agents as numbers, a row for each volume."""
    rows = grid_book.rows("Summary", "conditions")
    hours = {roster(point.scenario).hours for point in grid.design.points}

    assert ["volume 0.7", "volume 1.0", "volume 1.3"] == [row["conditions"] for row in rows]
    assert {row["hours on phones a day"] for row in rows} <= hours | {None}


def test_the_curve(grid: cc.SweepResult, grid_book: Reader) -> None:
    """Along the staffing, with the volume of the point shown; distances are those of the interval."""
    rows, shown = (
        grid_book.rows("Curve", "most on phones"),
        grid.settings[choose(grid).number]["demand.volume"],
    )
    points = [n for n, each in enumerate(grid.settings) if each["demand.volume"] == shown]

    assert points == [row["point"] for row in rows]
    assert [4, 7, 10, 13] == [row["most on phones"] for row in rows]
    for row in rows:
        level = grid.summaries[row["point"]]["tiers"]["vip"]["service_level"]
        assert same(level["value"]) == row["vip"]
        assert level["low"] == pytest.approx(row["vip"] - row["vip, interval below"])
        assert level["high"] == pytest.approx(row["vip"] + row["vip, interval above"])


def test_no_curve_over_words(tmp_path: Path) -> None:
    """What is varied may have no order."""
    orders = ["due", "oldest"]
    study = studies.sweep(tmp_path, {"callbacks.order": orders}, replications=2)
    book = Reader(lambda file: write_workbook(study, file))

    assert "Curve" not in book.names
    assert orders == [row["callbacks.order"] for row in book.rows("Sweep", "point")][::3]


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """Three, four and five agents, each with the first."""
    agents = [cc.load(studies.DESK, {"pools.desk.agents": n, "name": f"agents {n}"}) for n in (3, 4, 5)]
    return cc.compare(*agents, replications=5, engine="simpy")


def test_every_difference(comparison: Comparison) -> None:
    """A row for each pair, figure and part, the difference as a formula."""
    book = Reader(lambda file: write_comparison_workbook(comparison, file))
    rows = {(row["second"], row["figure"], row["of"]): row for row in book.rows("Comparison", "first")}
    names = {"service_level": "answer rate", "asa_s": "ASA (s)", "staffed_h": "staffed (h)"}

    assert_calculated(book)
    assert len(comparison.differences) == len(rows)
    for found in comparison.differences:
        if found.figure in names:
            row = rows[found.second, names[found.figure], found.part]
            figures = [
                row[head] for head in ("difference", "95% interval, low", "95% interval, high", "p (Holm)")
            ]
            assert [same(each) for each in (found.difference, found.low, found.high, found.p_holm)] == figures
            assert same(found.first_value) == row["value of the first"]
    assert 2 == len(book.parts("xl/charts/chart"))
    assert 3 * 3 == len(book.rows("Tiers", "scenario"))


def test_a_comparison_says_it_in_words(comparison: Comparison) -> None:
    """Sentences first."""
    book = Reader(lambda file: write_comparison_workbook(comparison, file, "callcenter compare a b"))

    assert "callcenter compare a b" in book.all_text("Run info")
    assert set(comparison.sentences) <= {*book.all_text("Summary")}


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Staffing:
    """The fewest agents for the desk, covered by shifts of three and of six hours."""
    path = tmp_path_factory.mktemp("shifts") / "catalogue.yaml"
    shifts = [
        {"start": "08:00", "end": "14:00"},
        {"start": "09:00", "end": "12:00"},
        {"start": "11:00", "end": "14:00"},
    ]
    path.write_text(json.dumps({"shifts": shifts}), encoding="utf-8")
    return staff(cc.load(studies.DESK), shifts=path, replications=3, price={"vip": [0.95]})


def test_the_workbook_of_a_staffing(staffed: Staffing) -> None:
    """Need, roster against need, verdicts on fresh days, shifts and prices."""
    book = Reader(lambda file: write_staffing_workbook(staffed, file))
    assert staffed.roster is not None
    need = [row["desk"] for row in book.rows("Need", "from")]
    rows = [row for row in book.rows("Staffing by interval", "from") if row["pool"] == "desk"]
    judged = {row["tier"]: row for row in book.rows("Summary", "tier")}
    (price,) = book.rows("Prices of targets", "tier")

    assert_calculated(book)
    assert list(staffed.need.pools["desk"].agents or ()) == need == [row["required"] for row in rows]
    assert list(staffed.roster.scenario.staffed("desk")) == [row["scheduled"] for row in rows]
    level = staffed.verdicts.fresh["tiers"]["vip"]["service_level"]
    assert same(level["value"]) == judged["vip"]["validation days"]
    assert same(staffed.prices[0].hours) == price["agent-hours a day"]
    agents = [number for worked in staffed.roster.worked.values() for _shift, number in worked]
    assert agents == [row["agents"] for row in book.rows("Shifts", "pool")]


def test_a_staffing_without_shifts() -> None:
    """Against the scenario as given."""
    found = staff(cc.load(studies.DESK), replications=2)
    book = Reader(lambda file: write_staffing_workbook(found, file))

    assert "Shifts" not in book.names
    assert [3.0] * 6 == [
        row["scheduled"] for row in book.rows("Staffing by interval", "from") if row["pool"] == "desk"
    ]
