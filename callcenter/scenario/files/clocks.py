"""The column that says when each row of a table holds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from callcenter.language import gettext as _
from callcenter.scenario.errors import fault, shown
from callcenter.scenario.files.columns import names_a_date, names_a_length, names_a_time, names_an_end
from callcenter.scenario.files.csv_rows import Row
from callcenter.scenario.files.dates import Order, dated, dated_either_way, fitting_order, weekday_of
from callcenter.scenario.files.moments import Moment
from callcenter.scenario.files.numbers import is_number
from callcenter.scenario.files.selection import uncalculated
from callcenter.scenario.files.tables import Table
from callcenter.scenario.files.times import Times, read_times

_RUNNING = 3
"""Rows from which on falling numbers show an order."""


class Clock(NamedTuple):
    """The position of a column of times, and the moment of each row; None where its cell says none."""

    column: int
    moments: list[Moment | None]
    form: str = ""


def clock_of(
    table: Table, rows: Sequence[Row], order: Order | None = None, without: Collection[int] = ()
) -> Clock | None:
    """Return the column that says when each row begins to hold, under whatever name; None if none does.

    Raises the error of a value where a column is named like a time and cannot be read as one.
    """
    columns = [at for at in range(len(table.header)) if at not in without]
    named = [_read(table, rows, at, order) for at in columns if names_a_time(table.header[at])]
    readable = [clock for clock in named if any(clock.moments) and not _are_dates(clock)]
    clocks = readable or list(_unnamed(table, rows, order, columns))
    if clocks:
        return max(clocks, key=lambda clock: (len(set(clock.moments)), -clock.column))
    _refuse_unreadable(table, rows, [clock.column for clock in named if not any(clock.moments)])
    _refuse_ends(table, rows, order, columns)
    return None


def _unnamed(
    table: Table, rows: Sequence[Row], order: Order | None, columns: Sequence[int]
) -> Iterator[Clock]:
    """Yield the columns of clock times whose names do not say so."""
    for at in columns:
        head = table.header[at]
        if len(rows) > 1 and not names_a_length(head) and not names_an_end(head):
            clock = _read(table, rows, at, order)
            if _is_mostly_read(clock) and not _are_dates(clock):
                yield clock


def _read(table: Table, rows: Sequence[Row], at: int, order: Order | None) -> Clock:
    texts = [table.cell(*row, at).text for row in rows]
    order = fitting_order(table.texts(at), order)
    times = read_times(texts, order, is_named=names_a_time(table.header[at]))
    if not any(times.values):
        times = _without_strays(texts, order, is_named=names_a_time(table.header[at])) or times
    return Clock(at, times.values, times.form)


def _without_strays(texts: Sequence[str], order: Order, *, is_named: bool) -> Times | None:
    """Read bare numbers among which one or two cells are text, such as a total."""
    bare = [text if is_number(text) else "" for text in texts]
    return read_times(bare, order, is_named=is_named) if 2 * sum(map(bool, bare)) > len(bare) else None


def _is_mostly_read(clock: Clock) -> bool:
    return 2 * sum(moment is not None for moment in clock.moments) > len(clock.moments)


def _are_dates(clock: Clock) -> bool:
    """Whether a column holds nothing but days."""
    moments = [moment for moment in clock.moments if moment is not None]
    return len(moments) > 1 and all(moment.day is not None and moment.start == 0 for moment in moments)


def _refuse_unreadable(table: Table, rows: Sequence[Row], columns: Sequence[int]) -> None:
    for at in columns:
        cell = next((cell for row in rows if (cell := table.cell(*row, at)).text), None)
        if cell is not None:
            if cell.text.startswith("="):
                raise fault(
                    _("`{column}` {what}").format(column=table.header[at], what=uncalculated(cell.text))
                )
            message = _(
                "`{column}` of {table} is named like a time, but cannot be read as one, given {given}; "
                "write for example 08:30, or rename the column"
            )
            raise fault(message.format(column=table.header[at], table=table.name, given=shown(cell.text)))


def _refuse_ends(table: Table, rows: Sequence[Row], order: Order | None, columns: Sequence[int]) -> None:
    for at in columns:
        if names_an_end(table.header[at]) and _is_mostly_read(_read(table, rows, at, order)):
            message = _(
                "`{column}` of {table} says when rows end, and no column when they begin; "
                "add a column `start`"
            )
            raise fault(message.format(column=table.header[at], table=table.name))


def refuse_unplaced(table: Table, rows: Sequence[Row], without: Collection[int]) -> None:
    """Refuse rows in file order where a column seems to say when each holds, or that each is another day."""
    for at in range(len(table.header)):
        texts = [table.cell(*row, at).text for row in rows]
        if at in without or len(set(texts)) < 2 or names_a_length(table.header[at]):
            continue
        if _fall(texts):
            message = _(
                "`{column}` of {table} falls from row to row: is the newest first? say with a column `start` "
                "when each row begins, or remove this column"
            )
            raise fault(message.format(column=table.header[at], table=table.name))
        if all(texts) and _are_days(table.header[at], texts):
            message = _(
                "the rows of {table} are days (`{column}`), not intervals of one; choose one with `where`, "
                "and say with a column `start` when each row begins"
            )
            raise fault(message.format(column=table.header[at], table=table.name))
        if all(texts) and len(set(texts)) == len(texts) and not any(map(is_number, texts)):
            head = table.header[at] or _("the column without a name")
            message = _(
                "`{column}` of {table} may say when each row holds, but cannot be read, given {given}; "
                "write for example 08:30, or remove the column"
            )
            raise fault(message.format(column=head, table=table.name, given=shown(texts[0])))


def _fall(texts: Sequence[str]) -> bool:
    """Whether running numbers of rows fall, all by the same step."""
    if len(texts) < _RUNNING or not all(text.isdecimal() for text in texts):
        return False
    steps = {int(after) - int(before) for before, after in pairwise(texts)}
    return len(steps) == 1 and max(steps) < 0


def _are_days(head: str, texts: Sequence[str]) -> bool:
    if names_a_date(head) and _are_dates(Clock(0, read_times(texts, is_named=True).values)):
        return True
    days = [dated_either_way(text) is not None or weekday_of(text) is not None for text in texts]
    return all(days) or (names_a_date(head) and any(days))


def refuse_several_days(
    table: Table, rows: Sequence[Row], clock: Clock, without: Collection[int], may_differ: bool = False
) -> None:
    """Refuse rows of more than one day, where each would be taken for a part of the same.

    ``may_differ`` says that days of such a series can differ once the first has a date.
    """
    for at in range(len(table.header)):
        if at in without and at != clock.column:
            continue
        texts = [text for row in rows if (text := table.cell(*row, at).text)]
        order = fitting_order(texts)
        days = list(dict.fromkeys(day for text in texts if (day := _day_in(text, order)) is not None))
        if len(days) > 1 and (at == clock.column or len(texts) == len(rows)):
            message = _(
                "{table} holds {count} days in `{column}`, {day} and others; "
                "choose one with `where: {{{column}: {day}}}`"
            )
            if may_differ:
                message = _(
                    "{table} holds {count} days in `{column}`, {day} and others; choose one with "
                    "`where: {{{column}: {day}}}`, or write `date: {first}` in `day`, "
                    "and each day takes its own"
                )
            first = days[0] if dated(days[0]) is not None else "2026-11-23"
            raise fault(
                message.format(
                    table=table.name, count=len(days), column=table.header[at], day=days[0], first=first
                )
            )


def _day_in(text: str, order: Order) -> str | None:
    stamp = dated(text, order)
    if stamp is not None:
        return str(stamp.day)
    return text if weekday_of(text) is not None else None


def clock_remarks(table: Table, clock: Clock) -> Iterator[str]:
    """Yield what was guessed in reading the times."""
    head = table.header[clock.column]
    if clock.form:
        yield _("`{column}` is read as {form}").format(column=head, form=_(clock.form))
    zones = sorted({moment.zone.upper() for moment in clock.moments if moment is not None and moment.zone})
    if zones:
        remark = _("the times of `{column}` are taken as they are written ({zones})")
        yield remark.format(column=head, zones=", ".join(zones[:3]))
    starts = [moment.start for moment in clock.moments if moment is not None]
    if starts != sorted(starts):
        yield _("the rows are put in the order of `{column}`").format(column=head)
