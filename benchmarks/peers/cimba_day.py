"""The tier day in Cimba: a spawned process for every caller, a timer for patience."""

from __future__ import annotations

from functools import cache
from typing import Any

import cimba
from cimba.random import exponential

from benchmarks.day import DAY, LARGE, MEAN_PATIENCE, MEAN_TALK, Counted, Day

GAVE_UP = 1


class Caller(cimba.Model):
    """One call."""

    floor: cimba.Ref[Floor]
    tier: int

    @cimba.process
    def call(self) -> None:
        """Wait as long as patience lasts, talk, be gone."""
        cimba.this_process().timer_set(exponential(MEAN_PATIENCE), GAVE_UP)
        if self.floor.agents.acquire(1, -self.tier) == 0:
            cimba.this_process().timers_clear()
            cimba.hold(exponential(MEAN_TALK))
            self.floor.agents.release(1)
        else:
            self.floor.left += 1
        cimba.release(self)


class Source(cimba.Model):
    """Calls of one tier."""

    floor: cimba.Ref[Floor]
    tier: cimba.Param[int]
    gap: cimba.Param[float]

    def attached(self, owner: Floor, field: str) -> None:  # noqa: ARG002 (Cimba passes both)
        """Note whose calls these are."""
        self.floor = owner

    @cimba.process
    def arrivals(self) -> None:
        """Poisson arrivals until midnight."""
        while True:
            cimba.hold(exponential(self.gap))
            if cimba.now() >= DAY:
                break
            self.floor.came += 1
            cimba.spawn(Caller, floor=self.floor, tier=self.tier)


class Floor(cimba.Model):
    """One day."""

    agents: cimba.Resource
    sources: list[Source]
    came: int = 0
    left: int = 0
    calls: cimba.Output[float]
    abandoned: cimba.Output[float]

    @cimba.on_end
    def count(self) -> None:
        """Hand out what was counted."""
        self.calls = self.came
        self.abandoned = self.left


def source(tier: int, rate: float) -> Source:
    """Return where the calls of a tier come from."""
    made = Source()
    made.tier, made.gap = tier, 60 / rate
    return made


@cache
def floor(day: Day) -> Floor:
    """Return the model; Cimba compiles it when it runs first."""
    made = Floor()
    made.agents = cimba.Resource(capacity=day.agents)
    made.sources = [source(tier, rate) for tier, rate in enumerate(day.calls_per_minute)]
    return made


def simulate_day(seed: int, day: Day = LARGE) -> Counted:
    """Count one day, on one thread."""
    model = floor(day)
    experiment = cimba.Experiment(model, window=cimba.Window.until_idle(), seed=seed)
    totals: Any = experiment.run(workers=1)[model]
    return Counted(int(totals.calls.values.item()), int(totals.abandoned.values.item()))
