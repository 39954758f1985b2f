"""The house style: colours safe for colour-blind readers, always with a second mark (line, marker, hatch)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter

from callcenter.language import gettext as _
from callcenter.report.figures.fonts import families
from callcenter.report.figures.names import display_width, shortened
from callcenter.report.figures.shown import ShownAxes, ShownFigure

FULL_WIDTH = 10.4
"""Inches of a figure as wide as the page; on screen a point of its text is then a point of the page."""
HALF_WIDTH = 5.1
HEIGHT = 2.9

LEGEND_HANDLE = 0.75
"""Inches of a legend's column beside its name."""
LETTER = 0.065
"""Inches of a letter in a legend."""
LEGEND_ROWS = 6
"""Rows of names above a plot; more would leave it no room."""

INK = "#1c2733"
MUTED = "#5f6b78"
GRID = "#d5dae0"
GOOD = "#00725c"
BAD = "#b8400a"
BLACK = "#010101"
"""On cells; what is quite black has no colour in an SVG file, and none to change on a dark page."""

SERIES = ("#0072b2", "#d55e00", "#009e73", "#a8548a", "#8a6d00", "#4a4a8f")
"""Okabe and Ito's palette (2008), its light hues darkened to 4.5:1 on white."""
DASHES: tuple[str | tuple[int, tuple[float, ...]], ...] = (
    "solid",
    (0, (6.0, 2.0)),
    (0, (2.0, 1.5)),
    (0, (7.0, 2.0, 1.5, 2.0)),
    (0, (10.0, 2.5)),
    (0, (4.0, 1.5, 1.0, 1.5, 1.0, 1.5)),
)
MARKERS = ("o", "s", "^", "D", "v", "P")

HEAT_COLOURS = "Blues"
"""One hue from light to dark, so that a grey print keeps the order."""

RC: dict[str, Any] = {
    "font.size": 9.5,
    "text.color": INK,
    "text.parse_math": False,
    "axes.titlesize": 10.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 9.0,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.labelsize": 9.5,
    "axes.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "xtick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.color": MUTED,
    "ytick.labelcolor": INK,
    "lines.linewidth": 1.8,
    "lines.markersize": 4.0,
    "legend.frameon": False,
    "legend.fontsize": 9.0,
    "hatch.linewidth": 0.7,
    "figure.facecolor": "none",
    "savefig.facecolor": "none",
    "svg.fonttype": "none",
}


class SeriesLook(NamedTuple):
    """How one series is told from the others, with and without colour."""

    color: str
    linestyle: str | tuple[int, tuple[float, ...]]
    marker: str


def house_style() -> AbstractContextManager[None]:
    """Matplotlib's settings for the time of a drawing, put back afterwards."""
    kept = {"backend": mpl.rcParams["backend"]}
    own: dict[Any, Any] = {**mpl.rcParamsDefault, **RC, "font.family": list(families()), **kept}
    return mpl.rc_context(own)


def series_look(position: int) -> SeriesLook:
    """Colour, line and marker of the series at a position; they repeat after the sixth."""
    place = position % len(SERIES)
    return SeriesLook(SERIES[place], DASHES[place], MARKERS[place])


def blank_axes(ax: Axes | None, width: float = FULL_WIDTH, height: float = HEIGHT) -> Axes:
    """The axes given, or those of a new figure in the house style (sizes in inches)."""
    if ax is not None:
        return ax
    figure = ShownFigure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure.add_subplot(axes_class=ShownAxes)


def exact(number: float) -> str:
    """Return the label of a tick: all of its digits, so that what it says is where it stands."""
    return f"{round(number, 12) + 0.0:,.10g}".replace("-", "−")


def signed(number: float) -> str:
    """Return the label of a tick of differences, with its sign."""
    label = exact(number)
    return f"+{label}" if number > 0 and label != "0" else label


def labelled(axis: Axis, label: Callable[[float], str] = exact) -> None:
    """Label the ticks of an axis, however they are chosen."""
    axis.set_major_formatter(FuncFormatter(lambda number, _place: label(number)))


def counted(ax: Axes, label: str) -> None:
    """Let the vertical axis count something, from zero."""
    ax.set_ylim(bottom=0)
    labelled(ax.yaxis)
    ax.set_ylabel(label)


def legend_above(ax: Axes, columns: int) -> None:
    """Put the names of the series above the plot, where they hide nothing; long ones in fewer columns."""
    handles, names = ax.get_legend_handles_labels()
    names = [shortened(name) for name in names]
    columns = min(columns, _fitting(ax, names))
    most = columns * LEGEND_ROWS
    if len(names) > most:
        names[most - 1 :] = [_("{number} more").format(number=len(names) - most + 1)]
        handles[most - 1 :] = [Line2D([], [], linestyle="none")]
    look: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (0, 1), "borderaxespad": 0.2}
    ax.legend(handles, names, ncols=columns, handlelength=2.6, **look)


def _fitting(ax: Axes, names: Sequence[str]) -> int:
    """Return how many columns of a legend fit beside each other."""
    figure, longest = ax.get_figure(root=True), max(map(display_width, names), default=0)
    width = HALF_WIDTH if figure is None else float(figure.get_figwidth())
    return max(1, int(width / (LEGEND_HANDLE + LETTER * longest)))
