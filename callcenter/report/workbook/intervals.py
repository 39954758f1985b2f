"""The sheet of the day: every interval with calls, agents and answer rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report.tables.by_interval import day_table, place_columns, rate_key, rated_tiers
from callcenter.report.tables.layout import Table
from callcenter.report.workbook.book import Book
from callcenter.report.workbook.cells import below
from callcenter.report.workbook.sheet import Area, Sheet
from callcenter.report.workbook.tables import write
from callcenter.scenario import Day
from callcenter.study import Result

DEPTH = 0.4
"""Share below the target from where on the orange is deepest."""


class DaySheet(NamedTuple):
    """Where the day stands, for charts: the columns of the table by what they hold."""

    area: Area
    names: int
    """Columns of day and time."""
    day: Day
    agents: Mapping[int, Sequence[Any]]
    """Values by column."""
    rates: tuple[int, ...]
    """All together first, if there are several tiers."""
    tiers: tuple[str, ...]
    """Whose rates they are, in words."""


def values_of(table: Table, key: str) -> list[Any]:
    """Return what stands below a head of a table."""
    place = [column.key for column in table.columns].index(key)
    return [row.cells[place].number for row in table.rows]


def interval_sheet(book: Book, result: Result, required: pd.DataFrame) -> DaySheet:
    """Write one row for each interval: calls and agents of all tiers and pools, and the rate of each tier."""
    sheet, table, names = Sheet(book, _("Intervals")), day_table(result, required), len(place_columns(result))
    sheet.title(table.caption)
    note = _(
        "Means of a replication; agents and callers in line are means over the interval; ✗: below the target"
    )
    sheet.note(note)
    tiers = rated_tiers(result)
    targets = {tier: result.summary["tiers"][tier]["service_level"]["target"] for tier in tiers}
    formats = {rate_key(tier): below(target) for tier, target in targets.items()}
    written = write(sheet, table, names=names, is_main=True, formats=formats)
    rates = {tier: written.places[rate_key(tier)] for tier in tiers}
    for tier, target in targets.items():
        if target is not None:
            sheet.scale(written.area, rates[tier], max(target - DEPTH, 0.0), target, max(1.0, target))
    sheet.finish()
    agents = {written.places[key]: values_of(table, key) for key in ("staffed", "busy", "required")}
    day = result.scenario.day
    return DaySheet(written.area, names, day, agents, tuple(rates.values()), tuple(map(wording.tier, tiers)))
