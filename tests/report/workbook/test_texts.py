"""Texts in a workbook: what users wrote stays text, and what we wrote is translated."""

from __future__ import annotations

import gettext
import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pandas as pd
import pytest

import callcenter as cc
from callcenter import language
from callcenter.report.workbook import Destination, cells, sheet, write_workbook
from callcenter.report.workbook.book import LONGEST_NAME, Book
from callcenter.report.workbook.cells import MOST_UNITS, Column
from callcenter.report.workbook.chart_sheet import ChartSheet, as_text
from callcenter.report.workbook.charts import staffing_charts
from callcenter.report.workbook.paid import Staff
from callcenter.report.workbook.sheet import Sheet
from callcenter.report.workbook.staffing_sheets import staffing_sheets
from callcenter.study.sweeps import as_study
from tests.report import studies
from tests.report.workbook.test_live_cells import assert_calculated
from tests.report.workbooks import Reader

NASTY = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-2",
    "@x",
    "<b>&amp;</b>",
    "{=1+1}",
    "http://example.org/",
    "n" * 300,
    "007",
]
ODD = ["007", "1e5", "TRUE", "A1", "SUM", "n" * 40]
OWN_FORMULAS = re.compile(
    r"=(?:[A-Z]+\d+-[A-Z]+\d+"
    r"|SUM\([A-Z]+\d+:[A-Z]+\d+\)"
    r"|SUMPRODUCT\(--EXACT\('Staffing by interval'![$A-Z0-9:]+,A\d+\),'Staffing by interval'![$A-Z0-9:]+\)"
    r"(?:\*Staffing![$A-Z0-9]+)?"
    r"|'?[A-Za-z ]+'?![A-Z]+\d+"
    r"|G\d+/Staffing![$A-Z0-9]+"
    r'|IF\([A-Z]+\d+="","",[A-Z]+\d+-[A-Z]+\d+\)'
    r"|[A-Z]+\d+\*[0-9.]+/\(1-Staffing![$A-Z0-9]+\)"
    r"|[A-Z]+\d+\*Staffing![$A-Z0-9]+)"
)


def staffed() -> Reader:
    """Write the staffing of pools with such names, two agents for six hours each."""
    starts = [f"{hour:02}:00" for hour in range(8, 14)]
    rows = [
        {"start": start, "pool": name, "rostered": 2.0, "scheduled": 2.0, "required": 1.5}
        for name in NASTY
        for start in starts
    ]
    pools = {name: cc.load(studies.DESK).pools["desk"] for name in NASTY}

    def write(file: Destination) -> None:
        book = Book(NASTY[0])
        charts = ChartSheet(book)
        sheets = staffing_sheets(book, Staff(pd.DataFrame(rows), pools, 1.0), NASTY[0])
        staffing_charts(charts, sheets, cc.load(studies.DESK).day)
        charts.finish()
        charts.steps.finish()
        book.save(file)

    return Reader(write)


def test_names_of_pools_stay_names() -> None:
    """The only formulas are ours; charts draw ranges of our sheets alone."""
    book = staffed()
    references = [
        each for xml in book.parts("xl/charts/").values() for each in re.findall("<c:f>(.*?)</c:f>", xml)
    ]

    assert NASTY == [row["pool"] for row in book.rows("Staffing", "pool")][:-1]
    assert [] == [text for text in book.formulas().values() if not OWN_FORMULAS.fullmatch(text)]
    assert {"'Staffing by interval'", "'Chart data'"} == {found.partition("!")[0] for found in references}


def test_sums_of_pools_by_any_name() -> None:
    """A pool whose name is a pattern or a condition has its own agents in its sum."""
    book = staffed()

    assert {12.0} == {row["scheduled (h)"] for row in book.rows("Staffing", "pool")[:-1]}
    assert_calculated(book)


def test_texts_of_a_scenario_stay_texts() -> None:
    """Its name, its description, the command, and names that look like numbers or cells."""
    tiers = dict.fromkeys(ODD, studies.DESK["tiers"]["vip"])
    scenario = {
        **studies.DESK,
        "name": NASTY[0],
        "about": '=HYPERLINK("http://example.org")',
        "demand": {"tiers": {name: {"calls": 10} for name in ODD}},
        "tiers": tiers,
        "pools": {name: {"serves": [name], "agents": 2} for name in ODD},
    }
    study = as_study(cc.run(cc.load(scenario), 2, engine="simpy"))
    study = replace(study, origin=study.origin._replace(command="=run"))
    book = Reader(lambda file: write_workbook(study, file))
    packed = "".join(book.parts("").values())

    assert NASTY[0] == book.sheet("Summary")["A1"].value
    assert '=HYPERLINK("http://example.org")' in book.all_text("Summary")
    assert "=run" in book.all_text("Run info")
    assert ODD == [row["tier"] for row in book.rows("Summary", "tier")][:-1]
    assert [] == [text for text in book.formulas().values() if not OWN_FORMULAS.fullmatch(text)]
    assert not any(word in packed for word in ("TargetMode=", "<hyperlink", "externalLink"))


