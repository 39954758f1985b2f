"""The sheets of staffing: scheduled against required, and by live formulas paid hours and cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd
from xlsxwriter.utility import quote_sheetname, xl_col_to_name, xl_rowcol_to_cell

from callcenter.language import gettext as _
from callcenter.report.figures.names import display_width
from callcenter.report.tables import units
from callcenter.report.workbook.book import Book
from callcenter.report.workbook.cells import GENERAL, Column, Formula, Value, numbers
from callcenter.report.workbook.paid import FULL_TIME, MOST_SHRINKAGE, SUMS, Staff, lost
from callcenter.report.workbook.sheet import INPUT_FILL, Area, Sheet
from callcenter.scenario.parts.calendar import date_text

INPUT = {"bg_color": INPUT_FILL, "border": 1, "bold": True}
SHRINKAGE, COST = 1, 2
"""Columns of the pools' inputs."""

SHARE, MONEY, RATIO = (unit.number_format for unit in (units.SHARE, units.MONEY, units.RATIO))
COUNT, WHOLE = units.COUNT.number_format, units.WHOLE.number_format
SIGNED = units.SIGNED_COUNT.number_format

SUM_FORMS = (COUNT, COUNT, SIGNED, COUNT, COUNT, MONEY)
"""Number formats of the SUMS."""


class Inputs(NamedTuple):
    """Where the cells are that the formulas take, on the sheet of the pools."""

    hours: str
    full_time: str
    shrinkage: dict[str, str]
    cost: dict[str, str]


class StaffSheets(NamedTuple):
    """Where the staffing stands, for charts: the rows of each pool."""

    all: Area
    rows: dict[str, Area]
    names: int
    """Columns of day and time."""
    levels: dict[str, tuple[Sequence[Value], Sequence[Value]]]
    """Agents scheduled and required, by pool."""


def staffing_sheets(book: Book, staff: Staff, about: str) -> StaffSheets:
    """Write the pools with the cells to change, and every interval; `about` says what is required."""
    pools, intervals = Sheet(book, _("Staffing")), Sheet(book, _("Staffing by interval"))
    inputs = _head(pools, staff, about)
    intervals.title(_("Scheduled against required, one row for each interval and pool"))
    intervals.note(
        _("Net is scheduled less required. Paid hours and cost follow the yellow cells of “Staffing”.")
    )
    names = 2 if staff.has_days else 1
    columns = _interval_columns(staff, inputs, intervals.row + 2, names)
    area = intervals.main_table(columns, names=names + 1)
    farthest = max(1.0, float(staff.figures["net"].abs().max(skipna=True)))
    intervals.scale(area, names + 3, -farthest, 0.0, farthest)
    intervals.finish()
    _pool_table(pools, staff, inputs, area, names)
    pools.finish()
    rows = {pool: area.part(*staff.span(pool)) for pool in staff.pools}
    return StaffSheets(area, rows, names, {pool: _levels(staff, pool) for pool in staff.pools})


def _levels(staff: Staff, pool: str) -> tuple[Sequence[Value], Sequence[Value]]:
    rows = staff.rows[staff.rows["pool"] == pool]
    return numbers(rows["scheduled"]), numbers(rows["required"])


def formulas(
    template: str, first: int, values: Iterable[float | None], **cells: Sequence[str]
) -> list[Formula]:
    """Return a formula for each row from `first`, counted from 1, `{row}` and `cells` filled in."""
    filled = []
    for place, value in enumerate(numbers(values)):
        parts = {name: each[place] for name, each in cells.items()}
        filled.append(Formula(template.format(row=first + place, **parts), value))  # type: ignore[arg-type]
    return filled


def _head(sheet: Sheet, staff: Staff, about: str) -> Inputs:
    """Write what is above the table of the pools; return where all inputs are, those of the table too."""
    sheet.title(_("Staffing: from agents on the phones to paid hours and cost"))
    sheet.paragraph(_("Change the yellow cells; everything else follows."), bold=True)
    sheet.note(about)
    sheet.note(
        _(
            "Shrinkage is the share of paid hours off the phones; it starts at the scenario's shrinkage and "
            "absence, and the roster is paid as it stands. With another shrinkage, as many are paid as put "
            "the same agents on the phones."
        )
    )
    sheet.note(
        _("Sums of one day.") if staff.days == 1 else _("Sums of {days} days.").format(days=staff.days)
    )
    sheet.gap()
    top = sheet.row
    _constant(sheet, _("hours of an interval"), staff.hours)
    _constant(sheet, _("paid hours of a full-time day"), FULL_TIME, is_input=True)
    sheet.gap()
    rows = {pool: sheet.row + 1 + place for place, pool in enumerate(staff.pools)}
    return Inputs(
        _address(sheet, top, 1),
        _address(sheet, top + 1, 1),
        {pool: _address(sheet, row, SHRINKAGE) for pool, row in rows.items()},
        {pool: _address(sheet, row, COST) for pool, row in rows.items()},
    )


def _constant(sheet: Sheet, text: str, value: float, *, is_input: bool = False) -> None:
    sheet.cell(sheet.row, 0, text)
    sheet.at_least(0, display_width(text) + 2)
    sheet.cell(sheet.row, 1, value, RATIO, **(INPUT if is_input else {}))
    if is_input:
        _validated(sheet, (sheet.row, 1, sheet.row, 1), 0.25, 24.0)
    sheet.row += 1


