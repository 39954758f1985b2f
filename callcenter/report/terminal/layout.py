"""What tables for a terminal look like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from callcenter.report.tables import layout

STYLES = {"met": "green", "missed": "red", "unclear": "yellow", "shown": "bold", "different": "bold"}
"""By kind of a cell or a row."""


def blank_table(names: Sequence[str], figures: Sequence[str]) -> Table:
    """Return a table with columns of names, then of figures."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in names:
        table.add_column(name, no_wrap=True)
    for figure in figures:
        table.add_column(figure, justify="right", no_wrap=True)
    return table


def laid_out(view: layout.Table, bars: Sequence[str] = ()) -> Table:
    """Return a table of the page for the terminal, perhaps with a bar behind each row."""
    first, *others = view.heads
    texts = [first.text, *(head.text for head in others if head.kind == "text")]
    table = blank_table(texts, [head.text for head in others if head.kind != "text"])
    if bars:
        table.add_column("")
    for place, row in enumerate(view.rows):
        kinds = row.kind.split()
        if "first" in kinds and place:
            table.add_section()
        cells = [Text(cell.text, style=STYLES.get(cell.kind, "")) for cell in row.cells]
        style = " ".join(STYLES[kind] for kind in kinds if kind in STYLES)
        table.add_row(*cells, *bars[place : place + 1], style=style)
    return table
