"""Axes and figures that a notebook shows and that can be kept as files, on white, without pyplot."""

from __future__ import annotations

import io
import os
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from callcenter.language import gettext as _

DPI = 150
"""Dots per inch of a file."""
NOTEBOOK_DPI = 100
FORMATS = (".pdf", ".png", ".svg")


class ShownFigure(Figure):
    """A figure that a notebook shows by itself."""

    def _repr_png_(self) -> bytes:
        return picture_of(self)


class ShownAxes(Axes):
    """Axes that a notebook shows as the figure they belong to."""

    def _repr_png_(self) -> bytes:
        return picture_of(whole(self))


def whole(ax: Axes) -> Figure:
    """Return the figure that axes belong to; ValueError if they were taken out of it."""
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError(_("these axes belong to no figure any more"))
    return figure


def picture_of(figure: Figure) -> bytes:
    """Return a figure as PNG."""
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=NOTEBOOK_DPI, facecolor="white")
    return stream.getvalue()


def save(ax: Axes, path: str | os.PathLike[str]) -> Path:
    """Write the figure of axes as PNG, SVG or PDF, by the name of the file; return its path.

    ValueError for a name that ends in nothing of these.
    """
    target = Path(path)
    if target.suffix.lower() not in FORMATS:
        raise ValueError(
            _("{name}: cannot tell the format; end the name in {names}").format(
                name=target.name, names=_(", ").join(FORMATS)
            )
        )
    with mpl.rc_context({"svg.fonttype": "none"}):
        whole(ax).savefig(target, dpi=DPI, facecolor="white")
    return target
