"""Rows of a long table in the order in which they hold: by time, by day, or as they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from callcenter.language import gettext as _
from callcenter.language import ngettext
from callcenter.scenario.errors import Problem, either, fault, wrong
from callcenter.scenario.files.clocks import (
    Clock,
    clock_of,
    clock_remarks,
    refuse_several_days,
    refuse_unplaced,
)
from callcenter.scenario.files.columns import is_total
from callcenter.scenario.files.csv_rows import Row
from callcenter.scenario.files.dates import ORDERS, Day, Order, day_of, order_of
from callcenter.scenario.files.figures import Figures
from callcenter.scenario.files.moments import Moment, moment
from callcenter.scenario.files.places import Read, placed, placed_in_time
from callcenter.scenario.files.references import Reference
from callcenter.scenario.files.several_days import (
    MANY_DAYS,
    Calendar,
    days_of_rows,
    is_of_several_days,
    read_days,
)
from callcenter.scenario.files.tables import Cell, Table
from callcenter.scenario.files.timetable import TIMED, Slot, misplaced, no_time, slot_of, timed
from callcenter.scenario.marks import Path, dotted
from callcenter.scenario.parts.day import Day as ServiceDay


def without_totals(
    table: Table, rows: Sequence[Row], named: Collection[int], order: Order | None
) -> tuple[list[Row], list[str]]:
    """Return the rows that do not add up others, and which were left out."""
    totals = [row for row in rows if _adds_up(table, row, named, order)]
    lines = {line for line, _cells in totals}
    kept = [row for row in rows if row[0] not in lines]
    if not totals or not kept:
        return list(rows), []
    remark = ngettext(
        "row {lines} is left out, it is a total", "rows {lines} are left out, they are totals", len(lines)
    )
    return kept, [
        remark.format(lines=", ".join(map(str, sorted(lines)[:3])) + ("..." if len(lines) > 3 else ""))
    ]


def _adds_up(table: Table, row: Row, named: Collection[int], order: Order | None) -> bool:
    texts = [table.cell(*row, at).text for at in range(len(table.header)) if at not in named]
    if not any(map(is_total, texts)):
        return False
    return not any(
        spoken.start or spoken.day is None for text in texts if (spoken := moment(text, order or "d/m/y"))
    )


def by_time(
    table: Table,
    rows: Sequence[Row],
    column: int,
    figures: Figures,
    named: Collection[int],
    source: Reference,
    day: ServiceDay,
    path: Path,
) -> Read | None:
    """Return figures in the order of the times beside them; None if no column says a time."""
    clock = clock_of(table, rows, source.dates, {column})
    if clock is None:
        return None
    held = _held(table, rows, clock, figures, day)
    slots = _slots(table, held, clock)
    problems = list(_problems(table, held, clock, path))
    if problems:
        return Read([], {}, [*problems, *misplaced(slots, day, path)])
    refuse_several_days(table, [row.row for row in held if row.figure], clock, named, path[-1] in MANY_DAYS)
    result = timed(table.name, slots, day, path)
    read = placed_in_time(result, path)
    return read.remarked("", (*clock_remarks(table, clock), *result.remarks))


def by_day_and_time(
    table: Table,
    rows: Sequence[Row],
    column: int,
    figures: Figures,
    named: Collection[int],
    source: Reference,
    calendar: Calendar,
    path: Path,
) -> Read | None:
    """Return figures by day where rows are of several; None if they are not, or if nothing says a time."""
    clock = clock_of(table, rows, source.dates, {column})
    if clock is None or not (calendar.dates or source.draw):
        return None  # several days are refused then, with what to write
    held = _held(table, rows, clock, figures, calendar.day)
    days = days_of_rows(table, [row.row for row in held], {*named, column}, source, calendar, path)
    if days is None or not is_of_several_days(days, source, calendar):
        return None
    problems = [*days.problems, *_problems(table, held, clock, path)]
    if problems:
        return Read([], {}, problems)
    pairs = zip(days.whens, _slots(table, held, clock), strict=True)  # every moment is known
    slots = [(when, slot) for when, slot in pairs if when is not None]
    return read_days(table, days, slots, source, calendar, path).remarked("", remarks_of_days(table, clock))


def remarks_of_days(table: Table, clock: Clock) -> Iterator[str]:
    """Yield what was guessed in reading times of several days, whose order says nothing."""
    yield from clock_remarks(table, clock._replace(moments=[*sorted(filter(None, clock.moments))]))


def _slots(table: Table, held: Sequence[Held], clock: Clock) -> list[Slot]:
    return [
        slot_of(row.moment, table.cell(*row.row, clock.column), row.cell, 0 if row.problem else row.figure)
        for row in held
        if row.moment is not None
    ]


def _held(table: Table, rows: Sequence[Row], clock: Clock, figures: Figures, day: ServiceDay) -> list[Held]:
    """Return the rows that say something."""
    last = max(index for index, when in enumerate(clock.moments) if when is not None)
    return [
        Held(row, when, cell, value, figures.wrong.get(index))
        for index, (row, when, cell, value) in enumerate(
            zip(rows, clock.moments, figures.cells, figures.values, strict=True)
        )
        if not _says_nothing(table.cell(*row, clock.column).text, when, cell.text, day, is_below=index > last)
    ]


class Held(NamedTuple):
    """A row with its moment and its figure, and what is wrong with the figure."""

    row: Row
    moment: Moment | None
    cell: Cell
    figure: Any
    problem: Problem | None


def _says_nothing(text: str, when: Moment | None, figure: str, day: ServiceDay, *, is_below: bool) -> bool:
    """Whether a row has no figure and is a note, such as all below a table, or out of the opening hours."""
    is_note = is_below or not text if when is None else not day.open <= when.start < day.close
    return not figure and is_note


def unread_times(table: Table, rows: Sequence[Row], clock: Clock, path: Path) -> Iterator[Problem]:
    """Yield the cells that should say when their row holds, and do not."""
    for row, when in zip(rows, clock.moments, strict=True):
        if when is None:
            cell = table.cell(*row, clock.column)
            yield cell.mark.problem(dotted(path), no_time(cell.text))


def _problems(table: Table, rows: Sequence[Held], clock: Clock, path: Path) -> Iterator[Problem]:
    for row in rows:
        if row.moment is None:
            when = table.cell(*row.row, clock.column)
            yield when.mark.problem(dotted(path), no_time(when.text))
        if row.problem is not None:
            yield row.problem


def in_file_order(
    table: Table, rows: Sequence[Row], figures: Figures, named: Collection[int], path: Path
) -> Read:
    """Return figures as they stand, where no column says when each holds; the order is remarked."""
    read = placed(figures.values, figures.cells, list(figures.wrong.values()), path)
    if path[-1] not in TIMED:
        return read
    refuse_unplaced(table, rows, named)
    return read.remarked("", (_("no column says when rows hold; they count in the order of the file"),))


def in_order_of_days(
    table: Table,
    rows: Sequence[Row],
    figures: Figures,
    named: Collection[int],
    order: Order | None,
    path: Path,
) -> Read:
    """Return figures of one day each in the order of their dates, in that of the file if there are none."""
    read = placed(figures.values, figures.cells, list(figures.wrong.values()), path)
    column = _dates_of(table, rows, named)
    if column is None or read.problems:
        return read
    days = _ordered(table, rows, column, order)
    turns = sorted(range(len(days)), key=days.__getitem__)
    if len(set(days)) < len(days):
        raise fault(
            _("`{column}` of {name} names a day twice; choose rows with `where`").format(
                column=table.header[column], name=table.name
            )
        )
    remarks = [] if turns == list(range(len(days))) else [_("the rows are put in the order of their dates")]
    values, cells = [figures.values[at] for at in turns], [figures.cells[at] for at in turns]
    return placed(values, cells, [], path).remarked("", remarks)


def _dates_of(table: Table, rows: Sequence[Row], named: Collection[int]) -> int | None:
    for at in range(len(table.header)):
        texts = [table.cell(*row, at).text for row in rows]
        if (
            at not in named
            and len(texts) > 1
            and all(day_of(text) or day_of(text, "m/d/y") for text in texts)
        ):
            return at
    return None


def _ordered(table: Table, rows: Sequence[Row], column: int, order: Order | None) -> list[Day]:
    """Return the day of each row; refuses a column in which days and months might be exchanged."""
    texts = [table.cell(*row, column).text for row in rows]
    readings = [
        [day_of(text, each) for text in texts] for each in ([order] if order else sorted(order_of(texts)))
    ]
    orders = [[day for day in days if day] for days in readings if all(days)]
    turns = {tuple(sorted(range(len(days)), key=days.__getitem__)) for days in orders}
    if len(turns) != 1:
        remedy = either(f"`dates: {each}`" for each in ORDERS)
        raise wrong(
            _("`{column}` may have days or months first").format(column=table.header[column]),
            texts[0],
            _("write {remedy} beside `column`").format(remedy=remedy),
        )
    return orders[0]
