"""The shift catalogue: which shifts there are, where breaks may lie, what people may be asked to work."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StrictStr

from callcenter.clock import SECONDS_PER_DAY
from callcenter.language import gettext as _
from callcenter.scenario.errors import fault, wrong
from callcenter.scenario.loading import part_of, read_yaml
from callcenter.scenario.part import Context, Fault, Part
from callcenter.scenario.parts.series import MOST_AGENTS, Agents
from callcenter.scenario.parts.shifts import MOST_BREAKS, Break, Shift
from callcenter.scenario.values import ClockTime, Duration, Factor, Mean, Share, as_written, named, whole

_WINDOW = re.compile(r"(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})")
_PAUSE = re.compile(r"(\d{1,2}:\d{2}\s*[-–]\s*\d{1,2}:\d{2}|\d{1,2}:\d{2})\s+(\S.*)")


def _window(value: Any) -> Any:
    """Return the ends of a window written as text, `11:00-13:00`."""
    match = _WINDOW.fullmatch(value.strip()) if isinstance(value, str) else None
    if isinstance(value, str) and match is None:
        raise wrong(_("is no span of time"), value, _("write for example 11:00-13:00"))
    return value if match is None else (match[1], match[2])


class Pause(Break):
    """A break of a shift in a catalogue: at a fixed time, or anywhere in a window."""

    between: Annotated[tuple[ClockTime, ClockTime] | None, BeforeValidator(_window)] = Field(
        None,
        description="The window that it lies in, from its beginning to its end, instead of `at`",
        examples=["11:00-13:00"],
    )


def _pauses(value: Any) -> Any:
    """Return breaks as a list of mappings, those in a window at its beginning until the search places them.

    As text they are `11:00-13:00 30 min; 15:30 15 min`.
    """
    if isinstance(value, str):
        value = _written_pauses(value)
    if not isinstance(value, list | tuple):
        return value
    return [_at_first(each) if isinstance(each, dict) else each for each in value]


def _written_pauses(text: str) -> list[dict[str, str]]:
    pieces = [piece.strip() for piece in re.split(r"[;,\n]", text) if piece.strip()]
    matches = [_PAUSE.fullmatch(piece) for piece in pieces]
    if None in matches:
        raise wrong(_("is no list of breaks"), text, _("write for example 12:00 1 h, or 11:00-13:00 30 min"))
    return [
        {"between" if _WINDOW.fullmatch(match[1]) else "at": match[1], "for": match[2]}
        for match in matches
        if match
    ]


def _at_first(pause: dict[str, Any]) -> dict[str, Any]:
    if "between" not in pause:
        return pause
    if "at" in pause:
        raise fault(_("a break has either `at` or `between`; leave one of them out"))
    return {**pause, "at": _window(pause["between"])[0]}


class Template(Shift):
    """A shift that may be worked, by as many agents as it takes."""

    agents: Agents = Field(0, description="Left out: the search says how many")
    breaks: Annotated[tuple[Pause, ...], BeforeValidator(_pauses), named("breaks")] = Field(
        (),
        max_length=MOST_BREAKS,
        description="Breaks inside the shift, at a time or in a window: a list, or text",
        examples=["12:00 30 min", "11:00-13:00 30 min; 15:30 15 min"],
    )
    cost: Factor | None = Field(
        None,
        description="Of one agent who works it; left out: rostered hours x cost per hour",
    )
    at_least: Annotated[int, BeforeValidator(whole(0, MOST_AGENTS))] = Field(
        0, description="Agents who work it in any case"
    )
    at_most: Annotated[int, BeforeValidator(whole(0, MOST_AGENTS))] = Field(
        MOST_AGENTS, description="Most agents who can work it"
    )
    pools: tuple[StrictStr, ...] | None = Field(None, description="Pools it is for; left out: all")

    @classmethod
    def faults(cls, data: Mapping[str, Any], context: Context) -> Iterator[Fault]:
        """Yield the keys of a roster that a catalogue has no use for."""
        for key in ("agents", "days"):
            if key in data:
                yield (
                    (key,),
                    fault(_("`{key}` is what the search decides; leave it out").format(key=key), "key"),
                )

    @property
    def windows(self) -> tuple[int, ...]:
        """Positions of the breaks that lie in a window."""
        return tuple(place for place, pause in enumerate(self.breaks) if pause.between is not None)

    def placed(self, at: Sequence[float]) -> Template:
        """Return the shift with the breaks of its windows at these times, in seconds of the clock."""
        times = dict(zip(self.windows, at, strict=True))
        breaks = [
            pause.model_copy(update={"at": times[place], "between": None}) if place in times else pause
            for place, pause in enumerate(self.breaks)
        ]
        return self.model_copy(update={"breaks": tuple(breaks)})

    def room(self, pause: Break) -> tuple[float, float]:
        """Return the span in which a break may lie, seconds since 00:00 of the day the shift starts on."""
        window = pause.between if isinstance(pause, Pause) else None
        if window is None:
            return super().room(pause)
        begin = window[0] + (SECONDS_PER_DAY if window[0] < self.start else 0)
        return begin, begin + (window[1] - window[0]) % SECONDS_PER_DAY

    def _wrong_breaks(self) -> list[Fault]:
        narrow: list[Fault] = [
            (("breaks", place, "between"), fault(_("is shorter than the break; make it longer")))
            for place, pause in enumerate(self.breaks)
            if self.room(pause)[1] - self.room(pause)[0] < pause.for_
        ]
        return narrow or super()._wrong_breaks()


class PartTime(Part):
    """How many may be part-timers."""

    below: Mean = Field(description="A shift shorter than this is part time", examples=["6 h"])
    at_most: Share = Field(description="Largest share of the agents of a pool", examples=["30%"])


class Week(Part):
    """What one person may be asked to work in a week."""

    days: Annotated[int, BeforeValidator(whole(1, 7))] = Field(5, description="Most days")
    hours: Duration | None = Field(None, description="Most hours, breaks left out", examples=["40 h"])
    rest: Duration = Field(as_written("11 h"), description="Least time between two shifts", examples=["11 h"])
    consecutive: Annotated[int, BeforeValidator(whole(1, 7))] = Field(
        6, description="Most days in a row, over the end of the week too"
    )


class Catalogue(Part):
    """The shifts to choose from, and the rules for those who work them."""

    shifts: tuple[Template, ...] = Field(min_length=1, description="Shifts to choose from")
    part_time: PartTime | None = Field(None, description="Left out: as many part-timers as it takes")
    week: Week | None = Field(None, description="Left out: nobody is assigned to days")


def load_catalogue(source: str | os.PathLike[str]) -> Catalogue:
    """Read a shift catalogue, YAML; raises ScenarioError with every problem found."""
    return part_of(Catalogue, read_yaml(Path(source)))
