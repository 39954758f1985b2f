"""The report's section beside the textbook formula."""

from __future__ import annotations

from pathlib import Path

import pytest

import callcenter as cc
from callcenter.report import write_report
from callcenter.report.page.tables import written
from callcenter.report.tables.theory import beside_intervals_table, beside_table
from callcenter.study import theory_beside
from tests.report.studies import Reader
from tests.study.formula.test_theory_beside import PLAIN


def test_a_row_a_tier_and_the_reasons(desk: cc.Result, desk_page: Path) -> None:
    """Formula and simulation side by side, and in words what the formula leaves out."""
    beside = theory_beside(desk)
    page = Reader(desk_page.read_text(encoding="utf-8"))
    texts = [text.strip() for text in page.texts]

    assert ["vip", "regular", "all in one line"] == [row.cells[0].value for row in beside_table(beside).rows]
    assert beside_intervals_table(beside) is None
    assert beside.reasons
    assert all(reason in texts for reason in beside.reasons)
    assert "Beside the textbook formula" in texts


@pytest.mark.slow
def test_an_interval_a_row_for_one_line(tmp_path: Path) -> None:
    """A plain scenario is shown interval by interval, and no reason is given."""
    plain = cc.run(cc.load(PLAIN), replications=2)
    table = beside_intervals_table(theory_beside(plain))
    text = write_report(plain, tmp_path).read_text(encoding="utf-8")

    assert table is not None
    assert ["00:00", "01:00"] == [row.cells[0].value for row in table.rows[:2]]
    assert {"inside the interval", "outside"} >= {row.cells[-1].note for row in table.rows}
    assert "so a gap is chance" in text


@pytest.mark.slow
def test_work_without_callers_has_no_formula(tmp_path: Path) -> None:
    """Nobody waits in line, so there is nothing to set beside."""
    case = {
        "priority": 0,
        "channel": "deferred",
        "talk": "3 min",
        "target": {"within": "4 h", "share": "90%"},
    }
    plain = {**PLAIN, "days": 1, "tiers": {"callers": case}}
    text = write_report(cc.run(cc.load(plain), replications=1), tmp_path).read_text(encoding="utf-8")

    assert 'id="theory"' not in text


def test_a_line_that_grows_for_ever_is_said() -> None:
    """Where nobody hangs up and more work comes than can be done, the formula has no wait."""
    over = cc.load(PLAIN, {"tiers.callers.patience": "never", "pools.floor.agents": 7, "days": 1})
    (row,) = written(beside_table(theory_beside(cc.run(over, replications=2)))).rows

    assert "grows for ever" in [cell.text for cell in row.cells]
    assert "0.0%" == row.cells[3].text


@pytest.mark.slow
def test_a_sweep_shows_its_point(grid_page: Path) -> None:
    """The formula stands beside the point shown in detail."""
    assert 1 == grid_page.read_text(encoding="utf-8").count('id="theory"')
