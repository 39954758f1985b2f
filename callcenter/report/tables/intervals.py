"""The day sheet: every interval with its calls, agents and answer rates."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.measure.tables import pool_interval_table
from callcenter.report.tables.features import has_breaks
from callcenter.report.tables.layout import Cell, Column, Limit, Row, Table, columns_of
from callcenter.report.tables.measures import DAY
from callcenter.report.tables.tiers import shown_tiers
from callcenter.report.tables.units import SHARE
from callcenter.scenario import Target
from callcenter.scenario.parts.calendar import day_text
from callcenter.study import Result
from callcenter.totals import without_total

MOST_INTERVALS = 96
PLACE = ["day", "interval"]


def interval_table(result: Result) -> Table:
    """Return one row for each interval: calls, callers in line, agents, and the answer rate of each tier."""
    tiers = shown_tiers(result)
    rates = rates_by_interval(result)[tiers]
    counts = interval_counts(result)
    targets = [result.scenario.tiers[tier].target for tier in tiers]
    measures = [measure for measure in DAY if measure.key in counts]
    rows = [
        Row([Cell(start), *map(Cell, numbers), *_judged(shares, targets)])
        for start, numbers, shares in zip(
            _starts(result),
            counts[[measure.key for measure in measures]].itertuples(index=False, name=None),
            rates.itertuples(index=False, name=None),
            strict=True,
        )
    ]
    caption = _(
        "Means of a replication; agents and callers in line are means over the interval; ✗: below the target"
    )
    columns = [
        Column(_("from"), key="start"),
        *columns_of(measures),
        *(Column(tier, SHARE, tier, note=_promise(result, tier)) for tier in tiers),
    ]
    limit = Limit(MOST_INTERVALS, "interval", "intervals.csv")
    return Table(caption, columns, rows, "compact wide long", limit)


def interval_counts(result: Result) -> pd.DataFrame:
    """Return one row for each day and interval with the counts of all tiers and all pools together."""
    intervals = result.intervals[result.intervals["tier"].isin(without_total(result.scenario.tiers))]
    calls = intervals.groupby(PLACE)[["offered", "answered", "queue_length"]].sum(min_count=1)
    kinds = ["staffed", "busy", *(["on_break"] if has_breaks(result.scenario) else [])]
    agents = pool_interval_table(result.scenario, result.tallies).groupby(PLACE)[kinds]
    lost = (calls["offered"] - calls["answered"]).rename("lost")
    return pd.concat([calls["offered"], lost, calls["queue_length"], agents.sum(min_count=1)], axis=1)


def rates_by_interval(result: Result) -> pd.DataFrame:
    """Return the answer rates, one row for each day and interval, one column for each tier and all."""
    return result.intervals.set_index([*PLACE, "tier"])["service_level"].unstack()


def _promise(result: Result, tier: str) -> str:
    return wording.target(result.summary["tiers"][tier]["service_level"])


def _starts(result: Result) -> list[str]:
    """Return when each interval begins, with its day where there are several."""
    starts = result.intervals.groupby(PLACE)["start"].first()
    if result.scenario.days == 1:
        return list(starts)
    return [
        _("{day}, {start}").format(day=day_text(result.scenario.date_of(day), day), start=start)
        for day, start in zip(starts.index.get_level_values("day"), starts, strict=True)
    ]


def _judged(rates: Sequence[float], targets: Sequence[Target | None]) -> list[Cell]:
    """Return the answer rates of an interval; those below their target are marked."""
    return [
        Cell(rate, "missed" if target is not None and rate < target.share else "")
        for rate, target in zip(rates, targets, strict=True)
    ]
