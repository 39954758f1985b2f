"""Simulation beside the textbook formula."""

from __future__ import annotations

import math
from collections.abc import Sequence

from callcenter.language import gettext as _
from callcenter.report.tables.layout import Cell, Column, Row, Table, measured
from callcenter.report.tables.measure import Rank
from callcenter.report.tables.measures import COMPARED
from callcenter.report.tables.units import COUNT, POINTS
from callcenter.study import Beside
from callcenter.study.formula.theory_beside import IN_ONE_LINE, Pair
from callcenter.study.formula.theory_beside import Row as Compared

FIGURES = ("service_level", "abandonment", "asa_s")


def beside_table(beside: Beside) -> Table:
    """Return one row for each tier over the whole run: by the formula and as simulated."""
    together = _(
        "Erlang A for each interval, weighted by its calls, and the simulation: one line of all callers, 95% "
        "interval below"
    )
    apart = _(
        "Erlang A for each interval, weighted by its calls, and the simulation: each tier as if it had its "
        "pools to itself, 95% interval below"
    )
    name = Column(_("tier"), key="tier")
    return _table(together if beside.is_one_line else apart, name, beside.tiers)


def beside_intervals_table(beside: Beside) -> Table | None:
    """Return the same for each interval of the day; None unless all callers are one line."""
    if not beside.intervals:
        return None
    name = Column(_("from"), key="start")
    return _table(_("Erlang A and the simulation, interval by interval"), name, beside.intervals)


def _table(caption: str, name: Column, rows: Sequence[Compared]) -> Table:
    columns = [
        name,
        Column(_("calls an hour"), COUNT, "calls_per_hour"),
        Column(_("agents"), COUNT, "agents"),
        *(column for key in FIGURES for column in _columns(key)),
        Column(_("gap, points"), POINTS, "gap"),
    ]
    return Table(caption, columns, [_row(row) for row in rows], "wide compact long")


def _columns(key: str) -> list[Column]:
    """Return the columns of a figure by the formula, and as simulated."""
    measure, rank = COMPARED[key], Rank.JUDGED if key == "service_level" else None
    by_formula = _("{figure}: Erlang A").format(figure=measure.head)
    simulated = _("{figure}: simulated").format(figure=measure.head)
    return [
        Column(by_formula, measure.unit, f"{key}_theory", ranked=rank),
        Column(simulated, measure.unit, key, measure, ranked=rank),
    ]


def _row(row: Compared) -> Row:
    pairs = [getattr(row, key) for key in FIGURES]
    cells = [
        Cell(_(IN_ONE_LINE) if row.name == IN_ONE_LINE else row.name),
        *(Cell(row.calls_per_hour), Cell(row.agents)),
        *(cell for pair in pairs for cell in (Cell(pair.theory), Cell(measured(pair)))),
        Cell(row.service_level.gap, note=_note(row.service_level)),
    ]
    return Row(cells)


def _note(pair: Pair) -> str:
    if math.isnan(pair.gap) or math.isnan(pair.low):
        return ""
    return _("inside the interval") if pair.is_inside else _("outside")
