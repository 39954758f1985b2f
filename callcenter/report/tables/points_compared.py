"""Points of a sweep against one of them: agents and answer rates, one row for each point."""

from __future__ import annotations

import math
from collections.abc import Mapping

from callcenter.language import gettext as _
from callcenter.report.tables.layout import Cell, Column, Row, Table, column_of, estimate
from callcenter.report.tables.measures import COMPARED
from callcenter.report.tables.tiers import shown_tiers
from callcenter.report.tables.units import HOURS, POINTS
from callcenter.study import Comparison, Difference

Differences = Mapping[tuple[str, str], Difference]
"""Of one pair, by part and figure."""


def compared_table(comparison: Comparison) -> Table:
    """Return by how much each point is above the first of the comparison."""
    tiers = shown_tiers(comparison.sides[0].result)
    columns = [
        Column(_("point"), key="point"),
        column_of(COMPARED["staffed_h"], unit=HOURS.difference),
        *(Column(tier, POINTS, tier) for tier in tiers),
    ]
    rows = [_row(side.name, tiers, _differences(comparison, side.name)) for side in comparison.sides[1:]]
    caption = _("Agent-hours and answer rates (% points) above the point shown, 95% interval below")
    return Table(caption, columns, rows, "compact wide")


def _differences(comparison: Comparison, name: str) -> Differences:
    return {(each.part, each.figure): each for each in comparison.differences if each.second == name}


def _row(name: str, tiers: list[str], differences: Differences) -> Row:
    hours = [each.difference for (_part, figure), each in differences.items() if figure == "staffed_h"]
    rates = [_rate(differences.get((tier, "service_level"))) for tier in tiers]
    return Row([Cell(name), Cell(hours[0] if hours else 0.0), *rates])


def _rate(difference: Difference | None) -> Cell:
    if difference is None or math.isnan(difference.difference):
        return Cell()
    value = estimate(difference.difference, difference.low, difference.high)
    return Cell(value, "different" if difference.different else "")
