"""The forecast and the staffing of the starter as workbooks, each with notes on how to fill it in."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from callcenter.language import gettext as _
from callcenter.language import noted, spoken
from callcenter.report.starter.day import POOLS, WEEKDAYS, agents, calls, starts

CREATED = datetime(2026, 1, 1)
"""Fixed, so that the same version writes the same bytes."""

_HEADER = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79", "align": "center", "border": 1}
_FILLED_IN = {"bg_color": "#FFFBE9", "border": 1, "border_color": "#D9D9D9"}
_TIME = {"num_format": "hh:mm", "align": "center", "bg_color": "#EEF3F8"}


class Plan(NamedTuple):
    """A table by intervals: its sheet, its columns, and what a cell may hold."""

    sheet: str
    columns: Mapping[str, Sequence[int]]
    rule: Mapping[str, object]
    notes: Sequence[str]


_CALLS_RULE = {
    "validate": "decimal",
    "criteria": ">=",
    "value": 0,
    "error_title": noted("Calls"),
    "error_message": noted("Write the calls expected in this interval: a number of 0 or more."),
}
_AGENTS_RULE = {
    "validate": "integer",
    "criteria": ">=",
    "value": 0,
    "error_title": noted("Agents"),
    "error_message": noted("Write whole agents: 0, 1, 2, ..."),
}

_ANYWHERE = (
    noted("Column start says when the interval begins, as a time. Rows may stand in any order,"),
    noted("but every interval of the day must be there once."),
    noted("Keep totals and remarks in this sheet: below the table they would be read as intervals."),
    noted("Formulas are fine: what counts is the value that Excel saved."),
    noted("callcenter check scenario.yaml names a wrong cell by sheet, row and column."),
)
_FORECAST_NOTES = (
    noted("Calls expected in each interval, all kinds of callers together."),
    noted("The scenario takes one column, such as Mon. Another weekday is another column; add any you need."),
    *_ANYWHERE,
    noted("A finer forecast is added up to the scenario's interval, a coarser one is shared out evenly."),
)
_STAFFING_NOTES = (
    noted("People on the roster in each interval and pool, made for the Monday of forecast.xlsx."),
    noted("Whoever is on a break is not counted; shrinkage and absence are keys of the scenario."),
    noted("A column is a pool. A new pool needs a column here and a block in the scenario."),
    *_ANYWHERE,
)


def forecast_book(minutes: int) -> bytes:
    """Return the workbook of calls by weekday."""
    columns = {weekday: calls(weekday, minutes) for weekday in WEEKDAYS}
    return _book(Plan("Forecast", columns, _CALLS_RULE, _FORECAST_NOTES), minutes, _("Calls a day"))


def staffing_book(minutes: int) -> bytes:
    """Return the workbook of agents by pool."""
    columns = {pool: agents(pool, minutes) for pool in POOLS}
    return _book(Plan("Staffing", columns, _AGENTS_RULE, _STAFFING_NOTES), minutes, _("Agent hours a day"))


def _book(plan: Plan, minutes: int, total: str) -> bytes:
    packed = io.BytesIO()
    with _workbook(packed) as book:
        _write_table(book, plan, minutes)
        _write_notes(book, plan, total, minutes / 60 if plan.rule is _AGENTS_RULE else 1)
    return packed.getvalue()


@contextmanager
def _workbook(packed: io.BytesIO) -> Iterator[Any]:
    font = {"font_name": "Microsoft YaHei"} if spoken() == "zh-CN" else {}
    with xlsxwriter.Workbook(packed, {"in_memory": True, "default_format_properties": font}) as book:
        book.set_properties({"created": CREATED})
        yield book


def _page(book: Any, name: str) -> Any:
    """Return a new sheet that prints on one page of A4."""
    page = book.add_worksheet(name)
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 1)
    return page


def _write_table(book: Any, plan: Plan, minutes: int) -> None:
    page = _page(book, plan.sheet)
    page.write_row(0, 0, ["start", *plan.columns], book.add_format(_HEADER))
    as_time, filled_in = book.add_format(_TIME), book.add_format(_FILLED_IN)
    for row, start in enumerate(starts(minutes), 1):
        page.write_datetime(row, 0, start, as_time)
    for column, figures in enumerate(plan.columns.values(), 1):
        page.write_column(1, column, figures, filled_in)
    last = len(starts(minutes))
    page.data_validation(1, 1, last, len(plan.columns), _spoken_rule(plan.rule))
    page.freeze_panes(1, 1)
    page.set_column(0, 0, 10)
    page.set_column(1, len(plan.columns), 14 if plan.rule is _AGENTS_RULE else 9)


def _spoken_rule(rule: Mapping[str, object]) -> dict[str, object]:
    return {key: _(str(value)) if key.startswith("error_") else value for key, value in rule.items()}


def _write_notes(book: Any, plan: Plan, total: str, factor: float) -> None:
    """Write what the table means, and live totals of its columns."""
    page = _page(book, "Notes")
    page.set_column(0, 0, 22)
    page.set_column(1, len(plan.columns), 13)
    page.write(
        0,
        0,
        _("How to fill in {sheet}").format(sheet=plan.sheet),
        book.add_format({"bold": True, "font_size": 14}),
    )
    for row, note in enumerate(plan.notes, 2):
        page.write_string(row, 0, _(note))
    row = len(plan.notes) + 3
    page.write_row(row, 0, ["", *plan.columns], book.add_format(_HEADER))
    page.write_string(row + 1, 0, total, book.add_format({"bold": True}))
    plain = book.add_format({"num_format": "#,##0" if factor == 1 else "#,##0.0"})
    for column, figures in enumerate(plan.columns.values(), 1):
        letter = xl_col_to_name(column)
        formula = f"=SUM({plan.sheet}!{letter}2:{letter}{len(figures) + 1})*{factor:g}"
        page.write_formula(row + 1, column, formula, plain, sum(figures) * factor)
