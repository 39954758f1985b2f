"""The sheets of what was simulated: tiers, pools, calls and agents by interval, and the origin of it all."""

from __future__ import annotations

from collections.abc import Sequence

from callcenter.language import gettext as _
from callcenter.report.figures.names import display_width
from callcenter.report.tables.inputs import (
    facts,
    inputs_by_interval,
    pools_table,
    scenario_yaml,
    tiers_table,
)
from callcenter.report.workbook.book import Book
from callcenter.report.workbook.sheet import Sheet
from callcenter.report.workbook.tables import table_sheet, write
from callcenter.scenario import Scenario
from callcenter.study import Result, SweepResult

MONOSPACED = "Consolas"


def input_sheets(book: Book, scenario: Scenario) -> None:
    """Write what was simulated, in figures where it is figures."""
    sheet = Sheet(book, _("Inputs"))
    sheet.title(_("What was simulated"))
    for table in (tiers_table(scenario), pools_table(scenario)):
        sheet.gap()
        sheet.title(table.caption)
        write(sheet, table)
    sheet.finish()
    table_sheet(book, _("Inputs by interval"), inputs_by_interval(scenario))


def origin_sheet(book: Book, study: SweepResult, result: Result) -> None:
    """Write how the figures came about, and the scenario as a file that gives them again."""
    origin = [(_("command"), study.origin.command), *facts(study, result)]
    origin_lines(book, origin, [(result.scenario.name, result.scenario)])


def origin_lines(
    book: Book, origin: Sequence[tuple[str, str]], scenarios: Sequence[tuple[str, Scenario]]
) -> None:
    """Write names and what they are, then the scenarios, with their names, as YAML, one line per row."""
    sheet = Sheet(book, _("Run info"))
    sheet.title(_("How these figures came about"))
    for name, text in origin:
        if text:
            sheet.cell(sheet.row, 0, name, bold=True)
            sheet.cell(sheet.row, 1, text)
            sheet.at_least(0, display_width(name) + 2)
            sheet.row += 1
    sheet.gap()
    for name, scenario in scenarios:
        sheet.title(_("{scenario}, to save as a .yaml file").format(scenario=name))
        for text in scenario_yaml(scenario).splitlines():
            sheet.cell(sheet.row, 0, text, font_name=MONOSPACED)
            sheet.row += 1
        sheet.gap()
    sheet.finish()