def test_charts_take_no_name_for_a_formula() -> None:
    """A title that ends like the name of a cell has a sign in it that is not seen."""
    assert "over =x!\u2060A1" == as_text("over =x!A1")
    assert "Hello! 5" == as_text("Hello! 5")


def test_what_no_cell_holds() -> None:
    """Texts too long are cut by UTF-16 units; signs that no file holds are replaced."""
    assert "a\ufffdb" == cells.fitting("a\ud800b")
    assert "x" * MOST_UNITS == cells.fitting("x" * MOST_UNITS)
    assert "x" * (MOST_UNITS - 1) + "…" == cells.fitting("x" * (MOST_UNITS + 1))
    assert "😀" * ((MOST_UNITS - 1) // 2) + "…" == cells.fitting("😀" * MOST_UNITS)


def test_names_of_sheets() -> None:
    """No sign that Excel refuses, not too long, and no two the same to Excel."""
    book = Book("names")
    names = [book.name(name) for name in ("a/b", "A/B", "x" * 40, "X" * 40, "'[]'", "报告")]

    assert ["a b", "A B 2", "x" * 31, "X" * 29 + " 2", "-", "报告"] == names
    assert LONGEST_NAME >= max(map(len, names))


def test_more_rows_than_a_sheet_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not fit is left out, and said to be."""
    monkeypatch.setattr(sheet, "MOST_ROWS", 10)
    book, stream = Book("long"), BytesIO()
    page = Sheet(book, "Long")
    page.main_table([Column("n", list(range(100))), Column("m", list(range(100)))])
    page.finish()
    book.save(stream)
    found = Reader(lambda file: file.write(stream.getvalue()))  # type: ignore[union-attr]
    cells = [row[0].value for row in found.sheet("Long").iter_rows()]

    assert ["n", *range(8), "92 more rows do not fit onto a sheet."] == cells


class Pseudo(gettext.NullTranslations):
    """Puts every text into marks, so that one that was not translated shows."""

    def gettext(self, message: str) -> str:
        """Return the text in marks, a verdict's sign before them."""
        sign = message[0] if message[:1] in "✓✗?" else ""
        return f"{sign}«{message}»"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the text for a number in marks."""
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture(scope="module")
def pseudo(desk: cc.Result) -> Reader:
    """The workbook of the desk in a language of marks."""
    with pytest.MonkeyPatch.context() as patch, language.speaking("zh-CN"):
        patch.setattr(language, "_catalogue", lambda _language: Pseudo())
        return Reader(lambda file: write_workbook(desk, file))


def test_every_text_of_ours_is_translated(pseudo: Reader, desk: cc.Result) -> None:
    """Sheets, heads and notes; names of the user and the YAML of the scenario are not."""
    own = {*desk.scenario.tiers, *desk.scenario.pools, desk.scenario.name, desk.scenario.about}
    *names, _run_info, chart_data = pseudo.names
    told = [text for name in (*names, chart_data) for text in pseudo.all_text(name)]
    plain = {text for text in told if "«" not in text and text not in own}

    assert all(name.startswith("«") for name in pseudo.names)
    assert {"vip", "regular", "desk", "A small desk."} <= {*told}
    assert set() == {text for text in plain if not re.fullmatch(r"\d\d:\d\d|–|[a-z_]+_[a-z_]+|.*0 s.*", text)}


def test_charts_are_translated(pseudo: Reader) -> None:
    """Titles and axes too."""
    texts = [
        text for xml in pseudo.parts("xl/charts/").values() for text in re.findall("<a:t>(.*?)</a:t>", xml)
    ]

    assert texts
    assert all("«" in text for text in texts)


def test_chinese_has_a_font_for_it(pseudo: Reader) -> None:
    """Every cell and every chart."""
    (styles,) = pseudo.parts("xl/styles.xml").values()
    fonts = set(re.findall('<name val="(.*?)"', styles))
    drawn: set[Any] = {
        font
        for xml in pseudo.parts("xl/charts/").values()
        for font in re.findall('<a:latin typeface="(.*?)"', xml)
    }

    assert {"Microsoft YaHei", "Consolas"} == fonts
    assert {"Microsoft YaHei"} == drawn


def test_chinese_has_the_same_figures(desk: cc.Result, desk_book: Reader) -> None:
    """Cell by cell; only words differ."""
    with language.speaking("zh-CN"):
        chinese = Reader(lambda file: write_workbook(desk, file))

    for ours, theirs in zip(desk_book.values.worksheets, chinese.values.worksheets, strict=True):
        for row, other in zip(
            ours.iter_rows(values_only=True), theirs.iter_rows(values_only=True), strict=True
        ):
            assert [figure for figure in row if isinstance(figure, int | float)] == [
                figure for figure in other if isinstance(figure, int | float)
            ]
