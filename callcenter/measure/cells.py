"""The cells of a run: every interval of every day, numbered ``day * intervals + interval``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Flags, Floats, Ints
from callcenter.clock import SECONDS_PER_DAY
from callcenter.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Cells:
    """The calendar of one run, in seconds since 00:00 of the first day.

    Spans are finer than cells: each day has one more, from its close to the next opening. In figures by
    interval that time belongs to the last cell of the closed day; time before the first opening to cell 0.
    """

    days: int
    intervals: int
    open: float
    interval: float
    since: float
    """End of the warm-up: calls that arrive earlier, and time that passes earlier, are not counted."""
    until: float
    """Start of the cool-down: calls that arrive then, and time that passes then, are not counted; or inf."""
    boundaries: Floats
    """Start of each span, and at the end the opening after the last day; shape (spans + 1,)."""

    @property
    def count(self) -> int:
        """Number of cells."""
        return self.days * self.intervals

    @property
    def spans(self) -> int:
        """Number of spans."""
        return self.days * (self.intervals + 1)

    @property
    def is_after_hours(self) -> Flags:
        """Whether each span lies between a close and the next opening."""
        is_last: Flags = np.arange(self.spans) % (self.intervals + 1) == self.intervals
        return is_last

    @property
    def starts(self) -> Floats:
        """Start of the counted part of each span."""
        return np.maximum(self.boundaries[:-1], self.since)

    @property
    def ends(self) -> Floats:
        """End of the counted part of each span."""
        return np.maximum(self.boundaries[1:], self.since)

    @property
    def seconds(self) -> Floats:
        """Counted opening time of each cell, shape (cells,)."""
        return self._open_hours(self.ends - self.starts).ravel()

    def span_of(self, times: Floats) -> Ints:
        """Return the span of each time; a time on a boundary belongs to the later span."""
        day = np.floor(times / SECONDS_PER_DAY)
        place = np.floor((times - (day * SECONDS_PER_DAY + self.open)) / self.interval)
        span = day * (self.intervals + 1) + np.clip(place, -1, self.intervals)
        inside: Ints = np.clip(span, 0, self.spans - 1).astype(np.int64)
        return inside

    def of_sorted(self, times: Floats) -> Ints:
        """Return the cell of each time of a sorted array."""
        first = self._open_hours(self.boundaries[:-1]).ravel()
        sizes = np.diff(np.searchsorted(times, first[1:]), prepend=0, append=times.size)
        return np.repeat(np.arange(self.count), sizes)

    def fold(self, by_span: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Add each after-hours span to the last interval of its day: (..., spans) to (..., cells)."""
        folded = self._open_hours(by_span).copy()
        folded[..., -1] += by_span[..., self.intervals :: self.intervals + 1]
        return folded.reshape(*by_span.shape[:-1], self.count)

    def _open_hours(self, by_span: npt.NDArray[Any]) -> npt.NDArray[Any]:
        days = by_span.reshape(*by_span.shape[:-1], self.days, self.intervals + 1)
        return days[..., : self.intervals]


def cells_of(scenario: Scenario) -> Cells:
    """Return the calendar of a scenario."""
    day, days = scenario.day, scenario.days
    of_day = day.open + day.interval * np.arange(day.intervals + 1)
    starts = (SECONDS_PER_DAY * np.arange(days))[:, None] + of_day
    boundaries = np.append(starts.ravel(), days * SECONDS_PER_DAY + day.open)
    until = float(boundaries[-1]) if scenario.cool_down else np.inf
    return Cells(days, day.intervals, day.open, day.interval, day.open + scenario.warm_up, until, boundaries)
