"""Answer rates with 95% intervals beside the target: along the day, along a parameter, point by point."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from callcenter.language import gettext as _
from callcenter.report.figures.clock import Numbers, apart, middles, time_axis
from callcenter.report.figures.marks import goal_line, percent
from callcenter.report.figures.names import COMPOUND, shortened
from callcenter.report.figures.style import HALF_WIDTH, INK, blank_axes, house_style, series_look
from callcenter.study import Result
from callcenter.study.answers.axes import Parameter

RATE = ("service_level", "service_level_low", "service_level_high")
"""Columns of an answer rate and its interval, in the tables of points, tiers and intervals."""

MOST_MARKERS = 60


def answer_rate_by_interval(
    result: Result, tier: str, *, floor: float | None = None, ax: Axes | None = None
) -> Axes:
    """Answer rate of a tier in each interval, its 95% interval as a band, the target as a line.

    Where nothing was offered the line is broken. `floor` is the lower end of the axis (a share).
    """
    scenario, intervals = result.scenario, result.intervals
    rates = intervals.loc[intervals["tier"] == tier, list(RATE)]
    target = target_of(result, tier)
    with house_style():
        ax = blank_axes(ax, HALF_WIDTH, 2.3)
        columns = [apart(scenario, rates[column]) for column in RATE]
        _band(ax, apart(scenario, middles(scenario)), columns, list(scenario.tiers).index(tier))
        _finish(ax, target, common_floor([rates], [target]) if floor is None else floor)
        time_axis(ax, scenario)
    return ax


def answer_rate_curve(
    rates: pd.DataFrame, parameter: Parameter, *, position: int = 0, ax: Axes | None = None
) -> Axes:
    """Answer rate of a tier along a parameter that is a quantity, with its 95% interval and target.

    `rates` are the rows of one tier in the points of a sweep; `position` is the tier's look.
    """
    rates = rates.drop_duplicates(parameter.path).set_index(parameter.path).loc[list(parameter.values)]
    targets = rates["target"].dropna().unique()
    with house_style():
        ax = blank_axes(ax, HALF_WIDTH, 2.6)
        x = np.asarray(parameter.magnitudes, float)
        _band(ax, x, [rates[column].to_numpy(float) for column in RATE], position)
        _finish(ax, targets[0] if len(targets) == 1 else None, common_floor([rates], targets))
        ax.set_xticks(*_thinned(x, parameter.ticks))
        ax.set_xlabel(parameter.name)
    return ax


def answer_rate_dots(
    rates: pd.DataFrame, labels: Sequence[str], *, position: int = 0, ax: Axes | None = None
) -> Axes:
    """Answer rate of a tier at each point of a sweep as a dot on its 95% interval, first point on top.

    `rates` are the rows of one tier, `labels` the names of their points.
    """
    value, low, high = (rates[column].to_numpy(float) for column in RATE)
    rows, look = np.arange(len(rates)), series_look(position)
    with house_style():
        ax = blank_axes(ax, HALF_WIDTH, 0.8 + 0.25 * max(len(rates), 2))
        ax.hlines(rows, low, high, colors=look.color, linewidth=4, alpha=0.4)
        ax.plot(value, rows, linestyle="none", marker=look.marker, color=look.color)
        ax.plot(rates["target"].to_numpy(float), rows, linestyle="none", marker="|", markersize=13, color=INK)
        ax.set_yticks(rows, [shortened(name, COMPOUND) for name in labels])
        ax.invert_yaxis()
        ax.grid(axis="x")
        percent(ax.xaxis)
        ax.set_xlabel(_("answer rate; upright stroke: target"))
    return ax


def common_floor(rates: Iterable[pd.DataFrame], targets: Iterable[float | None]) -> float:
    """Return a lower end of the axis (a multiple of 10%) that lets figures beside each other be compared."""
    lows = [float(np.nanmin(frame[RATE[0]].to_numpy(float), initial=1.0)) for frame in rates]
    lowest = min([1.0, *lows, *(target for target in targets if target is not None)])
    return max(0.0, float(np.floor(10 * lowest - 0.5)) / 10)


def target_of(result: Result, tier: str) -> float | None:
    """Return the promised share of a tier; None if it is promised nothing."""
    promised = result.scenario.tiers[tier].target
    return None if promised is None else promised.share


def _band(ax: Axes, x: Numbers, rate: Sequence[Numbers], position: int) -> None:
    """Draw value, low and high of a rate."""
    colour, (value, low, high) = series_look(position).color, rate
    ax.fill_between(x, low, high, color=colour, alpha=0.25, linewidth=0)
    ax.plot(x, value, color=colour, marker="o", markersize=3.2 if x.size <= MOST_MARKERS else 1.5)


def _finish(ax: Axes, target: float | None, floor: float) -> None:
    ax.set_ylim(floor, 1.0 + 0.03 * (1.0 - floor))
    percent(ax.yaxis)
    goal_line(ax, target)


def _thinned(x: Numbers, ticks: Sequence[str]) -> tuple[list[float], list[str]]:
    every = -(-len(ticks) // 9)
    return list(x[::every]), list(ticks[::every])
