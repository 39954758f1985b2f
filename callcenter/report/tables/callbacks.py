"""What became of the callbacks, and the work on them by interval."""

from __future__ import annotations

from callcenter.language import gettext as _
from callcenter.report.tables.layout import Cell, Column, Row, Table
from callcenter.report.tables.measures import CALLBACKS
from callcenter.report.tables.units import COUNT
from callcenter.study import Result
from callcenter.study.answers.callbacks import owes_callbacks


def callback_table(result: Result) -> Table | None:
    """Return what became of the callbacks, one row for each figure; None if none was owed."""
    if not owes_callbacks(result.summary):
        return None
    figures = result.summary["callbacks"]
    rows = [
        Row([Cell(measure), Cell(figures[measure.key], unit=measure.unit)], on=measure.on)
        for measure in CALLBACKS
        if measure.key != "open_at_day_end" or result.scenario.days > 1
    ]
    columns = [
        Column(_("callbacks"), key="figure"),
        Column(_("mean"), COUNT, "mean", is_exact=True, is_beside=True),
    ]
    return Table(_("Callbacks of a replication"), columns, rows, "compact")
