"""Callback jobs along the run: how many are open, how many come and are worked."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from callcenter.language import gettext as _
from callcenter.measure.tables import callback_interval_table
from callcenter.report.figures.clock import Numbers, starts, steps, time_axis
from callcenter.report.figures.style import (
    BAD,
    HALF_WIDTH,
    SERIES,
    blank_axes,
    counted,
    house_style,
    legend_above,
)
from callcenter.study import Result
from callcenter.wording import duration


def callback_backlog(result: Result, *, ax: Axes | None = None) -> Axes:
    """Open callbacks at the end of each interval, with the 95% interval, below the most that can be in time.

    That limit is the number of callbacks created within the promise: where more are open, some of them are
    older than it.
    """
    scenario = result.scenario
    jobs = callback_interval_table(scenario, result.tallies)
    begin, width = starts(scenario), scenario.day.interval
    limit = created_within(begin, jobs["created"].to_numpy(float), width, scenario.callbacks.within)
    columns = ("backlog", "backlog_low", "backlog_high")
    backlog, low, high = (jobs[column].to_numpy(float) for column in columns)
    with house_style():
        ax = blank_axes(ax, HALF_WIDTH, 2.6)
        ends = begin + width
        promise = _("created in the last {duration}").format(duration=duration(scenario.callbacks.within))
        ax.plot(ends, limit, color=BAD, linestyle=(0, (5, 2)), label=promise)
        ax.fill_between(ends, low, high, color=SERIES[0], alpha=0.25, linewidth=0)
        ax.plot(ends, backlog, color=SERIES[0], label=_("open"))
        counted(ax, _("callbacks"))
        legend_above(ax, 2)
        time_axis(ax, scenario)
    return ax


def callback_work(result: Result, *, ax: Axes | None = None) -> Axes:
    """Callbacks created and attempts made in each interval (means a replication)."""
    scenario = result.scenario
    jobs = callback_interval_table(scenario, result.tallies)
    with house_style():
        ax = blank_axes(ax, HALF_WIDTH, 2.6)
        x, width = starts(scenario), scenario.day.interval
        ax.bar(x, jobs["attempts"], width, align="edge", color=SERIES[0], alpha=0.4, label=_("attempts made"))
        steps(ax, scenario, jobs["created"], color=BAD, label=_("created"))
        counted(ax, _("callbacks in {duration}").format(duration=duration(width)))
        legend_above(ax, 2)
        time_axis(ax, scenario)
    return ax


def created_within(begin: Numbers, created: Numbers, width: float, within: float) -> Numbers:
    """Return how many created jobs are no older than `within` at the end of each interval.

    `begin` holds the starts of the intervals, all `width` seconds long; within one, jobs come evenly.
    """
    after = np.cumsum(created)
    moments = np.column_stack([begin, begin + width]).ravel()
    so_far = np.column_stack([after - created, after]).ravel()
    return after - np.interp(begin + width - within, moments, so_far, left=0.0)
