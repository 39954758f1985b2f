"""The workbook of a study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report.tables.access import ivr_table, line_table
from callcenter.report.tables.by_interval import callback_work_table, place_columns, tier_interval_table
from callcenter.report.tables.callbacks import callback_table
from callcenter.report.tables.customers import customer_table
from callcenter.report.tables.effects import NOTE as ABOUT_EFFECTS
from callcenter.report.tables.effects import effects_table
from callcenter.report.tables.margins import NOTE as ABOUT_MARGINS
from callcenter.report.tables.margins import margins_table
from callcenter.report.tables.money import economics_table
from callcenter.report.tables.points import tier_points_table
from callcenter.report.tables.pools import pool_table
from callcenter.report.tables.targets import target_points_table
from callcenter.report.tables.tiers import definition_table, tier_table
from callcenter.report.tables.words import words_table
from callcenter.report.workbook.book import Book, Destination
from callcenter.report.workbook.chart_sheet import ChartSheet
from callcenter.report.workbook.charts import callback_chart, curve_chart, day_charts, staffing_charts
from callcenter.report.workbook.curve import CurveSheet, curve_sheet
from callcenter.report.workbook.inputs import input_sheets, origin_sheet
from callcenter.report.workbook.intervals import interval_sheet
from callcenter.report.workbook.paid import staff_of
from callcenter.report.workbook.sheet import Sheet
from callcenter.report.workbook.staffing_sheets import staffing_sheets
from callcenter.report.workbook.summary import summary_sheet
from callcenter.report.workbook.tables import table_sheet, write, write_across
from callcenter.study import Result, SweepResult
from callcenter.study.answers.shown_point import choose
from callcenter.study.insights import required_agents
from callcenter.study.sentences.definitions import definition_of
from callcenter.study.sentences.intervals import more_days
from callcenter.study.sweeps import as_study

if TYPE_CHECKING:
    import pandas as pd

MOST_FROZEN = 4
"""Columns of names that stay in sight; more would leave no room for figures."""


def write_workbook(
    study: SweepResult | Result, destination: Destination, margins: pd.DataFrame | None = None
) -> Path | None:
    """Write the workbook of a study to a path, which is returned, or into a file opened for bytes.

    Figures by tier and interval are those of the point that `choose` picks; `margins` is the frame of
    `one_more_agent`.  The same study and language always give the same bytes.
    """
    study = as_study(study)
    book = Book(study.name, study.origin.created)
    choice = choose(study)
    result = study.results[choice.number]
    summary_sheet(book, study, choice)
    charts = ChartSheet(book)
    curve = _sweep(book, study, choice.number)
    _details(book, charts, result)
    if curve is not None:
        curve_chart(charts, curve)
    charts.finish()
    _where_there_are(book, result, margins)
    input_sheets(book, result.scenario)
    _definitions(book, result)
    origin_sheet(book, study, result)
    charts.steps.finish()
    return book.save(destination)


def _sweep(book: Book, study: SweepResult, shown: int) -> CurveSheet | None:
    if len(study.settings) == 1:
        return None
    names = 1 + len(study.varied)
    table_sheet(book, _("Sweep"), tier_points_table(study), names=min(names + 1, MOST_FROZEN))
    targets = target_points_table(study)
    if targets is not None:
        table_sheet(book, _("Targets"), targets, names=min(names, MOST_FROZEN))
    effects = effects_table(study)
    if effects is not None:
        table_sheet(book, _("Main effects"), effects, note=_(ABOUT_EFFECTS), names=2)
    return curve_sheet(book, study, shown)


def _details(book: Book, charts: ChartSheet, result: Result) -> None:
    """Write the sheets of tiers, pools, intervals, staffing and callbacks, with their charts."""
    _across(book, result)
    required = required_agents(result.scenario)
    day_charts(charts, interval_sheet(book, result, required))
    names = len(place_columns(result))
    wide = more_days(result)
    table_sheet(book, _("Intervals by tier"), tier_interval_table(result), note=wide, names=names + 1)
    staff = staffing_sheets(book, staff_of(result.scenario, required), _by_formula())
    staffing_charts(charts, staff, result.scenario.day)
    callbacks = callback_table(result)
    if callbacks is not None:
        table_sheet(book, _("Callbacks"), callbacks)
        work = table_sheet(book, _("Callbacks by interval"), callback_work_table(result), names=names)
        callback_chart(charts, work.area, names)


def _across(book: Book, result: Result) -> None:
    """Write every figure of the tiers and of the pools, one row per figure."""
    days = wording.plural(result.scenario.days, "day")
    tiers = _("Tiers: mean of a replication ({days}), with 95% intervals").format(days=days)
    pools = _("Pools: mean of a replication ({days}), with 95% intervals").format(days=days)
    for name, title, table in (
        (_("Tiers"), tiers, tier_table(result)),
        (_("Pools"), pools, pool_table(result)),
    ):
        sheet = Sheet(book, name)
        sheet.title(title)
        write_across(sheet, table)
        sheet.finish()


def _where_there_are(book: Book, result: Result, margins: pd.DataFrame | None) -> None:
    """Write customers, the IVR, lines, money and what one more agent changes; only what there is."""
    customers, money = customer_table(result), economics_table(result)
    if customers is not None:
        table_sheet(book, _("Customers"), customers)
    _access(book, result)
    if money is not None:
        table_sheet(book, _("Economics"), money)
    if margins is not None:
        table = margins_table(margins)
        table_sheet(book, _("One more agent"), table, note=_(ABOUT_MARGINS), names=2)


def _access(book: Book, result: Result) -> None:
    tables = [table for table in (ivr_table(result), line_table(result)) if table is not None]
    if not tables:
        return
    sheet = Sheet(book, _("Self-service and lines"))
    for table in tables:
        sheet.title(table.caption)
        write(sheet, table)
        sheet.gap()
    sheet.finish()


def _definitions(book: Book, result: Result) -> None:
    """Write the answer rate of each tier by every definition, and what the words mean."""
    sheet, service = Sheet(book, _("Definitions")), result.scenario.service_level
    sheet.title(_("The same calls by every definition of the answer rate"))
    sheet.note(_("Used in this workbook: {name}").format(name=service.definition))
    write(sheet, definition_table(result), names=2)
    sheet.gap()
    words = words_table(book.measures.values(), definition_of(result.scenario))
    sheet.title(words.caption)
    write(sheet, words, names=2)
    sheet.finish()


def _by_formula() -> str:
    return _(
        "Scheduled: agents on the phones, mean absence taken off. Required: by Erlang A on the expected "
        "calls; pools that share tiers are one line to the formula, and priorities are not in it."
    )
