"""A figure on a page, with its caption and the text that is read out instead of it."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup
from matplotlib.axes import Axes

from callcenter.report.figures.svg import svg_element


class Picture(NamedTuple):
    """A figure as the page shows it."""

    name: str
    """Its own on the page, and that of its file."""
    title: str
    svg: Markup
    caption: str
    kind: str
    """`full` if it is as wide as the page."""
    ax: Axes


def picture(ax: Axes, name: str, title: str, caption: str, description: str = "", kind: str = "") -> Picture:
    """Put axes on a page; the description says what the figure shows to those who do not see it."""
    svg = svg_element(ax, name, title, description or caption)
    return Picture(name, title, Markup(svg), caption, kind, ax)  # noqa: S704 - its texts were escaped as XML
