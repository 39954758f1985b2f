"""What is understood of a file that no scenario has named yet: its columns, days, intervals and totals."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic_core import PydanticCustomError

from callcenter.clock import SECONDS_PER_DAY, clock_text
from callcenter.language import gettext as _
from callcenter.language import ngettext
from callcenter.scenario.errors import letters, listed
from callcenter.scenario.files.clocks import Clock, clock_of, clock_remarks, refuse_unplaced
from callcenter.scenario.files.columns import is_total, names_a_length
from callcenter.scenario.files.csv_rows import Row
from callcenter.scenario.files.dates import dated, dated_either_way, fitting_order, weekday_of
from callcenter.scenario.files.durations import read_durations
from callcenter.scenario.files.moments import Moment
from callcenter.scenario.files.numbers import read_numbers
from callcenter.scenario.files.rows import without_totals
from callcenter.scenario.files.tables import CSV_FILES, WORKBOOKS, Grid, Table, read_grid, sheets_of
from callcenter.scenario.files.times import read_times
from callcenter.scenario.files.timetable import usual_step
from callcenter.scenario.files.wide import Across, across

MOST_SHEETS = 10
_MOST_SHOWN = 6
_MOST_ROWS_SHOWN = 31


class Understanding(NamedTuple):
    """What is understood of a table, a line each, and what must be settled before it can be used."""

    name: str
    lines: list[str]
    questions: list[str]


def is_table(file: Path) -> bool:
    """Whether a file is a workbook or a text table by its name."""
    return file.suffix.lower() in (*WORKBOOKS, *CSV_FILES)


def understandings(file: Path) -> Iterator[Understanding]:
    """Yield what is understood of a CSV file, or of each sheet of a workbook that is not hidden.

    Raises the error of a value where the file cannot be read.
    """
    for sheet in sheets_of(file)[:MOST_SHEETS]:
        try:
            grid = read_grid(file, sheet)
        except PydanticCustomError as error:
            if sheet is None:
                raise
            yield Understanding(str(sheet), [], [error.message()])
            continue
        yield _of_grid(grid)


def _of_grid(grid: Grid) -> Understanding:
    table = grid.table()
    intervals = across(table)
    lines = [_head_line(table), *grid.remarks]
    questions: list[str] = []
    lines += _long_lines(table, questions) if intervals is None else _wide_lines(table, intervals, questions)
    return Understanding(grid.sheet, lines, questions)


def _head_line(table: Table) -> str:
    rows = [table.grid.rows[at][0] for at in range(table.head.first, table.head.last + 1)]
    names = listed([name for name in table.header if name and not _is_time(name)])
    text = ngettext(
        "{count} row below the head in row {head}: {names}",
        "{count} rows below the head in row {head}: {names}",
        len(table.rows),
    )
    return text.format(count=f"{len(table.rows):,}", head="+".join(map(str, rows)), names=names or "-")


def _is_time(name: str) -> bool:
    return any(read_times([name]).values)


def _wide_lines(table: Table, intervals: Across, questions: list[str]) -> Iterator[str]:
    yield _span(list(intervals.moments.values()), _("intervals stand across"))
    rows = [
        row for row in table.rows if not any(is_total(table.cell(*row, at).text) for at in intervals.labels)
    ]
    columns = list(intervals.moments)
    texts = [table.cell(*row, at).text for row in rows for at in columns]
    numbers = read_numbers(texts)
    if numbers.question:
        questions.append(_question(numbers.question))
    values = iter(numbers.values)
    for shown, row in enumerate(rows):
        figures = [next(values) for _column in columns]
        if shown < _MOST_ROWS_SHOWN:
            names = " ".join(text for at in intervals.labels if (text := table.cell(*row, at).text))
            yield _("row {row}, {name}: {total} in total").format(
                row=row[0], name=names or "-", total=_sum(figures)
            )
    if len(rows) > _MOST_ROWS_SHOWN:
        yield _("and {number} more").format(number=len(rows) - _MOST_ROWS_SHOWN)
    if len(rows) < len(table.rows):
        yield _totals_left_out(len(table.rows) - len(rows))


def _totals_left_out(number: int) -> str:
    return ngettext(
        "{number} row is left out, it is a total", "{number} rows are left out, they are totals", number
    ).format(number=number)


def _sum(figures: Sequence[float | None]) -> str:
    total = math.fsum(figure for figure in figures if figure is not None)
    missing = sum(figure is None for figure in figures)
    text = f"{total:,.12g}"
    return text + (" " + _("({number} cells hold no number)").format(number=missing) if missing else "")


def _long_lines(table: Table, questions: list[str]) -> Iterator[str]:
    rows, _left_out = without_totals(table, table.rows, (), None)
    clock = _clock(table, rows, questions)
    for at, head in enumerate(table.header):
        texts = [text for row in rows if (text := table.cell(*row, at).text)]
        if texts and (clock is None or at != clock.column):
            yield f"`{head or letters(at + 1)}`: " + _kind(head, texts, table.grid.separator, questions)
    if clock is not None:
        moments = [moment for moment in clock.moments if moment is not None]
        yield _span(moments, f"`{table.header[clock.column]}`")
        unread = len(clock.moments) - len(moments)
        if unread:
            questions.append(
                _("`{column}`: {number} cells hold no time").format(
                    column=table.header[clock.column], number=unread
                )
            )
        yield from clock_remarks(table, clock)
    if len(rows) < len(table.rows):
        yield _totals_left_out(len(table.rows) - len(rows))


def _clock(table: Table, rows: Sequence[Row], questions: list[str]) -> Clock | None:
    """Return the column of times; what stands in its way becomes a question."""
    try:
        clock = clock_of(table, rows)
        if clock is None:
            refuse_unplaced(table, rows, ())
    except PydanticCustomError as error:
        questions.append(error.message())
        return None
    return clock


def _span(moments: Sequence[Moment], name: str) -> str:
    """Return the days, the first and the last interval of some moments in words."""
    starts = sorted({moment.start for moment in moments})
    step = usual_step(starts)
    days = sorted({moment.day for moment in moments if moment.day is not None})
    last = min(starts[-1] + step, SECONDS_PER_DAY)
    text = _("{name}: {number} intervals of {minutes} min, {first} to {last}").format(
        name=name,
        number=len(starts),
        minutes=f"{step / 60:g}",
        first=clock_text(starts[0]),
        last=clock_text(last),
    )
    return _("{text}; {days}").format(text=text, days=_days(list(map(str, days)))) if days else text


def _days(days: Sequence[str]) -> str:
    text = ngettext("{number} day, {first}", "{number} days, {first} to {last}", len(days))
    return text.format(number=len(days), first=days[0], last=days[-1])


def _kind(head: str, texts: Sequence[str], separator: str, questions: list[str]) -> str:
    """Return what a column holds: days, numbers with their sum, times, durations, or words."""
    if all(dated_either_way(text) for text in texts):
        order = fitting_order(texts)
        days = sorted({stamp.day for text in texts if (stamp := dated(text, order)) is not None})
        return _days(list(map(str, days))) if days else _("dates")
    numbers = read_numbers(texts, separator=separator)
    if None not in numbers.values:
        if numbers.question:
            questions.append(f"`{head}`: {_question(numbers.question)}")
        if numbers.is_guessed:
            doubtful = next(text for text in texts if read_numbers([text]).question)
            value = read_numbers([doubtful], sign=numbers.sign).values[0]
            guess = _("{text} is read as {value}").format(text=doubtful, value=f"{value:.12g}")
            return _("numbers, {total} in total").format(total=_sum(numbers.values)) + f"; {guess}"
        return _("numbers, {total} in total").format(total=_sum(numbers.values))
    durations = [value for value in read_durations(texts, head).values if value is not None]
    if len(durations) == len(texts) and (names_a_length(head) or not all(read_times(texts).values)):
        return _("durations, {mean} s on average").format(
            mean=f"{math.fsum(durations) / len(durations):,.1f}"
        )
    if all(read_times(texts).values):
        return _("times")
    return _words(texts, sum(value is not None for value in numbers.values))


def _words(texts: Sequence[str], numbers: int) -> str:
    values = list(dict.fromkeys(texts))
    if all(weekday_of(value) is not None for value in values):
        return _("weekdays: {values}").format(values=listed(values[:7]))
    if numbers * 2 > len(texts):
        strange = next(text for text in texts if read_numbers([text]).values == [None])
        return _("numbers, but also {text}").format(text=strange)
    more = (
        _("and {number} more").format(number=f"{len(values) - _MOST_SHOWN:,}")
        if len(values) > _MOST_SHOWN
        else ""
    )
    return f"{listed(values[:_MOST_SHOWN])} {more}".strip()


def _question(text: str) -> str:
    return _(
        "{text} may have thousands or decimals; say `decimal: '.'` or `decimal: ','` in the scenario"
    ).format(text=text)
