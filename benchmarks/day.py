"""The tier day that everything is measured on, as numbers for models that read no scenario."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

TIER_DAY = Path(__file__).with_name("tier_day.yaml")
"""The same day as a scenario."""
DAY = 24 * 3600.0
CALLS_PER_MINUTE = (2.0, 6.0, 12.0)
"""By tier, the first being served first."""
AGENTS = 85
MEAN_TALK = 240.0
MEAN_PATIENCE = 120.0


class Counted(NamedTuple):
    """What a model counted in one day or more."""

    calls: int
    abandoned: int
