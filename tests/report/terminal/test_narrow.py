"""Terminals of every width: columns are left out by rank, and no number is cut or wrapped."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from rich.cells import cell_len
from rich.console import Console

from callcenter.language import speaking
from callcenter.report.tables.layout import Cell, Column, Row, Table
from callcenter.report.tables.tiers import tier_table
from callcenter.report.tables.units import SHARE, VERDICT, WHOLE
from callcenter.report.terminal.layout import Fitted, fitting, laid_out
from callcenter.report.terminal.run import run_table
from tests.report.every_table import NAMES, every_table, rich

WIDTHS = (80, 100, 120, 200)


def printed(table: object, width: int) -> str:
    """Return what a terminal of a width shows."""
    console = Console(width=width, file=io.StringIO(), record=True)
    console.print(table)
    return console.export_text()


def check(table: Fitted, width: int) -> None:
    """Assert that every number of the columns that are there is whole, and that the others are named."""
    text, columns = printed(table, width), fitting(table.columns, width)
    numbers = [each.plain for column in columns if not column.is_text for each in column.texts]
    unbroken = "".join(text.split())

    assert max(map(cell_len, text.splitlines())) <= width
    assert "…" not in text.replace(" … ", "")
    for number, times in Counter(numbers).items():
        assert text.count(number) >= times, number
    for column in table.columns:
        if column not in columns:
            assert "".join(column.name.split()) in unbroken
    assert ("--outDIR" in unbroken) == (len(columns) < len(table.columns))


@pytest.mark.parametrize("name", NAMES)
def test_every_table_fits(name: str) -> None:
    """In both languages; heads of Chinese characters take two cells each."""
    for width in WIDTHS:
        check(laid_out(every_table()[name].table), width)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_whole_run_fits(language: str, width: int) -> None:
    """The verdict is first and whole; every line is as long as the terminal at most."""
    with speaking(language):
        text = printed(run_table(rich()), width)
        check(laid_out(tier_table(rich())), width)

    assert max(map(cell_len, text.splitlines())) <= width
    first = text.splitlines()[0]
    assert first.startswith(("Missed: ", "Unclear: ", "Every target", "未达标：", "不确定：", "全部目标"))


def test_the_verdict_stays() -> None:
    """Figures go from the right; name and verdict stand to the last."""
    heads = ["tier", "calls", "rate", "verdict", "days met"]
    units = [Column("tier"), Column("calls", WHOLE), Column("rate", SHARE, is_exact=True)]
    columns = [*units, Column("verdict", VERDICT), Column("days met", SHARE)]
    level = {"value": 0.9, "low": 0.88, "high": 0.92}
    row = Row([Cell("vip"), Cell(1000), Cell(level), Cell("met"), Cell(0.5)])
    table = laid_out(Table("", columns, [row]))

    def shown(width: int) -> list[str]:
        return [each.head for each in fitting(table.columns, width)]

    assert ["tier", "calls", "rate", "95% interval", "verdict", "days met"] == shown(80)
    assert ["tier", "calls", "rate", "95% interval", "verdict"] == shown(50)
    assert ["tier", "rate", "95% interval", "verdict"] == shown(44)
    assert ["tier", "rate", "verdict"] == shown(30)
    assert ["tier", "verdict"] == shown(5)
    assert set(heads) >= set(shown(5))
