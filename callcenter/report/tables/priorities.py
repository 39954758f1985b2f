"""What priorities do to each tier."""

from __future__ import annotations

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report.tables.layout import Cell, Row, Table, heads
from callcenter.report.tables.misses import change_cell
from callcenter.study.insights import Measured, PriorityEffect, TierEffect
from callcenter.totals import ALL


def priority_table(effect: PriorityEffect) -> Table:
    """Return each tier as it is and first come, first served, with the difference that priorities make."""
    names = [
        _("tier"),
        _("answer rate"),
        _("first come, first served"),
        _("priorities give, points"),
        _("mean wait"),
        _("first come, first served"),
        _("priorities add"),
    ]
    caption = _("The same callers with priorities and without them, 95% interval of the difference below")
    return Table(caption, heads(names), [_row(tier) for tier in effect.tiers], kind="wide compact")


def _row(tier: TierEffect) -> Row:
    name = wording.tier(tier.tier)
    cells = [
        Cell(name),
        Cell(wording.percent(tier.rate)),
        Cell(wording.percent(tier.rate_without)),
        change_cell(_turned(tier.rate_change)),
        Cell(wording.wait(tier.wait_s)),
        Cell(wording.wait(tier.wait_without_s)),
        change_cell(_turned(tier.wait_change_s), _seconds),
    ]
    return Row(cells, "first" if tier.tier == ALL else "")


def _turned(change: Measured) -> Measured:
    """Return what priorities change instead of what their absence does."""
    return Measured(-change.value, -change.high, -change.low)


def _seconds(seconds: float) -> str:
    return _("{n} s").format(n=wording.signed(seconds))
