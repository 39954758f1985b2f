"""Tables of several days: which day each row or column is of, and the series of every one of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from pydantic_core import PydanticCustomError

from callcenter.language import gettext as _
from callcenter.scenario.errors import Problem, either, fault, wrong
from callcenter.scenario.files.columns import alike, names_a_date
from callcenter.scenario.files.csv_rows import Row
from callcenter.scenario.files.dates import (
    ORDERS,
    Order,
    dated,
    dated_either_way,
    order_of,
    weekday_before,
    weekday_of,
)
from callcenter.scenario.files.places import Read
from callcenter.scenario.files.references import Reference
from callcenter.scenario.files.tables import Cell, Table
from callcenter.scenario.files.timetable import Slot, timed
from callcenter.scenario.marks import Path, Place, dotted
from callcenter.scenario.parts.by_day import BY_DATE, BY_WEEKDAY, DRAW
from callcenter.scenario.parts.calendar import SHORT, date_text, dates_text
from callcenter.scenario.parts.day import Day as ServiceDay

MANY_DAYS = frozenset({"calls", "agents"})
"""Series that may differ from day to day."""

_WEEKDAY_HEADS = ("weekday", "weekdays", "dow", "dayofweek", "wochentag", "星期", "周")
_NUMBERED = tuple("1234567")

When = date | int
"""A date, or a weekday: 0 is Monday."""


class Calendar(NamedTuple):
    """The day that files must fit, and the dates of the run as far as they are known."""

    day: ServiceDay
    dates: tuple[date, ...]


class Days(NamedTuple):
    """The day of each row or column, what is wrong with them, and whether they are dates."""

    whens: list[When | None]
    problems: list[Problem]

    @property
    def known(self) -> list[When]:
        """Every day once, in the order of the file."""
        return list(dict.fromkeys(when for when in self.whens if when is not None))


def days_of_rows(
    table: Table,
    rows: Sequence[Row],
    named: Collection[int],
    source: Reference,
    calendar: Calendar,
    path: Path,
) -> Days | None:
    """Return the day of each row by a column of dates, of stamps or of weekdays; None if none says it.

    Raises the error of a value where days and months might be exchanged.
    """
    columns = [at for at in range(len(table.header)) if at not in named]
    cells = {at: _filled([table.cell(*row, at) for row in rows]) for at in columns}
    dates = next((at for at in columns if _are_dates(table.header[at], cells[at])), None)
    weekdays = next((at for at in columns if _are_weekdays(table.header[at], cells[at])), None)
    if dates is not None:
        beside = None if weekdays is None else cells[weekdays]
        return _dated(table.header[dates], cells[dates], beside, source.dates, calendar, path)
    if weekdays is not None:
        return Days([_weekday(cell.text) for cell in cells[weekdays]], [])
    return None


def days_of_heads(
    table: Table, columns: Iterable[int], source: Reference, calendar: Calendar, path: Path
) -> tuple[list[int], Days] | None:
    """Return the columns whose heads are days, and which; None if there are fewer than two."""
    heads = {at: table.head_cell(at) for at in columns}
    dates = [at for at, head in heads.items() if _is_date(head.text)]
    if len(dates) > 1:
        return dates, _dated(_("the head"), [heads[at] for at in dates], None, source.dates, calendar, path)
    weekdays = [at for at, head in heads.items() if weekday_of(head.text) is not None]
    return (
        (weekdays, Days([weekday_of(heads[at].text) for at in weekdays], [])) if len(weekdays) > 1 else None
    )


def _filled(cells: list[Cell]) -> list[Cell]:
    """Return cells in which those that are merged with the one above say the same."""
    texts = [cell.text for cell in cells if cell.text]
    is_merged = bool(cells) and bool(cells[0].text) and len(texts) < len(cells)
    if is_merged and all(_is_date(text) or weekday_of(text) is not None for text in texts):
        for index, cell in enumerate(cells):
            cells[index] = cell if cell.text else cell._replace(text=cells[index - 1].text)
    return cells


def _is_date(text: str) -> bool:
    stamp = dated_either_way(text)
    return stamp is not None and not stamp.rest


def _are_dates(head: str, cells: Sequence[Cell]) -> bool:
    """Whether most cells begin with a date: alone, or with the time of the row."""
    read = sum(dated_either_way(cell.text) is not None for cell in cells)
    return bool(cells) and (2 * read > len(cells) or (names_a_date(head) and 0 < read))


def _are_weekdays(head: str, cells: Sequence[Cell]) -> bool:
    texts = [cell.text for cell in cells]
    if not texts or not all(texts):
        return False
    is_numbered = alike(head) in _WEEKDAY_HEADS and all(text in _NUMBERED for text in texts)
    return is_numbered or all(weekday_of(text) is not None for text in texts)


def _weekday(text: str) -> int | None:
    return int(text) - 1 if text in _NUMBERED else weekday_of(text)


def _dated(
    head: str,
    cells: Sequence[Cell],
    beside: Sequence[Cell] | None,
    order: Order | None,
    calendar: Calendar,
    path: Path,
) -> Days:
    order = order or _order(head, [cell.text for cell in cells])
    known = {cell.text: _date(cell.text, order, calendar) for cell in cells}
    days: list[When | None] = [known[cell.text] for cell in cells]
    problems = [
        cell.mark.problem(dotted(path), _no_date(cell.text))
        for cell in cells
        if known[cell.text] is None and cell.text
    ]
    for index, cell in enumerate(cells):
        day = known[cell.text]
        weekday = weekday_before(cell.text) if beside is None else _weekday(beside[index].text)
        if day is not None and weekday is not None and weekday != day.weekday():
            place = cell if beside is None else beside[index]
            what = _("is not the weekday of {day}").format(day=date_text(day))
            problems.append(
                place.mark.problem(
                    dotted(path), wrong(what, place.text, _("correct one of the two")).message()
                )
            )
    return Days(days, problems)


def _order(head: str, texts: Sequence[str]) -> Order:
    """Return the order of day and month; refuses a column in which they might be exchanged."""
    distinct = list(dict.fromkeys(texts))
    possible = sorted(order_of(distinct)) or list(ORDERS)
    readings = {tuple(dated(text, order) for text in distinct) for order in possible}
    if len(readings) > 1:
        doubtful = next(text for text in distinct if dated(text, "d/m/y") != dated(text, "m/d/y"))
        raise wrong(
            _("`{column}` may have days or months first").format(column=head),
            doubtful,
            _("write {remedy} beside `column`").format(remedy=either(f"`dates: {each}`" for each in ORDERS)),
        )
    return possible[0]


def _date(text: str, order: Order, calendar: Calendar) -> date | None:
    """Return the date that a cell begins with; one without a year is the next of the run."""
    stamp = dated(text, order)
    if stamp is None:
        return None
    if stamp.day.year:
        return date(*stamp.day)
    for year in dict.fromkeys(day.year for day in calendar.dates):
        try:
            day = date(year, stamp.day.month, stamp.day.day)
        except ValueError:
            continue
        if day >= calendar.dates[0]:
            return day
    return None


def _no_date(text: str) -> str:
    return wrong(
        _("is no date of the calendar"), text, _("write year-month-day, such as 2026-11-23")
    ).message()


def is_of_several_days(days: Days, source: Reference, calendar: Calendar) -> bool:
    """Whether a table is to give each day its own values: it has several, or its one has a date to be."""
    has_dates = any(isinstance(when, date) for when in days.known)
    return len(days.known) > 1 or (has_dates and bool(calendar.dates or source.draw))


def refuse_without_date(table: Table, days: Days, source: Reference, calendar: Calendar, head: str) -> None:
    """Refuse several days where nothing says which of them is the first."""
    if calendar.dates or source.draw:
        return
    first = days.known[0]
    example = str(first) if isinstance(first, date) else "2026-11-23"
    message = _(
        "{table} holds {count} days in `{column}`, {day} and others; choose one with "
        "`where: {{{column}: {day}}}`, or write `date: {first}` in `day`, and each day takes its own"
    )
    raise fault(
        message.format(table=table.name, count=len(days.known), column=head, day=_key(first), first=example)
    )


def read_days(
    table: Table,
    days: Days,
    slots: Sequence[tuple[When, Slot]],
    source: Reference,
    calendar: Calendar,
    path: Path,
) -> Read:
    """Return the series of every day, by date or by weekday.

    Days that are not simulated, and are not drawn from, may be incomplete.
    """
    by_when: dict[When, list[Slot]] = {when: [] for when in days.known}
    for when, slot in slots:
        by_when[when].append(slot)
    rows: dict[str, list[float]] = {}
    places: dict[Path, Place] = {}
    problems: list[Problem] = list(days.problems)
    remarks: dict[str, None] = {}
    key = BY_DATE if isinstance(days.known[0], date) else BY_WEEKDAY
    for when in sorted(by_when, key=str):
        own, wrongs, remarked = _of_day(table, when, by_when[when], calendar, path)
        if wrongs:
            problems += wrongs if _is_needed(when, source, calendar) else []
            continue
        rows[_key(when)] = own
        places[(*path, key, _key(when))] = by_when[when][0].cell.place
        remarks |= dict.fromkeys(remarked)
    if problems:
        return Read([], {}, problems)
    values: dict[str, object] = {key: rows}
    return Read(values | ({DRAW: source.draw} if source.draw else {}), places, [], tuple(remarks))


def _of_day(
    table: Table, when: When, slots: Sequence[Slot], calendar: Calendar, path: Path
) -> tuple[list[float], list[Problem], list[str]]:
    name = _("{table} on {day}").format(table=table.name, day=when_text(when))
    try:
        result = timed(name, slots, calendar.day, path)
    except PydanticCustomError as error:
        mark = slots[0].cell.mark if slots else table.head_cell(0).mark
        return [], [mark.problem(dotted(path), error.message())], []
    if result.spells:
        what = _("{table}: agents change within intervals; write a shorter `interval` in `day`").format(
            table=name
        )
        return [], [slots[0].cell.mark.problem(dotted(path), what)], []
    return list(result.figures), result.problems, result.remarks


def _is_needed(when: When, source: Reference, calendar: Calendar) -> bool:
    if isinstance(when, date):
        return bool(source.draw) or when in calendar.dates
    return when in {day.weekday() for day in calendar.dates}


def _key(when: When) -> str:
    return str(when) if isinstance(when, date) else SHORT[when]


def when_text(when: When) -> str:
    """Return a day as messages call it."""
    return date_text(when) if isinstance(when, date) else _(SHORT[when])


def rows_of_dates(table: Table, days: Days, calendar: Calendar, number: int) -> list[int]:
    """Return the positions of the rows of the days that count, in their order; refuses days without one."""
    at = {when: position for position, when in enumerate(days.whens)}
    missing = [day for day in calendar.dates[:number] if day not in at]
    if missing:
        message = _(
            "{table} says nothing of {dates}; add what is missing, or change `date` of `day`, or `days`"
        )
        raise fault(message.format(table=table.name, dates=dates_text(missing)))
    return [at[day] for day in calendar.dates[:number]]


def nothing_to_draw(table: Table, source: Reference) -> PydanticCustomError:
    """Return the error that a table has no days that a roster could be drawn from, or only one."""
    named = next((name for name, value in source.where.items() if _is_date(str(value))), None)
    if named is not None:
        message = _(
            "{table}: `where` takes one day, {day}, and leaves none to draw; remove `draw`, or "
            "`{column}` of `where`"
        )
        return fault(message.format(table=table.name, day=source.where[named], column=named))
    message = _("{table} has no days to draw from: no column of dates and times; remove `draw`")
    return fault(message.format(table=table.name))
