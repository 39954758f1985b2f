"""The workbook of a comparison: paired differences, and the figures of each side."""

from __future__ import annotations

from pathlib import Path

from xlsxwriter.utility import xl_rowcol_to_cell

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report.tables.comparison import difference_table, footnotes, in_order
from callcenter.report.tables.sides import sides_table
from callcenter.report.workbook.book import Book, Destination
from callcenter.report.workbook.chart_sheet import ChartSheet
from callcenter.report.workbook.charts import comparison_chart
from callcenter.report.workbook.inputs import origin_lines
from callcenter.report.workbook.sheet import Sheet
from callcenter.report.workbook.tables import Written, table_sheet, write
from callcenter.study import Comparison
from callcenter.study.store.version import versions


def write_comparison_workbook(
    comparison: Comparison, destination: Destination, command: str = ""
) -> Path | None:
    """Write the workbook of a comparison to a path, which is returned, or into a file opened for bytes."""
    book = Book(" / ".join(side.name for side in comparison.sides))
    _summary(book, comparison)
    charts = ChartSheet(book)
    comparison_chart(charts, _rates(comparison, _differences(book, comparison)))
    charts.finish()
    table_sheet(book, _("Tiers"), sides_table(comparison), names=2)
    _origin(book, comparison, command)
    return book.save(destination)


def _summary(book: Book, comparison: Comparison) -> None:
    sheet = Sheet(book, _("Summary"))
    is_paired = comparison.has_same_callers
    sheet.title(_("Comparison on the same callers") if is_paired else _("Comparison"))
    for sentence in comparison.sentences:
        sheet.paragraph(sentence, bold=True)
    for note in (*comparison.notes, *footnotes(comparison)):
        sheet.note(note)
    sheet.finish()


def _differences(book: Book, comparison: Comparison) -> Written:
    """Write one row for each pair, figure and part, in bold what is shown."""
    sheet, table = Sheet(book, _("Comparison")), difference_table(comparison)
    sheet.title(table.caption)
    live = {"difference": "={second_value}-{first_value}"}
    written = write(sheet, table, names=4, is_main=True, live=live)
    area, places = written
    answer = xl_rowcol_to_cell(area.first, places["different"], col_abs=True)
    shown = {"type": "formula", "criteria": f'={answer}="{_("yes")}"'}
    cells = area.column(places["difference"])[1:]
    sheet.page.conditional_format(*cells, {**shown, "format": book.format(bold=True)})
    sheet.finish()
    return written


def _rates(comparison: Comparison, written: Written) -> list[Written]:
    """Return the rows of the answer rates of each pair."""
    kinds = [(each.first, each.second, each.figure) for each in in_order(comparison)]
    pairs = [kind for kind in dict.fromkeys(kinds) if kind[-1] == "service_level"]
    spans = [(kinds.index(pair), kinds.index(pair) + kinds.count(pair) - 1) for pair in pairs]
    return [written._replace(area=written.area.part(*span)) for span in spans]


def _origin(book: Book, comparison: Comparison, command: str) -> None:
    result = comparison.sides[0].result
    origin = [
        (_("command"), command),
        (_("replications"), f"{result.replications:,}"),
        (_("seed"), str(result.seed)),
        (_("engine"), result.engine),
        (_("versions"), wording.versions(versions())),
    ]
    origin_lines(book, origin, [(side.name, side.result.scenario) for side in comparison.sides])
