"""What tables for a terminal look like: the short form, figures to the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report.tables import layout
from callcenter.report.tables.measure import Measure, Where
from callcenter.report.tables.units import TEXT

STYLES = {"met": "green", "missed": "red", "unclear": "yellow", "shown": "bold", "different": "bold"}
"""By kind of a cell or a row."""


def blank_table() -> Table:
    """Return a table without columns."""
    return Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)


def laid_out(view: layout.Table, bars: Sequence[str] = ()) -> Table:
    """Return a table for the terminal, perhaps with a bar behind each row."""
    table = blank_table()
    for column in view.columns:
        if Where.TERMINAL in column.on:
            for head in _heads(column):
                table.add_column(head, justify="left" if column.unit == TEXT else "right", no_wrap=True)
    if bars:
        table.add_column("")
    rows = [row for row in view.rows if Where.TERMINAL in row.on]
    for place, row in enumerate(rows):
        kinds = row.kind.split()
        if "first" in kinds and place:
            table.add_section()
        style = " ".join(STYLES[kind] for kind in kinds if kind in STYLES)
        table.add_row(*_texts(view, row), *bars[place : place + 1], style=style)
    return table


def _heads(column: layout.Column) -> list[str]:
    return [column.head, _("95% interval")] if column.is_exact else [column.head]


def _texts(view: layout.Table, row: layout.Row) -> Iterator[Text]:
    for column, cell in zip(view.columns, row.cells, strict=True):
        if Where.TERMINAL in column.on:
            is_repeated = column.is_group and "first" not in row.kind.split()
            yield Text() if is_repeated else Text(_text(column, cell), style=STYLES.get(cell.kind, ""))
            if column.is_exact:
                yield Text((cell.unit or column.unit).interval(*cell.ends) or wording.NOTHING)


def _text(column: layout.Column, cell: layout.Cell) -> str:
    if isinstance(cell.value, Measure):
        return cell.value.head
    text = (cell.unit or column.unit).write(cell.number)
    return f"{wording.verdict(cell.kind)} {text}" if column.is_judged and cell.kind else text
