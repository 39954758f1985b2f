"""Points of a sweep against one of them: agents and answer rates, a row a point."""

from __future__ import annotations

import math

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report.tables.layout import Cell, Row, Table, heads, shown_tiers
from callcenter.study import Comparison, Difference

Found = dict[tuple[str, str], Difference]
"""Differences of one pair by part and figure."""


def compared_table(comparison: Comparison) -> Table:
    """Return by how much each point is above the first of the comparison."""
    tiers = shown_tiers(comparison.sides[0].result)
    names = [_("point"), _("agent-hours"), *tiers]
    rows = [_row(side.name, tiers, _found(comparison, side.name)) for side in comparison.sides[1:]]
    caption = _("Agent-hours and answer rates (% points) above the point shown, 95% interval below")
    return Table(caption, heads(names), rows, kind="compact wide")


def _found(comparison: Comparison, name: str) -> Found:
    return {(each.part, each.figure): each for each in comparison.differences if each.second == name}


def _row(name: str, tiers: list[str], found: Found) -> Row:
    hours = next((each.difference for (_part, figure), each in found.items() if figure == "staffed_h"), 0.0)
    rates = [_rate(found.get((tier, "service_level"))) for tier in tiers]
    return Row([Cell(name), Cell(wording.signed(hours)), *rates])


def _rate(found: Difference | None) -> Cell:
    if found is None or math.isnan(found.difference):
        return Cell(wording.NOTHING)
    is_certain = math.isnan(found.low) or found.low == found.high
    ends = "" if is_certain else f"{wording.points(found.low)} … {wording.points(found.high)}"
    return Cell(wording.points(found.difference), ends, "different" if found.different else "")
