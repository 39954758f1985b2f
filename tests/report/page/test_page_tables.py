"""Every table on a page: each value stands below the head of its figure, its interval below it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from callcenter import wording
from callcenter.report.page.blocks import Page, Section
from callcenter.report.page.html import render
from callcenter.report.tables.layout import Table
from tests.report.every_table import NAMES, Case, every_table
from tests.report.expected import FORMS, Head, Value

SIGNS = ("✓ ", "✗ ", "? ")


class Cells(HTMLParser):
    """The rows of the first table of a page: text and smaller text of each cell."""

    def __init__(self, page: str) -> None:
        """Read the page."""
        super().__init__()
        self.rows: list[list[tuple[str, str]]] = []
        self._cell: list[str] | None = None
        self._is_small = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Begin a row or a cell."""
        del attrs
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self._cell = ["", ""]
        self._is_small = tag == "small" or (self._is_small and tag == "wbr")

    def handle_data(self, data: str) -> None:
        """Note the text of a cell."""
        if self._cell is not None:
            self._cell[self._is_small] += data

    def handle_endtag(self, tag: str) -> None:
        """End a cell."""
        if tag in ("th", "td") and self._cell is not None:
            self.rows[-1].append((self._cell[0].strip(), self._cell[1].strip()))
            self._cell = None
        self._is_small = False


def read(table: Table) -> tuple[list[str], list[dict[str, tuple[str, str]]]]:
    """Return the heads of a table as the page has it, and its rows by head."""
    page = render(Page("", "", [Section("name", "", "", [table])], ""))
    (heads, *rows) = Cells(page).rows
    names = [text for text, _note in heads]
    return names, [dict(zip(_told_apart(names), row, strict=True)) for row in rows]


def _told_apart(names: list[str]) -> list[str]:
    """Name the columns of intervals after the one before."""
    before = ["", *names]
    return [f"{before[at]}: interval" if name == "95% interval" else name for at, name in enumerate(names)]


def in_words(value: Value, form: str) -> str:
    """Return a figure in words."""
    if value.figure is None or value.figure != value.figure:
        return "–"
    return FORMS[value.form or form].words(value.figure)


def ends_in_words(value: Value, form: str) -> str:
    """Return the ends of an interval in words; empty where there is none."""
    is_share = (value.form or form) in ("share", "fine")
    if value.low is None or value.low != value.low or (value.low == value.high and not is_share):
        return ""
    words = FORMS[value.form or form].words
    if (value.form or form)[0] == "+" or (value.form or form) == "points":
        return f"{words(value.low)} … {words(value.high or 0.0)}"
    return wording.interval({"low": value.low, "high": value.high}, words)


def without_sign(text: str, head: Head) -> str:
    """Leave out the sign of a verdict before a rate."""
    return text[2:] if text.startswith(SIGNS) and head.form == "share" else text


SHOWN = [name for name in NAMES if name != "tier points"]
"""The page has the points with their tiers beside each other."""


def check(case: Case) -> None:
    """Assert that every value stands below its head as it must, and that there is no other column."""
    names, rows = read(case.table)
    heads = [head for head in case.page.heads if "p" in head.on]
    places = [place for place, head in enumerate(case.page.heads) if "p" in head.on]
    group = [column.is_group for column in case.table.columns]

    if not case.is_partial:
        assert [head.text for head in heads] == [name for name in names if name != "95% interval"]
    assert len(set(_told_apart(names))) == len(names)
    assert len(case.page.rows) == len(rows)
    for values, cells in zip(case.page.rows, rows, strict=True):
        for place, head in zip(places, heads, strict=True):
            text, note = cells[head.text]
            if not (group[place] and text == ""):
                assert in_words(values[place], head.form) == without_sign(text, head), head.text
            ends = ends_in_words(values[place], head.form)
            if "c" in head.ends:
                assert (ends or "–", "") == cells[f"{head.text}: interval"], head.text
            elif ends:
                assert ends == note, head.text


@pytest.mark.slow
@pytest.mark.parametrize("name", SHOWN)
def test_every_value_stands_below_its_head(name: str) -> None:
    """As the summary has it, in the form of its unit; a name that repeats is read once."""
    check(every_table()[name])
