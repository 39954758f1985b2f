"""What several figures share: looks beyond the sixth series, hatches, goals, axes of shares and clocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis

from callcenter.clock import clock_text
from callcenter.language import gettext as _
from callcenter.report.figures.clock import HOUR
from callcenter.report.figures.style import INK, SERIES, exact, labelled, legend_above, series_look

HATCHES = ("", "////", "....", "\\\\\\\\", "xxxx", "++++")
"""Of areas, in the order of the series, shifted by one with each round of colours."""

CLOCK_WIDTH = 0.6
"""Inches that a clock time needs below an axis."""

_STEPS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 48, 96, 192)
_SMALL = 8.0


def look_of(position: int) -> dict[str, Any]:
    """Return colour, line and marker of a series; the markers of the seventh to the twelfth are hollow."""
    look: dict[str, Any] = series_look(position)._asdict()
    is_hollow = position // len(SERIES) % 2 == 1
    return look | ({"markerfacecolor": "white"} if is_hollow else {})


def area_look(position: int, strength: float = 0.4) -> dict[str, Any]:
    """Return colour and hatch of the area of a series."""
    colour = series_look(position).color
    return {
        "facecolor": (colour, strength),
        "edgecolor": colour,
        "hatch": HATCHES[(position + position // len(SERIES)) % len(HATCHES)],
        "linewidth": 0.6,
    }


def percent(axis: Axis) -> None:
    """Write the shares along an axis as per cents, with a decimal where a tick has one."""
    labelled(axis, lambda share: f"{exact(100 * share)}%")


def goal_line(ax: Axes, share: float | None) -> None:
    """Draw the target as a dashed line with its name at the right; nothing without one."""
    if share is None:
        return
    ax.axhline(share, color=INK, linestyle=(0, (4, 2)), linewidth=1.1)
    beside(ax, share, _("target\n{share}%").format(share=f"{100 * share:g}"))


def beside(ax: Axes, height: float, text: str) -> None:
    """Write something to the right of the plot at a height."""
    ax.annotate(
        text,
        (1.0, height),
        (4, 0),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        va="center",
        fontsize=_SMALL,
    )


def every(number: int, most: int) -> int:
    """Return a step, of hours or intervals, that leaves at most so many of a number of ticks."""
    return next((step for step in _STEPS if number <= step * most), -(-number // most))


def inches(ax: Axes) -> float:
    """Return about how wide axes are."""
    figure = ax.get_figure(root=True)
    return ax.get_position().width * (0.0 if figure is None else float(figure.get_figwidth()))


def room(ax: Axes) -> int:
    """Return how many clock times fit side by side below axes."""
    return max(2, int(inches(ax) / CLOCK_WIDTH))


def clock_step(starts: Sequence[str], most: int) -> int:
    """Return a step that leaves at most so many of the starts of intervals, full hours if it can."""
    least = every(len(starts), most)
    steps = [step for step in _STEPS if least <= step <= 2 * least]
    full = (step for step in steps if all(start.endswith(":00") for start in starts[::step]))
    return next(full, least)


def names_above(ax: Axes, most: int = 3) -> None:
    """Put the names of the series above the plot, in even rows of at most so many."""
    number = len(ax.get_legend_handles_labels()[1])
    rows = max(1, -(-number // most))
    legend_above(ax, max(1, -(-number // rows)))


def hours_axis(ax: Axes, begin: float, end: float) -> None:
    """Put the clock below a span of one day, in seconds since its 00:00."""
    hours = np.arange(np.ceil(begin / HOUR), np.floor(end / HOUR) + 1)
    ticks = [HOUR * hour for hour in hours if hour % every(len(hours), room(ax)) == 0]
    ax.set_xlim(begin, end)
    ax.set_xticks(ticks, [clock_text(tick) for tick in ticks])


def known(names: Sequence[str] | None, all_names: Sequence[str]) -> list[tuple[int, str]]:
    """Return the position and name of those asked for, in file order; None: of all."""
    return [(position, name) for position, name in enumerate(all_names) if names is None or name in names]
