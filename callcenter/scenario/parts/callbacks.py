"""The back office: when and how lost calls are called back."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StrictBool, model_validator

from callcenter.clock import SECONDS_PER_DAY
from callcenter.language import gettext as _
from callcenter.scenario.errors import fault, wrong
from callcenter.scenario.part import Part
from callcenter.scenario.parts.distribution import ServiceTime
from callcenter.scenario.values import ClockTime, Duration, Mean, Share, as_written, named, whole

_HOURS = re.compile(r"\s*(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})\s*")


class CallingHours(Part):
    """The calling window in seconds of the day; an end before the start lies on the next day."""

    start: ClockTime = Field(examples=["09:00"])
    end: ClockTime = Field(examples=["21:00"])

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.start == self.end or self.start == SECONDS_PER_DAY:
            raise fault(_("the calling window is empty; write for example 09:00-21:00, or 00:00-24:00"))
        return self

    def overlaps(self, start: float, end: float) -> bool:
        """Whether the window is open at some time between two seconds of one day."""
        if self.start < self.end:
            return start < self.end and self.start < end
        return start < self.end or self.start < end


def _window(value: Any) -> Any:
    match = _HOURS.fullmatch(value) if isinstance(value, str) else None
    if match:
        return {"start": match[1], "end": match[2]}
    if isinstance(value, CallingHours | dict):
        return value
    raise wrong(_("is not a calling window"), value, _("write it as 09:00-21:00"))


class Callbacks(Part):
    """The promise to lost callers and how the back office works."""

    within: Mean = Field(
        as_written("24 h"), description="The promise: first attempt at most this long after the loss"
    )
    hours: Annotated[CallingHours, BeforeValidator(_window), named("hours")] = Field(
        as_written("00:00-24:00"),
        description="Calling window; past midnight is allowed",
        examples=["09:00-21:00"],
    )
    attempts: Annotated[int, BeforeValidator(whole(1, 100)), named("attempts")] = Field(
        3, description="Attempts before giving up"
    )
    retry_after: Duration = Field(as_written("2 h"), description="Pause between two attempts")
    reached: Share = Field(1.0, description="Chance that an attempt reaches the customer", examples=["75%"])
    no_answer: ServiceTime = Field(
        as_written("40 s"), description="Agent time of an attempt without an answer"
    )
    talk: ServiceTime | None = Field(None, description="Talk time; left out: the tier's own")
    wrap_up: ServiceTime | None = Field(None, description="Work after the call; left out: the tier's own")
    order: Literal["due", "oldest", "tier"] = Field("due", description="Which callback is worked first")
    cancel_if_answered: StrictBool = Field(
        True, description="A callback is dropped when the customer calls again and is answered before it"
    )
