"""The tier day as tutorials write it: `PriorityResource`, ``request | timeout``, draws inside the process."""

from __future__ import annotations

from collections.abc import Generator
from typing import NamedTuple

import numpy as np
import simpy

DAY = 24 * 3600.0
CALLS_PER_MINUTE = (2.0, 6.0, 12.0)
"""By tier, the first being served first."""
AGENTS = 85
MEAN_TALK = 240.0
MEAN_PATIENCE = 120.0


class Call(NamedTuple):
    """What the model keeps of a call; times in seconds."""

    tier: int
    arrived: float
    wait: float
    answered: bool


def simulate_day(seed: int) -> list[Call]:
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


def answer_rate(calls: list[Call], tier: int, within: float = 20.0) -> float:
    """Share of a tier's calls that were answered within so many seconds."""
    waits = [call.wait if call.answered else np.inf for call in calls if call.tier == tier]
    return float(np.mean(np.array(waits) <= within))
