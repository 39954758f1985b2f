"""Which targets are met, and how surely."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report.tables.layout import Cell, Column, Row, Table, column_of, days_met_of
from callcenter.report.tables.measures import ANSWER_RATE, TIER
from callcenter.report.tables.units import POINTS
from callcenter.study import Result
from callcenter.totals import ALL

JUDGED = {measure.key: measure for measure in TIER if measure.key in ("target", "verdict", "days_met")}


def summary_table(result: Result) -> Table:
    """Return one row for each tier and the total: target, answer rate, margin, days met, verdict."""
    columns = [
        Column(_("tier"), key="tier"),
        column_of(JUDGED["target"]),
        column_of(ANSWER_RATE, is_beside=True),
        Column(_("above the target"), POINTS, "above_target"),
        column_of(JUDGED["days_met"]),
        column_of(JUDGED["verdict"]),
    ]
    rows = [_row(name, tier["service_level"]) for name, tier in result.summary["tiers"].items()]
    return Table(_("Answer rates"), columns, rows, "wide compact")


def _row(name: str, level: Mapping[str, Any]) -> Row:
    rate, target, verdict = level["value"], level["target"], level["verdict"]
    above = None if rate is None or target is None else rate - target
    cells = [
        *(Cell(wording.tier(name)), Cell({key: level[key] for key in ("target", "within_s")})),
        *(Cell(level), Cell(above), Cell(days_met_of(level)), Cell(verdict, verdict or "")),
    ]
    return Row(cells, "total" if name == ALL else "")
