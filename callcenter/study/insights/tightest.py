"""Where a target is furthest from being kept: the tightest interval of a run."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.clock import clock_text
from callcenter.demand import Loads
from callcenter.measure.replicated import AT_A_TIME
from callcenter.measure.tally import stack
from callcenter.measure.targets import parts_of
from callcenter.scenario import Goal
from callcenter.study.result import Result


class Tightest(NamedTuple):
    """An interval of the day, and what a target measures in it."""

    day: int | None
    """Counted from 0; None where all days are alike and count together."""
    start: str
    end: str
    """Clock texts."""
    value: float
    date: date | None = None
    """Of the day, where the scenario says it."""


def tightest_interval(result: Result, goal: Goal) -> Tightest | None:
    """Return the interval in which most lacks to a target, or least is left over.

    That is measured in what the target counts: calls, contacts, seconds of work; so an interval with few
    calls is that only if many of them are concerned.  None where nothing was counted at all.
    """
    scenario = result.scenario
    amounts, units = _by_interval(result, goal)
    lacking = goal.bound * units - amounts
    short = np.where(units > 0, lacking if goal.at_least else -lacking, -np.inf)
    if np.isinf(short).all():
        return None
    day, place = divmod(int(short.argmax()), scenario.day.intervals)
    begin = scenario.day.open + place * scenario.day.interval
    ends = clock_text(begin), clock_text(begin + scenario.day.interval)
    value = float(amounts[day, place] / units[day, place])
    if len(units) == 1:
        return Tightest(None, *ends, value)
    return Tightest(day, *ends, value, scenario.date_of(day))


def _by_interval(result: Result, goal: Goal) -> tuple[Floats, Floats]:
    """Return what a target counts, and out of how much: (days, intervals), of 1 day where all are alike."""
    scenario, tallies = result.scenario, result.tallies
    shape = (2, scenario.days, scenario.day.intervals)
    total = np.zeros(shape)
    for first in range(0, len(tallies), AT_A_TIME):
        parts = parts_of(scenario, stack(tallies[first : first + AT_A_TIME]), goal)
        total += np.stack([part.sum(axis=0) for part in parts]).reshape(shape)
    amounts, units = total.sum(axis=1, keepdims=True) if Loads(scenario).days_are_alike else total
    return amounts, units
