"""Tables with intervals across: a row for each day, weekday or queue, a column for each half-hour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from callcenter.language import gettext as _
from callcenter.scenario.errors import fault, listed
from callcenter.scenario.files.columns import is_total
from callcenter.scenario.files.csv_rows import Row
from callcenter.scenario.files.dates import Order
from callcenter.scenario.files.moments import Moment
from callcenter.scenario.files.selection import matching
from callcenter.scenario.files.tables import Table
from callcenter.scenario.files.times import read_times

_FEWEST = 3
"""Times in the head of such a table."""


class Across(NamedTuple):
    """The moment of each column that holds an interval, and the columns that name the rows."""

    moments: dict[int, Moment]
    labels: list[int]


def across(table: Table) -> Across | None:
    """Return what the columns of a table hold if its intervals stand across; None if they do not."""
    named = [at for at, name in enumerate(table.header) if name and not is_total(name)]
    texts = [table.header[at] for at in named]
    times = read_times(texts).values
    if not any(times):
        bare = [text if text[:1].isdigit() else "" for text in texts]
        times = read_times(bare, is_named=True).values
    moments = {
        at: moment
        for at, moment in zip(named, times, strict=True)
        if moment is not None and not _is_day(moment)
    }
    if len(moments) < _FEWEST or 2 * len(moments) < len(named):
        return None
    first = min(moments)
    labels = [at for at, name in enumerate(table.header) if at not in moments and (at in named or not name)]
    return Across(moments, [at for at in labels if at in named or at < first])


def _is_day(moment: Moment) -> bool:
    return moment.day is not None and moment.start == 0


def row_of(
    table: Table, rows: Sequence[Row], labels: Sequence[int], name: object, order: Order | None
) -> Row:
    """Return the one row that counts, named by a cell in front of it if a name is given.

    Raises the error of a value where several rows are left, or none.
    """
    days = [row for row in rows if not any(is_total(table.cell(*row, at).text) for at in labels)]
    left = days if name is None else _named(table, days, labels, str(name), order)
    if len(left) == 1:
        return left[0]
    head = table.header[labels[0]] if labels else "date"
    names = [str(label) for row in (left or days) if (label := label_of(table, row, labels))]

    example = names[0] if names else "2026-11-23"
    choice = f"`where: {{{head}: {example}}}`" if head else f"`column: {example}`"
    message = _("{table} has intervals across and {count} rows; choose one with {choice}: {names}")
    if name is not None:
        message = _(
            "{table} has intervals across and {count} rows `{row}`; choose one with {choice}: {names}"
        )
    raise fault(
        message.format(table=table.name, count=len(left), row=name, choice=choice, names=listed(names))
    )


def label_of(table: Table, row: Row, labels: Sequence[int]) -> str:
    """Return what names a row: its first cell."""
    return next((text for at in labels if (text := table.cell(*row, at).text)), "")


def _named(
    table: Table, rows: Sequence[Row], labels: Sequence[int], name: str, order: Order | None
) -> list[Row]:
    """Return the rows that a name fits, by the first column in front of them that it fits at all."""
    choices = (matching(table, rows, at, name, order) for at in labels)
    return next((choice for choice in choices if choice), [])
