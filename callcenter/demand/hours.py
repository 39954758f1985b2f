"""Opening hours, and the clock that runs only while the hotline is open (rule R13a)."""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Floats
from callcenter.clock import SECONDS_PER_DAY
from callcenter.kernels import kernel
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


@kernel
def opening_time_after(hours: Floats, time: float, delay: float) -> float:
    """R13a: the moment when the hotline has been open for ``delay`` seconds since ``time``; inf if never.

    ``hours``, of shape (spans, 2), are half-open: what falls on a close happens at the next opening.
    """
    for span in range(len(hours)):
        begins, closes = max(hours[span, 0], time), hours[span, 1]
        if begins >= closes:
            continue
        if delay < closes - begins:
            return begins + delay
        delay -= closes - begins
    return np.inf


def interval_starts(scenario: Scenario) -> Floats:
    """Return the start of every interval of every day, shape (run_days * intervals,)."""
    days = np.arange(scenario.run_days) * SECONDS_PER_DAY + scenario.day.open
    starts: Floats = np.add.outer(days, np.arange(scenario.day.intervals) * scenario.day.interval).ravel()
    return starts
