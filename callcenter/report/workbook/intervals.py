"""The sheets of the day: every interval with calls, agents and answer rates."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report.tables.intervals import PLACE, interval_counts
from callcenter.report.workbook.book import Book
from callcenter.report.workbook.cells import COUNT, WHOLE, Column, below
from callcenter.report.workbook.figures import INTERVAL, columns_of, numbers, texts
from callcenter.report.workbook.sheet import Area, Sheet
from callcenter.study import Result
from callcenter.totals import ALL

DEPTH = 0.4
"""Share below the target from where on the orange is deepest."""


class DaySheet(NamedTuple):
    """Where the day stands, for charts: the columns of the table by what they hold."""

    area: Area
    names: int
    """Columns of day and time."""
    agents: tuple[int, ...]
    rates: tuple[int, ...]
    """All together first, if there are several tiers."""
    tiers: tuple[str, ...]
    """Whose rates they are, in words."""


def interval_sheet(book: Book, result: Result, required: pd.DataFrame) -> DaySheet:
    """Write a row for each interval: calls and agents of all tiers and pools, and the rate of each tier."""
    sheet, counts = Sheet(book, _("Intervals")), interval_counts(result)
    sheet.title(_("The day, interval by interval"))
    sheet.note(
        _(
            "Means of a replication; agents and callers in line are means over the interval; ✗: below the "
            "target"
        )
    )
    names = place_columns(result, counts.reset_index())
    heads = [_("offered"), _("not answered"), _("in line"), _("staffed"), _("busy")]
    figures = [Column(head, numbers(counts[name]), COUNT) for head, name in zip(heads, counts, strict=True)]
    figures.append(Column(_("required"), _required(counts, required), COUNT))
    first = len(names) + len(figures)
    rates = rate_columns(result)
    area = sheet.main_table([*names, *figures, *rates.values()], names=len(names))
    for place, tier in enumerate(rates):
        target = result.summary["tiers"][tier]["service_level"]["target"]
        if target is not None:
            sheet.scale(area, first + place, max(target - DEPTH, 0.0), target, max(1.0, target))
    sheet.finish()
    places = tuple(range(first, first + len(rates)))
    return DaySheet(area, len(names), tuple(range(first - 3, first)), places, tuple(map(wording.tier, rates)))


def place_columns(result: Result, table: pd.DataFrame) -> list[Column]:
    """Return the day, where there are several, and the time of each row."""
    starts = result.intervals.groupby(PLACE)["start"].first()
    places = [*zip(table["day"], table["interval"], strict=True)]
    clock = Column(_("from"), texts(starts[place] for place in places))
    if result.scenario.days == 1:
        return [clock]
    return [Column(_("day"), [int(day) + 1 for day, _interval in places], WHOLE), clock]


def rate_columns(result: Result) -> dict[str, Column]:
    """Return the answer rates of all, where there are several tiers, and of each tier."""
    rates = result.intervals.set_index([*PLACE, "tier"])["service_level"].unstack()
    tiers = [*([ALL] if len(result.scenario.tiers) > 1 else []), *result.scenario.tiers]
    levels = {tier: result.summary["tiers"][tier]["service_level"] for tier in tiers}
    return {
        tier: Column(wording.tier(tier), numbers(rates[tier]), below(levels[tier]["target"]))
        for tier in tiers
    }


def _required(counts: pd.DataFrame, required: pd.DataFrame) -> list[float | None]:
    """Return the agents required of all pools, the same every day unless they differ."""
    by_place = required.groupby([name for name in PLACE if name in required])["required"].sum(min_count=1)
    found = [by_place[(day, interval) if "day" in required else interval] for day, interval in counts.index]
    return [None if pd.isna(agents) else float(agents) for agents in found]


def tier_interval_sheet(book: Book, result: Result) -> None:
    """Write a row for each interval and tier, for pivot tables."""
    sheet, table = Sheet(book, _("Intervals by tier")), result.intervals
    sheet.title(_("A row for each interval and tier, for pivot tables"))
    names = [*place_columns(result, table), Column(_("tier"), [wording.tier(name) for name in table["tier"]])]
    sheet.main_table([*names, *columns_of(table, INTERVAL)], names=len(names))
    sheet.finish()
