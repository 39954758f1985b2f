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
from callcenter.report.workbook.cells import Formula, is_nothing
from callcenter.report.workbook.sheet import Area, Sheet
from callcenter.scenario import Day

TIME = "[hh]:mm"
HOURS = (1, 2, 3, 4, 6, 12)
"""Between two labels below a day."""
MOST_LABELS = 16
"""Below a chart."""

Corner = tuple[int, float]
"""A row of the table, and a time in days."""


class StepSheet:
    """Collects corners; the sheet is there once there are any."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._sheet: Sheet | None = None
        self._top = 0
        self._left = 0

    def put(
        self, area: Area, columns: Mapping[int, Sequence[Any]], day: Day
    ) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """Write the corners of some columns of a table, as formulas of its cells.

        Returns a series for each column, and the properties of the axis of the time.
        """
        sheet = self._begun()
        rows = area.last - area.first + 1
        corners = list(_corners(day, rows))
        for place, corner in enumerate(corners):
            if corner is not None:
                self._write(sheet, self._top + place, corner, area, columns)
        last, left = self._top + len(corners) - 1, self._left
        times = [sheet.name, self._top, left, last, left]
        series = [
            {
                "name": area.head(column),
                "categories": times,
                "values": [sheet.name, self._top, left + number, last, left + number],
            }
            for number, column in enumerate(columns, 1)
        ]
        self._left += len(columns) + 2
        return series, _axis(day, rows)

    def _begun(self) -> Sheet:
        if self._sheet is None:
            self._sheet = Sheet(self._book, _("Chart data"))
            self._sheet.title(_("Corners of the lines in the charts"))
            self._sheet.finish()
            self._sheet.page.hide()
            self._top = self._sheet.row
        return self._sheet

    def _write(
        self, sheet: Sheet, row: int, corner: Corner, area: Area, columns: Mapping[int, Sequence[Any]]
    ) -> None:
        number, time = corner
        sheet.cell(row, self._left, time)
        for place, (column, values) in enumerate(columns.items(), self._left + 1):
            value = None if values[number] is None else float(values[number])
            if not is_nothing(value):
                cell = xl_rowcol_to_cell(area.first + number, area.left + column)
                sheet.cell(row, place, Formula(f"={quote_sheetname(area.sheet)}!{cell}", value))


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
