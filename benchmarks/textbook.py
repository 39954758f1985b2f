"""The tier day as tutorials write it: `PriorityResource`, ``request | timeout``, draws inside the process."""

from __future__ import annotations

from collections.abc import Generator
from typing import NamedTuple

import numpy as np
import simpy

from benchmarks.day import DAY, LARGE, MEAN_PATIENCE, MEAN_TALK, Counted, Day


class Call(NamedTuple):
    """What the model keeps of a call; times in seconds."""

    tier: int
    arrived: float
    wait: float
    answered: bool


def simulate_day(seed: int, day: Day = LARGE) -> Counted:
    """Count one day."""
    calls = simulate_calls(seed, day)
    return Counted(len(calls), sum(not call.answered for call in calls))


def simulate_calls(seed: int, day: Day = LARGE) -> list[Call]:
    """Run one day and, after midnight, until the last caller is gone."""
    env = simpy.Environment()
    agents = simpy.PriorityResource(env, capacity=day.agents)
    rng = np.random.default_rng(seed)
    calls: list[Call] = []
    for tier, rate in enumerate(day.calls_per_minute):
        env.process(arrivals(env, agents, rng, tier, 60 / rate, calls))
    env.run()
    return calls


def arrivals(
    env: simpy.Environment,
    agents: simpy.PriorityResource,
    rng: np.random.Generator,
    tier: int,
    gap: float,
    calls: list[Call],
) -> Generator[simpy.Event, None, None]:
    """Poisson arrivals of one tier until midnight."""
    while True:
        yield env.timeout(rng.exponential(gap))
        if env.now >= DAY:
            return
        env.process(caller(env, agents, rng, tier, calls))


def caller(
    env: simpy.Environment,
    agents: simpy.PriorityResource,
    rng: np.random.Generator,
    tier: int,
    calls: list[Call],
) -> Generator[simpy.Event, simpy.events.ConditionValue, None]:
    """One caller: waits for an agent as long as patience lasts, talks, is gone."""
    arrived = env.now
    with agents.request(priority=tier) as request:
        first = yield request | env.timeout(rng.exponential(MEAN_PATIENCE))
        wait, answered = env.now - arrived, request in first
        if answered:
            yield env.timeout(rng.exponential(MEAN_TALK))
    calls.append(Call(tier, arrived, wait, answered))
