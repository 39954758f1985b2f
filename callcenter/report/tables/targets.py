"""The targets, where they are more than one answer rate for each tier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from callcenter.language import gettext as _
from callcenter.measure import Summary
from callcenter.measure.joint import DaysKept
from callcenter.report.tables.layout import Cell, Column, Limit, Row, Table
from callcenter.report.tables.units import SECONDS, SHARE, VERDICT, WHOLE, Unit
from callcenter.study import Result, SweepResult
from callcenter.study.answers.days_kept import chance_kept
from callcenter.study.designs.labels import label, short_path
from callcenter.study.sentences.targets import kept_name, target_text, whose
from callcenter.study.staffing import Staffing
from callcenter.study.staffing.validation import Verdicts

MOST_ROWS = 120


def targets_table(result: Result, asked: DaysKept | None = None) -> Table | None:
    """Return one row for each target, then all together; None where the tiers' table says it all.

    With days to keep the chance of that is the last row.
    """
    kept = chance_kept(result, asked)
    if result.scenario.has_short_targets_only and kept is None:
        return None
    caption = _("Targets: times count from joining the line; on days: share of days on which it holds")
    return Table(caption, _columns(), _rows(result.summary, kept), "wide compact")


def target_points_table(study: SweepResult) -> Table | None:
    """Return one row for each point and target; None where the table of the points says it all."""
    if all(point.scenario.has_short_targets_only for point in study.design.points):
        return None
    columns = [
        Column(_("point"), WHOLE, "point", is_group=True),
        *(Column(short_path(path), key=path, is_group=True) for path in study.varied),
        *_columns(),
    ]
    rows = [
        Row([*_settings(study, number), *row.cells], "first" if place == 0 else row.kind)
        for number, result in enumerate(study.results)
        for place, row in enumerate(_rows(study.summaries[number], study.days_kept[number]))
    ]
    caption = _("Targets at each point; on days: share of days on which it holds")
    return Table(caption, columns, rows, "wide compact long", Limit(MOST_ROWS, "target", "targets.csv"))


def staffed_targets_table(staffing: Staffing, verdicts: Verdicts) -> Table | None:
    """Return every target on the validation days of a staffing; None where the rates say it all."""
    if staffing.given.has_short_targets_only:
        return None
    needed = _("Targets on validation days with the agents needed")
    caption = needed if verdicts is staffing.verdicts else _("Targets on validation days with the shifts")
    return Table(caption, _columns(), _rows(verdicts.fresh, None), "wide compact")


def _columns() -> list[Column]:
    return [
        Column(_("target of"), key="of"),
        Column(_("target"), key="target"),
        Column(_("achieved"), SHARE, "reached", is_exact=True),
        Column(_("on days"), SHARE, "days", is_exact=True),
        Column(_("verdict"), VERDICT, "verdict"),
    ]


def _settings(study: SweepResult, number: int) -> list[Cell]:
    settings = study.settings[number]
    return [Cell(number), *(Cell(label(settings[path])) for path in study.varied)]


def _rows(summary: Summary, kept: Mapping[str, Any] | None) -> list[Row]:
    """Return a row for each target, one for all together, and the chance to keep enough days."""
    rows = [_row(entry) for entry in summary["targets"]]
    joint = summary["joint"]["days_met"]
    together = [Cell(_("all")), Cell(_("all targets together")), Cell(), Cell(joint), Cell()]
    rows.append(Row(together, "total"))
    if kept is not None:
        chance = [Cell(_("all")), Cell(kept_name(kept)), Cell(kept), Cell(), Cell()]
        rows.append(Row(chance, "total"))
    return rows


def _row(entry: Mapping[str, Any]) -> Row:
    unit = _seconds() if entry["measure"] == "mean_wait" else SHARE
    verdict = entry["verdict"]
    cells = [
        Cell(whose(entry)),
        Cell(target_text(entry)),
        Cell({end: entry[end] for end in ("value", "low", "high")}, unit=unit),
        Cell(entry["days_met"]),
        Cell(verdict, verdict or ""),
    ]
    return Row(cells)


def _seconds() -> Unit:
    """Return the unit of waits in a column of shares: its numbers say so themselves, in spreadsheets, too."""
    return SECONDS._replace(number_format=f'{SECONDS.number_format}"{_("{n} s").format(n="")}"')
