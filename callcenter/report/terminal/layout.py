"""What tables for a terminal look like: the short form, figures to the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, JustifyMethod, RenderResult
from rich.table import Table
from rich.text import Text

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report.tables import layout
from callcenter.report.tables.measure import Measure, Rank, Where
from callcenter.report.tables.units import TEXT

STYLES = {"met": "green", "missed": "red", "unclear": "yellow", "shown": "bold", "different": "bold"}
"""By kind of a cell or a row."""

GAP = 3
"""Characters between two columns."""

FEWEST = 2
"""Columns of the narrowest table: a name and a figure."""

MOST_OF_A_TEXT = 24
"""Characters from which on a column of words is wrapped rather than that figures are left out."""


class Shown(NamedTuple):
    """A column as the terminal has it: its head, its rank, the width that it needs, and its texts."""

    head: str
    rank: Rank
    is_text: bool
    texts: tuple[Text, ...]
    name: str
    """Of the figure, by which a column left out is known."""

    @property
    def width(self) -> int:
        """The cells that its head and its texts take; long words may be wrapped, numbers never."""
        widest = max(cell_len(text) for text in (self.head, *(text.plain for text in self.texts)))
        return min(widest, MOST_OF_A_TEXT) if self.is_text else widest


class Fitted:
    """A table with the columns that fit into the terminal, and below it which ones are left out."""

    def __init__(self, view: layout.Table, bars: Sequence[str] = ()) -> None:
        """Take a table, perhaps with a bar behind each row, which is there if there is room."""
        rows = [row for row in view.rows if Where.TERMINAL in row.on]
        self._rows = rows if view.limit is None else rows[: view.limit.rows]
        self._more = _more(len(rows) - len(self._rows), view.limit)
        self._bars = bars
        self.columns = [
            shown
            for place, column in enumerate(view.columns)
            if Where.TERMINAL in column.on
            for shown in _shown(column, [(row, row.cells[place]) for row in self._rows])
        ]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Lay the table out as wide as the terminal is."""
        columns = fitting(self.columns, options.max_width)
        yield self._table(columns, options.max_width - _total(columns))
        left_out = list(dict.fromkeys(each.name for each in self.columns if each not in columns))
        if self._more:
            yield Text(self._more, style="dim")
        if left_out:
            yield Text(_left_out().format(columns=_(", ").join(left_out)), style="dim")

    def _table(self, columns: Sequence[Shown], room: int) -> Table:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for column in columns:
            justify: JustifyMethod = "left" if column.is_text else "right"
            table.add_column(column.head, justify=justify, no_wrap=not column.is_text, overflow="fold")
        has_bars = bool(self._bars) and max(map(cell_len, self._bars)) + GAP <= room
        if has_bars:
            table.add_column("")
        for place, row in enumerate(self._rows):
            kinds = row.kind.split()
            if "first" in kinds and place:
                table.add_section()
            style = " ".join(STYLES[kind] for kind in kinds if kind in STYLES)
            bar = self._bars[place : place + 1] if has_bars else ()
            table.add_row(*(column.texts[place] for column in columns), *bar, style=style)
        return table


def laid_out(view: layout.Table, bars: Sequence[str] = ()) -> Fitted:
    """Return a table for the terminal, perhaps with a bar behind each row."""
    return Fitted(view, bars)


def fitting(columns: Sequence[Shown], width: int) -> list[Shown]:
    """Return the columns that fit, by rank; at least those that are always there and one more figure."""
    kept = list(columns)
    while _total(kept) > width and len(kept) > FEWEST:
        worst = max(each.rank for each in kept[1:])
        if worst == Rank.KEPT:
            break
        at = max(place for place, each in enumerate(kept) if each.rank == worst)
        del kept[at]
    return kept


def _total(columns: Sequence[Shown]) -> int:
    return sum(each.width for each in columns) + GAP * (len(columns) - 1)


def _more(number: int, limit: layout.Limit | None) -> str:
    """Return how many rows are left out and where they are; empty if none is."""
    if limit is None or number <= 0:
        return ""
    rows = wording.plural(number, limit.noun)
    return _("{rows} more; `--out DIR` writes all into {file}.").format(rows=rows, file=limit.file)


def _left_out() -> str:
    return _(
        "Left out, as the terminal is narrow: {columns}. They stand in a wider one, and in the report and "
        "the workbook (`--out DIR`)."
    )


def _shown(column: layout.Column, cells: Sequence[tuple[layout.Row, layout.Cell]]) -> Iterator[Shown]:
    texts = []
    for row, cell in cells:
        is_repeated = column.is_group and "first" not in row.kind.split()
        texts.append(Text() if is_repeated else Text(_text(column, cell), style=STYLES.get(cell.kind, "")))
    yield Shown(column.head, column.rank, column.unit == TEXT, tuple(texts), column.head)
    if column.is_exact:
        ends = [(cell.unit or column.unit).interval(*cell.ends) or wording.NOTHING for _row, cell in cells]
        head, name = (
            _("95% interval"),
            _("{text} ({remark})").format(text=column.head, remark=_("95% interval")),
        )
        rank = Rank.INTERVAL if column.rank < Rank.INTERVAL else Rank.DETAIL
        yield Shown(head, rank, False, tuple(map(Text, ends)), name)


def _text(column: layout.Column, cell: layout.Cell) -> str:
    if isinstance(cell.value, Measure):
        return cell.value.head
    text = (cell.unit or column.unit).write(cell.number)
    return f"{wording.verdict(cell.kind)} {text}" if column.is_judged and cell.kind else text
