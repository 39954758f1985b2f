"""Every table of every workbook: each number stands below, or beside, the head of its figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any, NamedTuple

import pandas as pd
import pytest

import callcenter as cc
from callcenter.report.tables import access, customers, pools, tiers
from callcenter.report.tables.layout import Table
from callcenter.report.tables.measure import Measure, Where
from callcenter.report.workbook import (
    write_comparison_workbook,
    write_staffing_workbook,
    write_workbook,
)
from callcenter.report.workbook.book import Book, Destination
from callcenter.report.workbook.sheet import Sheet
from callcenter.report.workbook.tables import write
from callcenter.study import main_effects, one_more_agent
from callcenter.study.answers.shown_point import choose
from callcenter.study.staffing import load_catalogue
from tests.report import expected, studies
from tests.report.every_table import NAMES as TABLES
from tests.report.every_table import every_table, rich
from tests.report.expected import Expected
from tests.report.test_exchanged import Exchange, heads, neighbours, units, values
from tests.report.workbook import sheets
from tests.report.workbooks import Reader


class Case(NamedTuple):
    """A table of a workbook: where it stands, what must stand in it, and whether its heads are in rows."""

    book: Reader
    sheet: str
    table: Expected
    is_across: bool = False
    ordinal: int = 0
    """Which of the tables with these heads on the sheet."""


@cache
def gains() -> pd.DataFrame:
    """What one more agent changes in the rich run."""
    return one_more_agent(rich().scenario, 3, engine="simpy")


@cache
def rich_book() -> Reader:
    """The workbook of a run that has everything."""
    return Reader(lambda file: write_workbook(rich(), file, gains()))


@cache
def cases() -> dict[str, Case]:
    """Return every table of the workbooks of a run, a sweep, a comparison and a staffing."""
    with TemporaryDirectory() as folder:
        return {
            **dict(_of_the_run()),
            **dict(_of_the_sweeps(Path(folder))),
            **dict(_of_the_comparison()),
            **dict(_of_the_staffing(Path(folder))),
        }


def _of_the_run() -> Iterator[tuple[str, Case]]:
    run, book = rich(), rich_book()
    scenario = run.scenario
    yield "summary", Case(book, "Summary", sheets.summary(run))
    yield "tiers", Case(book, "Tiers", expected.tiers(run), is_across=True)
    yield "pools", Case(book, "Pools", expected.pools(run), is_across=True)
    yield "day", Case(book, "Intervals", sheets.days(run))
    yield "intervals", Case(book, "Intervals by tier", sheets.tier_intervals(run))
    yield "callbacks", Case(book, "Callbacks", sheets.named(expected.callbacks(run, "b")))
    yield "callback work", Case(book, "Callbacks by interval", sheets.callback_work(run))
    yield "customers", Case(book, "Customers", expected.customers(run))
    yield "ivr", Case(book, "Self-service and lines", expected.ivr(run))
    yield "lines", Case(book, "Self-service and lines", expected.lines(run))
    yield "money", Case(book, "Economics", expected.money(run))
    yield "margins", Case(book, "One more agent", expected.margins(gains()))
    yield "inputs of tiers", Case(book, "Inputs", expected.tier_inputs(scenario))
    yield "inputs of pools", Case(book, "Inputs", expected.pool_inputs(scenario))
    yield "inputs by interval", Case(book, "Inputs by interval", expected.interval_inputs(scenario))
    yield "definitions", Case(book, "Definitions", expected.definitions(run))


def _of_the_sweeps(folder: Path) -> Iterator[tuple[str, Case]]:
    vary: dict[str, Any] = {"demand.volume": [0.8, 1.2], "pools.desk.agents": {"scale": [1, 2, 3]}}
    study = studies.sweep(folder, vary)
    study.__dict__["summaries"] = tuple(map(expected.numbered, study.summaries))
    book = Reader(lambda file: write_workbook(study, file))
    shown = study.settings[choose(study).number]["demand.volume"]
    along = [number for number, each in enumerate(study.settings) if each["demand.volume"] == shown]
    yield "points", Case(book, "Sweep", expected.tier_points(study))
    yield "curve", Case(book, "Curve", sheets.curve(study, along))
    yield "fewest", Case(book, "Summary", sheets.fewest_agents(study))
    vary = {"demand.volume": {"from": 0.7, "to": 1.3}, "pools.desk.agents": {"scale": {"from": 1, "to": 3}}}
    spread = studies.sweep(folder, vary, "latin_hypercube", points=16)
    names = list(spread.results[0].scenario.tiers)
    book = Reader(lambda file: write_workbook(spread, file))
    yield "effects", Case(book, "Main effects", expected.effects(main_effects(spread), names))


def _of_the_comparison() -> Iterator[tuple[str, Case]]:
    more = cc.load(studies.RICH, {"name": "more", "pools.office.agents": 2})
    comparison = cc.compare(cc.load(studies.RICH), more, replications=4, engine="simpy")
    book = Reader(lambda file: write_comparison_workbook(comparison, file))
    yield "differences", Case(book, "Comparison", sheets.differences(comparison))
    yield "sides", Case(book, "Tiers", sheets.sides(comparison))


def _of_the_staffing(folder: Path) -> Iterator[tuple[str, Case]]:
    path = folder / "shifts.yaml"
    long = "{start: 08:00, end: 14:00, breaks: 11:00 30 min}"
    path.write_text(f"shifts:\n  - {{start: 08:00, end: 11:00}}\n  - {long}\n", encoding="utf-8")
    staffing = cc.staff(cc.load(studies.DESK), shifts=load_catalogue(path), replications=3, price=True)
    book = Reader(lambda file: write_staffing_workbook(staffing, file))
    need = expected.need(staffing)
    assert staffing.roster_verdicts is not None
    yield "need", Case(book, "Need", need)
    yield "rates", Case(book, "Summary", expected.rates(staffing))
    judged = expected.rates(replace(staffing, verdicts=staffing.roster_verdicts))
    yield "rates of the roster", Case(book, "Summary", judged, ordinal=1)
    yield "shifts", Case(book, "Shifts", expected.shifts(staffing))
    yield "prices", Case(book, "Prices of targets", expected.prices(staffing))


NAMES = (
    *("summary", "tiers", "pools", "day", "intervals", "callbacks", "callback work", "customers", "ivr"),
    *("lines", "money", "margins", "inputs of tiers", "inputs of pools", "inputs by interval"),
    *("definitions", "points", "curve", "fewest", "effects", "differences", "sides"),
    *("need", "rates", "rates of the roster", "shifts", "prices"),
)


class Cell(NamedTuple):
    """A cell as it was read."""

    value: Any
    number_format: str


Cells = list[list[Cell]]


def read(case: Case) -> Cells:
    """Return the cells of a table, heads of figures first: row by row, or column by column."""
    page = [
        [Cell(cell.value, plain(cell.number_format)) for cell in row]
        for row in case.book.sheet(case.sheet).iter_rows()
    ]
    columns = list(sheets.columns(case.table))
    heads = {"figure"} if case.is_across else {column.head for column in columns}
    tops = [place for place, cells in enumerate(page) if heads <= {cell.value for cell in cells}]
    top = tops[case.ordinal]
    if case.is_across:
        names = len([column for column in columns if not column.end])
        return [list(column) for column in zip(*page[top : top + names], strict=True)]
    return page[top : top + 1 + len(case.table.rows)]


def plain(number_format: str) -> str:
    """Return a format without what it has for shares below the target, and for factors above a thousand."""
    return number_format.rpartition(";")[2] if number_format.startswith(("[", '"✗')) else number_format


def check(case: Case, cells: Cells) -> None:
    """Assert that each figure stands where its head is, in the number format of its unit."""
    heads, *rows = cells
    places = {cell.value: place for place, cell in enumerate(heads)}
    names, *figures = sheets.columns(case.table)
    head = ""
    for column in figures if case.is_across else (names, *figures):
        head = head if column.end and case.is_across else column.head
        for place, (figure, form) in enumerate(zip(column.values, column.formats, strict=True)):
            row = _column_of(names.values[place], column.end, rows) if case.is_across else rows[place]
            check_cell(row[places[head]], figure, form, column.head)


def _column_of(name: str, end: str, columns: Cells) -> list[Cell]:
    """Return the cells of a tier or pool: its values, or the ends of their intervals."""
    (column,) = [cells for cells in columns if cells[0].value == (f"{name}, {end}" if end else name)]
    return column


def check_cell(cell: Cell, figure: Any, form: str, head: str) -> None:
    """Assert that a cell has a figure in a number format."""
    if sheets.is_nothing(figure) or figure == "":
        assert cell.value is None, head
    elif isinstance(figure, str):
        assert figure == cell.value, head
    else:
        assert isinstance(cell.value, int | float), head
        assert figure == pytest.approx(cell.value, rel=1e-12, abs=1e-12), head
        assert form == cell.number_format, head


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_number_stands_at_its_head(name: str) -> None:
    """Value and ends of the interval, as the summary or the frame has them, in the format of the unit."""
    case = cases()[name]

    assert {*NAMES} == {*cases()}
    check(case, read(case))


@pytest.mark.parametrize("part", Cell._fields)
@pytest.mark.parametrize("name", NAMES)
def test_an_exchange_is_noticed(name: str, part: str) -> None:
    """Of the figures, or of the number formats, of any two neighbours that are not the same."""
    case = cases()[name]
    cells = read(case)
    heads = {column.head for column in sheets.columns(case.table)}

    for place in range(1 if case.is_across else 0, len(cells[0]) - 1):
        changed = exchanged(cells, place, part)
        if changed != cells and heads & {cell.value for cell in cells[0][place : place + 2]}:
            with pytest.raises(AssertionError):
                check(case, changed)


def exchanged(cells: Cells, place: int, part: str) -> Cells:
    """Return a table whose heads are as they were, below them a part of two neighbours exchanged."""
    heads, *rows = cells
    changed = [list(row) for row in rows]
    for row in changed:
        one, other = row[place : place + 2]
        row[place] = one._replace(**{part: getattr(other, part)})
        row[place + 1] = other._replace(**{part: getattr(one, part)})
    return [heads, *changed]


@pytest.mark.parametrize("part", ["name", "unit"])
@pytest.mark.parametrize(
    ("module", "measures", "first", "second", "name"),
    [
        (tiers, "TIER", "balked", "asa_s", "tiers"),
        (tiers, "TIER", "redials", "abandonment", "tiers"),
        (pools, "POOL", "staffed_h", "occupancy", "pools"),
        (customers, "CUSTOMERS", "calls_per_customer", "never_served", "customers"),
        (access, "LINES", "blocked", "line_hours", "lines"),
    ],
)
def test_two_measures_exchanged_are_noticed(
    monkeypatch: pytest.MonkeyPatch,
    module: ModuleType,
    measures: str,
    first: str,
    second: str,
    name: str,
    part: str,
) -> None:
    """Names or units of two figures of the report are given to the other."""
    given: dict[str, Measure] = {measure.key: measure for measure in getattr(module, measures)}
    one, other = given[first], given[second]
    given[first] = one._replace(**{part: getattr(other, part)})
    given[second] = other._replace(**{part: getattr(one, part)})
    monkeypatch.setattr(module, measures, tuple(given.values()))
    case = cases()[name]._replace(book=Reader(lambda file: write_workbook(rich(), file)))

    with pytest.raises((AssertionError, KeyError)):
        check(case, read(case))


NAMED_OTHERWISE = ("callbacks", "differences")
"""Their rows are not called as on a page: they have units."""


@pytest.mark.parametrize("name", [name for name in TABLES if name not in NAMED_OTHERWISE])
def test_any_table_can_be_written(name: str) -> None:
    """Those that no workbook has as yet, too."""
    check_alone(every_table()[name].table, every_table()[name].book)


@pytest.mark.slow
@pytest.mark.parametrize("exchange", [heads, units, values])
@pytest.mark.parametrize("name", [name for name in TABLES if name not in NAMED_OTHERWISE])
def test_columns_exchanged_are_noticed(name: str, exchange: Exchange) -> None:
    """Heads, units or values of any two columns beside each other that are not the same."""
    case = every_table()[name]
    for one, two in neighbours(case, Where.BOOK):
        if changes(case.table, one, two, exchange):
            with pytest.raises((AssertionError, KeyError, TypeError, ValueError, AttributeError, IndexError)):
                check_alone(exchange(case.table, one, two), case.book)


def changes(table: Table, one: int, two: int, exchange: Exchange) -> bool:
    """Whether an exchange changes what a workbook has."""
    first, second = (table.columns[place].unit for place in (one, two))
    rows = [row.cells for row in table.rows if Where.BOOK in row.on]
    if exchange is units:
        return (first.number_format, first.suffix) != (second.number_format, second.suffix)
    return any(cells[one].value != cells[two].value for cells in rows)


def check_alone(table: Table, content: Expected) -> None:
    """Assert that a table is right on a sheet of its own."""
    case = Case(Reader(lambda file: write_alone(table, file)), "Table", content)
    check(case, read(case))


def write_alone(table: Table, file: Destination) -> None:
    """Write a workbook of one table."""
    book = Book("table")
    sheet = Sheet(book, "Table")
    write(sheet, table, is_main=True)
    sheet.finish()
    book.save(file)
