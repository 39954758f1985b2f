"""What is read from CSV files and workbooks: series, `{file: x.xlsx, column: Mon}`, and rosters."""

from __future__ import annotations

from typing import Any

from pydantic_core import PydanticCustomError

from callcenter.language import gettext as _
from callcenter.scenario.errors import fault, listed
from callcenter.scenario.files.figures import Figures, durations_of, numbers_of
from callcenter.scenario.files.places import Read, placed_in_time
from callcenter.scenario.files.references import ROSTER, Reference, reference, references
from callcenter.scenario.files.rosters import roster
from callcenter.scenario.files.rows import by_time, in_file_order, in_order_of_days, without_totals
from callcenter.scenario.files.selection import chosen
from callcenter.scenario.files.tables import Grid, Table, read_grid
from callcenter.scenario.files.timetable import TIMED, slot_of, timed
from callcenter.scenario.files.wide import Across, across, row_of
from callcenter.scenario.marks import Path, Tree, dotted
from callcenter.scenario.parts.coherence import day_of
from callcenter.scenario.parts.day import Day

MOST_COMPLAINTS = 10


def with_series(tree: Tree) -> Tree:
    """Return the tree with its CSV files and workbooks read, their rows fitted to its day."""
    places, problems, broken = dict(tree.places), list(tree.problems), set(tree.broken)
    remarks = dict(tree.remarks)
    shelf = _Shelf(day_of(tree.data.get("day")))
    for path, holder in list(references(tree.data)):
        if tree.is_broken(path):
            continue
        try:
            read = shelf.read(holder[path[-1]], path)
        except PydanticCustomError as error:
            problems.append(tree.problem(path, error.message()))
            broken.add(path)
            continue
        holder[read.key or path[-1]] = read.values
        if read.key:
            del holder[path[-1]]
        places |= read.places
        problems += read.problems[:MOST_COMPLAINTS]
        broken |= {path} if read.problems else set()
        remarks[path] = read.remarks
    return Tree(tree.data, places, tuple(problems), frozenset(broken), remarks)


class _Shelf:
    """The files of a scenario, each read once, and the day they must fit."""

    def __init__(self, day: Day | None) -> None:
        self.day = day
        self.grids: dict[tuple[str, str | None, str], Grid] = {}

    def read(self, given: dict[str, Any], path: Path) -> Read:
        source = reference(given, path)
        key = str(source.file), source.sheet, source.encoding
        if key not in self.grids:
            self.grids[key] = read_grid(source.file, source.sheet, source.encoding)
        grid = self.grids[key]
        read = roster(grid, path) if path[-1] == ROSTER else self._series(grid, source, path)
        return read.remarked(grid.name, grid.remarks)

    def _series(self, grid: Grid, source: Reference, path: Path) -> Read:
        if path[-1] in TIMED:
            wide = grid.table(list(source.where))
            intervals = across(wide)
            if intervals is not None and (source.column is None or not wide.columns(source.column)):
                return self._across(wide, intervals, source, path)
        table = grid.table([*source.where, *([] if source.column is None else [source.column])])
        if source.column is None:
            columns = listed([name for name in table.header if name])
            raise fault(
                _("`column` is missing; columns of {name}: {columns}").format(
                    name=table.name, columns=columns
                )
            )
        return self._column(table, table.position(source.column), source, path)

    def _column(self, table: Table, at: int, source: Reference, path: Path) -> Read:
        rows, problems = chosen(table, source.where, source.dates, dotted(path))
        problems += table.strays(rows, dotted(path))
        if problems:
            return Read([], {}, problems)
        named = {at, *(table.position(name) for name in source.where)}
        rows, remarks = without_totals(table, rows, named, source.dates)
        read_cells = durations_of if path[-1] == "empirical" else numbers_of
        figures = read_cells(table, at, rows, source.decimal, path)
        if path[-1] in TIMED and self.day is not None:
            placed_by_time = by_time(table, rows, at, figures, named, source, self.day, path)
            if placed_by_time is not None:
                return placed_by_time.remarked("", (*figures.remarks, *remarks))
        if path[-1] == "days":
            read = in_order_of_days(table, rows, figures, named, source.dates, path)
        else:
            read = in_file_order(table, rows, figures, named, path)
        return read.remarked("", (*figures.remarks, *remarks))

    def _across(self, table: Table, intervals: Across, source: Reference, path: Path) -> Read:
        """Return the figures of one row of a table whose intervals stand across."""
        rows, problems = chosen(table, source.where, source.dates, dotted(path))
        if problems:
            return Read([], {}, problems)
        row = row_of(table, rows, intervals.labels, source.column, source.dates)
        figures = _figures_across(table, intervals, row, source, path)
        if figures.wrong or self.day is None:
            return Read([], {}, list(figures.wrong.values()))
        slots = [
            slot_of(moment, table.head_cell(at), table.cell(*row, at), value)
            for (at, moment), value in zip(intervals.moments.items(), figures.values, strict=True)
        ]
        result = timed(table.name, slots, self.day, path)
        remark = _("intervals stand across; the row {row} of the file is taken").format(row=row[0])
        return placed_in_time(result, path).remarked("", (remark, *figures.remarks, *result.remarks))


def _figures_across(table: Table, intervals: Across, row: Any, source: Reference, path: Path) -> Figures:
    return numbers_of(table, list(intervals.moments), [row], source.decimal, path)
