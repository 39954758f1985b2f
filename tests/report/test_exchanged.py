"""The proof of the tables notices when two heads, two columns or two units are exchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from callcenter.report.tables.layout import Cell, Column, Table
from callcenter.report.tables.measure import Where
from tests.report.every_table import NAMES, Case, every_table
from tests.report.page import test_page_tables as page
from tests.report.terminal import test_terminal_tables as terminal
from tests.report.test_csv_tables import check as check_csv

Exchange = Callable[[Table, int, int], Table]


def heads(table: Table, one: int, two: int) -> Table:
    """Exchange the heads of two columns."""
    columns = [*table.columns]
    first, second = columns[one], columns[two]
    columns[one] = first._replace(head=second.head)
    columns[two] = second._replace(head=first.head)
    return table._replace(columns=columns)


def units(table: Table, one: int, two: int) -> Table:
    """Exchange the units of two columns."""
    columns = [*table.columns]
    first, second = columns[one], columns[two]
    columns[one], columns[two] = first._replace(unit=second.unit), second._replace(unit=first.unit)
    return table._replace(columns=columns)


def values(table: Table, one: int, two: int) -> Table:
    """Exchange what stands in two columns."""
    rows = []
    for row in table.rows:
        cells = [*row.cells]
        cells[one], cells[two] = cells[two], cells[one]
        rows.append(row._replace(cells=cells))
    return table._replace(rows=rows)


def neighbours(case: Case, where: Where) -> Iterator[tuple[int, int]]:
    """Yield the places of figures beside each other that a writer shows and the proof reads."""
    read = {head.text for head in case.book.heads}
    columns = case.table.columns
    places = [
        place
        for place, column in enumerate(columns)
        if where & column.on and column.head in read and not column.is_group
    ]
    return pairwise(places[1:])


def differ(case: Case, one: int, two: int, exchange: Exchange, where: Where) -> bool:
    """Whether an exchange changes what is read at all."""
    first, second = case.table.columns[one], case.table.columns[two]
    rows = [row.cells for row in case.table.rows if where & row.on]
    if exchange is heads:
        return True
    if exchange is units:
        return any(
            _words(cells[place], first) != _words(cells[place], second)
            for cells in rows
            for place in (one, two)
        )
    return any(cells[one]._replace(note="") != cells[two]._replace(note="") for cells in rows)


def _words(cell: Cell, column: Column) -> str:
    try:
        return (cell.unit or column.unit).write(cell.number)
    except (TypeError, KeyError, ValueError, AttributeError):
        return "cannot be written"


@pytest.mark.parametrize("exchange", [heads, units, values])
@pytest.mark.parametrize("name", page.SHOWN)
def test_the_page(name: str, exchange: Exchange) -> None:
    """Of any two figures beside each other."""
    case = every_table()[name]
    for one, two in neighbours(case, Where.PAGE):
        if differ(case, one, two, exchange, Where.PAGE):
            with pytest.raises((AssertionError, KeyError, TypeError, ValueError, AttributeError)):
                page.check(case._replace(table=exchange(case.table, one, two)))


@pytest.mark.parametrize("exchange", [heads, units, values])
@pytest.mark.parametrize("name", terminal.SHOWN)
def test_the_terminal(name: str, exchange: Exchange) -> None:
    """Of any two figures beside each other."""
    case = every_table()[name]
    for one, two in neighbours(case, Where.TERMINAL):
        if differ(case, one, two, exchange, Where.TERMINAL):
            with pytest.raises((AssertionError, KeyError, TypeError, ValueError, AttributeError)):
                terminal.check(case._replace(table=exchange(case.table, one, two)))


@pytest.mark.slow
@pytest.mark.parametrize("exchange", [heads, values])
@pytest.mark.parametrize("name", NAMES)
def test_the_files(name: str, exchange: Exchange, tmp_path: Path) -> None:
    """Of any two figures beside each other; a file has no units."""
    case = every_table()[name]
    for one, two in neighbours(case, Where.BOOK):
        if differ(case, one, two, values, Where.BOOK):
            with pytest.raises((AssertionError, KeyError, TypeError)):
                check_csv(case._replace(table=exchange(case.table, one, two)), tmp_path)
