"""The workbook of a staffing: the need beside the scenario's roster, its proof, shifts and prices."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from callcenter import wording
from callcenter.clock import clock_text
from callcenter.language import gettext as _
from callcenter.report.tables.rosters import coverage_table, weeks_table
from callcenter.report.tables.staffing import (
    call_in_table,
    need_table,
    prices_table,
    shifts_table,
    verdict_tables,
)
from callcenter.report.workbook.across import across_sheet
from callcenter.report.workbook.book import Book, Destination
from callcenter.report.workbook.cells import below
from callcenter.report.workbook.chart_sheet import ChartSheet
from callcenter.report.workbook.charts import staffing_charts
from callcenter.report.workbook.inputs import input_sheets, origin_lines
from callcenter.report.workbook.paid import Staff
from callcenter.report.workbook.sheet import Sheet
from callcenter.report.workbook.staffing_sheets import staffing_sheets
from callcenter.report.workbook.summary import definition_note
from callcenter.report.workbook.tables import table_sheet, write
from callcenter.scenario import Scenario
from callcenter.study.sentences.calling_in import calling_in
from callcenter.study.sentences.rosters import roster_fit
from callcenter.study.sentences.staffing import headline, proof
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
    staffing_charts(charts, staffing_sheets(book, staff, _about(staffing)), staffing.given.day)
    charts.finish()
    _shifts(book, staffing)
    across_sheet(book, staffing)
    _call_in(book, staffing)
    _prices(book, staffing)
    input_sheets(book, staffing.scenario)
    _origin(book, staffing, command)
    charts.steps.finish()
    return book.save(destination)


def _summary(book: Book, staffing: Staffing) -> None:
    sheet = Sheet(book, _("Summary"))
    sheet.title(staffing.given.name)
    for sentence in headline(staffing):
        sheet.paragraph(sentence, bold=True)
    _rates(sheet, staffing, staffing.verdicts)
    if staffing.roster_verdicts is not None:
        _rates(sheet, staffing, staffing.roster_verdicts)
    for sentence in (definition_note(staffing.given), *proof(staffing)):
        sheet.note(sentence)
    sheet.finish()


def _rates(sheet: Sheet, staffing: Staffing, verdicts: Verdicts) -> None:
    for table in verdict_tables(staffing, verdicts):
        sheet.gap()
        sheet.title(table.caption)
        write(sheet, table)


def _need(book: Book, staffing: Staffing) -> None:
    """Write the agents needed in each interval and the answer rates that they gave."""
    targets = {name: tier.target for name, tier in staffing.given.tiers.items() if tier.target is not None}
    formats = {f"answered_{name}": below(target.share) for name, target in targets.items()}
    table_sheet(book, _("Need"), need_table(staffing), formats=formats)


def _rows(staffing: Staffing) -> pd.DataFrame:
    """Return agents of the roster, or of the scenario as given, beside the need; mean absence taken off."""
    have, day = _scheduled(staffing), staffing.given.day
    starts = [clock_text(start) for start in day.open + day.interval * np.arange(day.intervals)]
    frames = [
        pd.DataFrame(
            {
                "start": starts,
                "pool": name,
                "rostered": have.rostered(name),
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
        have = _("Scheduled: agents of the roster's shifts.")
    need = _("Required: the fewest that meet every target, found by simulation.")
    return f"{have} {need}"


def _shifts(book: Book, staffing: Staffing) -> None:
    roster = staffing.roster
    if roster is None:
        return
    note = wording.in_a_row(roster_fit(staffing))
    table_sheet(book, _("Shifts"), shifts_table(staffing), names=3, note=note)
    table_sheet(book, _("Roster and need"), coverage_table(staffing, roster))
    if roster.weeks:
        table_sheet(book, _("Weeks"), weeks_table(roster), names=2)


def _call_in(book: Book, staffing: Staffing) -> None:
    if staffing.flexible is not None:
        note = wording.in_a_row(calling_in(staffing))
        table_sheet(book, _("Called in"), call_in_table(staffing, staffing.flexible), note=note)


def _prices(book: Book, staffing: Staffing) -> None:
    if staffing.prices:
        table_sheet(book, _("Prices of targets"), prices_table(staffing.prices))


def _origin(book: Book, staffing: Staffing, command: str) -> None:
    origin = [
        (_("command"), command),
        (_("targets judged by"), _(staffing.meet)),
        (_("replications"), f"{staffing.replications:,}"),
        (_("seed"), str(staffing.seed)),
        (_("versions"), wording.versions(versions())),
    ]
    origin_lines(book, origin, [(staffing.scenario.name, staffing.scenario)])
