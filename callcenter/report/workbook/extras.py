"""The sheets of what only some scenarios have: callbacks, customers, the IVR and its lines, money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.measure.tables import callback_interval_table
from callcenter.report.tables.features import follows_customers, has_ivr, has_lines
from callcenter.report.tables.measures import CALLBACKS
from callcenter.report.tables.money import economics_table
from callcenter.report.workbook.book import Book
from callcenter.report.workbook.cells import COUNT, MONEY, WHOLE, Column
from callcenter.report.workbook.figures import (
    COUNTS,
    CUSTOMERS,
    IVR,
    LINES,
    columns_of,
    estimates,
    numbers,
)
from callcenter.report.workbook.intervals import place_columns
from callcenter.report.workbook.sheet import Area, Sheet
from callcenter.study import Result

CALLS_MADE = ("redials", "repeats", "transfers")
ONLINE = ("started_online", "solved_online")
WORK = {
    "created": noted("callbacks created"),
    "attempts": noted("attempts"),
    "backlog": noted("open at the end"),
}


def is_owed(result: Result) -> bool:
    """Say whether any callback was owed."""
    return bool(result.summary["callbacks"]["created"]["value"])


def callback_sheet(book: Book, result: Result) -> tuple[Area, int]:
    """Write what became of the callbacks, and the work by interval; return where, and its names' columns."""
    sheet, found = Sheet(book, _("Callbacks")), result.summary["callbacks"]
    sheet.title(_("Callbacks of a replication"))
    names = [measure.unit.named(measure.head) for measure in CALLBACKS]
    forms = [measure.unit.number_format for measure in CALLBACKS]
    _estimate_table(sheet, {_("figure"): names}, [found[measure.key] for measure in CALLBACKS], forms)
    sheet.finish()
    return _callback_intervals(book, result)


def _callback_intervals(book: Book, result: Result) -> tuple[Area, int]:
    sheet, table = (
        Sheet(book, _("Callbacks by interval")),
        callback_interval_table(result.scenario, result.tallies),
    )
    sheet.title(_("Callbacks by interval: means of a replication"))
    names = place_columns(result, table)
    figures = [Column(_(head), numbers(table[name]), COUNT) for name, head in WORK.items()]
    area = sheet.main_table([*names, *figures], names=len(names))
    sheet.finish()
    return area, len(names)


def _estimate_table(
    sheet: Sheet,
    names: Mapping[str, Sequence[str | None]],
    found: Sequence[Mapping[str, Any]],
    forms: Sequence[str],
) -> Area:
    """Write estimates of different kinds below each other, behind their names by head."""
    ends = {"value": _("mean"), "low": _("95% interval, low"), "high": _("95% interval, high")}
    columns = [Column(head, [each[end] for each in found], forms) for end, head in ends.items()]
    return sheet.main_table([*(Column(head, each) for head, each in names.items()), *columns])


def customer_sheet(book: Book, result: Result) -> None:
    """Write how often customers called and who got what he wanted; nothing where every call is a customer."""
    if not follows_customers(result.scenario):
        return
    sheet, tiers = Sheet(book, _("Customers")), result.summary["tiers"]
    sheet.title(_("Customers, by the tier of their first call"))
    has_online = any(tier["customers"]["started_online"]["value"] for tier in tiers.values())
    figures = {name: figure for name, figure in CUSTOMERS.items() if has_online or name not in ONLINE}
    table = estimates([tier["customers"] for tier in tiers.values()], figures)
    made = [
        Column(_(COUNTS[kind].head), [tier["counts"][kind] for tier in tiers.values()], COUNT)
        for kind in CALLS_MADE
    ]
    names = Column(_("tier"), [wording.tier(name) for name in tiers])
    sheet.main_table([names, *columns_of(table, figures), *made])
    sheet.finish()


def access_sheet(book: Book, result: Result) -> None:
    """Write what the IVR and the trunk lines did; nothing where there is neither."""
    scenario = result.scenario
    if not (has_ivr(scenario) or has_lines(scenario)):
        return
    sheet = Sheet(book, _("Self-service and lines"))
    tiers = {name: result.summary["tiers"][name]["ivr"] for name in scenario.tiers if scenario.ivr_of(name)}
    if tiers:
        sheet.title(_("Voice self-service"))
        sheet.table([Column(_("tier"), list(tiers)), *columns_of(estimates(list(tiers.values()), IVR), IVR)])
        sheet.gap()
    if scenario.lines is not None:
        sheet.title(_("Trunk lines"))
        found = estimates([result.summary["lines"]], LINES)
        sheet.table([Column(_("lines"), [scenario.lines], WHOLE), *columns_of(found, LINES)])
    sheet.finish()


def economics_sheet(book: Book, result: Result) -> None:
    """Write costs by pool, values by tier and their balance; nothing where nothing has a price."""
    table = economics_table(result)
    if table is None:
        return
    sheet = Sheet(book, _("Economics"))
    sheet.title(table.caption)
    names, parts, amounts = zip(*([cell.value for cell in row.cells] for row in table.rows), strict=True)
    kinds = [measure.head for measure in names]
    _estimate_table(sheet, {_("figure"): kinds, _("of"): parts}, amounts, [MONEY] * len(kinds))
    sheet.finish()
