"""Series whose rows say when they hold: put in order, checked for gaps, fitted to the day."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pydantic_core import PydanticCustomError

from callcenter.clock import SECONDS_PER_DAY, clock_text
from callcenter.scenario.errors import Problem, fault, wrong
from callcenter.scenario.files.selection import uncalculated
from callcenter.scenario.files.tables import Cell, Row, Table, alike
from callcenter.scenario.marks import Path, dotted
from callcenter.scenario.parts.day import Day
from callcenter.scenario.parts.series import level
from callcenter.scenario.values import as_number, at_least_zero, quantity

TIMED = frozenset({"calls", "agents", "per_interval"})
"""Series of one value for each interval; calls are counted in it, everything else holds during it."""

COLUMNS = frozenset(
    {"start", "from", "interval", "time", "starttime", "intervalstart", "时间", "时段", "开始", "开始时间"}
)
"""Names, without case and spaces, of a column that may say when a row holds."""

_CLOCK = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[ T]+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap]m)?"
    r"(?:\s*[-–—~至].*)?",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_FRACTION = re.compile(r"0?\.\d+")
_MOST_NAMED = 3


class Slot(NamedTuple):
    """A row that holds from a time of day on: its start in seconds, the cell that says so, its figure."""

    start: float
    clock: Cell
    figure: Cell


class Timed(NamedTuple):
    """A series by intervals of the day, the cell each value is from, and the cells that are wrong."""

    figures: list[int | float]
    cells: list[Cell]
    problems: list[Problem]


def time_column(table: Table, rows: Sequence[Row]) -> int | None:
    """Return the position of the column that says when each row holds, None if there is none.

    The first column does so under any name, if all it holds are clock times: rows in another order than
    the day's would otherwise be taken for the day's in silence.
    """
    for at, name in enumerate(table.header):
        if alike(name) in COLUMNS and any(_is_clock(table.cell(*row, at).text) for row in rows):
            return at
    first = [table.cell(*row, 0).text for row in rows]
    return 0 if len(first) > 1 and all(map(_CLOCK.fullmatch, first)) else None


def timed(table: Table, rows: Sequence[Row], clock: int, column: int, day: Day, path: Path) -> Timed:
    """Return the values of a column by intervals of the day, from rows of any order and a fitting interval.

    Raises the error of a value where intervals are missing or do not fit those of the day.
    """
    slots, problems = _slots(table, rows, clock, column, path)
    step = _step(slots, day)
    inside, strays = _on_the_grid(slots, step, day, path)
    problems += strays
    if not problems:
        _refuse_gaps(table, inside, step, day)
    figures, wrong_figures = _read(inside, path)
    if problems or wrong_figures:
        return Timed([], [], problems + wrong_figures)
    return _fitted(inside, figures, step, day, path)


def _is_clock(text: str) -> bool:
    return bool(_CLOCK.fullmatch(text) or _FRACTION.fullmatch(text))


def _seconds(text: str) -> float | None:
    """Return the seconds of the day of a clock time, a time stamp or Excel's fraction of a day."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        is_midnight = text == "0" or _DATE.fullmatch(text)
        fraction = 0.0 if is_midnight else float(text) if _FRACTION.fullmatch(text) else None
        return None if fraction is None else float(round(fraction * SECONDS_PER_DAY))
    hours = int(match[1])
    if match[4]:
        hours = hours % 12 + (12 if match[4].lower() == "pm" else 0)
    total = hours * 3600 + int(match[2]) * 60 + int(match[3] or 0)
    return float(total) if total <= SECONDS_PER_DAY and int(match[2]) < 60 else None


def _slots(
    table: Table, rows: Sequence[Row], clock: int, column: int, path: Path
) -> tuple[list[Slot], list[Problem]]:
    """Return the rows in order of time; rows with neither a time nor a figure are notes."""
    slots, problems = [], []
    for row in rows:
        when, figure = table.cell(*row, clock), table.cell(*row, column)
        start = _seconds(when.text)
        if start is not None:
            slots.append(Slot(start, when, figure))
        elif when.text or figure.text:
            problems.append(when.mark.problem(dotted(path), _no_time(when.text)))
    return sorted(slots, key=lambda slot: slot.start), problems


def _no_time(text: str) -> str:
    if text.startswith("="):
        return uncalculated(text)
    remedy = "write for example 08:30, or keep totals and notes in another sheet"
    return wrong("is no time of day", text or None, remedy).message()


def _step(slots: Sequence[Slot], day: Day) -> float:
    """Return how long a row holds: the usual distance from one row to the next."""
    starts = sorted({slot.start for slot in slots})
    distances = Counter(after - before for before, after in pairwise(starts))
    usual = max(distances.values(), default=0)
    likely = {distance for distance, times in distances.items() if times == usual} or {day.interval}
    return day.interval if day.interval in likely else min(likely)


