"""One simulated day as it went: callers in line, and below them agents busy and staffed."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from callcenter.clock import SECONDS_PER_DAY
from callcenter.language import gettext as _
from callcenter.report.figures.marks import area_look, hours_axis, names_above
from callcenter.report.figures.shown import whole
from callcenter.report.figures.style import (
    FULL_WIDTH,
    INK,
    MUTED,
    blank_axes,
    counted,
    house_style,
)
from callcenter.report.replay.levels import (
    Levels,
    at_work,
    engaged,
    in_line,
    levels,
    log_of,
    span_of,
    staffed,
    thinned,
)
from callcenter.study import Result

MOST_STEPS = 2000
"""Moments drawn; of busier days the longest line in every half-minute or so."""
SHARES = (1.25, 1.0)
"""Heights of the line and of the agents."""
BUSY = "#99c7e0"
"""The first colour at 40% on white; it covers what is behind it."""


def queue_replay(result: Result, replication: int = 0, day: int = 0, *, ax: Axes | None = None) -> Axes:
    """Callers in line by tier, event by event through one simulated day; below, agents busy and staffed.

    Needs a result with the call logs kept (`keep="calls"`); ValueError if they were dropped, or there is no
    such replication or day.  Axes that are given are divided: the line takes the upper part.
    """
    scenario, log = result.scenario, log_of(result, replication, day)
    line, work = in_line(log), at_work(scenario, log)
    begin, end = span_of(scenario, log, day)
    last = end - SECONDS_PER_DAY * day
    with house_style():
        ax = blank_axes(ax, FULL_WIDTH, 4.4)
        _line(ax, list(scenario.tiers), _of_day(levels(line, len(scenario.tiers), begin, end), day), last)
        lower = _below(ax)
        busy = _of_day(levels(work, len(scenario.pools), begin, end), day)
        if log.breaks.start.size:
            both = levels(engaged(scenario, log), len(scenario.pools), begin, end)
            _away(lower, _of_day(both, day), last)
        _agents(lower, busy, _of_day(staffed(log, begin, end), day), last)
        for axes in (ax, lower):
            hours_axis(axes, scenario.day.open, last)
        ax.tick_params(labelbottom=False)
    return ax


def _below(ax: Axes) -> Axes:
    """Divide axes in two, one above the other; return the lower ones, which are new."""
    figure, cell = whole(ax), ax.get_subplotspec()
    if cell is not None:
        parts = cell.subgridspec(2, 1, height_ratios=SHARES)
        ax.set_subplotspec(parts[0, 0])
        return figure.add_subplot(parts[1, 0], sharex=ax)
    box = ax.get_position()
    height, gap = box.height * SHARES[1] / sum(SHARES), 0.12 * box.height
    ax.set_position((box.x0, box.y0 + height, box.width, box.height - height))
    return figure.add_axes((box.x0, box.y0, box.width, height - gap), sharex=ax)


def _of_day(levels: Levels, day: int) -> Levels:
    """Let the clock begin at 00:00 of the day."""
    short = thinned(levels, MOST_STEPS)
    return Levels(short.at - SECONDS_PER_DAY * day, short.inside)


def _line(ax: Axes, tiers: list[str], levels: Levels, end: float) -> None:
    base = np.zeros(levels.at.size, np.int64)
    for position, tier in enumerate(tiers):
        look = area_look(position, 0.7) | {"linewidth": 0.2}
        _area(ax, Levels(levels.at, np.stack([base, levels.inside[position]])), end, **look, label=tier)
        base = base + levels.inside[position]
    counted(ax, _("callers in line"))
    ax.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    names_above(ax, 6)


def _away(ax: Axes, engaged: Levels, end: float) -> None:
    """Draw those busy or on a break; the busy are drawn over it."""
    total = engaged.inside.sum(axis=0)
    look = {"facecolor": "none", "edgecolor": MUTED, "hatch": "......", "linewidth": 0}
    _area(ax, Levels(engaged.at, np.stack([0 * total, total])), end, **look, label=_("on breaks"))


def _agents(ax: Axes, busy: Levels, present: Levels, end: float) -> None:
    total, agents = busy.inside.sum(axis=0), present.inside.sum(axis=0)
    look = {"facecolor": BUSY, "linewidth": 0, "label": _("busy")}
    _area(ax, Levels(busy.at, np.stack([0 * total, total])), end, **look)
    edges = np.append(present.at, end)
    ax.stairs(agents, edges, baseline=None, color=INK, linewidth=1.7, label=_("staffed"))
    counted(ax, _("agents"))
    ax.set_facecolor("none")
    ax.set_ylim(0, 1.08 * max(1, agents.max(), total.max()))
    ax.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    names_above(ax)


def _area(ax: Axes, levels: Levels, end: float, **look: Any) -> None:
    """Draw so many on a base (the two rows of the levels) as steps, without points where nothing changes."""
    base, number = np.where(levels.inside[1] > 0, levels.inside, 0)
    rows = np.stack([base, base + number])
    changes = np.flatnonzero((np.diff(rows, prepend=-1) != 0).any(axis=0))
    at, (low, high) = np.append(levels.at[changes], end), np.pad(rows[:, changes], ((0, 0), (0, 1)), "edge")
    ax.fill_between(at, low, high, step="post", **look)
