"""What is read from CSV files and workbooks: series, `{file: x.xlsx, column: Mon}`, and rosters."""

from __future__ import annotations

from typing import Any

from pydantic_core import PydanticCustomError

from callcenter.scenario.errors import Problem, fault, listed, wrong
from callcenter.scenario.files.references import ROSTER, Reference, reference, references
from callcenter.scenario.files.rosters import Read, roster
from callcenter.scenario.files.selection import chosen, uncalculated
from callcenter.scenario.files.tables import Cell, Table, read_table
from callcenter.scenario.files.timetable import TIMED, plain_number, time_column, timed
from callcenter.scenario.marks import Path, Tree, dotted
from callcenter.scenario.parts.coherence import day_of
from callcenter.scenario.parts.day import Day
from callcenter.scenario.values import quantity

MOST_ROWS = 1_000_000
MOST_COMPLAINTS = 10


def with_series(tree: Tree) -> Tree:
    """Return the tree with its CSV files and workbooks read, their rows fitted to its day."""
    places, problems, broken = dict(tree.places), list(tree.problems), set(tree.broken)
    shelf = _Shelf(day_of(tree.data.get("day")))
    for path, holder in references(tree.data):
        if tree.is_broken(path):
            continue
        try:
            holder[path[-1]], found_at, wrong_cells = shelf.read(holder[path[-1]], path)
        except PydanticCustomError as error:
            problems.append(tree.problem(path, error.message()))
            broken.add(path)
            continue
        places |= found_at
        problems += wrong_cells[:MOST_COMPLAINTS]
        broken |= {path} if wrong_cells else set()
    return Tree(tree.data, places, tuple(problems), frozenset(broken))


class _Shelf:
    """The tables of a scenario, each sheet of a workbook read once, and the day they must fit."""

    def __init__(self, day: Day | None) -> None:
        self.day = day
        self.sheets: dict[tuple[str, str | None], Table] = {}

    def read(self, given: dict[str, Any], path: Path) -> Read:
        source = reference(given, path)
        table = self._table(source)
        return roster(table, path) if path[-1] == ROSTER else self._series(table, source, path)

    def _table(self, source: Reference) -> Table:
        key = str(source.file), source.sheet
        if key in self.sheets:
            return self.sheets[key]
        table = read_table(source.file, source.sheet)
        if table.sheet is not None:
            self.sheets[key] = table
        return table

    def _series(self, table: Table, source: Reference, path: Path) -> Read:
        if source.column is None:
            columns = listed([name for name in table.header if name])
            raise fault(f"`column` is missing; columns of {table.name}: {columns}")
        at = table.position(source.column)
        rows, problems = chosen(table, list(table.filled(MOST_ROWS)), source.where, dotted(path))
        if problems:
            return [], {}, problems
        clock = time_column(table, rows) if path[-1] in TIMED else None
        if clock is not None and clock != at and self.day is not None:
            fitted = timed(table, rows, clock, at, self.day, path)
            return _placed(list(fitted.figures), fitted.cells, fitted.problems, path)
        cells = [table.cell(line, row, at) for line, row in rows]
        return _placed(*_figures(cells, path), path)


def _placed(figures: list[Any], cells: list[Cell], problems: list[Problem], path: Path) -> Read:
    return figures, {(*path, index): cell.place for index, cell in enumerate(cells)}, problems


def _figures(cells: list[Cell], path: Path) -> tuple[list[Any], list[Cell], list[Problem]]:
    figures: list[int | float | str] = []
    problems = []
    for index, cell in enumerate(cells):
        try:
            figures.append(_seconds(cell.text) if path[-1] == "empirical" else plain_number(cell.text))
        except PydanticCustomError as error:
            problems.append(cell.mark.problem(dotted((*path, index)), error.message()))
    return figures, cells, problems


def _seconds(text: str) -> str:
    """Return a duration; in a file of observations a bare number means seconds."""
    if text.startswith("="):
        raise fault(uncalculated(text))
    parts = quantity(text)
    if parts is None or parts[1] == "%":
        raise wrong("is not a duration", text or None, "write seconds as a number in this cell")
    return text if parts[1] else f"{text} s"
