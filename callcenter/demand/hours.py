"""Opening hours, and the clock that runs only while the hotline is open (rule R13a)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Floats
from callcenter.clock import SECONDS_PER_DAY
from callcenter.scenario import Scenario


def opening_hours(scenario: Scenario) -> list[tuple[float, float]]:
    """Return the spans in which the hotline is open, those of the cool-down too; days may touch."""
    spans: list[tuple[float, float]] = []
    for day in range(scenario.run_days):
        opens, closes = day * SECONDS_PER_DAY + scenario.day.open, day * SECONDS_PER_DAY + scenario.day.close
        if spans and spans[-1][1] == opens:
            spans[-1] = (spans[-1][0], closes)
        else:
            spans.append((opens, closes))
    return spans


def opening_clock(spans: Sequence[tuple[float, float]], time: Floats, delay: Floats) -> Floats:
    """Return the moments that lie ``delay`` seconds of opening time after ``time``; inf after the last close.

    ``spans`` are half-open: what falls on a close happens at the next opening; a time outside of them counts
    as the next opening.
    """
    opens, closes = np.array(spans, np.float64).reshape(-1, 2).T
    elapsed = np.concatenate([[0.0], np.cumsum(closes - opens)])
    before = np.maximum(np.searchsorted(opens, time, side="right") - 1, 0)
    due = elapsed[before] + np.clip(time, opens[before], closes[before]) - opens[before] + delay
    place = np.searchsorted(elapsed, due, side="right") - 1
    in_time = place < opens.size
    moments = np.full(due.shape, np.inf)
    place = place[in_time]
    moments[in_time] = opens[place] + (due[in_time] - elapsed[place])
    return moments


def intervals_of(scenario: Scenario, times: Floats) -> npt.NDArray[np.int64]:
    """Return the number of the interval in which each time lies, all inside the opening hours."""
    day = scenario.day
    number: npt.NDArray[np.int64] = ((times % SECONDS_PER_DAY - day.open) // day.interval).astype(np.int64)
    number += day.intervals * (times >= scenario.days * SECONDS_PER_DAY)
    return number


def interval_numbers(scenario: Scenario) -> npt.NDArray[np.int64]:
    """Return the number in the day of every interval; those of the cool-down count on."""
    day, number = np.divmod(np.arange(scenario.run_days * scenario.day.intervals), scenario.day.intervals)
    number += scenario.day.intervals * (day >= scenario.days)
    return number


def interval_starts(scenario: Scenario) -> Floats:
    """Return the start of every interval of every day, shape (run_days * intervals,)."""
    days = np.arange(scenario.run_days) * SECONDS_PER_DAY + scenario.day.open
    starts: Floats = np.add.outer(days, np.arange(scenario.day.intervals) * scenario.day.interval).ravel()
    return starts
