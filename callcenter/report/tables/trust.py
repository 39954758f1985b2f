"""How exactly the answer rates are known, and the sums that must come out."""

from __future__ import annotations

from collections.abc import Sequence

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.report.tables.layout import Cell, Figures, Row, Table, heads
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
    *(noted("blocked"), noted("self_served"), noted("left_ivr"), noted("balked"), noted("abandoned")),
    *(noted("diverted"), noted("closed"), noted("answered"), noted("open")),
    *(noted("pools"), noted("busy"), noted("idle")),
    *(noted("reached"), noted("unreached"), noted("cancelled"), noted("pending")),
)
"""What the sums are made of, marked here for the catalogue."""


def precision_table(result: Result) -> Table:
    """Return the half-width of each answer rate, and how many calls and days stand behind it."""
    names = [_("tier"), _("answer rate"), _("known to ± points"), _("calls a replication"), _("replications")]
    rows = [_precision_row(name, tier, result) for name, tier in result.summary["tiers"].items()]
    return Table(_("How exactly the answer rates are known (95%)"), heads(names), rows, kind="compact")


def _precision_row(name: str, tier: Figures, result: Result) -> Row:
    level = tier["service_level"]
    known = wording.NOTHING if level["low"] is None else f"{50 * (level['high'] - level['low']):.2f}"
    texts = [
        wording.tier(name),
        wording.percent(level["value"]),
        known,
        wording.count(tier["counts"]["offered"]),
        f"{result.replications:,}",
    ]
    return Row([*map(Cell, texts)], "first" if name == ALL else "")


def conservation_table(sums: Sequence[Conserved]) -> Table:
    """Return each sum that must come out, with its parts."""
    names = [_("sum"), _("of"), _("parts"), _("total"), _("comes out")]
    return Table(
        _("All replications together"),
        heads(names, 3),
        [_sum_row(each) for each in sums],
        kind="compact prose",
    )


def _sum_row(each: Conserved) -> Row:
    parts = " + ".join(f"{_(name)} {amount:,.0f}" for name, amount in each.parts.items() if amount)
    name = wording.tier(each.name)
    texts = [Cell(text, kind="text") for text in (_(KINDS[each.kind]), name, parts or "0")]
    right, wrong = _("✓ yes"), _("✗ no")
    return Row([*texts, Cell(f"{each.total:,.0f}"), Cell(right if each.balanced else wrong)])
