"""From planned to recorded: the points of answer rate that each factor cost or gained."""

from __future__ import annotations

import math
from textwrap import fill

from matplotlib.axes import Axes

from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.replay import Explanation
from callcenter.report.figures.style import (
    BAD,
    FULL_WIDTH,
    GOOD,
    INK,
    MUTED,
    blank_axes,
    house_style,
    labelled,
)
from callcenter.study.sentences.explanation import FACTOR_NAMES
from callcenter.wording import signed

WIDEST = 14
"""Letters of a name in a line below the axis."""

UNEXPLAINED = noted("not explained")


def waterfall(explanation: Explanation, *, ax: Axes | None = None) -> Axes:
    """Planned, a bar for each factor that begins where the last one ended, the rest, and recorded."""
    parts = [(_(FACTOR_NAMES[name]), -part) for name, part in explanation.parts.items()]
    steps = [*parts, (_(UNEXPLAINED), -explanation.unexplained)]
    with house_style():
        ax = blank_axes(ax, FULL_WIDTH, 3.1)
        level = explanation.planned
        _pillar(ax, 0, level)
        for place, (_name, change) in enumerate(steps, start=1):
            is_rest = place == len(steps)
            band = None if is_rest else explanation.bands[list(explanation.parts)[place - 1]]
            _step(ax, place, level, change, is_rest, band)
            level += change
        _pillar(ax, len(steps) + 1, explanation.actual)
        names = [_("planned"), *(name for name, _change in steps), _("recorded")]
        ax.set_xticks(range(len(names)), [fill(name, WIDEST) for name in names])
        ax.set_xlim(-0.6, len(names) - 0.4)
        _span(ax, explanation, [change for _name, change in steps])
        labelled(ax.yaxis, lambda share: f"{share:g}%")
        ax.set_ylabel(_("answer rate"))
    return ax


def _pillar(ax: Axes, place: int, height: float) -> None:
    ax.bar(place, height, 0.62, color=MUTED, alpha=0.45, edgecolor=INK, linewidth=0.8)
    _label(ax, place, height, f"{height:.1f}%")


def _step(
    ax: Axes, place: int, level: float, change: float, is_rest: bool, band: tuple[float, float] | None
) -> None:
    """Draw one change from the level before; what is not explained has no fill."""
    colour, hatch = (BAD, "////") if change < 0 else (GOOD, "")
    fill = "none" if is_rest else (colour, 0.45)
    edge = MUTED if is_rest else colour
    style = (0, (3, 2)) if is_rest else "solid"
    ax.bar(
        place,
        change,
        0.62,
        level,
        facecolor=fill,
        edgecolor=edge,
        hatch="" if is_rest else hatch,
        linewidth=0.9,
        linestyle=style,
    )
    ax.hlines(level, place - 1 + 0.31, place - 0.31, color=MUTED, linewidth=0.8)
    ax.hlines(level + change, place + 0.31, place + 1 - 0.31, color=MUTED, linewidth=0.8)
    if band is not None and all(map(math.isfinite, band)):
        ax.vlines(place, level - band[1], level - band[0], color=INK, linewidth=1.6)
    top = max(level, level + change, *(() if band is None or math.isnan(band[0]) else (level - band[0],)))
    _label(ax, place, top, signed(change))


def _label(ax: Axes, place: int, height: float, text: str) -> None:
    ax.annotate(
        text, (place, height), (0, 3), textcoords="offset points", ha="center", va="bottom", fontsize=9
    )


def _span(ax: Axes, explanation: Explanation, changes: list[float]) -> None:
    """Show where the changes are; pillars begin below the axis."""
    levels = [explanation.planned]
    for change in changes:
        levels.append(levels[-1] + change)
    low, high = min(levels), max(levels)
    room = max(0.25 * (high - low), 2.0)
    ax.set_ylim(max(0.0, low - room), min(100.0, high + room) if high + room < 100 else high + room)
