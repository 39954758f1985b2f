"""The workbook of a study."""

from __future__ import annotations

from pathlib import Path

from callcenter.language import gettext as _
from callcenter.report.workbook.book import Book, Destination
from callcenter.report.workbook.chart_sheet import ChartSheet
from callcenter.report.workbook.charts import callback_chart, curve_chart, day_charts, staffing_charts
from callcenter.report.workbook.curve import CurveSheet, curve_sheet
from callcenter.report.workbook.extras import (
    access_sheet,
    callback_sheet,
    customer_sheet,
    economics_sheet,
    is_owed,
)
from callcenter.report.workbook.inputs import input_sheets, origin_sheet
from callcenter.report.workbook.intervals import interval_sheet, tier_interval_sheet
from callcenter.report.workbook.paid import staff_of
from callcenter.report.workbook.staffing_sheets import staffing_sheets
from callcenter.report.workbook.summary import summary_sheet
from callcenter.report.workbook.sweep import sweep_sheet
from callcenter.report.workbook.tiers import definition_sheet, pool_sheet, tier_sheet
from callcenter.study import Result, SweepResult
from callcenter.study.answers.shown_point import choose
from callcenter.study.insights import required_agents
from callcenter.study.sweeps import as_study


def write_workbook(study: SweepResult | Result, destination: Destination) -> Path | None:
    """Write the workbook of a study to a path, which is returned, or into a file opened for bytes.

    Figures by tier and interval are those of the point that `choose` picks; the same study and language
    always give the same bytes.
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
    for sheet in (customer_sheet, access_sheet, economics_sheet):
        sheet(book, result)
    input_sheets(book, result.scenario)
    definition_sheet(book, result)
    origin_sheet(book, study, result)
    return book.save(destination)


def _sweep(book: Book, study: SweepResult, shown: int) -> CurveSheet | None:
    if len(study.settings) == 1:
        return None
    sweep_sheet(book, study)
    return curve_sheet(book, study, shown)


def _details(book: Book, charts: ChartSheet, result: Result) -> None:
    """Write the sheets of tiers, pools, intervals, staffing and callbacks, with their charts."""
    tier_sheet(book, result)
    pool_sheet(book, result)
    required = required_agents(result.scenario)
    day_charts(charts, interval_sheet(book, result, required))
    tier_interval_sheet(book, result)
    staffing_charts(charts, staffing_sheets(book, staff_of(result.scenario, required), _by_formula()))
    if is_owed(result):
        callback_chart(charts, *callback_sheet(book, result))


def _by_formula() -> str:
    return _(
        "Scheduled: agents on the phones, mean absence taken off. Required: by Erlang A on the expected "
        "calls; pools that share tiers are one line to the formula, and priorities are not in it."
    )
