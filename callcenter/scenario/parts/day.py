"""The service day: opening hours, cut into planning intervals."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from callcenter.clock import clock_text
from callcenter.language import gettext as _
from callcenter.scenario.errors import fault
from callcenter.scenario.part import Part, failure
from callcenter.scenario.parts.calendar import CalendarDate
from callcenter.scenario.values import ClockTime, Mean

MOST_INTERVALS = 1440


class Day(Part):
    """One service day, in seconds since 00:00."""

    open: ClockTime = Field(description="Opening time", examples=["08:00"])
    close: ClockTime = Field(description="Closing time; 24:00 is midnight", examples=["22:00"])
    interval: Mean = Field(
        description="Planning and reporting interval; divides the day", examples=["30 min"]
    )
    date: CalendarDate = Field(
        None,
        description="The date of the first day; left out: days have numbers only",
        examples=["2026-11-23"],
    )
    after_close: Literal["drain", "drop"] = Field(
        "drain", description="drain: callers inside are still served; drop: those waiting end as `closed`"
    )

    @property
    def length(self) -> float:
        """Seconds from open to close."""
        return self.close - self.open

    @property
    def intervals(self) -> int:
        """How many intervals the day has."""
        return round(self.length / self.interval)

    @model_validator(mode="after")
    def _cut_evenly(self) -> Self:
        if self.length <= 0:
            remedy = (
                _("write 24:00 for midnight") if self.close == 0 else _("write a later time, at most 24:00")
            )
            message = _("must be after `open` {open}, given {close}; {remedy}").format(
                open=clock_text(self.open), close=clock_text(self.close), remedy=remedy
            )
            raise failure([(("close",), fault(message))])
        if self.length % self.interval or self.intervals > MOST_INTERVALS:
            message = _(
                "is below 1/{most} of the day of {hours:g} h, given {minutes:g} min; "
                "write for example 15 min, 30 min or 1 h"
            )
            if self.length % self.interval:
                message = _(
                    "does not divide the day of {hours:g} h, given {minutes:g} min; "
                    "write for example 15 min, 30 min or 1 h"
                )
            hours, minutes = self.length / 3600, self.interval / 60
            message = message.format(most=MOST_INTERVALS, hours=hours, minutes=minutes)
            raise failure([(("interval",), fault(message))])
        return self
