"""Main effects of a sweep: a bar for each varied path, the longest on top."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from callcenter.language import gettext as _
from callcenter.report.figures.marks import percent
from callcenter.report.figures.names import shortened
from callcenter.report.figures.style import BAD, HALF_WIDTH, INK, SERIES, blank_axes, house_style
from callcenter.study.comparisons.main_effects import effect_ends
from callcenter.study.designs.labels import short_path

NARROWEST = 0.05
"""Width of the axis at least, as a share."""

MOST_BARS = 20


class Bar(NamedTuple):
    """What one path does: from the mean at its first level to the mean at its last."""

    name: str
    labels: tuple[str, str]
    start: float
    effect: float
    low: float
    high: float


def tornado(effects: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Mean answer rate of a tier at both ends of each path, the other paths on average.

    `effects` are the rows of one tier in `main_effects`.  The stroke at the end of a bar is the 95% interval
    of the effect, between 0 and 100%; a bar that falls from the first value to the last is hatched.
    """
    bars = sorted(map(_bar, _paths(effects)), key=lambda bar: -abs(bar.effect))[:MOST_BARS]
    with house_style():
        ax = blank_axes(ax, HALF_WIDTH, 0.8 + 0.36 * max(len(bars), 2))
        for place, bar in enumerate(bars):
            _draw(ax, place, bar)
        ax.set_yticks(range(len(bars)), [shortened(bar.name) for bar in bars])
        ax.invert_yaxis()
        ax.grid(axis="y", visible=False)
        ax.grid(axis="x")
        ax.margins(x=0.3)
        _widen(ax)
        ax.set_xticks([tick for tick in ax.get_xticks() if 0 <= tick <= 1])
        percent(ax.xaxis)
        ax.set_xlabel(_("mean answer rate"))
    return ax


def _widen(ax: Axes) -> None:
    """Give the axis whole per cents to show, however little is moved."""
    low, high = ax.get_xlim()
    missing = max(0.0, NARROWEST - (high - low))
    ax.set_xlim(low - missing / 2, high + missing / 2)
    ax.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))


def _paths(effects: pd.DataFrame) -> list[pd.DataFrame]:
    return [rows for _, rows in effects.groupby("factor", sort=False)]


def _bar(rows: pd.DataFrame) -> Bar:
    first, last = effect_ends(rows)
    labels = str(first["level"]), str(last["level"])
    figures: list[Any] = [first["mean"], first["effect"], first["effect_low"], first["effect_high"]]
    return Bar(short_path(first["factor"]), labels, *map(float, figures))


def _draw(ax: Axes, place: int, bar: Bar) -> None:
    """Draw the bar, its interval, and the two values at its ends."""
    is_rise = bar.effect >= 0
    look: dict[str, Any] = {"color": SERIES[0]} if is_rise else {"color": BAD, "hatch": "////"}
    ax.barh(place, bar.effect, 0.55, bar.start, alpha=0.5, **look)
    low, high = (min(max(bar.start + end, 0.0), 1.0) for end in (bar.low, bar.high))  # NaN stays NaN
    ax.hlines(place, low, high, colors=INK, linewidth=1.6)
    reach = [bar.start, bar.start + bar.effect, *(end for end in (low, high) if not math.isnan(end))]
    left, right = bar.labels if is_rise else bar.labels[::-1]
    for at, label, shift, side in ((min(reach), left, -4, "right"), (max(reach), right, 4, "left")):
        look = {"textcoords": "offset points", "ha": side, "va": "center", "fontsize": 8.5}
        ax.annotate(label, (at, place), (shift, 0), **look)
