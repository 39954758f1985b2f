"""Agents scheduled against agents required, interval by interval."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from callcenter.arrays import Floats
from callcenter.language import gettext as _
from callcenter.report.figures.marks import clock_step, inches, room
from callcenter.report.figures.names import shortened
from callcenter.report.figures.style import (
    BAD,
    BLACK,
    FULL_WIDTH,
    INK,
    MUTED,
    SERIES,
    blank_axes,
    house_style,
    legend_above,
)
from callcenter.scenario.parts.calendar import short_date

OVER_UNDER = LinearSegmentedColormap.from_list("over_under", ["#cf6f3a", "#f7f7f5", "#4793c8"])
"""From too few to too many; colour-blind readers tell orange from blue, and hatching helps in grey."""

NARROWEST = 10.0
"""Points that a number needs; narrower intervals have none."""
ROOMY = 20.0
"""Points that a number with a decimal needs."""
ROW_HEIGHT = 0.34
EXACT = 0.05
"""Smaller differences are none."""


class Plan(NamedTuple):
    """Scheduled and required agents, shape (rows, intervals), with the names of both sides."""

    rows: list[str]
    starts: list[str]
    scheduled: Floats
    required: Floats

    @property
    def net(self) -> Floats:
        """Scheduled less required: above 0 too many, below too few."""
        return self.scheduled - self.required


def staffed_and_required(frame: pd.DataFrame, pool: str | None = None, *, ax: Axes | None = None) -> Axes:
    """Agents scheduled and agents required in each interval as lines, the difference as bars from zero.

    `frame` has the columns start, pool, scheduled and required (and day, where there are several); without
    `pool` all pools are added up.  Bars of too few agents are hatched and point downwards.
    """
    table = judged(frame) if pool is None else frame[frame["pool"] == pool]
    keys = _keys(frame)
    agents = table.groupby(keys, sort=False)[["scheduled", "required"]].sum(min_count=1)
    scheduled, required = (agents[name].to_numpy(float) for name in ("scheduled", "required"))
    with house_style():
        ax = blank_axes(ax, FULL_WIDTH, 2.9)
        _net_bars(ax, scheduled - required)
        edges = np.arange(len(agents) + 1.0)
        ax.stairs(scheduled, edges, baseline=None, color=INK, linewidth=1.9, label=_("scheduled"))
        dashes: dict[str, Any] = {"color": SERIES[3], "linestyle": (0, (4, 1.5)), "linewidth": 1.9}
        ax.stairs(required, edges, baseline=None, **dashes, label=_("required"))
        ax.axhline(0, color=MUTED, linewidth=0.8)
        ax.set_ylabel(_("agents"))
        ax.yaxis.set_major_locator(MaxNLocator(6, integer=True))
        ax.margins(y=0.12)
        _interval_ticks(ax, table.drop_duplicates(keys))
        ax.set_xlim(0, len(agents))
        legend_above(ax, 4)
    return ax


def over_under(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Agents scheduled less agents required: one row per pool (or day, of one pool), one column per interval.

    Blue with a plus: too many; orange, hatched, with a minus: too few.  Columns of `frame` are those of
    `staffed_and_required`.
    """
    plan = plan_of(frame)
    with house_style():
        ax = blank_axes(ax, FULL_WIDTH, 0.75 + ROW_HEIGHT * max(len(plan.rows), 2))
        net = np.ma.masked_invalid(plan.net)
        most = max(1.0, float(np.abs(net).max())) if net.count() else 1.0
        ax.pcolormesh(net, cmap=OVER_UNDER, vmin=-most, vmax=most, edgecolors="white", linewidth=0.8)
        for row, column in np.argwhere(plan.net < -EXACT):
            look: dict[str, Any] = {"hatch": "///", "edgecolor": "#7a3a12", "linewidth": 0}
            ax.add_patch(Rectangle((column, row), 1, 1, fill=False, **look))
        _numbers(ax, plan.net)
        ax.grid(False)
        ax.spines[:].set_visible(False)
        ax.tick_params(length=0)
        ax.set_yticks(np.arange(len(plan.rows)) + 0.5, list(map(shortened, plan.rows)))
        ax.invert_yaxis()
        step = clock_step(plan.starts, room(ax))
        ax.set_xticks(np.arange(0, len(plan.starts), step) + 0.5, plan.starts[::step])
    return ax


def judged(frame: pd.DataFrame) -> pd.DataFrame:
    """Leave out where the formula asks for nothing, unless it does so everywhere."""
    known = frame.dropna(subset="required")
    return frame if known.empty else known