def _on_the_grid(
    slots: Sequence[Slot], step: float, day: Day, path: Path
) -> tuple[list[Slot], list[Problem]]:
    """Return the rows of the opening hours; others must be empty or 0, and none may stand twice."""
    inside: dict[float, Slot] = {}
    problems = []
    for slot in slots:
        problem = _misplaced(slot, step, day, inside.get(slot.start))
        if problem is not None:
            problems.append(problem._replace(path=dotted(path)))
        elif day.open <= slot.start < day.close:
            inside[slot.start] = slot
    return list(inside.values()), problems


def _misplaced(slot: Slot, step: float, day: Day, other: Slot | None) -> Problem | None:
    given = slot.clock.text
    if not day.open <= slot.start < day.close:
        return None if _is_nothing(slot.figure.text) else _when_closed(slot, day)
    if (slot.start - day.open) % step:
        what = f"starts no interval of {_minutes(step)} counted from {clock_text(day.open)}"
        return slot.clock.mark.problem("", wrong(what, given, "correct the time").message())
    if other is not None:
        remedy = "keep one row for each interval, or choose rows with `where`"
        what = f"is the same interval as in row {other.clock.mark.line}"
        return slot.clock.mark.problem("", wrong(what, given, remedy).message())
    return None


def _when_closed(slot: Slot, day: Day) -> Problem:
    what = f"{slot.clock.text} is outside the day from {clock_text(day.open)} to {clock_text(day.close)}"
    return slot.figure.mark.problem("", wrong(what, slot.figure.text, "write 0, or change `day`").message())


def _is_nothing(text: str) -> bool:
    parts = quantity(text)
    return not text or (parts is not None and float(parts[0]) == 0)


def _refuse_gaps(table: Table, slots: Sequence[Slot], step: float, day: Day) -> None:
    if max(step, day.interval) % min(step, day.interval) or day.length % step:
        given = f"{table.name} has rows of {_minutes(step)}"
        remedy = "change `interval`, or bring the file to it"
        what = f"a day of {day.length / 3600:g} h in intervals of {_minutes(day.interval)}"
        raise fault(f"{given}, which do not fit {what}; {remedy}")
    given_starts = {slot.start for slot in slots}
    starts = [day.open + index * step for index in range(round(day.length / step))]
    missing = [clock_text(start) for start in starts if start not in given_starts]
    if missing:
        more = f" and {len(missing) - _MOST_NAMED} more" if len(missing) > _MOST_NAMED else ""
        given = f"{table.name} has no row for {', '.join(missing[:_MOST_NAMED])}{more}"
        raise fault(f"{given}; add what is missing, or change `day`")


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:g} min"


def _read(slots: Sequence[Slot], path: Path) -> tuple[list[int | float], list[Problem]]:
    figures: list[int | float] = []
    problems = []
    check = level if path[-1] == "agents" else at_least_zero
    for index, slot in enumerate(slots):
        try:
            figures.append(plain_number(slot.figure.text, check))
        except PydanticCustomError as error:
            problems.append(slot.figure.mark.problem(dotted((*path, index)), error.message()))
    return figures, problems


def plain_number(text: str, check: Callable[[object], object] = lambda _: None) -> int | float:
    """Return the number in a cell; raises the error of a value where it is none, or the check's."""
    parts = quantity(text)
    if text.startswith("="):
        raise fault(uncalculated(text))
    if parts is None or parts[1]:
        raise wrong("is not a number", text or None, "write a number in this cell")
    figure = as_number(text)
    check(figure)
    return figure


def _fitted(
    slots: Sequence[Slot], figures: Sequence[int | float], step: float, day: Day, path: Path
) -> Timed:
    """Return values of another interval as those of the day's: calls are counted, all else is held."""
    cells = [slot.figure for slot in slots]
    if step >= day.interval:
        parts = round(step / day.interval)
        shared = parts if path[-1] == "calls" and parts > 1 else 1
        return Timed(
            [figure / shared if shared > 1 else figure for figure in figures for _ in range(parts)],
            [cell for cell in cells for _ in range(parts)],
            [],
        )
    size = round(day.interval / step)
    groups = [slice(first, first + size) for first in range(0, len(slots), size)]
    if path[-1] == "calls":
        return Timed([math.fsum(figures[group]) for group in groups], cells[::size], [])
    problems = [problem for group in groups for problem in _changes(slots[group], figures[group], day, path)]
    return Timed(list(figures[::size]), cells[::size], problems)


def _changes(
    slots: Sequence[Slot], figures: Sequence[int | float], day: Day, path: Path
) -> Iterator[Problem]:
    """Yield the first figure that differs from the one at the start of its interval."""
    for slot, figure in zip(slots, figures, strict=True):
        if figure != figures[0]:
            what = f"differs from {figures[0]} at {slots[0].clock.text} in the same {_minutes(day.interval)}"
            remedy = f"write the same, or `interval: {_minutes(slots[1].start - slots[0].start)}` in `day`"
            yield slot.figure.mark.problem(dotted(path), wrong(what, figure, remedy).message())
            return
