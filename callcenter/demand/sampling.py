"""Draws of whole ticks from the distributions of a scenario."""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.clock import TICKS_PER_SECOND
from callcenter.demand.laws import Generator, drawn
from callcenter.scenario import Distribution


def to_ticks(seconds: Floats) -> Floats:
    """Round seconds to the nearest tick."""
    ticks = seconds * TICKS_PER_SECOND
    np.rint(ticks, out=ticks)
    ticks *= 1 / TICKS_PER_SECOND
    return ticks


def sample(distribution: Distribution, rng: Generator, intervals: Ints) -> Floats:
    """Draw one time in seconds for each call, given the interval of the day in which it arrives."""
    return to_ticks(drawn(distribution, rng, intervals))
