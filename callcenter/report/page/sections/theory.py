"""The textbook formula beside the simulation."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter.language import gettext as _
from callcenter.report.page.blocks import Block, Bullets, Section, Text
from callcenter.report.page.sections.view import View
from callcenter.report.tables.layout import Table
from callcenter.report.tables.theory import beside_intervals_table, beside_table
from callcenter.study import Beside, theory_beside


def section(view: View) -> Section | None:
    """Return figures by the formula and as simulated, and why they differ; None where nobody waits."""
    beside = theory_beside(view.result)
    candidates = (beside_table(beside), beside_intervals_table(beside))
    tables = [table for table in candidates if table and table.rows]
    if not tables:
        return None
    title = _("Beside the textbook formula")
    return Section("theory", title, _("Formula"), list(_blocks(tables, beside)), view.shown)


def _blocks(tables: list[Table], beside: Beside) -> Iterator[Block]:
    yield from tables
    if beside.reasons:
        yield Text(_("What the scenario has and the formula leaves out:"))
        yield Bullets(beside.reasons)
    else:
        yield Text(_("The scenario is what the formula describes, so a gap is chance."), "note")
