"""Lines that go in steps: two corners for each interval, on a hidden sheet that charts draw as they are.

A line chart joins the middles of intervals and slants; a scatter chart joins corners that share their time by
an upright line.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from callcenter.clock import SECONDS_PER_DAY
from callcenter.language import gettext as _
from callcenter.report.workbook.book import Book
from callcenter.report.workbook.cells import Formula, Value, is_nothing
from callcenter.report.workbook.sheet import Area, Sheet
from callcenter.scenario import Day

TIME = "[hh]:mm"
HOURS = (1, 2, 3, 4, 6, 12)
"""Between two labels below a day."""
MOST_LABELS = 16
"""Below a chart."""

TOP = 1
"""Row of the first corners, below the title."""

Corner = tuple[int, float]
"""A row of the table, and a time in days."""


class StepSheet:
    """Collects corners while charts are made; the sheet itself is the last of the book."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._name = ""
        self._cells: list[tuple[int, int, Value]] = []
        self._left = 0

    def put(
        self, area: Area, columns: Mapping[int, Sequence[Any]], day: Day
    ) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """Take the corners of some columns of a table, as formulas of its cells.

        Returns a series for each column, and the properties of the axis of the time.
        """
        self._name = self._name or self._book.name(_("Chart data"))
        rows = area.last - area.first + 1
        corners = list(_corners(day, rows))
        for row, corner in enumerate(corners, TOP):
            if corner is not None:
                self._take(row, corner, area, columns)
        times, *values = (
            [self._name, TOP, self._left + place, TOP + len(corners) - 1, self._left + place]
            for place in range(len(columns) + 1)
        )
        series = [
            {"name": area.head(column), "categories": times, "values": levels}
            for column, levels in zip(columns, values, strict=True)
        ]
        self._left += len(columns) + 2
        return series, _axis(day, rows)

    def _take(self, row: int, corner: Corner, area: Area, columns: Mapping[int, Sequence[Any]]) -> None:
        number, time = corner
        self._cells.append((row, self._left, time))
        for place, (column, values) in enumerate(columns.items(), self._left + 1):
            value = None if values[number] is None else float(values[number])
            if not is_nothing(value):
                cell = xl_rowcol_to_cell(area.first + number, area.left + column)
                self._cells.append((row, place, Formula(f"={quote_sheetname(area.sheet)}!{cell}", value)))

    def finish(self) -> None:
        """Write the sheet, if there is any line in steps."""
        if not self._cells:
            return
        sheet = Sheet(self._book, "", name=self._name)
        sheet.title(_("Corners of the lines in the charts"))
        for row, column, value in self._cells:
            sheet.cell(row, column, value)
        sheet.finish()
        sheet.page.hide()


def _corners(day: Day, rows: int) -> Iterator[Corner | None]:
    """Yield both ends of each interval, and nothing between two days, so that the line ends there."""
    first = 0 if rows <= day.intervals else 1
    for number in range(rows):
        on, at = divmod(number, day.intervals)
        if on and at == 0:
            yield None
        begin = day.open + at * day.interval
        for time in (begin, begin + day.interval):
            yield number, first + on + time / SECONDS_PER_DAY


def _axis(day: Day, rows: int) -> dict[str, Any]:
    """Return where the axis of the time begins, ends and has its labels: hours of a day, or days."""
    days = -(-rows // day.intervals)
    if days > 1:
        return {"min": 1, "max": days + 1, "major_unit": -(-days // MOST_LABELS), "num_format": "0"}
    begin, end = math.floor(day.open / 3600), math.ceil(day.close / 3600)
    hours = next(each for each in HOURS if end - begin <= each * MOST_LABELS)
    return {"min": begin / 24, "max": end / 24, "major_unit": hours / 24, "num_format": TIME}
