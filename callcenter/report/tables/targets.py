"""The targets, where they are more than one answer rate for each tier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from callcenter.language import gettext as _
from callcenter.report.tables.layout import Cell, Column, Row, Table
from callcenter.report.tables.units import SECONDS, SHARE, VERDICT
from callcenter.study import Result
from callcenter.study.sentences.targets import target_text, whose


def targets_table(result: Result) -> Table | None:
    """Return one row for each target, the last for all together; None where the tiers' table says it all."""
    if result.scenario.has_short_targets_only:
        return None
    columns = [
        Column(_("target of"), key="of"),
        Column(_("target"), key="target"),
        Column(_("achieved"), SHARE, "reached", is_exact=True),
        Column(_("on days"), SHARE, "days", is_exact=True),
        Column(_("verdict"), VERDICT, "verdict"),
    ]
    rows = [_row(entry) for entry in result.summary["targets"]]
    joint = result.summary["joint"]["days_met"]
    together = [Cell(_("all")), Cell(_("all targets together")), Cell(), Cell(joint), Cell()]
    caption = _("Targets: times count from joining the line; on days: share of days on which it holds")
    return Table(caption, columns, [*rows, Row(together, "total")], "wide compact")


def _row(entry: Mapping[str, Any]) -> Row:
    unit = SECONDS if entry["measure"] == "mean_wait" else SHARE
    verdict = entry["verdict"]
    cells = [
        Cell(whose(entry)),
        Cell(target_text(entry)),
        Cell({end: entry[end] for end in ("value", "low", "high")}, unit=unit),
        Cell(entry["days_met"]),
        Cell(verdict, verdict or ""),
    ]
    return Row(cells)
