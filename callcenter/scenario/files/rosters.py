"""Rosters read from CSV files and workbooks: a shift in each row, its problems placed at its cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from callcenter.scenario.errors import Problem, fault, nearest, wrong
from callcenter.scenario.files.tables import Cell, Table
from callcenter.scenario.marks import Path, Place, dotted
from callcenter.scenario.parts.shifts import MOST_SHIFTS
from callcenter.scenario.values import as_number, quantity

NEEDED = ("start", "end", "agents")
COLUMNS = (*NEEDED, "breaks", "days")


Read = tuple[list[Any], dict[Path, Place], list[Problem]]
"""What a file holds, the places of its values, and the cells that cannot be read."""


def roster(table: Table, path: Path) -> Read:
    """Return the shifts of a roster as a planner would write them."""
    _check_header(table)
    shifts: list[Any] = []
    places: dict[Path, Place] = {}
    problems: list[Problem] = []
    for index, (line, row) in enumerate(table.filled(MOST_SHIFTS)):
        cells = {name: table.cell(line, row, at) for at, name in enumerate(table.header)}
        places[*path, index] = table.cell(line, row, 0).place
        places |= {(*path, index, name): cell.place for name, cell in cells.items()}
        shifts.append({name: _value(name, cell) for name, cell in cells.items() if name and cell.text})
        problems += _strays(table, line, row, (*path, index))
    return shifts, places, problems


def _strays(table: Table, line: int, row: list[str], path: Path) -> Iterator[Problem]:
    """Yield the first cell of a row that has no name in the header."""
    for at, text in enumerate(row):
        if text.strip() and not "".join(table.header[at : at + 1]):
            what = wrong("stands below no column", text.strip(), "put text with commas in double quotes")
            yield table.cell(line, row, at).mark.problem(dotted(path), what.message())
            return


def _check_header(table: Table) -> None:
    given = [column for column in table.header if column]
    for column in given:
        if column not in COLUMNS:
            known = nearest(column, COLUMNS, "a roster has")
            raise fault(f"{table.name} has the unknown column `{column}`; {known}")
        if given.count(column) > 1:
            raise fault(f"{table.name} has the column `{column}` twice; keep one of them")
    missing = [column for column in NEEDED if column not in given]
    if missing:
        remedy = f"a roster has {', '.join(COLUMNS)}"
        raise fault(
            f"{table.name} has no column {' and no '.join(f'`{name}`' for name in missing)}; {remedy}"
        )


def _value(column: str, cell: Cell) -> int | float | str:
    """Return a cell as YAML would read it: agents are a number, everything else is text."""
    parts = quantity(cell.text) if column == "agents" else None
    return as_number(cell.text) if parts and not parts[1] else cell.text
