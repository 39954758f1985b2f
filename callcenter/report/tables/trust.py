"""How exactly the answer rates are known, and the sums that must balance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from callcenter import wording
from callcenter.calllog import OUTCOMES
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.report.tables.layout import Cell, Column, Row, Table, cells, column_of
from callcenter.report.tables.measures import ANSWER_RATE, outcome_name
from callcenter.report.tables.units import COUNT, MARGIN, WHOLE
from callcenter.study import Result
from callcenter.study.insights import Conserved
from callcenter.totals import ALL

KINDS = {
    "calls": noted("calls: one outcome each"),
    "answers": noted("answered calls: in some pool"),
    "agents": noted("agent-hours: busy or idle"),
    "callbacks": noted("callbacks: one end each"),
}

PARTS = (
    *(noted("pools"), noted("busy"), noted("idle"), noted("on breaks")),
    *(noted("reached"), noted("unreached"), noted("cancelled"), noted("pending")),
)
"""What the sums are made of beside the outcomes of calls, marked here for the catalogue."""


def precision_table(result: Result) -> Table:
    """Return the half-width of each answer rate, and how many calls and days stand behind it."""
    columns = [
        Column(_("tier"), key="tier"),
        column_of(ANSWER_RATE, is_exact=False),
        Column(_("margin of error"), MARGIN, "half_width"),
        Column(_("calls a replication"), COUNT, "offered"),
        Column(_("replications"), WHOLE, "replications"),
    ]
    rows = [_precision_row(name, tier, result) for name, tier in result.summary["tiers"].items()]
    return Table(_("How exactly the answer rates are known (95%)"), columns, rows, "compact")


def _precision_row(name: str, tier: Mapping[str, Any], result: Result) -> Row:
    level = tier["service_level"]
    half = None if level["low"] is None else (level["high"] - level["low"]) / 2
    figures = cells(level["value"], half, tier["counts"]["offered"], result.replications)
    return Row([Cell(wording.tier(name)), *figures], "total" if name == ALL else "")


def conservation_table(sums: Sequence[Conserved]) -> Table:
    """Return each sum that must balance, with its parts."""
    columns = [
        Column(_("sum"), key="sum"),
        Column(_("of"), key="of"),
        Column(_("parts"), key="parts"),
        Column(_("total"), WHOLE, "total"),
        Column(_("balances"), key="balances"),
    ]
    return Table(_("All replications together"), columns, [_sum_row(each) for each in sums], "compact prose")


def _sum_row(each: Conserved) -> Row:
    parts = " + ".join(f"{_part(name)} {amount:,.0f}" for name, amount in each.parts.items() if amount)
    right, wrong = _("✓ yes"), _("✗ no")
    balances = right if each.balanced else wrong
    return Row(cells(_(KINDS[each.kind]), wording.tier(each.name), parts or "0", each.total, balances))


def _part(name: str) -> str:
    return outcome_name(name) if name in OUTCOMES else _(name)
