"""Customers, who may call more than once."""

from __future__ import annotations

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report.tables.features import follows_customers, has_repeats
from callcenter.report.tables.layout import Cell, Column, Row, Table, cells_of, columns_of
from callcenter.report.tables.measures import CALLS_MADE, CUSTOMERS
from callcenter.study import Result
from callcenter.totals import ALL

ONLINE = ("started_online", "solved_online")
RESOLVED = ("first_contact_resolution",)
RETURNS = ("returns",)


def customer_table(result: Result) -> Table | None:
    """Return one row for each tier and the total; None where every call is a customer."""
    if not follows_customers(result.scenario):
        return None
    tiers = result.summary["tiers"]
    has_online = any(tier["customers"]["started_online"]["value"] for tier in tiers.values())
    left_out = {
        *(() if has_online else ONLINE),
        *(() if has_repeats(result.scenario) else RESOLVED),
        *(() if result.scenario.any_return else RETURNS),
    }
    measures = [measure for measure in (*CUSTOMERS, *CALLS_MADE) if measure.key not in left_out]
    rows = [
        Row(
            [Cell(wording.tier(name)), *cells_of({**tier["counts"], **tier["customers"]}, measures)],
            "total" if name == ALL else "",
        )
        for name, tier in tiers.items()
    ]
    columns = [Column(_("tier"), key="tier"), *columns_of(measures)]
    return Table(_("Customers, by the tier of their first call"), columns, rows, "wide compact")
