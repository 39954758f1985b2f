"""Calls, agents and queues along the day."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from callcenter.language import gettext as _
from callcenter.measure.tables import pool_interval_table
from callcenter.report.figures.clock import apart, middles, starts, steps, time_axis
from callcenter.report.figures.marks import names_above
from callcenter.report.figures.style import (
    BAD,
    FULL_WIDTH,
    HALF_WIDTH,
    INK,
    MUTED,
    SERIES,
    blank_axes,
    counted,
    house_style,
    legend_above,
    series_look,
)
from callcenter.study import Result
from callcenter.totals import without_total
from callcenter.wording import duration


def calls_by_interval(result: Result, *, ax: Axes | None = None) -> Axes:
    """Calls that asked for a person in each interval: answered, on top not (means of a replication)."""
    scenario, intervals = result.scenario, result.intervals
    by_interval = intervals[intervals["tier"].isin(without_total(scenario.tiers))].groupby(
        ["day", "interval"]
    )
    calls = by_interval[["offered", "answered"]].sum()
    answered, lost = calls["answered"], calls["offered"] - calls["answered"]
    with house_style():
        ax = blank_axes(ax, HALF_WIDTH, 2.5)
        x, width = starts(scenario), scenario.day.interval
        ax.bar(x, answered, width, align="edge", color=SERIES[0], alpha=0.75, label=_("answered"))
        rest = ax.bar(x, lost, width, answered, align="edge", label=_("not answered"))
        for bar in rest:
            bar.set(facecolor="none", edgecolor=BAD, linewidth=0.6, hatch="//////")
        counted(ax, _("calls in {duration}").format(duration=duration(width)))
        legend_above(ax, 2)
        time_axis(ax, scenario)
    return ax


def agents_by_interval(result: Result, pool: str | None = None, *, ax: Axes | None = None) -> Axes:
    """Agents staffed, busy and on breaks in each interval, mean over it; of one pool or of all."""
    scenario = result.scenario
    table = pool_interval_table(scenario, result.tallies)
    if pool is not None:
        table = table[table["pool"] == pool]
    agents = table.groupby(["day", "interval"], sort=True)[["staffed", "busy", "on_break"]].sum(min_count=1)
    with house_style():
        ax = blank_axes(ax, HALF_WIDTH, 2.5)
        x, width = starts(scenario), scenario.day.interval
        ax.bar(x, agents["busy"], width, align="edge", color=SERIES[0], alpha=0.4, label=_("busy"))
        if (agents["on_break"] > 0).any():
            away = ax.bar(x, agents["on_break"], width, agents["busy"], align="edge", label=_("on breaks"))
            for bar in away:
                bar.set(facecolor="none", edgecolor=MUTED, linewidth=0.6, hatch="......")
        steps(ax, scenario, agents["staffed"], color=INK, label=_("staffed"))
        counted(ax, _("agents"))
        legend_above(ax, 3)
        time_axis(ax, scenario)
    return ax


def queue_by_interval(result: Result, tiers: Sequence[str] | None = None, *, ax: Axes | None = None) -> Axes:
    """Callers waiting in line, mean over each interval, one line per tier."""
    scenario, intervals = result.scenario, result.intervals
    with house_style():
        ax = blank_axes(ax, HALF_WIDTH if scenario.days == 1 else FULL_WIDTH, 2.6)
        for position, tier in enumerate(scenario.tiers):
            if tiers is not None and tier not in tiers:
                continue
            queue = intervals.loc[intervals["tier"] == tier, "queue_length"]
            look = series_look(position)._asdict()
            x, every = apart(scenario, middles(scenario)), -(-len(queue) // 16)
            ax.plot(x, apart(scenario, queue), **look, markevery=every, label=tier)
        counted(ax, _("callers in line"))
        names_above(ax, 3 if scenario.days == 1 else 6)
        time_axis(ax, scenario)
    return ax
