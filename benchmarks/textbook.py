"""The tier day as tutorials write it: `PriorityResource`, ``request | timeout``, draws inside the process."""

from __future__ import annotations

from collections.abc import Generator
from typing import NamedTuple

import numpy as np
import simpy

from benchmarks.day import AGENTS, CALLS_PER_MINUTE, DAY, MEAN_PATIENCE, MEAN_TALK, Counted


class Call(NamedTuple):
    """What the model keeps of a call; times in seconds."""

    tier: int
    arrived: float
    wait: float
    answered: bool


def simulate_day(seed: int) -> Counted:
    """Count one day."""
    calls = simulate_calls(seed)
    return Counted(len(calls), sum(not call.answered for call in calls))


def simulate_calls(seed: int) -> list[Call]:
    """Run one day and, after midnight, until the last caller is gone."""
    env = simpy.Environment()
    agents = simpy.PriorityResource(env, capacity=AGENTS)
    rng = np.random.default_rng(seed)
    calls: list[Call] = []
    for tier in range(len(CALLS_PER_MINUTE)):
        env.process(arrivals(env, agents, rng, tier, calls))
    env.run()
    return calls


def arrivals(
    env: simpy.Environment,
    agents: simpy.PriorityResource,
    rng: np.random.Generator,
    tier: int,
    calls: list[Call],
) -> Generator[simpy.Event, None, None]:
    """Poisson arrivals of one tier until midnight."""
    while True:
        yield env.timeout(rng.exponential(60 / CALLS_PER_MINUTE[tier]))
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
