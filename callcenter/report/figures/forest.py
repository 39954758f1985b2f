"""What two scenarios differ in: a dot on its interval for each tier, beside no difference at all."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from callcenter.language import gettext as _
from callcenter.report.figures.names import COMPOUND, shortened
from callcenter.report.figures.style import (
    HALF_WIDTH,
    INK,
    MUTED,
    SERIES,
    blank_axes,
    house_style,
    labelled,
    signed,
)
from callcenter.study import Comparison, Difference

SHARES = ("service_level", "abandonment", "occupancy")
"""Figures whose differences are given in percentage points."""

MOST_ROWS = 40


def differences(comparison: Comparison, figure: str = "service_level", *, ax: Axes | None = None) -> Axes:
    """Paired differences of a figure with their 95% intervals, one row per pair and tier.

    A filled dot: the difference is shown at 5%; a hollow one: it is not.  Right of the line of zero the
    second scenario has more.
    """
    rows = [each for each in comparison.differences if each.figure == figure][:MOST_ROWS]
    factor = 100.0 if figure in SHARES else 1.0
    with house_style():
        ax = blank_axes(ax, HALF_WIDTH, 0.85 + 0.3 * max(len(rows), 2))
        ax.axvline(0, color=INK, linewidth=1.2)
        for place, each in enumerate(rows):
            _dot(ax, place, each, factor)
        ax.set_yticks(range(len(rows)), [shortened(_name(comparison, each), COMPOUND) for each in rows])
        ax.set_ylim(max(len(rows), 1) - 0.4, -0.6)
        ax.grid(axis="y", visible=False)
        ax.grid(axis="x")
        ax.margins(x=0.08)
        ax.xaxis.set_major_locator(MaxNLocator(6))
        labelled(ax.xaxis, signed)
        ax.set_xlabel(_title(comparison, figure))
    return ax


def _dot(ax: Axes, place: int, each: Difference, factor: float) -> None:
    value, low, high = (factor * end for end in (each.difference, each.low, each.high))
    colour = SERIES[0] if each.different else MUTED
    if not np.isnan([low, high]).any():
        ax.hlines(place, low, high, colors=colour, linewidth=2.4 if each.different else 1.4)
    fill: dict[str, Any] = {} if each.different else {"markerfacecolor": "white"}
    ax.plot(value, place, marker="o", markersize=7, color=colour, linestyle="none", zorder=3, **fill)


def _name(comparison: Comparison, each: Difference) -> str:
    part = _("all") if each.part == "all" else each.part
    return part if len(comparison.pairs) == 1 else f"{each.second} − {each.first}: {part}"


def _title(comparison: Comparison, figure: str) -> str:
    texts = {
        "service_level": _("answer rate, % points"),
        "abandonment": _("abandoned, % points"),
        "asa_s": _("mean wait of answered calls, s"),
        "occupancy": _("occupancy, % points"),
        "staffed_h": _("agent-hours"),
        "cost": _("cost"),
        "value": _("value"),
        "net": _("value less cost"),
    }
    title = texts.get(figure, figure)
    if len(comparison.pairs) > 1:
        return title
    first, second = comparison.pairs[0]
    return f"{second.name} − {first.name}:\n{title}"
