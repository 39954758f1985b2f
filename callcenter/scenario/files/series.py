"""What is read from CSV files and workbooks: series, `{file: x.xlsx, column: Mon}`, and rosters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic_core import PydanticCustomError

from callcenter.language import gettext as _
from callcenter.scenario.errors import fault, listed
from callcenter.scenario.files.clocks import clock_of, clock_remarks
from callcenter.scenario.files.columns import is_total
from callcenter.scenario.files.csv_rows import Row
from callcenter.scenario.files.figures import Figures, durations_of, numbers_of
from callcenter.scenario.files.places import Read, placed_in_time
from callcenter.scenario.files.references import ROSTER, Reference, reference, references
from callcenter.scenario.files.rosters import roster
from callcenter.scenario.files.rows import (
    by_day_and_time,
    by_time,
    in_file_order,
    in_order_of_days,
    unread_times,
    without_totals,
)
from callcenter.scenario.files.selection import chosen
from callcenter.scenario.files.several_days import (
    MANY_DAYS,
    Calendar,
    Days,
    days_of_heads,
    days_of_rows,
    is_of_several_days,
    nothing_to_draw,
    read_days,
    refuse_without_date,
    rows_of_dates,
    when_text,
)
from callcenter.scenario.files.tables import Grid, Table, read_grid
from callcenter.scenario.files.timetable import TIMED, slot_of, timed
from callcenter.scenario.files.wide import Across, across, row_of
from callcenter.scenario.marks import Path, Tree, dotted
from callcenter.scenario.part import Context
from callcenter.scenario.parts.by_day import run_dates
from callcenter.scenario.parts.coherence import context_of, day_of
from callcenter.scenario.parts.day import Day

MOST_COMPLAINTS = 10


def with_series(tree: Tree) -> Tree:
    """Return the tree with its CSV files and workbooks read, their rows fitted to its day."""
    places, problems, broken = dict(tree.places), list(tree.problems), set(tree.broken)
    remarks = dict(tree.remarks)
    shelf = _Shelf(context_of(tree.data), day_of(tree.data.get("day")))
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

    def __init__(self, context: Context, day: Day | None) -> None:
        self.day = day
        self.days = context.days or 1
        self.calendar = None if day is None else Calendar(day, tuple(run_dates(context)))
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
            read = self._days_across(table, source, path)
            if read is not None:
                return read
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
        if path[-1] in MANY_DAYS and self.calendar is not None:
            several = by_day_and_time(table, rows, at, figures, named, source, self.calendar, path)
            if several is not None:
                return several.remarked("", (*figures.remarks, *remarks))
        if source.draw:
            raise nothing_to_draw(table, source)
        if path[-1] in TIMED and self.day is not None:
            placed_by_time = by_time(table, rows, at, figures, named, source, self.day, path)
            if placed_by_time is not None:
                return placed_by_time.remarked("", (*figures.remarks, *remarks))
        if path[-1] == "days":
            rows, figures, own = self._simulated(table, rows, figures, named, source, path)
            read = in_order_of_days(table, rows, figures, named, source.dates, path).remarked("", own)
        else:
            read = in_file_order(table, rows, figures, named, path)
        return read.remarked("", (*figures.remarks, *remarks))

    def _across(self, table: Table, intervals: Across, source: Reference, path: Path) -> Read:
        """Return the figures of one row of a table whose intervals stand across."""
        rows, problems = chosen(table, source.where, source.dates, dotted(path))
        if problems:
            return Read([], {}, problems)
        if path[-1] in MANY_DAYS and self.calendar is not None and source.column is None:
            read = self._days_down(table, rows, intervals, source, path)
            if read is not None:
                return read
        if source.draw:
            raise nothing_to_draw(table, source)
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

    def _days_down(
        self, table: Table, rows: Sequence[Row], intervals: Across, source: Reference, path: Path
    ) -> Read | None:
        """Return the figures of a table whose intervals stand across and whose rows are days."""
        if self.calendar is None:
            return None
        rows = [
            row for row in rows if not any(is_total(table.cell(*row, at).text) for at in intervals.labels)
        ]
        named = {*intervals.moments, *(table.position(name) for name in source.where)}
        days = days_of_rows(table, rows, named, source, self.calendar, path)
        if days is None or not is_of_several_days(days, source, self.calendar):
            return None
        refuse_without_date(table, days, source, self.calendar, table.header[intervals.labels[0]])
        columns = list(intervals.moments.items())
        figures = numbers_of(table, [at for at, _moment in columns], rows, source.decimal, path)
        if figures.wrong or days.problems:
            return Read([], {}, [*days.problems, *figures.wrong.values()])
        _refuse_twice(table, rows, days)
        values = iter(figures.values)
        slots = [
            (when, slot_of(moment, table.head_cell(at), table.cell(*row, at), next(values)))
            for row, when in zip(rows, days.whens, strict=True)
            for at, moment in columns
        ]
        dated_slots = [(when, slot) for when, slot in slots if when is not None]
        remark = _("intervals stand across; each row is a day")
        read = read_days(table, days, dated_slots, source, self.calendar, path)
        return read.remarked("", (remark, *figures.remarks))

    def _days_across(self, table: Table, source: Reference, path: Path) -> Read | None:
        """Return the figures of a table whose days stand across and whose rows are intervals."""
        if path[-1] not in MANY_DAYS or self.calendar is None:
            return None
        columns = [at for at, name in enumerate(table.header) if name and not is_total(name)]
        dated = days_of_heads(table, columns, source, self.calendar, path)
        if dated is None:
            return None
        at_days, days = dated
        rows, problems = chosen(table, source.where, source.dates, dotted(path))
        rows, remarks = without_totals(table, rows, at_days, source.dates)
        clock = clock_of(table, rows, source.dates, at_days)
        if clock is None:
            return None
        refuse_without_date(table, days, source, self.calendar, table.header[at_days[0]])
        figures = numbers_of(table, at_days, rows, source.decimal, path)
        problems += [*days.problems, *figures.wrong.values(), *unread_times(table, rows, clock, path)]
        if problems:
            return Read([], {}, problems)
        values = iter(figures.values)
        slots = [
            (when, slot_of(moment, table.cell(*row, clock.column), table.cell(*row, at), next(values)))
            for row, moment in zip(rows, clock.moments, strict=True)
            for at, when in zip(at_days, days.whens, strict=True)
            if moment is not None and when is not None
        ]
        remark = _("each column is a day")
        read = read_days(table, days, slots, source, self.calendar, path)
        return read.remarked("", (remark, *figures.remarks, *remarks, *clock_remarks(table, clock)))

    def _simulated(
        self,
        table: Table,
        rows: list[Row],
        figures: Figures,
        named: set[int],
        source: Reference,
        path: Path,
    ) -> tuple[list[Row], Figures, list[str]]:
        """Return the rows of the simulated days, if it is known which these are and rows have dates."""
        if self.calendar is None or not self.calendar.dates or figures.wrong:
            return rows, figures, []
        days = days_of_rows(table, rows, named, source, self.calendar, path)
        if days is None or not any(isinstance(when, date) for when in days.whens):
            return rows, figures, []
        _refuse_twice(table, rows, days)
        at = rows_of_dates(table, days, self.calendar, self.days)
        cells, values = [figures.cells[each] for each in at], [figures.values[each] for each in at]
        return [rows[each] for each in at], Figures(values, cells, {}, figures.remarks), []


def _refuse_twice(table: Table, rows: Sequence[Row], days: Days) -> None:
    """Refuse a day that has two rows."""
    lines: dict[object, int] = {}
    for (line, _cells), when in zip(rows, days.whens, strict=True):
        if when is not None and when in lines:
            message = _("{table} has {day} twice, in rows {first} and {second}; choose rows with `where`")
            raise fault(message.format(table=table.name, day=when_text(when), first=lines[when], second=line))
        lines[when] = line


def _figures_across(table: Table, intervals: Across, row: Any, source: Reference, path: Path) -> Figures:
    return numbers_of(table, list(intervals.moments), [row], source.decimal, path)
