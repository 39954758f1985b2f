"""Series whose rows say when they hold: put in order, checked for gaps, fitted to the day."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from callcenter.clock import SECONDS_PER_DAY, clock_text
from callcenter.language import gettext as _
from callcenter.language import ngettext
from callcenter.scenario.errors import Problem, fault, wrong
from callcenter.scenario.files.moments import Moment
from callcenter.scenario.files.numbers import Number
from callcenter.scenario.files.selection import uncalculated
from callcenter.scenario.files.tables import Cell
from callcenter.scenario.marks import Path, dotted
from callcenter.scenario.parts.day import Day

TIMED = frozenset({"calls", "agents", "per_interval"})
"""Series of one value for each interval; calls are counted in it, everything else holds during it."""

_MOST_NAMED = 3
_MINUTE = 60


class Slot(NamedTuple):
    """A row that holds from a time of day on: its start and end, the cell that says so, its figure."""

    start: float
    end: float | None
    clock: Cell
    cell: Cell
    figure: Number


class Spell(NamedTuple):
    """A time in which a figure holds, and the cell that says so."""

    start: float
    end: float
    figure: Number
    cell: Cell


class Timed(NamedTuple):
    """A series by intervals of the day, the cell of each value, what is wrong, and what was filled in."""

    figures: list[Number]
    cells: list[Cell]
    problems: list[Problem]
    remarks: list[str]
    spells: tuple[Spell, ...] = ()
    """The agents of a day in which they change within intervals; there are no figures then."""


def slot_of(moment: Moment, clock: Cell, cell: Cell, figure: Number) -> Slot:
    """Return the slot of a row; an end at midnight is the end of the day."""
    end = moment.end
    return Slot(
        moment.start, SECONDS_PER_DAY if end is not None and end < moment.start else end, clock, cell, figure
    )


def timed(name: str, rows: Sequence[Slot], day: Day, path: Path) -> Timed:
    """Return the figures of a table by intervals of the day, from rows of any order and a fitting interval.

    Raises the error of a value where intervals are missing or do not fit those of the day.
    """
    slots = sorted(rows, key=lambda slot: slot.start)
    _refuse_another_window(name, slots, day)
    step = _step(slots, day)
    inside, problems = _on_the_grid(slots, step, day, path)
    if problems:
        return Timed([], [], problems, [])
    _refuse_other_steps(name, step, day)
    whole, remarks = _without_gaps(name, inside, step, day, path)
    return _fitted(whole, step, day, path)._replace(remarks=remarks)


def misplaced(rows: Sequence[Slot], day: Day, path: Path) -> list[Problem]:
    """Return what is wrong with the times of rows, whatever their figures are."""
    slots = sorted(rows, key=lambda slot: slot.start)
    return _on_the_grid(slots, _step(slots, day), day, path)[1]


def no_time(text: str) -> str:
    """Return what is wrong with a cell that should say when its row holds."""
    if text.startswith("="):
        return uncalculated(text)
    remedy = _("write for example 08:30, or keep totals and notes in another sheet")
    return wrong(_("is no time of day"), text or None, remedy).message()


def _step(slots: Sequence[Slot], day: Day) -> float:
    """Return how long a row holds: as its end says, else the usual distance from one row to the next."""
    lengths = {_rounded(slot.end - slot.start) for slot in slots if slot.end is not None}
    if len(lengths) == 1 and all(slot.end is not None for slot in slots) and min(lengths) > 0:
        return lengths.pop()
    starts = sorted({slot.start for slot in slots})
    return usual_step(starts, day.interval)


def usual_step(starts: Sequence[float], preferred: float = 1800) -> float:
    """Return the usual distance between rising starts, the preferred one if it is among the most usual."""
    distances = Counter(after - before for before, after in pairwise(starts))
    usual = max(distances.values(), default=0)
    likely = {distance for distance, times in distances.items() if times == usual} or {preferred}
    return preferred if preferred in likely else min(likely)


def _rounded(seconds: float) -> float:
    """Return the length of a span whose end is its last minute or second, as in 08:00-08:29."""
    minutes = math.ceil(seconds / _MINUTE)
    return float((minutes + 1 if (minutes + 1) % 5 == 0 else minutes) * _MINUTE)


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
        return _when_closed(slot, day) if slot.figure else None
    if (slot.start - day.open) % step:
        what = _("starts no interval of {minutes} counted from {open}").format(
            minutes=_minutes(step), open=clock_text(day.open)
        )
        return slot.clock.mark.problem("", wrong(what, given, _("correct the time")).message())
    if other is not None:
        remedy = _("keep one row for each interval, or choose rows with `where`")
        what = _("is the same interval as in row {line}").format(line=other.clock.mark.line)
        return slot.clock.mark.problem("", wrong(what, given, remedy).message())
    return None


def _when_closed(slot: Slot, day: Day) -> Problem:
    what = _("{text} is outside the day from {open} to {close}").format(
        text=slot.clock.text, open=clock_text(day.open), close=clock_text(day.close)
    )
    return slot.cell.mark.problem("", wrong(what, slot.cell.text, _("write 0, or change `day`")).message())


def _refuse_another_window(name: str, slots: Sequence[Slot], day: Day) -> None:
    if not slots or any(day.open <= slot.start < day.close for slot in slots):
        return
    first, last, open_, close = map(clock_text, (slots[0].start, slots[-1].start, day.open, day.close))
    message = _(
        "{name} has rows from {first} to {last}, none in the day from {open} to {close}; change `day`"
    )
    raise fault(message.format(name=name, first=first, last=last, open=open_, close=close))


def _refuse_other_steps(name: str, step: float, day: Day) -> None:
    if max(step, day.interval) % min(step, day.interval) or day.length % step:
        message = _(
            "{name} has rows of {step}, which do not fit a day of {hours:g} h in intervals of {interval}; "
            "change `interval`, or bring the file to it"
        )
        step_, interval = _minutes(step), _minutes(day.interval)
        raise fault(message.format(name=name, step=step_, hours=day.length / 3600, interval=interval))


def _without_gaps(
    name: str, slots: Sequence[Slot], step: float, day: Day, path: Path
) -> tuple[list[Slot], list[str]]:
    """Return a row for each step of the day; quiet steps between others have no calls, which is remarked."""
    by_start = {slot.start: slot for slot in slots}
    starts = [day.open + index * step for index in range(round(day.length / step))]
    missing = [start for start in starts if start not in by_start]
    if not missing:
        return list(slots), []
    are_between = slots and slots[0].start < missing[0] and missing[-1] < slots[-1].start
    if path[-1] != "calls" or not are_between or 2 * len(missing) > len(starts):
        raise fault(
            _("{name} has no row for {times}; add what is missing, or change `day`").format(
                name=name, times=_named(missing)
            )
        )
    for start in missing:
        before = by_start[start - step]
        by_start[start] = Slot(start, None, before.clock, before.cell, 0)
    remark = ngettext(
        "no calls are taken for {times}, an interval that the file leaves out",
        "no calls are taken for {times}, intervals that the file leaves out",
        len(missing),
    )
    return [by_start[start] for start in starts], [remark.format(times=_named(missing))]


def _named(starts: Sequence[float]) -> str:
    times = _(", ").join(map(clock_text, starts[:_MOST_NAMED]))
    rest = len(starts) - _MOST_NAMED
    return times + (" " + _("and {number} more").format(number=rest) if rest > 0 else "")


def _minutes(seconds: float) -> str:
    return _("{n} min").format(n=f"{seconds / 60:g}")


def _fitted(slots: Sequence[Slot], step: float, day: Day, path: Path) -> Timed:
    """Return values of another interval as those of the day's: calls are counted, all else is held."""
    if step >= day.interval:
        parts = round(step / day.interval)
        shared = parts if path[-1] == "calls" and parts > 1 else 1
        figures = [
            slot.figure / shared if shared > 1 else slot.figure for slot in slots for _part in range(parts)
        ]
        return Timed(figures, [slot.cell for slot in slots for _part in range(parts)], [], [])
    size = round(day.interval / step)
    groups = [slots[first : first + size] for first in range(0, len(slots), size)]
    cells = [group[0].cell for group in groups]
    if path[-1] == "calls":
        return Timed([math.fsum(slot.figure for slot in group) for group in groups], cells, [], [])
    problems = [problem for group in groups for problem in _changes(group, day, path)]
    if problems and path[-1] == "agents" and not step % _MINUTE:
        return Timed([], [], [], [], tuple(_spells(slots, step)))
    return Timed([group[0].figure for group in groups], cells, problems, [])


def _spells(slots: Sequence[Slot], step: float) -> Iterator[Spell]:
    """Yield the times in which agents are there and do not change."""
    for figure, group in groupby(slots, key=lambda slot: slot.figure):
        same = list(group)
        if figure:
            yield Spell(same[0].start, same[-1].start + step, figure, same[0].cell)


def _changes(slots: Sequence[Slot], day: Day, path: Path) -> Iterator[Problem]:
    """Yield the first figure that differs from the one at the start of its interval."""
    first = slots[0]
    for slot in slots:
        if slot.figure != first.figure:
            what = _("differs from {figure} at {text} in the same {minutes}").format(
                figure=first.figure, text=first.clock.text, minutes=_minutes(day.interval)
            )
            remedy = _("write the same, or `interval: {minutes:g} min` in `day`").format(
                minutes=(slots[1].start - first.start) / 60
            )
            yield slot.cell.mark.problem(dotted(path), wrong(what, slot.figure, remedy).message())
            return
