"""Counting a finished floor in one compiled pass: only what the answer rates are made of."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.calllog import Outcome
from callcenter.clock import SECONDS_PER_DAY
from callcenter.kernels import compiled
from callcenter.measure import DEFINITIONS
from callcenter.measure.cells import cells_of
from callcenter.measure.promises import promises_of
from callcenter.scenario import Scenario

ANSWERED, ABANDONED, OPEN = int(Outcome.ANSWERED), int(Outcome.ABANDONED), int(Outcome.OPEN)

COUNTS = ("offered", "answered", "answered_within", "abandoned_within", "abandoned_short")
"""What the definitions of the answer rate are made of."""


class Calendar(NamedTuple):
    """When calls count, and where; seconds."""

    since: float
    until: float
    end: float
    """Of the run."""
    opens: float
    interval: float
    intervals: int


@compiled
def count_answers(
    calls: Any, arrived: Floats, calendar: Calendar, own: Floats, short: float, counts: Ints
) -> None:
    """Enter every call in counts (COUNTS, tiers, cells), as the tally does; ``own`` thresholds by tier.

    A call whose time of arrival is nan was never made.  What comes after a close counts in the last
    interval of its day.
    """
    for row in range(calls.size):
        call = calls[row]
        came = arrived[row]
        if np.isnan(call["joined"]) or not calendar.since <= came < calendar.until:
            continue
        day = np.floor(came / SECONDS_PER_DAY)
        place = np.floor((came - (day * SECONDS_PER_DAY + calendar.opens)) / calendar.interval)
        cell = int(day) * calendar.intervals + min(max(int(place), 0), calendar.intervals - 1)
        cell = min(max(cell, 0), counts.shape[2] - 1)
        tier, outcome = call["tier"], call["outcome"]
        if outcome == OPEN and calendar.end - call["joined"] <= own[tier]:
            continue  # undecided
        counts[0, tier, cell] += 1
        if outcome == ANSWERED:
            counts[1, tier, cell] += 1
            counts[2, tier, cell] += call["answered"] - call["joined"] <= own[tier]
        elif outcome == ABANDONED:
            counts[3, tier, cell] += call["left"] - call["joined"] <= own[tier]
            counts[4, tier, cell] += call["left"] - call["joined"] <= short


def answer_rates(scenario: Scenario, calls: Any, arrived: Floats, end: float) -> tuple[Ints, Ints]:
    """Return numerators and denominators of the answer rate by the scenario's definition, (tiers, cells).

    The run ended at ``end`` seconds.
    """
    cells, level = cells_of(scenario), scenario.service_level
    own = np.array([promise.within for promise in promises_of(scenario).tiers])
    counts = np.zeros((len(COUNTS), own.size, cells.count), np.int64)
    calendar = Calendar(cells.since, cells.until, end, cells.open, cells.interval, cells.intervals)
    count_answers(calls, arrived, calendar, own, level.short_abandon, counts)
    return DEFINITIONS[level.definition](dict(zip(COUNTS, counts, strict=True)))
