"""The need and the roster as planners have them: half-hours across, pools down; it can be read back."""

from __future__ import annotations

from callcenter.clock import clock_text
from callcenter.language import gettext as _
from callcenter.report.tables.units import COUNT, SIGNED_COUNT
from callcenter.report.workbook.book import Book
from callcenter.report.workbook.cells import Column, numbers
from callcenter.report.workbook.sheet import Sheet
from callcenter.study.staffing.coverage import coverage
from callcenter.study.staffing.result import Staffing


def across_sheet(book: Book, staffing: Staffing) -> None:
    """Write agents needed and, with shifts, rostered and net: pools down, intervals across.

    `agents: {file: results.xlsx, sheet: Across, where: {pool: desk, figure: rostered}}` reads a row.
    """
    names, figures, rows = [], [], []
    net = _("net")
    roster = staffing.need if staffing.roster is None else staffing.roster.scenario
    for pool, each in coverage(staffing.need, roster).items():
        shown = {_("needed"): each.needed}
        if staffing.roster is not None:
            shown |= {_("rostered"): each.rostered, net: each.net}
        for figure, values in shown.items():
            names.append(pool)
            figures.append(figure)
            rows.append(numbers(values))
    day = staffing.need.day
    sheet = Sheet(book, _("Across"))
    columns = [Column(_("pool"), names), Column(_("figure"), figures)]
    formats = [(SIGNED_COUNT if figure == net else COUNT).number_format for figure in figures]
    for place in range(day.intervals):
        head = clock_text(day.open + place * day.interval)
        columns.append(Column(head, [row[place] for row in rows], formats))
    sheet.main_table(columns, names=2)
    sheet.finish()
