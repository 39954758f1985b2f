"""The figures of each side of a comparison."""

from __future__ import annotations

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report.tables.layout import Cell, Column, Row, Table, columns_of
from callcenter.report.tables.measures import TIER
from callcenter.report.tables.tiers import tier_cells
from callcenter.study import Comparison


def sides_table(comparison: Comparison) -> Table:
    """Return one row for each side and tier with every figure of it."""
    columns = [Column(_("scenario"), key="scenario"), Column(_("tier"), key="tier"), *columns_of(TIER)]
    rows = [
        Row([Cell(side.name), Cell(wording.tier(name)), *tier_cells(tier)])
        for side in comparison.sides
        for name, tier in side.result.summary["tiers"].items()
    ]
    return Table(_("Tiers: means of a replication, with 95% intervals"), columns, rows)