def _validated(sheet: Sheet, cells: tuple[int, ...], least: float, most: float) -> None:
    rule = {
        "validate": "decimal",
        "criteria": "between",
        "minimum": least,
        "maximum": most,
        "error_title": _("Not possible"),
        "error_message": _("Give a number from {least} to {most}.").format(
            least=f"{least:g}", most=f"{most:g}"
        ),
    }
    sheet.page.data_validation(*cells, rule)


def _address(sheet: Sheet, row: int, column: int) -> str:
    return f"{quote_sheetname(sheet.name)}!{xl_rowcol_to_cell(row, column, True, True)}"


def _day_column(figures: pd.DataFrame) -> Column:
    if "date" in figures:
        return Column(_("date"), [date_text(date.fromisoformat(day)) for day in figures["date"]])
    return Column(_("day"), [int(day) + 1 for day in figures["day"]], WHOLE)


def _interval_columns(staff: Staff, inputs: Inputs, first: int, names: int) -> list[Column]:
    """Return the columns of the rows that begin in row `first`, counted from 1."""
    figures, pools = staff.figures, list(staff.rows["pool"])
    have, need, _net, rostered, people, hours = (xl_col_to_name(names + place) for place in range(1, 7))
    net = f'=IF({need}{{row}}="","",{have}{{row}}-{need}{{row}})'
    shrinkage, cost = ([cells[pool] for pool in pools] for cells in (inputs.shrinkage, inputs.cost))
    on_phones = [f"{1 - lost(staff.pools[pool]):.10g}" for pool in pools]
    paid = formulas(
        f"={rostered}{{row}}*{{on_phones}}/(1-{{shrinkage}})",
        first,
        figures["paid"],
        shrinkage=shrinkage,
        on_phones=on_phones,
    )
    return [
        *([_day_column(figures)] if staff.has_days else []),
        Column(_("from"), list(figures["start"])),
        Column(_("pool"), pools),
        Column(_("scheduled"), numbers(figures["scheduled"]), COUNT),
        Column(_("required"), numbers(figures["required"]), COUNT),
        Column(_("net"), formulas(net, first, figures["net"]), SIGNED),
        Column(_("rostered"), numbers(figures["rostered"]), COUNT),
        Column(_("paid agents"), paid, COUNT),
        Column(
            units.HOURS.named(_("paid")),
            formulas(f"={people}{{row}}*{inputs.hours}", first, figures["paid_h"]),
            COUNT,
        ),
        Column(_("cost"), formulas(f"={hours}{{row}}*{{cost}}", first, figures["cost"], cost=cost), MONEY),
    ]


def _pool_table(sheet: Sheet, staff: Staff, inputs: Inputs, area: Area, names: int) -> None:
    """Write one row for each pool and the total, summed up from the sheet of the intervals."""
    pools, first = list(staff.pools.values()), sheet.row + 2
    columns = [
        Column(_("pool"), list(staff.pools)),
        Column(_("shrinkage"), [lost(pool) for pool in pools], SHARE, INPUT),
        Column(_("cost of a paid hour"), [pool.cost_per_hour for pool in pools], MONEY, INPUT),
        *_sum_columns(staff, _sums(staff, inputs, area, names), area.cells(names), first),
    ]
    table = sheet.table(columns)
    _validated(sheet, tuple(map(int, table.column(SHRINKAGE)[1:])), 0.0, MOST_SHRINKAGE)
    _validated(sheet, tuple(map(int, table.column(COST)[1:])), 0.0, 1e9)
    _total(sheet, staff, table)


def _sums(staff: Staff, inputs: Inputs, area: Area, names: int) -> dict[str, str]:
    """Return the formula of each of the SUMS, `{here}` for the rows of a pool and `{row}` for its own."""

    def added(place: int, factor: str = "") -> str:
        return f"=SUMPRODUCT({{here}},{area.cells(names + place)}){factor}"

    return {
        "scheduled_h": added(1, f"*{inputs.hours}"),
        "required_h": added(2, f"*{inputs.hours}"),
        "net_h": "=D{row}-E{row}",
        "paid_h": added(6),
        "full_time": f"=G{{row}}/{inputs.full_time}" + (f"/{staff.days}" if staff.days > 1 else ""),
        "cost": added(7),
    }


def _sum_columns(staff: Staff, templates: Mapping[str, str], pools: str, first: int) -> Iterator[Column]:
    """Yield the columns of the SUMS; `pools` are the cells that name the pool of each interval's row."""
    here = [f"--EXACT({pools},A{first + place})" for place in range(len(staff.pools))]
    heads = (
        *(_("scheduled (h)"), _("required (h)"), _("net (h)")),
        *(_("paid (h)"), _("full-time agents"), _("cost")),
    )
    sums = staff.sums
    for head, name, form in zip(heads, SUMS, SUM_FORMS, strict=True):
        filled = formulas(templates[name], first, sums[name], here=here)
        yield Column(head, _where_known(filled), form)


def _where_known(filled: Sequence[Formula]) -> list[Value]:
    """Leave cells empty whose formula has no value: nothing is required of the pool."""
    return [None if formula.value is None else formula for formula in filled]


def _total(sheet: Sheet, staff: Staff, area: Area) -> None:
    cells = [
        f"{{0}}{area.first + 1}:{{0}}{area.last + 1}".format(xl_col_to_name(place)) for place in range(3, 9)
    ]
    sums = [
        Formula(f"=SUM({each})", float(staff.sums[name].sum()))
        for each, name in zip(cells, SUMS, strict=True)
    ]
    sheet.line([_("all"), None, None, *sums], [GENERAL] * 3 + list(SUM_FORMS), bold=True, top=1)
