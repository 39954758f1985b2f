"""Arrivals: each tier walks the clock of expected calls in unit-exponential steps (rule R3)."""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Floats, Records
from callcenter.clock import SECONDS_PER_DAY, TICKS_PER_SECOND
from callcenter.demand.purposes import ARRIVALS
from callcenter.demand.streams import States
from callcenter.demand.tables import DemandTables
from callcenter.demand.variates import exponential
from callcenter.kernels import hot, inner, kernel

TICK = 1.0 / TICKS_PER_SECOND

WALK = np.dtype(
    [
        ("next", np.float64),  # when the next customer comes, inf = never
        ("at", np.float64),  # the same, not rounded down yet
        ("pace", np.float64),  # seconds for each expected customer
        ("rest", np.float64),  # customers still expected in this interval
        ("last", np.float64),  # the last tick of the interval
        ("interval", np.int64),  # of the day
        ("day", np.int64),
        ("customers", np.int64),  # so far
        ("calls", np.int64),
    ]
)
"""How far a tier has come."""


@inner
def set_out(tables: DemandTables, walks: Records, factors: Floats, states: States, tier: int) -> None:
    """Find the first customer of a tier."""
    walk = walks[tier]
    walk["interval"] = tables.day[0]["intervals"] - 1
    walk["day"] = -1
    walk["rest"] = 0.0
    walk["calls"] = 0
    go_on(tables, walks, factors, states, tier)


@hot
def go_on(tables: DemandTables, walks: Records, factors: Floats, states: States, tier: int) -> None:
    """Find the next customer of a tier; rounded down, the time stays inside its interval (R1a)."""
    walk = walks[tier]
    step = exponential(states[tables.tiers[tier]["first_stream"] + ARRIVALS])
    if step >= walk["rest"]:
        step = to_interval(tables, walks, factors, tier, step)
    walk["rest"] -= step
    walk["at"] += step * walk["pace"]
    walk["next"] = min(np.floor(walk["at"] * TICKS_PER_SECOND) * TICK, walk["last"])


@inner
def to_interval(tables: DemandTables, walks: Records, factors: Floats, tier: int, step: float) -> float:
    """Go on to the interval in which the step ends, and return what is left of it there."""
    day, walk = tables.day[0], walks[tier]
    while step >= walk["rest"]:
        step -= walk["rest"]
        walk["interval"] += 1
        if walk["interval"] == day["intervals"]:
            walk["interval"] = 0
            walk["day"] += 1
        if walk["day"] == len(factors):
            walk["rest"] = walk["at"] = walk["last"] = np.inf
            walk["pace"] = 0.0
            return 0.0
        planned = tables.expected[walk["day"] % len(tables.expected), tier, walk["interval"]]
        walk["rest"] = planned * factors[walk["day"], walk["interval"]]
        walk["at"] = walk["day"] * SECONDS_PER_DAY + day["open"] + walk["interval"] * day["interval"]
        walk["last"] = walk["at"] + day["interval"] - TICK
    walk["pace"] = day["interval"] / walk["rest"]
    return step


@kernel
def interval_at(tables: DemandTables, time: float) -> int:
    """Return the interval of the day in which a time lies."""
    day = tables.day[0]
    return int((time % SECONDS_PER_DAY - day["open"]) // day["interval"])
