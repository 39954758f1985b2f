"""What targets measure, over which periods."""

from __future__ import annotations

from typing import Literal

Period = Literal["run", "day", "interval", "busiest_hour"]

Measure = Literal["answered", "connected", "abandoned", "blocked", "mean_wait", "callbacks", "occupancy"]

AT_LEAST: tuple[Measure, ...] = ("answered", "connected", "callbacks")
"""Measures of which a target is the least; of the others it is the most."""

TIMED: tuple[Measure, ...] = ("answered", "callbacks")
"""Measures that need to know within which time."""

SHARES: tuple[Measure, ...] = ("answered", "connected", "abandoned", "blocked", "callbacks", "occupancy")

LONGER = {"week": 7, "month": 30, "quarter": 91, "year": 365}
"""Periods that rules speak of and that are runs of so many days."""
