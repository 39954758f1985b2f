"""Simulation beside the textbook formula."""

from __future__ import annotations

import math
from collections.abc import Callable

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.report.tables.layout import Cell, Row, Table, heads
from callcenter.study import Beside
from callcenter.study.formula.theory_beside import IN_ONE_LINE, Pair
from callcenter.study.formula.theory_beside import Row as Compared

FIGURES = (noted("answered in time"), noted("abandoned"), noted("ASA"))


def beside_table(beside: Beside) -> Table:
    """Return a row for each tier over the whole run: by the formula and as simulated."""
    together = _("Erlang A and the simulation: one line of all callers, 95% interval below")
    apart = _("Erlang A and the simulation: each tier as if it had its pools to itself, 95% interval below")
    return _table(together if beside.is_one_line else apart, _("tier"), beside.tiers)


def beside_intervals_table(beside: Beside) -> Table | None:
    """Return the same for each interval of the day; None unless all callers are one line."""
    if not beside.intervals:
        return None
    return _table(_("Erlang A and the simulation, interval by interval"), _("from"), beside.intervals)


def _table(caption: str, name: str, rows: tuple[Compared, ...]) -> Table:
    figures = [
        text
        for figure in FIGURES
        for text in (_("{figure}: Erlang A").format(figure=_(figure)), _("simulated"))
    ]
    names = [name, _("calls an hour"), _("agents"), *figures, _("gap, points")]
    return Table(caption, heads(names), [_row(row) for row in rows], kind="wide compact long")


def _row(row: Compared) -> Row:
    gap = row.service_level.gap
    cells = [
        Cell(_(IN_ONE_LINE) if row.name == IN_ONE_LINE else row.name),
        Cell(wording.count(row.calls_per_hour)),
        Cell(wording.count(row.agents)),
        *_pair(row.service_level, wording.percent),
        *_pair(row.abandonment, wording.percent),
        *_pair(row.asa_s, _wait),
        Cell(wording.NOTHING if math.isnan(gap) else wording.points(gap), _note(row.service_level)),
    ]
    return Row(cells)


def _note(pair: Pair) -> str:
    if math.isnan(pair.gap) or math.isnan(pair.low):
        return ""
    return _("inside the interval") if pair.is_inside else _("outside")


def _pair(pair: Pair, form: Callable[[float | None], str]) -> list[Cell]:
    theory = wording.NOTHING if math.isnan(pair.theory) else form(pair.theory)
    simulated = {"value": pair.value, "low": pair.low, "high": pair.high}
    return [Cell(theory), Cell(form(pair.value), wording.interval(simulated, form))]


def _wait(seconds: float | None) -> str:
    return _("grows for ever") if seconds == math.inf else wording.wait(seconds)