def plan_of(frame: pd.DataFrame) -> Plan:
    """Arrange the agents by row and interval, with the total of several pools as the last row.

    Pools of which nothing is required anywhere are left out.
    """
    frame = judged(frame)
    pools, days = list(dict.fromkeys(frame["pool"])), _days(frame)
    rows = [(pool, day) for day in days for pool in pools]
    if len(pools) > 1:
        rows += [(None, day) for day in days]
    starts = list(dict.fromkeys(frame["start"]))
    scheduled, required = (
        np.array([_row(frame, starts, pool, day, column) for pool, day in rows])
        for column in ("scheduled", "required")
    )
    named = _day_names(frame)
    names = [_row_name(pool, named.get(day, ""), len(pools), len(days)) for pool, day in rows]
    return Plan(names, starts, scheduled, required)


def _days(frame: pd.DataFrame) -> list[int | None]:
    return list(dict.fromkeys(frame["day"])) if "day" in frame and frame["day"].nunique() > 1 else [None]


def _row(frame: pd.DataFrame, starts: list[str], pool: str | None, day: int | None, column: str) -> Floats:
    rows = frame if pool is None else frame[frame["pool"] == pool]
    rows = rows if day is None else rows[rows["day"] == day]
    sums: Floats = rows.groupby("start")[column].sum(min_count=1).reindex(starts).to_numpy(float)
    return sums


def _row_name(pool: str | None, day: str, pools: int, days: int) -> str:
    name = _("all pools") if pool is None else pool
    if days == 1:
        return name
    return day if pools == 1 else f"{name}, {day}"


def _day_names(frame: pd.DataFrame) -> dict[int | None, str]:
    """Return what the days of a frame are called: their dates where they are known."""
    if "day" not in frame:
        return {}
    if "date" not in frame:
        return {day: _("day {number}").format(number=day + 1) for day in frame["day"].unique()}
    days = frame.groupby("day")["date"].first()
    return {
        int(day): short_date(date.fromisoformat(text)) for day, text in zip(days.index, days, strict=True)
    }


def _keys(frame: pd.DataFrame) -> list[str]:
    return ["day", "start"] if _days(frame) != [None] else ["start"]


def _net_bars(ax: Axes, net: Floats) -> None:
    x = np.arange(net.size) + 0.5
    over, under = np.clip(net, 0, None), np.clip(net, None, 0)
    ax.bar(x, over, 0.86, color=SERIES[0], alpha=0.4, label=_("over"))
    for bar in ax.bar(x, under, 0.86, label=_("under")):
        bar.set(facecolor="none", edgecolor=BAD, linewidth=0.6, hatch="//////")
    width = _width(ax, net.size)
    for place, gap in enumerate(net) if width >= NARROWEST else ():
        if np.isfinite(gap) and abs(gap) > EXACT:
            shift, side = ((0, 2), "bottom") if gap > 0 else ((0, -2), "top")
            number = ax.annotate(_signed(gap, width), (place + 0.5, gap), shift, textcoords="offset points")
            number.set(ha="center", va=side, fontsize=_size(width))
            number.set_bbox({"facecolor": "white", "alpha": 0.8, "edgecolor": "none", "pad": 0.3})


def _numbers(ax: Axes, net: Floats) -> None:
    width = _width(ax, net.shape[1])
    for (row, column), gap in np.ndenumerate(net):
        if width < NARROWEST or not np.isfinite(gap):
            continue
        number = ax.text(column + 0.5, row + 0.5, _signed(gap, width))
        number.set(ha="center", va="center", fontsize=_size(width), color=BLACK)
        if gap < -EXACT:
            number.set_bbox({"facecolor": "white", "alpha": 0.75, "edgecolor": "none", "pad": 0.6})


def _width(ax: Axes, intervals: int) -> float:
    """Return the width of an interval in points."""
    return 72.0 * inches(ax) / max(intervals, 1)


def _signed(gap: float, width: float) -> str:
    """Return `+2`, `−0.5` or `0`; whole numbers where the columns are narrow."""
    is_whole = width < ROOMY or abs(gap) >= 10 or abs(gap - round(gap)) < 0.05
    text = f"{gap:+.0f}" if is_whole else f"{gap:+.1f}"
    return "0" if abs(gap) < EXACT else text.replace("-", "−")


def _size(width: float) -> float:
    return 8.5 if width >= ROOMY else 6.5


def _interval_ticks(ax: Axes, rows: pd.DataFrame) -> None:
    """Name intervals by their start, or days where there are several."""
    starts = rows["start"].tolist()
    if _days(rows) == [None]:
        step = clock_step(starts, room(ax))
        ax.set_xticks(np.arange(0, len(starts), step), starts[::step])
        return
    days, named = rows["day"].tolist(), _day_names(rows)
    first = [place for place, day in enumerate(days) if place == 0 or day != days[place - 1]]
    ax.set_xticks(first, [named[days[place]] for place in first])
