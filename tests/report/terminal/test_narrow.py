"""Terminals of every width: columns are left out by rank, and no number is cut or wrapped."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from rich.cells import cell_len
from rich.console import Console

import callcenter as cc
from callcenter.language import speaking
from callcenter.report.tables import points as points_tables
from callcenter.report.tables import staffing as staffing_tables
from callcenter.report.tables.comparison import pair_tables
from callcenter.report.tables.effects import effects_table
from callcenter.report.tables.layout import Cell, Column, Row, Table
from callcenter.report.tables.tiers import tier_table
from callcenter.report.tables.units import SHARE, VERDICT, WHOLE
from callcenter.report.terminal.comparison import comparison_table
from callcenter.report.terminal.layout import Fitted, fitting, laid_out
from callcenter.report.terminal.run import run_table
from callcenter.report.terminal.staffing import staffing_table
from callcenter.report.terminal.sweep import sweep_table
from tests.report import studies
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
        check_aligned(laid_out(tier_table(rich())), width)

    assert max(map(cell_len, text.splitlines())) <= width
    first = text.splitlines()[0]
    assert first.startswith(("Missed: ", "Unclear: ", "Every target", "未达标：", "不确定：", "全部目标"))


@cache
def others() -> dict[str, tuple[Callable[[], object], Sequence[Callable[[], Table | None]]]]:
    """Return a sweep, a comparison and a staffing: all that a terminal shows of each, and its tables."""
    with TemporaryDirectory() as folder:
        vary = {"demand.volume": [0.8, 1.2], "pools.desk.agents": {"scale": [1, 2]}}
        study = studies.sweep(Path(folder), vary)
        study.summaries  # noqa: B018 (read before the folder goes)
    before, after = cc.load(studies.RICH), cc.load(studies.RICH, {"name": "more", "pools.office.agents": 2})
    compared = cc.compare(before, after, replications=4, engine="simpy")
    found = cc.staff(cc.load(studies.DESK), replications=3, price=True)
    return {
        "sweep": (
            lambda: sweep_table(study),
            [lambda: points_tables.tier_points_table(study), lambda: effects_table(study)],
        ),
        "comparison": (
            lambda: comparison_table(compared),
            [lambda: next(pair_tables(compared))],
        ),
        "staffing": (
            lambda: staffing_table(found),
            [
                lambda: staffing_tables.need_table(found),
                lambda: staffing_tables.rates_table(found, found.verdicts),
                lambda: staffing_tables.prices_table(found.prices),
            ],
        ),
    }


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("name", ["sweep", "comparison", "staffing"])
def test_other_studies_fit(name: str, language: str, width: int) -> None:
    """The verdict comes first, and each table stands in columns of whole numbers, below each other."""
    whole, tables = others()[name]
    with speaking(language):
        lines = printed(whole(), width).splitlines()
        for table in filter(None, (make() for make in tables)):
            check(laid_out(table), width)
            check_aligned(laid_out(table), width)

    assert max(map(cell_len, lines)) <= width
    assert "─" not in "".join(lines[:2])


def check_aligned(table: Fitted, width: int) -> None:
    """Assert that columns of cells are blank between the columns of a table, all the way down."""
    lines = printed(table, width).splitlines()
    noted = ("Left out, ", "终端较窄，")
    end = next((at for at, line in enumerate(lines) if line.startswith(noted)), len(lines))
    rows = [line for line in lines[:end] if line.strip() and set(line.strip()) != {"─"}]
    taken = {place for row in rows for place in places(row)}
    begins = [place for place in sorted(taken) if not {place - 1, place - 2} & taken]

    assert len(begins) == len(fitting(table.columns, width))


def places(line: str) -> Iterator[int]:
    """Yield the cells of a line that are not blank; a Chinese character takes two."""
    place = 0
    for sign in line:
        if sign != " ":
            yield from range(place, place + cell_len(sign))
        place += cell_len(sign)


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
