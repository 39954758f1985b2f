"""What the scenario assumes beside what was recorded: calls a day, and handle time."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from scipy.stats import t as student

from callcenter.arrays import Floats
from callcenter.replay.ladder import Runs
from callcenter.replay.stage import Stage
from callcenter.replay.validation.scores import number


class Ratio(NamedTuple):
    """Recorded over assumed, with its 95% interval over days."""

    value: float
    low: float
    high: float

    def plain(self) -> dict[str, Any]:
        """Return the ratio ready for JSON."""
        return {"value": number(self.value), "low": number(self.low), "high": number(self.high)}


class Sides(NamedTuple):
    """Seconds of talk of each day, recorded and drawn for the same calls."""

    recorded: Floats
    drawn: Floats

    def ratio(self) -> Ratio:
        """Return recorded over drawn."""
        return _ratio(self.recorded, self.drawn)


def talk_sides(known: Stage, drawn: Stage, replications: int) -> Sides:
    """Return recorded talk beside the talk that the scenario draws for the same calls, on average.

    One replication alone would have the chance of its own slow and quick days in it.
    """
    over, under = [], []
    for day in range(len(known.recorded)):
        calls = known.recorded.day(day, known.firsts_only)
        is_known = calls.is_answered & ~np.isnan(calls.talk)
        over.append(float(known.tape(day, 0).tape.talk[is_known].sum()))
        made = [drawn.tape(day, number).tape.talk[is_known].sum() for number in range(replications)]
        under.append(float(np.mean(made)))
    return Sides(np.array(over), np.array(under))


def calls_ratio(forecast: Runs) -> Ratio:
    """Return recorded calls over those of the scenario's demand."""
    return _ratio(forecast.offered.sum(axis=1), forecast.offered_simulated)


def _ratio(over: Floats, under: Floats) -> Ratio:
    """Return a ratio of sums with its interval by the delta method, days being the unit."""
    days = len(over)
    if not under.sum():
        return Ratio(math.nan, math.nan, math.nan)
    value = float(over.sum() / under.sum())
    if days < 2:
        return Ratio(value, math.nan, math.nan)
    error = float((over - value * under).std(ddof=1) / under.mean() / math.sqrt(days))
    half = float(student.ppf(0.975, days - 1)) * error
    return Ratio(value, value - half, value + half)
