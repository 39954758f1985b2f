"""What one more agent in each pool changes, from the frame of `one_more_agent`."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.report.tables.layout import Cell, Column, Row, Table, column_of, estimate
from callcenter.report.tables.measures import COMPARED
from callcenter.totals import ALL

if TYPE_CHECKING:
    import pandas as pd

RATES = ("service_level", "abandonment")
EXACT = (*RATES, "net")

NOTE = noted(
    "One more agent in every interval (or on every shift) of one pool at a time. Rates are percentage "
    "points, money is that of a replication; all, in bold, is the whole hotline."
)


def margins_table(margins: pd.DataFrame) -> Table:
    """Return one row for each pool and tier: rise of the rates and of the money, where there is any."""
    has_costs, has_values = (bool(margins[key].fillna(0).any()) for key in ("cost", "value"))
    amounts = ("cost", "value", "net") if has_values else ("cost",) if has_costs else ()
    keys = (*RATES, *amounts)
    columns = [
        Column(_("one more in"), key="pool", is_group=True),
        Column(_("tier"), key="tier"),
        *(
            column_of(COMPARED[key], unit=COMPARED[key].unit.difference, is_exact=key in EXACT)
            for key in keys
        ),
    ]
    rows = [
        _row(row, keys, is_first=place == 0)
        for _pool, tiers in margins.groupby("pool", sort=False)
        for place, row in enumerate(tiers.to_dict("records"))
    ]
    return Table(
        _("What one more agent in each pool changes, on the same callers"), columns, rows, "compact wide"
    )


def _row(row: Mapping[Hashable, Any], keys: tuple[str, ...], *, is_first: bool) -> Row:
    changes = [Cell(estimate(*(row[f"{key}{end}"] for end in ("", "_low", "_high")))) for key in keys]
    kinds = ("first" if is_first else "", "different" if row["tier"] == ALL else "")
    return Row([Cell(row["pool"]), Cell(wording.tier(row["tier"])), *changes], " ".join(filter(None, kinds)))
