"""The sheet of charts, which the spreadsheet itself draws from the cells of the other sheets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from callcenter.language import gettext as _
from callcenter.report.figures.style import GRID, MUTED, SERIES
from callcenter.report.workbook.book import Book
from callcenter.report.workbook.sheet import Sheet
from callcenter.report.workbook.steps import StepSheet

MOST_SERIES = 6
"""Lines that one chart can tell apart, and pools that have a chart."""
WIDTH, HEIGHT = 960, 320
ROWS = 17
"""Rows of a chart and the gap below it."""
DASHES = ("solid", "dash", "round_dot", "dash_dot", "long_dash", "long_dash_dot")
MARKERS = ("circle", "square", "triangle", "diamond", "x", "plus")
BARS = "#c9d6e2"
LONGEST_TITLE = 255
MOST_LABELS = 16
"""Times of day below a chart."""


class ChartSheet:
    """Charts below each other, two on a printed page."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.sheet = Sheet(book, _("Charts"))
        self.steps = StepSheet(book)
        self._number = 0
        self._breaks: list[int] = []

    def put(self, chart: Any, title: str, axes: Mapping[str, str], **more: Any) -> None:
        """Finish a chart (axis by name: its title) and put it below the others."""
        for axis, name in axes.items():
            getattr(chart, f"set_{axis}")(self.axis(axis, name, more.get(axis, {})))
        chart.set_title(
            {"name": as_text(title), "overlay": False, "name_font": self.book.chart_font(size=11, bold=True)}
        )
        chart.set_legend({"position": "bottom", "font": self.book.chart_font()})
        chart.set_size({"width": WIDTH, "height": HEIGHT})
        chart.set_chartarea({"border": {"none": True}})
        chart.show_na_as_empty_cell()
        self.sheet.page.insert_chart(self._number * ROWS, 0, chart, {"description": title[:LONGEST_TITLE]})
        self._number += 1
        if self._number % 2 == 0:
            self._breaks.append(self._number * ROWS)

    def finish(self) -> None:
        """Set the breaks between pages, none behind the last chart."""
        self.sheet.page.set_h_pagebreaks([row for row in self._breaks if row < self._number * ROWS])
        self.sheet.page.print_area(0, 0, max(self._number * ROWS - 1, 1), 14)
        self.sheet.finish()

    def axis(self, axis: str, name: str, more: Mapping[str, Any]) -> dict[str, Any]:
        """Return the properties of an axis in the house style."""
        font = self.book.chart_font()
        return {
            "name": as_text(name),
            "name_font": font,
            "num_font": self.book.chart_font(color=MUTED),
            "line": {"color": GRID},
            "major_gridlines": {"visible": axis == "y_axis", "line": {"color": GRID}},
            **more,
        }


def straight(chart: Any) -> Any:
    """Return a chart whose file says that its lines are not smoothed.

    XlsxWriter leaves it unsaid, and some programs then draw curves through the corners of a roster.
    """

    def say(smooth: object) -> None:
        chart._xml_empty_tag("c:smooth", [("val", str(int(bool(smooth))))])  # noqa: SLF001

    chart._write_c_smooth = say  # noqa: SLF001
    return chart


def line(place: int, *, markers: bool = False) -> dict[str, Any]:
    """Return how the series at a place looks: by colour, dash and marker."""
    place %= MOST_SERIES
    look = {"line": {"color": SERIES[place], "width": 2, "dash_type": DASHES[place]}}
    mark = {
        "type": MARKERS[place],
        "size": 6,
        "fill": {"color": SERIES[place]},
        "border": {"color": SERIES[place]},
    }
    return look | {"marker": mark if markers else {"type": "none"}}


def as_text(name: str) -> str:
    """Keep a name in a chart from being taken for a cell: what is `sheet!A1` gets a sign without width."""
    return re.sub(r"!(?=\$?[A-Z])", "!\u2060", name)[:LONGEST_TITLE]


def ticks(intervals: int) -> dict[str, int]:
    """Return how many labels an axis of so many intervals leaves out between two."""
    step = -(-intervals // MOST_LABELS)
    return {"interval_unit": step, "interval_tick": step}
