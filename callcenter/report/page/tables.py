"""Tables as a page sets them: values in words, their intervals below, the signs of verdicts before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report.tables.layout import Cell, Column, Row, Table
from callcenter.report.tables.measure import Measure, Where
from callcenter.report.tables.units import TEXT, VERDICT


class Words(NamedTuple):
    """A cell in words, with a smaller note below it; `kind` is its class."""

    text: str
    note: str = ""
    kind: str = ""


class Line(NamedTuple):
    """A row in words."""

    cells: Sequence[Words]
    kind: str = ""


class Written(NamedTuple):
    """A table in words."""

    caption: str
    heads: Sequence[Words]
    rows: Sequence[Line]
    left_out: str
    kind: str


def written(table: Table) -> Written:
    """Put a table into words."""
    rows = [row for row in table.rows if Where.PAGE in row.on]
    kept = _kept(rows, table)
    heads = [words for column in _shown(table) for words in _heads(column)]
    lines = [Line(list(_cells(table, row)), row.kind) for row in kept]
    return Written(table.caption, heads, lines, _left_out(len(rows) - len(kept), table), table.kind)


def _shown(table: Table) -> list[Column]:
    return [column for column in table.columns if Where.PAGE in column.on]


def _kept(rows: Sequence[Row], table: Table) -> Sequence[Row]:
    """Return the rows that fit, the one shown in detail always among them."""
    if table.limit is None or len(rows) <= table.limit.rows:
        return rows
    first, others = rows[: table.limit.rows], rows[table.limit.rows :]
    shown = [row for row in others if row.kind == "shown"]
    return [*first[: table.limit.rows - len(shown)], *shown]


def _left_out(number: int, table: Table) -> str:
    """Return how many rows are missing and where they are; empty if none is."""
    if table.limit is None or number <= 0:
        return ""
    rows = wording.plural(number, table.limit.noun)
    return _("{rows} more in {file}.").format(rows=rows, file=table.limit.file)


def _heads(column: Column) -> Iterator[Words]:
    yield Words(column.head, column.note, "text" if column.unit == TEXT else "")
    if column.is_beside:
        yield Words(_("95% interval"))


def _cells(table: Table, row: Row) -> Iterator[Words]:
    for place, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
        if Where.PAGE in column.on:
            is_repeated = column.is_group and "first" not in row.kind.split()
            yield Words("") if is_repeated else _words(column, cell, is_name=place == 0)
            if column.is_beside:
                yield Words(_ends(column, cell) or wording.NOTHING)


def _words(column: Column, cell: Cell, *, is_name: bool) -> Words:
    if isinstance(cell.value, Measure):
        return Words(cell.value.head, cell.note)
    unit = cell.unit or column.unit
    note = cell.note or ("" if column.is_beside else _ends(column, cell))
    kind = cell.kind or ("text" if column.unit == TEXT and not is_name else "")
    sign = f"{wording.verdict(cell.kind)[0]} " if cell.kind in wording.VERDICTS and unit != VERDICT else ""
    text = unit.write(cell.number).replace(" – ", "\u00a0–\u00a0")  # a narrow page must not cut a range
    return Words(sign + text, note, kind)


def _ends(column: Column, cell: Cell) -> str:
    return (cell.unit or column.unit).interval(*cell.ends)
