"""The day sheet: every interval with its calls, agents and answer rates."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from callcenter.measure.promises import ALL
from callcenter.measure.tables import pool_interval_table
from callcenter.report import wording
from callcenter.report.tables.layout import Cell, Row, Table, heads, left_out, shown_tiers
from callcenter.scenario import Target
from callcenter.study import Result

MOST_INTERVALS = 96
PLACE = ["day", "interval"]


class Day(NamedTuple):
    """Figures by day and interval, all tiers and pools together, and the answer rates tier by tier."""

    calls: pd.DataFrame
    agents: pd.DataFrame
    rates: pd.DataFrame
    starts: pd.Series[str]


def interval_table(result: Result) -> Table:
    """Return a row an interval: calls, callers in line, agents, and the answer rate of each tier."""
    day, tiers = _day(result), shown_tiers(result)
    names = ["from", "offered", "not answered", "in line", "staffed", "busy"]
    levels = {tier: result.summary["tiers"][tier]["service_level"] for tier in tiers}
    targets = [Cell(tier, wording.target(levels[tier])) for tier in tiers]
    places = list(day.calls.index)
    rows = [_row(result, day, place, tiers) for place in places[:MOST_INTERVALS]]
    more = left_out(len(places) - len(rows), "interval", "intervals.csv")
    caption = (
        "Means of a replication; agents and callers in line are means over the interval; ✗: below the target"
    )
    return Table(caption, [*heads(names), *targets], rows, more, "compact wide long")


def _day(result: Result) -> Day:
    intervals = result.intervals
    tiers = intervals[intervals["tier"] != ALL]
    pools = pool_interval_table(result.scenario, result.tallies)
    return Day(
        calls=tiers.groupby(PLACE)[["offered", "answered", "queue_length"]].sum(min_count=1),
        agents=pools.groupby(PLACE)[["staffed", "busy"]].sum(min_count=1),
        rates=tiers.set_index([*PLACE, "tier"])["service_level"].unstack(),
        starts=tiers.groupby(PLACE)["start"].first(),
    )


def _row(result: Result, day: Day, place: tuple[int, int], tiers: list[str]) -> Row:
    offered, answered, in_line = day.calls.loc[place]
    start = day.starts.loc[place]
    name = start if result.scenario.days == 1 else f"day {place[0] + 1}, {start}"
    figures = [offered, offered - answered, in_line, *day.agents.loc[place]]
    rates = [_rate(day.rates.at[place, tier], result.scenario.tiers[tier].target) for tier in tiers]
    return Row([Cell(name), *(Cell(wording.count(figure)) for figure in figures), *rates])


def _rate(share: float, target: Target | None) -> Cell:
    is_below = target is not None and share < target.share
    return Cell(("✗ " if is_below else "") + wording.percent(share), kind="missed" if is_below else "")
