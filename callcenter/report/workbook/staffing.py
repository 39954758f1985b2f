"""The workbook of a staffing found: the need beside the scenario's roster, its proof, shifts and prices."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from callcenter import wording
from callcenter.clock import clock_text
from callcenter.language import gettext as _
from callcenter.report.tables.staffing import promised, shifts_table
from callcenter.report.workbook.book import Book, Destination
from callcenter.report.workbook.cells import PERCENT, SIGNED, WHOLE, Column, below
from callcenter.report.workbook.chart_sheet import ChartSheet
from callcenter.report.workbook.charts import staffing_charts
from callcenter.report.workbook.figures import numbers, texts, verdicts
from callcenter.report.workbook.inputs import input_sheets, origin_lines
from callcenter.report.workbook.paid import Staff
from callcenter.report.workbook.sheet import Sheet
from callcenter.report.workbook.staffing_sheets import staffing_sheets
from callcenter.report.workbook.summary import definition_note
from callcenter.scenario import Scenario
from callcenter.study.sentences.staffing import proof, shifts, totals
from callcenter.study.staffing.result import Staffing
from callcenter.study.staffing.validation import Verdicts
from callcenter.study.store.version import versions


def write_staffing_workbook(staffing: Staffing, destination: Destination, command: str = "") -> Path | None:
    """Write the workbook of a staffing to a path, which is returned, or into a file opened for bytes."""
    book = Book(staffing.given.name)
    _summary(book, staffing)
    charts = ChartSheet(book)
    _need(book, staffing)
    staff = Staff(_rows(staffing), staffing.given.pools, staffing.given.day.interval / 3600)
    staffing_charts(charts, staffing_sheets(book, staff, _about(staffing)))
    charts.finish()
    _shifts(book, staffing)
    _prices(book, staffing)
    input_sheets(book, staffing.scenario)
    _origin(book, staffing, command)
    return book.save(destination)


def _summary(book: Book, staffing: Staffing) -> None:
    sheet = Sheet(book, _("Summary"))
    sheet.title(staffing.given.name)
    sheet.paragraph(totals(staffing), bold=True)
    sheet.paragraph(shifts(staffing), bold=True)
    sheet.gap()
    _verdicts(sheet, staffing, staffing.verdicts)
    if staffing.roster_verdicts is not None:
        sheet.gap()
        sheet.title(_("With the shifts of the roster"))
        _verdicts(sheet, staffing, staffing.roster_verdicts)
    for sentence in (definition_note(staffing.given), *proof(staffing)):
        sheet.note(sentence)
    sheet.finish()


def _verdicts(sheet: Sheet, staffing: Staffing, found: Verdicts) -> None:
    tiers = promised(staffing)
    made_for, fresh = ([block["tiers"][tier]["service_level"] for tier in tiers] for block in found)
    columns = [
        Column(_("tier"), tiers),
        Column(_("target"), [level["target"] for level in fresh], PERCENT),
        Column(_("made for"), [level["value"] for level in made_for], PERCENT),
        Column(_("fresh"), [level["value"] for level in fresh], PERCENT, {"bold": True}),
        Column(_("95% interval, low"), [level["low"] for level in fresh], PERCENT),
        Column(_("95% interval, high"), [level["high"] for level in fresh], PERCENT),
        Column(_("days met"), [level["days_met"] for level in fresh], PERCENT),
        Column(_("verdict"), verdicts(level["verdict"] for level in fresh)),
    ]
    sheet.signs(sheet.table(columns), len(columns) - 1)


def _need(book: Book, staffing: Staffing) -> None:
    """Write the agents found for each interval and the answer rates that they gave."""
    sheet, table, need = Sheet(book, _("Need")), staffing.intervals, staffing.need
    sheet.title(_("Agents needed on the phones, and the answer rates they gave"))
    columns = [Column(_("from"), texts(table["start"]))]
    columns += [
        Column(_("agents: {pool}").format(pool=name), list(need.staffed(name)), WHOLE) for name in need.pools
    ]
    targets = {name: tier.target for name, tier in staffing.given.tiers.items()}
    columns += [
        Column(name, numbers(table[f"answered_{name}"]), below(None if target is None else target.share))
        for name, target in targets.items()
    ]
    sheet.main_table(columns)
    sheet.finish()


def _rows(staffing: Staffing) -> pd.DataFrame:
    """Return agents of the roster, or of the scenario as given, beside the need; mean absence taken off."""
    have, day = _scheduled(staffing), staffing.given.day
    starts = [clock_text(start) for start in day.open + day.interval * np.arange(day.intervals)]
    frames = [
        pd.DataFrame(
            {
                "start": starts,
                "pool": name,
                "scheduled": np.array(have.staffed(name)) * (1 - pool.absence),
                "required": np.array(staffing.need.staffed(name)) * (1 - pool.absence),
            }
        )
        for name, pool in staffing.given.pools.items()
    ]
    return pd.concat(frames, ignore_index=True)


def _scheduled(staffing: Staffing) -> Scenario:
    return staffing.given if staffing.roster is None else staffing.roster.scenario


def _about(staffing: Staffing) -> str:
    if staffing.roster is None:
        have = _("Scheduled: agents of the scenario as given.")
    else:
        have = _("Scheduled: agents of the shifts found.")
    need = _("Required: the fewest that meet every target, found by simulation.")
    return f"{have} {need}"


def _shifts(book: Book, staffing: Staffing) -> None:
    if staffing.roster is None:
        return
    sheet, told = Sheet(book, _("Shifts")), shifts_table(staffing)
    sheet.title(_("Shifts of the roster"))
    agents = [number for worked in staffing.roster.worked.values() for _shift, number in worked]
    names = [
        Column(column.head, [row.cells[place].number for row in told.rows])
        for place, column in enumerate(told.columns[:3])
    ]
    sheet.main_table([*names, Column(_("agents"), agents, WHOLE)], names=3)
    sheet.finish()


def _prices(book: Book, staffing: Staffing) -> None:
    prices = staffing.prices
    if not prices:
        return
    sheet = Sheet(book, _("Prices of targets"))
    sheet.title(_("What a target costs"))
    columns = [
        Column(_("tier"), [price.tier for price in prices]),
        Column(_("from"), [price.target for price in prices], PERCENT),
        Column(_("to"), [price.moved_to for price in prices], PERCENT),
        Column(_("agent-hours a day"), [price.hours for price in prices], SIGNED),
        Column(_("agents"), [price.agents for price in prices], SIGNED),
        Column(_("cost a day"), [price.cost for price in prices], SIGNED),
    ]
    sheet.main_table(columns)
    sheet.finish()


def _origin(book: Book, staffing: Staffing, command: str) -> None:
    told = [
        (_("command"), command),
        (_("targets judged by"), _(staffing.meet)),
        (_("replications"), f"{staffing.replications:,}"),
        (_("seed"), str(staffing.seed)),
        (_("versions"), wording.versions(versions())),
    ]
    origin_lines(book, told, [(staffing.scenario.name, staffing.scenario)])
