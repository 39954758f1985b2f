"""The tier day in salabim: components that request an agent and fail after their patience; no trace."""

from __future__ import annotations

from collections.abc import Iterator

import salabim

from benchmarks.day import DAY, LARGE, MEAN_PATIENCE, MEAN_TALK, Counted, Day


class Floor(salabim.Environment):
    """One day."""

    def setup(self, day: Day) -> None:
        """Agents, distributions, and a source of calls for every tier."""
        self.agents = salabim.Resource("agents", capacity=day.agents, monitor=False)
        self.patience = salabim.Exponential(MEAN_PATIENCE)
        self.talk = salabim.Exponential(MEAN_TALK)
        self.calls = self.abandoned = 0
        for tier, rate in enumerate(day.calls_per_minute):
            Source(tier=tier, gap=60 / rate)


class Source(salabim.Component):
    """Calls of one tier."""

    def setup(self, tier: int, gap: float) -> None:
        """Note the tier and the mean gap between its calls."""
        self.tier, self.gap = tier, gap

    def process(self) -> Iterator[None]:
        """Poisson arrivals until midnight."""
        gap = salabim.Exponential(self.gap)
        while True:
            yield self.hold(gap.sample())
            if self.env.now() >= DAY:
                return
            Caller(tier=self.tier)


class Caller(salabim.Component):
    """One call."""

    def setup(self, tier: int) -> None:
        """Note the tier."""
        self.tier = tier

    def process(self) -> Iterator[None]:
        """Wait as long as patience lasts, talk, be gone."""
        floor = self.env
        floor.calls += 1
        yield self.request((floor.agents, 1, self.tier), fail_delay=floor.patience.sample())
        if self.failed():
            floor.abandoned += 1
            return
        yield self.hold(floor.talk.sample())
        self.release()


def simulate_day(seed: int, day: Day = LARGE) -> Counted:
    """Count one day."""
    floor = Floor(random_seed=seed, trace=False, yieldless=False, day=day)
    floor.run()
    return Counted(floor.calls, floor.abandoned)
