"""Costs by pool, values by tier, and their balance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from callcenter.language import gettext as _
from callcenter.report.tables.features import is_priced, is_valued
from callcenter.report.tables.layout import Cell, Column, Row, Table
from callcenter.report.tables.measures import COSTS, MONEY_OF, TOTALS
from callcenter.report.tables.units import MONEY
from callcenter.study import Result


def economics_table(result: Result) -> Table | None:
    """Return costs by pool, values by tier and their balance; None where nothing has a price."""
    if not is_priced(result.scenario):
        return None
    money, has_values = result.summary["economics"], is_valued(result.scenario)
    totals = [measure for measure in TOTALS if has_values or measure.key not in ("value", "net")]
    rows = [
        *_parts("pools", money),
        *_group(Row([Cell(each), Cell(""), Cell(money[each.key])]) for each in COSTS),
        *(_parts("tiers", money) if has_values else ()),
        *_group(Row([Cell(each), Cell(""), Cell(money[each.key])]) for each in totals),
    ]
    columns = [
        Column(_("money"), key="figure"),
        Column(_("of"), key="of"),
        Column(_("mean"), MONEY, "amount", is_exact=True, is_beside=True),
    ]
    return Table(_("Money of a replication"), columns, rows, "compact")


def _parts(kind: str, money: Mapping[str, Any]) -> list[Row]:
    """Return the amounts of each pool or tier."""
    measure = MONEY_OF[kind]
    return _group(Row([Cell(measure), Cell(name), Cell(amount)]) for name, amount in money[kind].items())


def _group(rows: Iterable[Row]) -> list[Row]:
    """Return rows set off from those before."""
    first, *others = rows
    return [first._replace(kind="first"), *others]
