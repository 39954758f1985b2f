"""What priorities do to each tier."""

from __future__ import annotations

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report.tables.layout import Cell, Column, Row, Table, measured
from callcenter.report.tables.measures import ANSWER_RATE, MEAN_WAIT
from callcenter.report.tables.units import POINTS, SECONDS, SHARE, SIGNED_SECONDS
from callcenter.study.insights import Measured, PriorityEffect, TierEffect
from callcenter.totals import ALL


def priority_table(effect: PriorityEffect) -> Table:
    """Return each tier as it is and first come, first served, with the difference that priorities make."""
    columns = [
        Column(_("tier"), key="tier"),
        Column(ANSWER_RATE.head, SHARE, "service_level", ANSWER_RATE),
        Column(_("answer rate without priorities"), SHARE, "service_level_without"),
        Column(_("priorities give, points"), POINTS, "service_level_change"),
        Column(MEAN_WAIT.head, SECONDS, "mean_wait_s", MEAN_WAIT),
        Column(_("mean wait without priorities"), SECONDS, "mean_wait_without_s"),
        Column(_("priorities add"), SIGNED_SECONDS, "mean_wait_change_s"),
    ]
    caption = _(
        "The same callers with priorities and without them, {replications}; 95% interval of the difference "
        "below"
    ).format(replications=wording.plural(len(effect.before.tallies), "replication"))
    return Table(caption, columns, [_row(tier) for tier in effect.tiers], "wide compact")


def _row(tier: TierEffect) -> Row:
    cells = [
        Cell(wording.tier(tier.tier)),
        *(Cell(tier.rate), Cell(tier.rate_without), Cell(measured(_turned(tier.rate_change)))),
        *(Cell(tier.wait_s), Cell(tier.wait_without_s), Cell(measured(_turned(tier.wait_change_s)))),
    ]
    return Row(cells, "total" if tier.tier == ALL else "")


def _turned(change: Measured) -> Measured:
    """Return what priorities change instead of what their absence does."""
    return Measured(-change.value, -change.high, -change.low)
