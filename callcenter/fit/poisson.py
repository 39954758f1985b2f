"""Are arrivals Poisson, given the rate of their interval: the test of Brown et al. (JASA 100, 2005).

In blocks of some minutes, within which the rate hardly changes, the calls of a block have the places of
independent uniform times if they are Poisson.  With L the length of a block, J its calls and T_j their times,
(J + 1 - j) * -log((L - T_j) / (L - T_{j-1})) are then independent and exponential of mean 1, in all blocks.
Recorded seconds are whole, which alone would refute any continuous law: times are un-rounded first, by a
uniform part of a second (Kim and Whitt, M&SOM 16:3, 2014).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import stats

from callcenter.arrays import Floats, Indices
from callcenter.demand.streams import uniforms

BLOCK = 360.0
"""Seconds within which the rate is taken as constant, about."""
FEWEST = 100
COARSEST = 1.0
"""Seconds; times that are coarser than that hide how calls follow each other."""
LEVEL = 0.05


class PoissonTest(NamedTuple):
    """How well gaps between arrivals agree with chance alone."""

    p: float
    """Of all days together, by Kolmogorov and Smirnov."""
    distance: float
    """The largest between the distributions of the gaps, seen and expected."""
    n: int
    block: float
    days: int
    refuted: int
    """Days that alone refute it at 5%; one in twenty would by chance."""


def poisson_test(
    arrived: Floats, day: Indices, opening: float, closing: float, interval: float
) -> PoissonTest | None:
    """Return the test of arrivals in seconds of their day; None for too few, or for times too coarse."""
    block = interval / max(round(interval / BLOCK), 1)
    inside = (arrived >= opening) & (arrived < closing)
    times, days = arrived[inside], day[inside]
    resolution = _resolution(times)
    if len(times) < FEWEST or resolution > COARSEST:
        return None
    if resolution:
        times = times + resolution * uniforms(0, 0, "", "arrivals un-rounded", len(times))
    gaps, of_day = transformed_gaps(times - opening, days, block)
    test = stats.kstest(gaps, "expon")
    numbers = np.flatnonzero(np.bincount(of_day) >= FEWEST)
    alone = [float(stats.kstest(gaps[of_day == number], "expon").pvalue) for number in numbers]
    refuted = sum(p < LEVEL for p in alone)
    return PoissonTest(float(test.pvalue), float(test.statistic), len(gaps), block, len(alone), refuted)


def _resolution(times: Floats) -> float:
    """Return the step of recorded times in seconds: 60, 1, or 0 where they have parts of a second."""
    return next((step for step in (60.0, 1.0) if not (times % step).any()), 0.0)


def transformed_gaps(times: Floats, days: Indices, block: float) -> tuple[Floats, Indices]:
    """Return the transformed gaps of all blocks, and the day of each."""
    order = np.lexsort((times, days))
    times, days = times[order], days[order]
    number = days.astype(np.int64) * (int(times.max() // block) + 2) + (times // block).astype(np.int64)
    _, first, size = np.unique(number, return_index=True, return_counts=True)
    begins = np.repeat(first, size)
    left = 1.0 - (times % block) / block
    place = np.arange(len(times)) - begins
    before = np.where(place == 0, 1.0, np.concatenate(([1.0], left[:-1])))
    gaps = (np.repeat(size, size) - place) * -np.log(left / before)
    return np.asarray(gaps, float), days
