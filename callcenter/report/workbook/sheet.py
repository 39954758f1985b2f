"""One sheet of a workbook, written from top to bottom: texts, tables, and how it is read and printed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from callcenter.language import gettext as _
from callcenter.report.figures.names import display_width
from callcenter.report.figures.style import BAD, GOOD, GRID, MUTED
from callcenter.report.workbook.book import Book
from callcenter.report.workbook.cells import (
    GENERAL,
    Column,
    Formula,
    Value,
    fitting,
    is_nothing,
)

MOST_ROWS = 1_048_576
A4 = 9
NARROWEST, WIDEST = 9, 42
"""Characters of a column."""
LINE = 15.0
"""Points of a line of text."""
SPAN = 100
"""Characters that a paragraph is wide."""
PAGE = 200
"""Characters that fit beside each other on a printed page and can still be read."""
BREAKABLE = 10
"""Characters of a head that may break anywhere."""
WRAPPED = 20
"""Characters of a column whose texts wrap."""
HEAD_FILL = "#e9edf2"
INPUT_FILL = "#fff4cc"
SIGNS = {"✓": GOOD, "✗": BAD, "?": MUTED}
"""First sign of a verdict and its colour."""

UNDER, EVEN, OVER = "#f4b183", "#ffffff", "#9dc3e6"
"""Fills of figures below, at and above what they should be."""

Reference = list[str | int]


class Area(NamedTuple):
    """Where a table stands; rows and columns count from 0."""

    sheet: str
    first: int
    """Row of the first cells below the heads."""
    last: int
    left: int

    def column(self, place: int, until: int | None = None) -> Reference:
        """Return the cells of a column, or of several, as charts take them."""
        right = self.left + (place if until is None else until)
        return [self.sheet, self.first, self.left + place, self.last, right]

    def head(self, place: int) -> Reference:
        """Return the head of a column as charts take it."""
        return [self.sheet, self.first - 1, self.left + place]

    def cells(self, place: int) -> str:
        """Return the cells of a column for a formula on another sheet."""
        column = self.left + place
        ends = (xl_rowcol_to_cell(row, column, True, True) for row in (self.first, self.last))
        return f"{quote_sheetname(self.sheet)}!{':'.join(ends)}"

    def part(self, first: int, last: int) -> Area:
        """Return some of the rows, counted from 0."""
        return self._replace(first=self.first + first, last=self.first + last)


class Sheet:
    """Writes below what was written last."""

    def __init__(self, book: Book, title: str, *, name: str = "") -> None:
        """Begin a sheet under its title, or under a name that was given to it before."""
        self.book = book
        self.name = name or book.name(title)
        self.page = book.file.add_worksheet(self.name)
        self.row = 0
        self._widths: dict[int, float] = {}
        self._paragraphs: list[tuple[int, str, Mapping[str, Any]]] = []
        self._set_up()

    def _set_up(self) -> None:
        self.page.hide_gridlines(2)
        self.page.set_landscape()
        self.page.set_paper(A4)
        self.page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.page.set_footer("&L&A&R&P / &N")

    def title(self, text: str) -> None:
        """Write the heading of the sheet, or of a part of it."""
        size = 14 if self.row == 0 else 11
        self.paragraph(text, bold=True, font_size=size)

    def paragraph(self, text: str, **look: Any) -> None:
        """Write a text that wraps inside the width of the sheet; an empty one takes no room."""
        if text:
            self._paragraphs.append((self.row, fitting(text), look))
            self.row += 1

    def note(self, text: str) -> None:
        """Write a smaller remark."""
        self.paragraph(text, font_color=MUTED, italic=True)

    def gap(self) -> None:
        """Leave a row empty."""
        self.row += 1

    def table(self, columns: Sequence[Column], *, names: int = 1) -> Area:
        """Write heads and rows; as many as the sheet holds."""
        rows = len(columns[0].values)
        shown = min(rows, MOST_ROWS - self.row - 2)
        for place, column in enumerate(columns):
            self._column(place, column, shown, place < names)
        self._head_height(columns)
        self._row_heights([column for column in columns if "text_wrap" in column.look], shown)
        area = Area(self.name, self.row + 1, self.row + max(shown, 1), 0)
        self.row += 1 + shown
        if shown < rows:
            self.note(_("{number} more rows do not fit onto a sheet.").format(number=f"{rows - shown:,}"))
        return area

    def main_table(self, columns: Sequence[Column], *, names: int = 1) -> Area:
        """Write the table that the sheet is for: with filters, its heads and names always in sight."""
        top = self.row
        area = self.table(columns, names=names)
        self.page.autofilter(top, 0, area.last, len(columns) - 1)
        self.page.repeat_columns(0, names - 1)
        self.page.freeze_panes(top + 1, names)
        self.page.repeat_rows(top)
        return area

    def cell(self, row: int, column: int, value: Value, form: str = GENERAL, **look: Any) -> None:
        """Write one cell; text is never taken for anything else."""
        shape = self.book.format(num_format=form, valign="vcenter", **look)
        if isinstance(value, Formula):
            cached = "" if value.value is None else value.value
            self.page.write_formula(row, column, value.text, shape, cached)
        elif is_nothing(value):
            self.page.write_blank(row, column, None, shape)
        elif isinstance(value, str):
            self.page.write_string(row, column, fitting(value), shape)
        else:
            self.page.write_number(row, column, value, shape)

    def line(self, values: Sequence[Value], forms: Sequence[str] = (), **look: Any) -> None:
        """Write cells beside each other."""
        for place, value in enumerate(values):
            self.cell(self.row, place, value, forms[place] if forms else GENERAL, **look)
            self._widen(place, value)
        self.row += 1

    def signs(self, area: Area, place: int) -> None:
        """Colour the verdicts of a column by their first sign."""
        for sign, colour in SIGNS.items():
            shape = self.book.format(font_color=colour, bold=True)
            rule = {"type": "text", "criteria": "begins with", "value": sign, "format": shape}
            self.page.conditional_format(*area.column(place)[1:], rule)

    def scale(self, area: Area, place: int, low: float, middle: float, high: float) -> None:
        """Fill the cells of a column: orange below the middle, blue above, deeper the farther."""
        rule: dict[str, Any] = {"type": "3_color_scale"}
        ends = (("min", low, UNDER), ("mid", middle, EVEN), ("max", high, OVER))
        for end, value, colour in ends:
            rule |= {f"{end}_type": "num", f"{end}_value": value, f"{end}_color": colour}
        self.page.conditional_format(*area.column(place)[1:], rule)

    def at_least(self, column: int, width: float) -> None:
        """Let a column be so many characters wide."""
        self._widths[column] = max(self._widths.get(column, NARROWEST), min(width, WIDEST))

    def finish(self) -> None:
        """Set widths, and lay out the paragraphs, which depend on them."""
        for column, width in self._widths.items():
            self.page.set_column(column, column, width)
        self.page.fit_to_pages(max(1, math.ceil(sum(self._widths.values()) / PAGE)), 0)
        for row, text, look in self._paragraphs:
            self._lay_out(row, text, look)

    def _column(self, place: int, column: Column, rows: int, is_name: bool) -> None:
        align = "left" if is_name or any(isinstance(value, str) for value in column.values) else "right"
        shape = self.book.format(
            bold=True,
            text_wrap=True,
            bg_color=HEAD_FILL,
            bottom=1,
            align=align,
            valign="bottom",
            indent=int(align == "left" and place > 0),
        )
        self.page.write_string(self.row, place, fitting(column.head), shape)
        self.at_least(place, _longest_word(column.head) + 3)
        for number, value in enumerate(column.values[:rows]):
            form = column.form if isinstance(column.form, str) else column.form[number]
            indent = {"indent": 1} if place and isinstance(value, str) else {}
            look = {"bottom": 4, "bottom_color": GRID, **indent, **column.look}
            self.cell(self.row + 1 + number, place, value, form, **look)
            if "text_wrap" not in column.look:
                self._widen(place, value, 2)
        if "text_wrap" in column.look:
            self.at_least(place, WRAPPED)

    def _widen(self, place: int, value: Value, room: int = 1) -> None:
        if isinstance(value, str):
            self.at_least(place, display_width(value) + room)

    def _head_height(self, columns: Sequence[Column]) -> None:
        needed = [
            _lines(column.head, self._widths.get(place, NARROWEST) - 2)
            for place, column in enumerate(columns)
        ]
        self.page.set_row(self.row, LINE * max(needed))

    def _row_heights(self, wrapped: Sequence[Column], rows: int) -> None:
        """Make rows high enough for texts that wrap."""
        for place in range(rows if wrapped else 0):
            texts = [str(column.values[place] or "") for column in wrapped]
            most = max(_lines(text, WRAPPED - 2) for text in texts)
            self.page.set_row(self.row + 1 + place, LINE * most)

    def _lay_out(self, row: int, text: str, look: Mapping[str, Any]) -> None:
        last, width = 0, self._width(0)
        while width < SPAN:
            last += 1
            width += self._width(last)
        shape = self.book.format(text_wrap=True, valign="top", **look)
        if last:
            self.page.merge_range(row, 0, row, last, "", shape)
        self.page.write_string(row, 0, text, shape)
        size = look.get("font_size", 10) / 10
        self.page.set_row(row, size * LINE * _lines(text, width / size))

    def _width(self, column: int) -> float:
        return self._widths.get(column, NARROWEST)


def _longest_word(text: str) -> int:
    """Return how wide a head must be at least; Chinese breaks anywhere."""
    widths = [(display_width(word), len(word)) for word in text.split()]
    return max((wide if wide == signs else min(wide, BREAKABLE) for wide, signs in widths), default=0)


def _lines(text: str, width: float) -> int:
    return sum(max(1, math.ceil(display_width(line) / width)) for line in text.split("\n"))
