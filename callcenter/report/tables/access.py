"""What happens before a call is offered: the IVR and the trunk lines."""

from __future__ import annotations

from callcenter.language import gettext as _
from callcenter.report.tables.features import has_ivr, has_lines
from callcenter.report.tables.layout import Cell, Column, Row, Table, cells_of, columns_of
from callcenter.report.tables.measures import IVR, LINES
from callcenter.report.tables.units import WHOLE
from callcenter.study import Result


def ivr_table(result: Result) -> Table | None:
    """Return one row for each tier that passes an IVR; None if none does."""
    scenario = result.scenario
    if not has_ivr(scenario):
        return None
    tiers = {name: result.summary["tiers"][name]["ivr"] for name in scenario.tiers if scenario.ivr_of(name)}
    measures = [each for each in IVR if scenario.any_return or each.key != "net_containment"]
    rows = [Row([Cell(name), *cells_of(ivr, measures)]) for name, ivr in tiers.items()]
    columns = [Column(_("tier"), key="tier"), *columns_of(measures)]
    return Table(_("Voice self-service"), columns, rows, "wide compact")


def line_table(result: Result) -> Table | None:
    """Return what the trunk lines did; None where there is no limit."""
    if not has_lines(result.scenario):
        return None
    row = Row([Cell(result.scenario.lines), *cells_of(result.summary["lines"], LINES)])
    columns = [Column(_("lines"), WHOLE, "lines"), *columns_of(LINES)]
    return Table(_("Trunk lines"), columns, [row], "compact")
