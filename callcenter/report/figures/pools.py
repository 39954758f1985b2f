"""How busy the pools are, interval by interval."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from callcenter.language import gettext as _
from callcenter.language import ngettext
from callcenter.measure.tables import pool_interval_table
from callcenter.report.figures.clock import apart, middles, time_axis
from callcenter.report.figures.marks import beside, known, look_of, names_above, percent
from callcenter.report.figures.style import (
    BAD,
    FULL_WIDTH,
    HALF_WIDTH,
    MUTED,
    SERIES,
    blank_axes,
    house_style,
)
from callcenter.scenario import Scenario
from callcenter.study import Result

CAUTION = (0.85, 0.90)
"""Occupancy that agents do not bear for long; above it they tire, make mistakes and leave."""


def occupancy(result: Result, pools: Sequence[str] | None = None, *, ax: Axes | None = None) -> Axes:
    """Busy share of the staffed time in each interval, one line per pool; band of caution: 85 to 90%.

    Of more than six pools the first six are named and the others are thin grey lines.  A line is broken
    where nobody is staffed.
    """
    scenario = result.scenario
    table = pool_interval_table(scenario, result.tallies)
    shown = known(pools, list(scenario.pools))
    with house_style():
        ax = blank_axes(ax, HALF_WIDTH if scenario.days == 1 else FULL_WIDTH, 2.7)
        ax.axhspan(*CAUTION, color=BAD, alpha=0.13, linewidth=0)
        for edge in CAUTION:
            ax.axhline(edge, color=BAD, linewidth=0.9, linestyle=(0, (2, 2)))
        _lines(ax, scenario, table, shown)
        lowest = np.nanmin(table.loc[table["staffed"] > 0, "occupancy"].to_numpy(float), initial=CAUTION[0])
        ax.set_ylim(max(0.0, np.floor(10 * lowest - 0.5) / 10), 1.005)
        percent(ax.yaxis)
        ax.set_ylabel(_("occupancy"))
        beside(ax, sum(CAUTION) / 2, _("caution\n85–90%"))
        names_above(ax)
        time_axis(ax, scenario)
    return ax


def _lines(ax: Axes, scenario: Scenario, table: pd.DataFrame, shown: Sequence[tuple[int, str]]) -> None:
    x = apart(scenario, middles(scenario))
    for place, (position, pool) in enumerate(shown):
        rows = table[table["pool"] == pool]
        rates = apart(scenario, rows["occupancy"].where(rows["staffed"] > 0))
        if place < len(SERIES):
            marks = max(1, x.size // 14)
            ax.plot(x, rates, **look_of(position), markevery=(place % marks, marks), label=pool)
        else:
            label = _others(len(shown) - len(SERIES)) if place == len(SERIES) else "_"
            ax.plot(x, rates, color=MUTED, linewidth=0.7, alpha=0.7, zorder=1, label=label)


def _others(number: int) -> str:
    return ngettext("{number} more pool", "{number} more pools", number).format(number=number)
