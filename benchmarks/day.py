"""The days that everything is measured on, as numbers for models that read no scenario."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

TIER_DAY = Path(__file__).with_name("tier_day.yaml")
"""The tier day as a scenario."""
DAY = 24 * 3600.0
MEAN_TALK = 240.0
MEAN_PATIENCE = 120.0


class Day(NamedTuple):
    """A day of Poisson callers; talk and patience are the same on all of them."""

    calls_per_minute: tuple[float, ...]
    """By tier, the first being served first."""
    agents: int


LARGE = Day((2.0, 6.0, 12.0), 85)
"""The tier day: about 28,800 calls."""
SMALL = Day((1 / 12, 3 / 12, 6 / 12), 5)
"""About 1,200 calls, as many centres have."""
SMALLEST = Day((1 / 60, 3 / 60, 6 / 60), 2)
"""About 240 calls."""


class Counted(NamedTuple):
    """What a model counted in one day or more."""

    calls: int
    abandoned: int
