"""The day sheet: every interval with its calls, agents and answer rates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.measure.tables import pool_interval_table
from callcenter.report.tables.layout import Cell, Row, Table, heads, left_out, shown_tiers
from callcenter.scenario import Target
from callcenter.study import Result
from callcenter.totals import ALL

MOST_INTERVALS = 96
PLACE = ["day", "interval"]


def interval_table(result: Result) -> Table:
    """Return a row an interval: calls, callers in line, agents, and the answer rate of each tier."""
    tiers, intervals = shown_tiers(result), result.intervals[result.intervals["tier"] != ALL]
    counts = interval_counts(result)
    rates = intervals.set_index([*PLACE, "tier"])["service_level"].unstack()[tiers]
    targets = [result.scenario.tiers[tier].target for tier in tiers]
    places = zip(_names(result, intervals), _tuples(counts), _tuples(rates), strict=True)
    rows = [_row(name, numbers, shares, targets) for name, numbers, shares in places]
    names = [_("from"), _("offered"), _("not answered"), _("in line"), _("staffed"), _("busy")]
    caption = _(
        "Means of a replication; agents and callers in line are means over the interval; ✗: below the target"
    )
    return Table(
        caption,
        [*heads(names), *(Cell(tier, _promise(result, tier)) for tier in tiers)],
        rows[:MOST_INTERVALS],
        left_out(len(rows) - MOST_INTERVALS, "interval", "intervals.csv"),
        "compact wide long",
    )


def interval_counts(result: Result) -> pd.DataFrame:
    """Return a row a day and interval with the counts of all tiers and all pools together."""
    intervals = result.intervals[result.intervals["tier"] != ALL]
    calls = intervals.groupby(PLACE)[["offered", "answered", "queue_length"]].sum(min_count=1)
    agents = pool_interval_table(result.scenario, result.tallies).groupby(PLACE)[["staffed", "busy"]]
    lost = calls["offered"] - calls["answered"]
    together = pd.concat([calls["offered"], lost, calls["queue_length"], agents.sum(min_count=1)], axis=1)
    return together.set_axis(["offered", "not answered", "in line", "staffed", "busy"], axis=1)


def _tuples(table: pd.DataFrame) -> Iterable[tuple[Any, ...]]:
    return table.itertuples(index=False, name=None)


def _promise(result: Result, tier: str) -> str:
    return wording.target(result.summary["tiers"][tier]["service_level"])


def _names(result: Result, intervals: pd.DataFrame) -> pd.Series[str]:
    starts = intervals.groupby(PLACE)["start"].first()
    if result.scenario.days == 1:
        return starts
    texts = [
        _("day {n}, {start}").format(n=day + 1, start=start)
        for day, start in zip(starts.index.get_level_values("day"), starts, strict=True)
    ]
    return pd.Series(texts, starts.index)


def _row(name: str, counts: Sequence[float], rates: Sequence[float], targets: Sequence[Target | None]) -> Row:
    shares = [_rate(share, target) for share, target in zip(rates, targets, strict=True)]
    return Row([Cell(name), *(Cell(wording.count(figure)) for figure in counts), *shares])


def _rate(share: float, target: Target | None) -> Cell:
    is_below = target is not None and share < target.share
    return Cell(("✗ " if is_below else "") + wording.percent(share), kind="missed" if is_below else "")
