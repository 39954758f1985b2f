"""The agents that `staff` says are needed, beside those of the scenario."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from callcenter.arrays import Floats
from callcenter.language import gettext as _
from callcenter.report.figures.clock import HOUR
from callcenter.report.figures.marks import area_look, hours_axis, known
from callcenter.report.figures.style import (
    FULL_WIDTH,
    INK,
    SERIES,
    blank_axes,
    counted,
    house_style,
    legend_above,
)
from callcenter.scenario import Scenario
from callcenter.study.staffing import Staffing

__all__ = ["need"]


def need(staffing: Staffing, pools: Sequence[str] | None = None, *, ax: Axes | None = None) -> Axes:
    """Agents needed in each interval of the day, pool on pool, beside those given and those of the roster.

    Lines: agents on the phones of the same pools in the scenario as it was given and, if shifts were asked
    for, on the roster.
    """
    day = staffing.given.day
    edges = day.open + day.interval * np.arange(day.intervals + 1)
    shown = known(pools, list(staffing.given.pools))
    with house_style():
        ax = blank_axes(ax, FULL_WIDTH, 3.0)
        base = np.zeros(day.intervals)
        for position, pool in shown:
            top = base + np.array(staffing.need.staffed(pool))
            look = area_look(position)
            ax.stairs(
                top, edges, baseline=base, fill=True, **look, label=_("{pool}: needed").format(pool=pool)
            )
            base = top
        names = [pool for _position, pool in shown]
        given = on_the_phones(staffing.given, names)
        ax.stairs(given, edges, baseline=None, color=INK, linewidth=1.9, label=_("as given"))
        if staffing.roster is not None:
            roster = on_the_phones(staffing.roster.scenario, names)
            dashes: dict[str, Any] = {"color": SERIES[1], "linewidth": 2.2, "linestyle": (0, (4, 1.5))}
            ax.stairs(roster, edges, baseline=None, **dashes, label=_("roster"))
        counted(ax, _("agents"))
        hours_axis(ax, edges[0], max(edges[-1], edges[0] + HOUR / 60))
        legend_above(ax, 4)
    return ax


def on_the_phones(scenario: Scenario, pools: Sequence[str]) -> Floats:
    """Return the agents of some pools together in each interval."""
    together: Floats = np.sum([scenario.staffed(pool) for pool in pools], axis=0, dtype=float)
    return together
