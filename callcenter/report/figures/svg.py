"""A figure as an SVG element for the inside of a page: text stays text, colours follow the page's theme."""

from __future__ import annotations

import io
import re
import warnings
import xml.etree.ElementTree as ET

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from callcenter.report.figures.colours import switching
from callcenter.report.figures.style import BAD, GOOD, GRID, INK, MUTED, SERIES, house_style

THEME = {
    INK: "currentColor",
    MUTED: "var(--muted)",
    GRID: "var(--grid)",
    GOOD: "var(--good)",
    BAD: "var(--bad)",
    **{colour: f"var(--series-{number})" for number, colour in enumerate(SERIES, start=1)},
}
"""Colours of the house style that the style sheet of the page replaces in dark mode and print."""

WHITE = "#ffffff"
"""What shows the page, such as the inside of a hollow mark; a white letter is one on a dark cell."""

WRITTEN = ("text", "tspan")

_NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))
_LONG_DECIMAL = re.compile(r"-?\d+\.\d{3,}")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_FONT_FAMILY = re.compile(r"font-family:[^;]*;?|(?<=px) '[^;]*", re.IGNORECASE)


def svg_element(ax: Axes, name: str, title: str, description: str) -> str:
    """An `<svg>` element of the whole figure of the axes.

    `name` keeps the ids of several figures on one page apart; title and description are for screen readers.
    """
    root = ET.fromstring(_drawn(ax, name))  # noqa: S314 - written by matplotlib a moment ago
    used = _references(root)
    for element in root.iter():
        _localise(element, name, used)
    _describe(root, name, title, description)
    return ET.tostring(root, encoding="unicode")


def _drawn(ax: Axes, name: str) -> str:
    stream, figure = io.StringIO(), ax.get_figure(root=True)
    with house_style(), mpl.rc_context({"svg.hashsalt": name}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # drawn by the reader's own font
        if figure is not None:
            _lay_out(figure)
            figure.savefig(stream, format="svg", metadata=_NO_METADATA)
    return stream.getvalue()


def _lay_out(figure: Figure) -> None:
    """Find room for titles and labels now, once: saving would draw the whole figure twice for it."""
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.execute(figure)
        figure.set_layout_engine(None)


def _references(root: ET.Element) -> set[str]:
    """Ids that something in the figure points at."""
    values = [value for element in root.iter() for value in element.attrib.values()]
    return {name for value in values for name in [*_REFERENCE.findall(value), value.removeprefix("#")]}


def _localise(element: ET.Element, name: str, used: set[str]) -> None:
    """Drop namespaces and idle ids, prefix the others, hand the colours over to the page."""
    element.tag = element.tag.partition("}")[2]
    attributes = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
    element.attrib.clear()
    for key, value in attributes.items():
        if key != "id":
            element.set(key, _attribute(element.tag, key, value, name))
        elif value in used:
            element.set(key, f"{name}-{value}")


def _attribute(tag: str, key: str, value: str, name: str) -> str:
    if key == "href":
        return f"#{name}-{value.removeprefix('#')}"
    value = _REFERENCE.sub(rf"url(#{name}-\1)", value)
    if key == "style":
        return _themed(tag, _FONT_FAMILY.sub("", value))
    return _LONG_DECIMAL.sub(lambda number: f"{float(number[0]):.2f}", value)


def _themed(tag: str, style: str) -> str:
    for colour, variable in THEME.items():
        style = style.replace(colour, variable)
    if tag not in WRITTEN:
        style = style.replace(WHITE, "var(--page)")
    return switching(style)


def _describe(root: ET.Element, name: str, title: str, description: str) -> None:
    for style in root.findall("./defs/style/.."):
        root.remove(style)
    for key in ("width", "height", "version"):
        root.attrib.pop(key, None)
    root.attrib |= {"role": "img", "aria-labelledby": f"{name}-title {name}-desc"}
    for position, (tag, text) in enumerate((("title", title), ("desc", description))):
        label = ET.Element(tag, id=f"{name}-{tag}")
        label.text = text
        root.insert(position, label)
