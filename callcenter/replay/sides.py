"""A day planned and a day recorded, and any mixture of the two: five factors, each from one of the sides."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from callcenter.arrays import Indices, Ints
from callcenter.calllog import CallLog
from callcenter.demand import draw
from callcenter.demand.streams import uniforms
from callcenter.engine import simulate
from callcenter.fit.calls import Calls
from callcenter.replay.levels import Levels, plan_of_day
from callcenter.replay.tapes import NOBODY, Arrivals, Traits, taped
from callcenter.scenario import Scenario, load

FACTORS = ("volume", "pattern", "handle_time", "patience", "staffing")
VOLUME, PATTERN, HANDLE_TIME, PATIENCE, STAFFING = (1 << number for number in range(len(FACTORS)))
EVERYTHING = (1 << len(FACTORS)) - 1


@dataclass(frozen=True)
class Sides:
    """What was planned, and what was recorded."""

    scenario: Scenario
    """The plan, one day."""
    calls: Calls
    """Recorded calls of the day."""
    levels: Levels | None
    """Agents who were there; None = as planned."""
    day: int = 0
    volume_to: float | None = None
    """Recorded calls over planned ones, where it is known otherwise than by counting."""

    @property
    def growth(self) -> float:
        """Recorded calls over planned ones."""
        if self.volume_to is not None:
            return self.volume_to
        planned = sum(sum(self.scenario.demand.expected(tier)) for tier in self.scenario.tiers)
        return len(self.calls) / planned if planned else 1.0

    def log(self, actual: int, seed: int, replication: int, engine: str = "auto") -> CallLog:
        """Simulate the day, with those factors as recorded whose bits are set, and the others as planned."""
        arrivals = self._arrivals(actual, seed, replication)
        traits = Traits(bool(actual & PATTERN), bool(actual & HANDLE_TIME), bool(actual & PATIENCE))
        tape = taped(self.scenario, arrivals, self.calls, traits, seed, replication).tape
        levels = self.levels if actual & STAFFING else None
        plan = plan_of_day(self.scenario, levels, self.day, (seed, replication))
        return simulate(self.scenario, tape, engine, plan=plan)

    def _arrivals(self, actual: int, seed: int, replication: int) -> Arrivals:
        """Return who calls: recorded calls, thinned or repeated to the volume; or drawn ones with donors."""
        if actual & PATTERN:
            share = 1.0 if actual & VOLUME else 1 / self.growth if self.growth else 1.0
            return _resampled(self.calls, share, seed, replication, self.scenario)
        growth = self.growth if actual & VOLUME else 1.0
        tape = draw(_grown(self.scenario, growth), seed, replication)
        return Arrivals(tape.tier, tape.arrived, _donors(self.calls, tape.tier, seed, replication))


@lru_cache(maxsize=8)
def _grown(scenario: Scenario, growth: float) -> Scenario:
    """Return the plan with another volume and without busyness, which is what a volume above the plan is."""
    data = scenario.to_dict()
    data["demand"] |= {"volume": scenario.demand.volume * growth, "day_factor_cv": 0}
    data["demand"].pop("interval_factor", None)
    return load(data)


def _resampled(calls: Calls, share: float, seed: int, replication: int, scenario: Scenario) -> Arrivals:
    """Return recorded calls, each as often as the share says: by chance one time fewer or more.

    The first of each comes when it came; a repeated one at some time of the same interval.
    """
    if share == 1.0:
        return Arrivals(calls.tier, calls.arrived, np.arange(len(calls)))
    place = uniforms(seed, replication, "", "recorded calls kept", len(calls))
    times = np.floor(share + place).astype(np.int64)
    donor = np.repeat(np.arange(len(calls)), times)
    is_first = np.concatenate(([True], np.diff(donor) > 0))[: len(donor)]
    day = scenario.day
    moved = uniforms(seed, replication, "", "repeated calls moved", len(donor))
    interval = np.floor((calls.arrived[donor] - day.open) / day.interval)
    elsewhere = np.floor((day.open + (interval + moved) * day.interval) * 1024) / 1024
    arrived = np.where(is_first, calls.arrived[donor], elsewhere)
    order = np.argsort(arrived, kind="stable")
    return Arrivals(calls.tier[donor[order]], arrived[order], donor[order])


def _donors(calls: Calls, tier: Indices, seed: int, replication: int) -> Ints:
    """Return for each call a recorded one of its tier, whose handle time and patience it may have."""
    place = uniforms(seed, replication, "", "donors", len(tier))
    partners = np.full(len(tier), NOBODY)
    for number in np.unique(tier):
        own, own_calls = np.flatnonzero(tier == number), np.flatnonzero(calls.tier == number)
        if len(own_calls):
            partners[own] = own_calls[np.floor(place[own] * len(own_calls)).astype(np.int64)]
    return partners
