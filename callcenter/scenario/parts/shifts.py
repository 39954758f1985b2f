"""Shifts: who works from when to when, with which breaks, on which days."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from callcenter.clock import SECONDS_PER_DAY, clock_text
from callcenter.language import gettext as _
from callcenter.scenario.errors import fault, wrong
from callcenter.scenario.part import Context, Fault, Part, failure
from callcenter.scenario.parts.calendar import weekdays_in
from callcenter.scenario.parts.series import Agents
from callcenter.scenario.values import ClockTime, Mean, named

MOST_SHIFTS = 2_000
MOST_BREAKS = 20
MOST_DAYS = 366

_BREAK = re.compile(r"(\d{1,2}:\d{2})\s+(\S.*)")
_RUN = re.compile(r"(\d+)\s*[-–]\s*(\d+)|(\d+)")


class Break(Part):
    """A pause in which the agents of a shift are not on the phones."""

    model_config = ConfigDict(populate_by_name=True)

    at: ClockTime = Field(description="When it begins", examples=["12:00"])
    for_: Mean = Field(validation_alias="for", description="How long it lasts", examples=["1 h"])


def _breaks(value: Any) -> Any:
    """Return breaks written as text, `12:00 1 h; 15:30 15 min`, as a list of mappings."""
    if not isinstance(value, str):
        return value
    pieces = [piece.strip() for piece in re.split(r"[;,\n]", value) if piece.strip()]
    matches = [_BREAK.fullmatch(piece) for piece in pieces]
    if None in matches:
        raise wrong(_("is no list of breaks"), value, _("write for example 12:00 1 h; 15:30 15 min"))
    return [{"at": match[1], "for": match[2]} for match in matches if match]


def _days(value: Any, info: ValidationInfo) -> tuple[int, ...] | None:
    """Return the days of `3`, `[1, 2, 3]`, `1-5, 7` or `Mon-Fri`, in order; 1 is the first simulated day.

    Days of the cool-down repeat those that count (rule R19), weekdays are those of the calendar.
    """
    if value is None:
        return None
    context = info.context if info.context is not None else Context()
    weekdays = weekdays_in(", ".join(map(str, _items(value))))
    if weekdays is not None:
        return tuple(_days_of(weekdays, value, context))
    numbers = sorted({day for item in _items(value) for day in _run(item, value)})
    last = context.days or MOST_DAYS
    if not numbers or not 1 <= numbers[0] <= numbers[-1] <= last:
        remedy = _("write days from 1 to {last}, 1 is the first simulated day").format(last=last)
        if last == 1:
            remedy = _("leave it out, the run has one day")
        raise wrong(_("there is no such day"), value, remedy)
    again = range(last + 1, (context.run_days or last) + 1)
    return (*numbers, *(day for day in again if (day - 1) % last + 1 in numbers))


def _days_of(weekdays: Collection[int], value: Any, context: Context) -> Iterator[int]:
    """Yield the days of the run that fall on some weekdays; day 0 is the one before the first."""
    if context.first is None and context.intervals is not None:
        raise wrong(
            _("names weekdays, and nothing says which day is the first"),
            value,
            _("write `date: 2026-11-23` in `day`"),
        )
    for day in range((context.run_days or 0) + 1):
        if context.first is not None and (context.first.weekday() + day - 1) % 7 in weekdays:
            yield day


def _items(value: Any) -> list[Any]:
    if isinstance(value, str):
        return [item for item in re.split(r"[;,\s]+", re.sub(r"\s*[-–]\s*", "-", value)) if item]
    return list(value) if isinstance(value, list | tuple) else [value]


def _run(item: Any, value: Any) -> range:
    """Return the days of one item, such as 3 or `1-5`."""
    match = _RUN.fullmatch(str(item)) if isinstance(item, int | str) and not isinstance(item, bool) else None
    if match is None:
        raise wrong(_("is no list of days"), value, _("write for example [1, 2, 3] or 1-5"))
    first, last = (int(match[3] or match[1]), int(match[3] or match[2]))
    return range(first, min(last, MOST_DAYS + 1) + 1)


class Shift(Part):
    """Agents who work from one clock time to another; an end at or before the start lies on the next day."""

    start: ClockTime = Field(description="When they begin", examples=["08:00"])
    end: ClockTime = Field(description="When they go; past midnight is allowed", examples=["17:00"])
    agents: Annotated[Agents, named("whole")] = Field(description="How many agents", examples=["12"])
    breaks: Annotated[tuple[Break, ...], BeforeValidator(_breaks), named("breaks")] = Field(
        (),
        max_length=MOST_BREAKS,
        description="Breaks inside the shift: a list, or text",
        examples=["[{at: 12:00, for: 1 h}]", "12:00 1 h; 15:30 15 min"],
    )
    days: Annotated[tuple[int, ...] | None, BeforeValidator(_days), named("shift_days")] = Field(
        None,
        description="Days it is worked, 1 = the first simulated day, or weekdays; left out: every day",
        examples=["1-5", "[1, 3]", "Mon-Fri"],
    )

    @property
    def length(self) -> float:
        """Seconds from start to end, breaks included."""
        return self.end - self.start + (SECONDS_PER_DAY if self.end <= self.start else 0)

    @property
    def present(self) -> tuple[tuple[float, float], ...]:
        """Spans on the phones in seconds since 00:00 of the day it starts on, breaks left out."""
        edges = [self.start]
        for begin, end in sorted(map(self._span, self.breaks)):
            edges += [begin, end]
        edges.append(self.start + self.length)
        pairs = zip(edges[::2], edges[1::2], strict=True)
        return tuple((begin, end) for begin, end in pairs if end > begin)

    def works_on(self, day: int) -> bool:
        """Whether it starts on a day; day 0 is the evening before the first simulated day."""
        return self.days is None or day in self.days

    def room(self, pause: Break) -> tuple[float, float]:
        """Return the span in which a break may lie: of a shift of a roster the break itself."""
        return self._span(pause)

    def _span(self, pause: Break) -> tuple[float, float]:
        begin = pause.at + (SECONDS_PER_DAY if pause.at < self.start else 0)
        return begin, begin + pause.for_

    @model_validator(mode="after")
    def _fits(self) -> Self:
        faults = [*self._wrong_start(), *self._wrong_breaks()]
        if faults:
            raise failure(faults)
        return self

    def _wrong_start(self) -> list[Fault]:
        if self.start < SECONDS_PER_DAY:
            return []
        return [(("start",), fault(_("a shift begins before 24:00; write 00:00 for midnight")))]

    def _wrong_breaks(self) -> list[Fault]:
        faults: list[Fault] = []
        spans = [self.room(pause) for pause in self.breaks]
        for index, (begin, end) in enumerate(spans):
            if end > self.start + self.length:
                message = _("is not inside the shift from {start} to {end}; move or shorten it").format(
                    start=clock_text(self.start), end=clock_text(self.end)
                )
                faults.append((("breaks", index), fault(message)))
            elif any(begin < other[1] and other[0] < end for other in spans[:index]):
                message = _("the break at {at} overlaps another; move or shorten it")
                at = clock_text(self.breaks[index].at)
                faults.append((("breaks", index), fault(message.format(at=at))))
        return faults
