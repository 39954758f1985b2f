"""When a tier has too few agents on the phones, and when too many, by the agents required."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.clock import clock_text
from callcenter.scenario import Scenario
from callcenter.study.insights.requirements import net_staffing

HALF = 0.5
"""Agents by which a roster is not short yet."""

SPARE = 2
"""Agents too many that are worth a word; one is the price of whole agents."""

SPARE_PART = 0.1
"""Part of the agents required that a roster may have more."""


class Span(NamedTuple):
    """Some intervals in a row of a day; `day` is None where all days are alike."""

    day: int | None
    start: str
    end: str
    least: int
    """Agents too few, or too many, in the interval where they are fewest."""
    most: int
    hours: float
    """Agent-hours too few, or too many."""
    date: date | None = None
    """Of the day, where the scenario says it."""


class Gaps(NamedTuple):
    """Where a tier has too few agents and where too many, in the order of time."""

    short: tuple[Span, ...]
    over: tuple[Span, ...]


def gaps(scenario: Scenario, tier: str) -> Gaps:
    """Return where the pools that serve a tier together have fewer or more agents than they require.

    Pools that the formula asks nothing of do not count.
    """
    net, required = _net(scenario, tier)
    short = np.where(net <= -HALF, np.ceil(-net - 1e-9), 0).astype(int)
    spare = np.maximum(SPARE, SPARE_PART * required)
    over = np.where(net >= spare, np.floor(net + 1e-9), 0).astype(int)
    return Gaps(*(tuple(_spans(scenario, agents)) for agents in (short, over)))


def _net(scenario: Scenario, tier: str) -> tuple[Floats, Floats]:
    """Return scheduled less required and required agents of the pools of a tier, shape (days, intervals)."""
    serving = [number for number, pool in enumerate(scenario.pools.values()) if tier in pool.serves]
    scheduled, required = (column[serving] for column in net_staffing(scenario))
    known = ~np.isnan(required)
    net = np.where(known, scheduled - np.nan_to_num(required), 0.0).sum(axis=0)
    return net, np.nan_to_num(required).sum(axis=0)


def _spans(scenario: Scenario, agents: Ints) -> Iterator[Span]:
    is_alike = bool((agents == agents[:1]).all())
    for day, numbers in enumerate(agents[:1] if is_alike else agents):
        for is_gap, group in groupby(range(numbers.size), key=lambda at, numbers=numbers: numbers[at] > 0):  # type: ignore[misc]
            if is_gap:
                yield _span(scenario, None if is_alike else day, [*group], numbers)


def _span(scenario: Scenario, day: int | None, intervals: list[int], numbers: Ints) -> Span:
    agents, length = numbers[intervals], scenario.day.interval
    start, end = (scenario.day.open + at * length for at in (intervals[0], intervals[-1] + 1))
    hours = float(agents.sum()) * length / 3600
    date = None if day is None else scenario.date_of(day)
    return Span(day, clock_text(start), clock_text(end), int(agents.min()), int(agents.max()), hours, date)
