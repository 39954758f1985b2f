"""Sheets that are hidden, rows longer than Excel's, and cells that hold more than their text."""

from __future__ import annotations

import datetime as dt
import time
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from callcenter.scenario import load
from tests.scenario.files.desk import CALLS, calls_of, question_of, scenario_of
from tests.scenario.files.sheets import save_book
from tests.scenario.hotline import hotline

STARTS = [dt.time(8), dt.time(8, 30), dt.time(9), dt.time(9, 30)]
PLAN = [["start", "calls"], *zip(STARTS, CALLS, strict=True)]
OLD = [["start", "calls"], *zip(STARTS, (1, 1, 1, 1), strict=True)]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook whose first sheet is hidden."""
    path = save_book(tmp_path / "x.xlsx", Old=OLD, Plan=PLAN)
    workbook = load_workbook(path)
    workbook["Old"].sheet_state = "hidden"
    workbook.active = 1
    workbook.save(path)
    return path


def test_a_hidden_sheet_is_not_taken_for_the_first(book: Path) -> None:
    """The first that people see is meant, and the other is named."""
    scenario = scenario_of(book)
    assert CALLS == scenario.demand.calls
    assert "the hidden sheet 'Old' is left out; name it with `sheet` if it is meant" in "".join(
        scenario.remarks
    )


def test_a_hidden_sheet_that_is_named_is_read_and_remarked(book: Path) -> None:
    """Whoever names it may mean it, and should know."""
    scenario = scenario_of(book, sheet="Old")
    assert (1, 1, 1, 1) == scenario.demand.calls
    assert "the sheet is hidden in the workbook" in "".join(scenario.remarks)


def test_a_row_of_millions_of_cells_is_refused_at_once(book: Path) -> None:
    """Before it fills the memory: seven million cells pack into a few hundred kilobytes."""
    with zipfile.ZipFile(book) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    row = b"<row r='1'>" + b"<c><v>1</v></c>" * 7_000_000 + b"</row>"
    sheet = b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>" + row
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name, content in parts.items():
            target.writestr(name, sheet + b"</sheetData></worksheet>" if "sheet2" in name else content)
    begun = time.process_time()
    assert "has a row of more cells than Excel has columns" in question_of(book)
    assert time.process_time() - begun < 2


def test_numbers_in_cells_keep_their_decimals(tmp_path: Path) -> None:
    """1.012 in a cell that holds a number is no thousand, whatever stands around it."""
    rows = zip(STARTS, (987, 1.012, 1.1, 998), strict=True)
    assert (987, 1.012, 1.1, 998) == calls_of(
        save_book(tmp_path / "x.xlsx", Plan=[["start", "calls"], *rows])
    )
    figures: list[object] = [987, "1,012", 1100, 998]
    mixed = zip(STARTS, figures, strict=True)
    assert (987, 1012, 1100, 998) == calls_of(
        save_book(tmp_path / "x.xlsx", Plan=[["start", "calls"], *mixed])
    )


def test_lengths_of_a_workbook_are_no_clock_times(tmp_path: Path) -> None:
    """Two minutes, which Excel shows as 00:02, are 120 s and not two."""
    lengths = [dt.time(0, 2, 14), dt.time(0, 2), dt.timedelta(minutes=3)]
    path = save_book(tmp_path / "x.xlsx", Talk=[["talk"], *([length] for length in lengths)])
    talk = (
        load(hotline(), {"tiers.vip.talk": {"empirical": {"file": str(path), "column": "talk"}}})
        .tiers["vip"]
        .talk
    )
    assert (134, 120, 180) == talk.values  # type: ignore[attr-defined]
