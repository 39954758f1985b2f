"""Tables with intervals across: a row for each day, weekday or queue, a column for each half-hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from callcenter.scenario.errors import fault, listed
from callcenter.scenario.files.columns import alike, is_total
from callcenter.scenario.files.csv_rows import Row
from callcenter.scenario.files.dates import Order, dated, fitting_order, weekday_of
from callcenter.scenario.files.tables import Table
from callcenter.scenario.files.times import Moment, read_times

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
    return Across(moments, [at for at in named if at not in moments])


def _is_day(moment: Moment) -> bool:
    return moment.day is not None and moment.start == 0


def row_of(
    table: Table, rows: Sequence[Row], labels: Sequence[int], wanted: object, order: Order | None
) -> Row:
    """Return the one row that counts, named by a cell in front of it if a name is wanted.

    Raises the error of a value where several rows are left, or none.
    """
    days = [row for row in rows if not any(is_total(table.cell(*row, at).text) for at in labels)]
    left = (
        days if wanted is None else [row for row in days if _is_named(table, row, labels, str(wanted), order)]
    )
    if len(left) == 1:
        return left[0]
    head = table.header[labels[0]] if labels else "date"
    names = [str(label) for row in (left or days) if (label := label_of(table, row, labels))]
    what = f"{table.name} has intervals across and {len(left)} rows" + (
        f" `{wanted}`" if wanted is not None else ""
    )
    example = names[0] if names else "2026-11-23"
    raise fault(f"{what}; choose one with `where: {{{head}: {example}}}`: {listed(names)}")


def label_of(table: Table, row: Row, labels: Sequence[int]) -> str:
    """Return what names a row: its first cell."""
    return next((text for at in labels if (text := table.cell(*row, at).text)), "")


def _is_named(table: Table, row: Row, labels: Sequence[int], wanted: str, order: Order | None) -> bool:
    texts = [table.cell(*row, at).text for at in labels]
    if any(alike(text) == alike(wanted) for text in texts):
        return True
    order = fitting_order([wanted, *texts], order)
    day, weekday = dated(wanted, order), weekday_of(wanted)
    days = [found.day for text in texts if (found := dated(text, order)) is not None]
    if day is not None and not day.rest:
        return day.day in days
    return weekday is not None and any(each.year and date(*each).weekday() == weekday for each in days)
