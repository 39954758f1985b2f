"""The day so far and what is still to come."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from callcenter.clock import clock_text
from callcenter.intraday import Intraday
from callcenter.language import gettext as _
from callcenter.report.figures.clock import starts, steps, time_axis
from callcenter.report.figures.style import (
    FULL_WIDTH,
    INK,
    MUTED,
    SERIES,
    blank_axes,
    counted,
    house_style,
    legend_above,
)
from callcenter.wording import duration


def day_so_far(day: Intraday, *, ax: Axes | None = None) -> Axes:
    """Calls that came beside those expected, and those to come: where 80% and 95% of days lie."""
    scenario, share = day.scenario, day.share
    with house_style():
        ax = blank_axes(ax, FULL_WIDTH, 3.0)
        x, width = starts(scenario), scenario.day.interval
        over, ahead = share == 1, share < 1
        counts = day.actuals.counts.sum(axis=0)
        known = over & np.isfinite(counts)
        ax.bar(x[known], counts[known], width, align="edge", color=SERIES[0], alpha=0.75, label=_("came"))
        left = np.where(share[ahead] < 1, 1 - share[ahead], 1)
        ends = np.quantile(day.coming[:, ahead] / left, [0.025, 0.1, 0.9, 0.975], axis=0)
        edges = np.append(x[ahead], x[-1] + width)
        for (low, high), alpha, name in (
            ((ends[0], ends[3]), 0.15, _("95% of days")),
            ((ends[1], ends[2]), 0.35, _("80% of days")),
        ):
            ax.stairs(
                high, edges, baseline=low, fill=True, color=SERIES[1], alpha=alpha, linewidth=0, label=name
            )
        steps(ax, scenario, day.expected, color=INK, label=_("expected before"))
        ax.axvline(day.actuals.now, color=MUTED, linewidth=1.2, linestyle=(0, (3, 2)))
        ax.annotate(
            _("now, {time}").format(time=clock_text(day.actuals.now)),
            (day.actuals.now, 1),
            xycoords=("data", "axes fraction"),
            xytext=(4, -10),
            textcoords="offset points",
            color=MUTED,
            fontsize=8.5,
        )
        counted(ax, _("calls in {duration}").format(duration=duration(width)))
        legend_above(ax, 4)
        time_axis(ax, scenario)
    return ax
