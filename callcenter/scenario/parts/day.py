"""The service day: opening hours, cut into planning intervals."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from callcenter.clock import clock_text
from callcenter.scenario.errors import fault
from callcenter.scenario.part import Part, failure
from callcenter.scenario.values import ClockTime, Mean

MOST_INTERVALS = 1440


class Day(Part):
    """One service day, in seconds since 00:00."""

    open: ClockTime = Field(description="Opening time", examples=["08:00"])
    close: ClockTime = Field(description="Closing time; 24:00 is midnight", examples=["22:00"])
    interval: Mean = Field(
        description="Planning and reporting interval; divides the day", examples=["30 min"]
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
            remedy = "write 24:00 for midnight" if self.close == 0 else "write a later time, at most 24:00"
            given = f"must be after `open` {clock_text(self.open)}, given {clock_text(self.close)}"
            raise failure([(("close",), fault(f"{given}; {remedy}"))])
        if self.length % self.interval or self.intervals > MOST_INTERVALS:
            what = "does not divide" if self.length % self.interval else f"is below 1/{MOST_INTERVALS} of"
            given = f"{what} the day of {self.length / 3600:g} h, given {self.interval / 60:g} min"
            raise failure([(("interval",), fault(f"{given}; write for example 15 min, 30 min or 1 h"))])
        return self
