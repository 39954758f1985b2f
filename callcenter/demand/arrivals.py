"""Arrival times: Poisson counts per interval, then sorted uniform times (rule R3)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Floats
from callcenter.clock import TICKS_PER_SECOND
from callcenter.demand.hours import interval_numbers, interval_starts
from callcenter.demand.streams import stream
from callcenter.scenario import Scenario


def day_factors(scenario: Scenario, seed: int, replication: int) -> Floats:
    """Return the busyness of each simulated day, shape (run_days,): a Gamma factor of mean 1 times the plan.

    After the last planned day the plan begins anew (rule R19).
    """
    planned = np.resize(scenario.demand.days or (1.0,) * scenario.days, scenario.run_days)
    cv = scenario.demand.day_factor_cv
    if cv == 0:
        return planned
    shape = cv**-2
    rng = stream(seed, replication, "", "day factor")
    drawn: Floats = rng.standard_gamma(shape, scenario.run_days) / shape
    return planned * drawn


class Arrivals(NamedTuple):
    """Sorted arrival times of one tier, in seconds since 00:00 of the first day."""

    times: Floats
    intervals: npt.NDArray[np.int64]
    """The interval of the day that each falls in; those of the cool-down count on (see `Chance`)."""


def arrivals(scenario: Scenario, tier: str, factors: Floats, seed: int, replication: int) -> Arrivals:
    """Draw the arrivals of one tier on days of the given busyness.

    Counts first, then uniform times within the interval: thinning with the previous arrival's rate is biased.
    """
    expected = np.outer(factors, scenario.demand.expected(tier)).ravel()
    counts = stream(seed, replication, tier, "counts").poisson(expected)
    rng, starts = stream(seed, replication, tier, "arrivals"), np.repeat(interval_starts(scenario), counts)
    intervals = np.repeat(interval_numbers(scenario), counts)
    return Arrivals(_sorted_uniforms(rng, starts, scenario.day.interval), intervals)


def _sorted_uniforms(rng: np.random.Generator, starts: Floats, length: float) -> Floats:
    """Draw a time in each cell; rounded down, it stays inside, so sorting moves none to another cell."""
    times = rng.random(starts.size)
    times *= length * TICKS_PER_SECOND
    np.floor(times, out=times)
    np.minimum(times, length * TICKS_PER_SECOND - 1, out=times)
    times *= 1 / TICKS_PER_SECOND
    times += starts
    times.sort()
    return times
