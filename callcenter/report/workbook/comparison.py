"""The workbook of a comparison: paired differences, and the figures of each side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report.tables.comparison import footnotes, in_order
from callcenter.report.tables.measures import COMPARED
from callcenter.report.workbook.book import Book, Destination
from callcenter.report.workbook.cells import (
    CHANCE,
    COUNT,
    Column,
)
from callcenter.report.workbook.chart_sheet import ChartSheet
from callcenter.report.workbook.charts import comparison_chart
from callcenter.report.workbook.figures import numbers, texts
from callcenter.report.workbook.inputs import origin_lines
from callcenter.report.workbook.sheet import Area, Sheet
from callcenter.report.workbook.staffing_sheets import formulas
from callcenter.report.workbook.tiers import kpi_table
from callcenter.study import Comparison, Difference
from callcenter.study.store.version import versions

FIRST, SECOND, SHOWN = "E", "F", "L"
"""Columns that a difference is taken of, and that says whether it is shown."""


def write_comparison_workbook(
    comparison: Comparison, destination: Destination, command: str = ""
) -> Path | None:
    """Write the workbook of a comparison to a path, which is returned, or into a file opened for bytes."""
    book = Book(" / ".join(side.name for side in comparison.sides))
    _summary(book, comparison)
    charts = ChartSheet(book)
    area = _differences(book, comparison)
    kinds = [(found.first, found.second, found.figure) for found in in_order(comparison)]
    rates = [[place for place, each in enumerate(kinds) if each == kind] for kind in dict.fromkeys(kinds)]
    pairs = [places for places in rates if kinds[places[0]][-1] == "service_level"]
    comparison_chart(charts, [area.part(places[0], places[-1]) for places in pairs])
    charts.finish()
    _sides(book, comparison)
    _origin(book, comparison, command)
    return book.save(destination)


def _summary(book: Book, comparison: Comparison) -> None:
    sheet = Sheet(book, _("Summary"))
    sheet.title(_("Comparison on the same callers"))
    for sentence in comparison.sentences:
        sheet.paragraph(sentence, bold=True)
    for note in (*comparison.notes, *footnotes(comparison)):
        sheet.note(note)
    sheet.finish()


def _differences(book: Book, comparison: Comparison) -> Area:
    """Write a row for each pair, figure and part."""
    sheet, found = Sheet(book, _("Comparison")), in_order(comparison)
    sheet.title(_("Paired differences: second less first, on the same callers"))
    area = sheet.main_table(_columns(found, sheet.row + 2), names=4)
    shown = {"type": "formula", "criteria": f'=${SHOWN}{area.first + 1}="{_("yes")}"'}
    sheet.page.conditional_format(*area.column(6)[1:], {**shown, "format": book.format(bold=True)})
    sheet.finish()
    return area


def _columns(found: Sequence[Difference], first: int) -> list[Column]:
    """Return the columns of the rows that begin in row `first`, counted from 1."""
    table = pd.DataFrame(found, columns=list(Difference._fields))
    units = [COMPARED[each.figure].unit for each in found]
    values = [unit.number_format for unit in units]
    signed = [(unit.difference or unit).number_format for unit in units]
    difference = formulas(f"={SECOND}{{row}}-{FIRST}{{row}}", first, table["difference"])
    return [
        Column(_("first"), texts(table["first"])),
        Column(_("second"), texts(table["second"])),
        Column(_("figure"), [_name(each) for each in found]),
        Column(_("of"), [wording.part(each.part) for each in found]),
        Column(_("value of the first"), numbers(table["first_value"]), values),
        Column(_("value of the second"), numbers(table["second_value"]), values),
        Column(_("difference"), difference, signed),
        Column(_("95% interval, low"), numbers(table["low"]), signed),
        Column(_("95% interval, high"), numbers(table["high"]), signed),
        Column("p", numbers(table["p"]), CHANCE),
        Column(_("p (Holm)"), numbers(table["p_holm"]), CHANCE),
        Column(_("shown at 5%"), [_shown(each) for each in found]),
        Column(_("unpaired samples need: times the days"), numbers(table["times_the_days"]), COUNT),
    ]


def _name(found: Difference) -> str:
    measure = COMPARED[found.figure]
    return measure.unit.named(measure.head)


def _shown(found: Difference) -> str | None:
    if found.different is None:
        return None
    return _("yes") if found.different else _("no")


def _sides(book: Book, comparison: Comparison) -> None:
    """Write every figure of the tiers of each side, a row a side and tier."""
    sheet = Sheet(book, _("Tiers"))
    sheet.title(_("Tiers: means of a replication, with 95% intervals"))
    kpis = pd.concat([side.result.kpis for side in comparison.sides], ignore_index=True)
    sides = [side.name for side in comparison.sides for _tier in side.result.summary["tiers"]]
    names = [Column(_("scenario"), sides), Column(_("tier"), [wording.tier(name) for name in kpis["tier"]])]
    kpi_table(sheet, names, kpis, 2)
    sheet.finish()


def _origin(book: Book, comparison: Comparison, command: str) -> None:
    result = comparison.sides[0].result
    told = [
        (_("command"), command),
        (_("replications"), f"{result.replications:,}"),
        (_("seed"), str(result.seed)),
        (_("engine"), result.engine),
        (_("versions"), wording.versions(versions())),
    ]
    origin_lines(book, told, [(side.name, side.result.scenario) for side in comparison.sides])
