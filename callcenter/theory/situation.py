"""What a textbook line faces: calls per hour, handle time, patience, agents."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from callcenter.demand.means import mean_handle_time
from callcenter.scenario import Distribution, Scenario
from callcenter.scenario.values import round_half_up
from callcenter.theory.erlang import QueueFigures, erlang_a

NOBODY = QueueFigures(0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0)
"""Figures of a line that nobody joins."""


class Situation(NamedTuple):
    """One line of one kind of caller in the long run; times in seconds."""

    calls_per_hour: float
    aht: float
    patience: float
    """Mean; infinite where nobody hangs up."""
    agents: int

    @property
    def erlangs(self) -> float:
        """Agents that the calls would keep busy on average."""
        return self.calls_per_hour * self.aht / 3600

    def figures(self, within: float, agents: int | None = None) -> QueueFigures:
        """Return the figures of Erlang A (Erlang C without patience), with other agents if given."""
        if not self.calls_per_hour:
            return NOBODY
        number = self.agents if agents is None else agents
        return erlang_a(self.calls_per_hour, self.aht, number, self.patience, within)


def situation(scenario: Scenario, tiers: Sequence[str], interval: int) -> Situation:
    """Return what the callers of these tiers, in one line, face in an interval of an ordinary day.

    The line has every pool that serves one of them to itself.  Handle times are weighted by calls, those of
    pools by agents; hazards of hanging up are averaged, as is right for callers who are equally likely to
    stand in line.
    """
    calls = [_asking(scenario, tier, interval) for tier in tiers]
    total = math.fsum(calls)
    weights = [each / total if total else 1 / len(calls) for each in calls]
    handle = zip(weights, (_handle_time(scenario, tier, interval) for tier in tiers), strict=True)
    hazard = zip(weights, (1 / _mean(scenario.tiers[tier].patience) for tier in tiers), strict=True)
    leaving = math.fsum(weight * rate for weight, rate in hazard)
    return Situation(
        calls_per_hour=total * 3600 / scenario.day.interval,
        aht=math.fsum(weight * seconds for weight, seconds in handle) * _speed(scenario, tiers, interval),
        patience=1 / leaving if leaving else math.inf,
        agents=round_half_up(
            math.fsum(scenario.staffed(pool)[interval] for pool in serving(scenario, tiers))
        ),
    )


def serving(scenario: Scenario, tiers: Iterable[str]) -> list[str]:
    """Return the pools that serve any of these tiers."""
    callers = set(tiers)
    return [name for name, pool in scenario.pools.items() if callers & set(pool.serves)]


def callers_of(scenario: Scenario) -> list[str]:
    """Return the tiers whose callers dial in and wait in line: neither deferred work nor transfers alone."""
    return [
        name
        for name, tier in scenario.tiers.items()
        if tier.channel != "deferred" and any(scenario.demand.expected(name)) and serving(scenario, [name])
    ]


def is_one_line(scenario: Scenario) -> bool:
    """Whether all callers are one first-come-first-served line that every agent works alike."""
    pools, tiers = scenario.pools.values(), scenario.tiers.values()
    if list(scenario.tiers) != callers_of(scenario):
        return False
    ways = [serve for pool in pools for serve in pool.serves.values()]
    speeds = {serve.speed or pool.speed for pool in pools for serve in pool.serves.values()}
    return (
        len({frozenset(pool.serves) for pool in pools if pool.serves}) == 1
        and not any(serve.keep_idle or serve.after for serve in ways)
        and len(speeds) == 1
        and len({(tier.priority, tier.head_start) for tier in tiers}) == 1
        and not any(tier.escalate or tier.concurrency > 1 for tier in tiers)
    )


def _asking(scenario: Scenario, tier: str, interval: int) -> float:
    return scenario.demand.expected(tier)[interval] * scenario.asking(tier)


def _mean(patience: Distribution) -> float:
    """Return a mean above 0, so that it has a hazard."""
    return max(patience.mean, 1e-3)


def _handle_time(scenario: Scenario, tier: str, interval: int) -> float:
    """Return the mean handle time of an interval at speed 1; clipping counts if it is the same all day."""
    rule = scenario.tiers[tier]
    if rule.talk.per_interval is None and rule.wrap_up.per_interval is None:
        return mean_handle_time(scenario, tier)
    parts = (rule.talk, rule.wrap_up)
    return math.fsum(
        part.mean * (part.per_interval[interval] if part.per_interval else 1.0) for part in parts
    )


def _speed(scenario: Scenario, tiers: Sequence[str], interval: int) -> float:
    """Return the mean handle-time factor of the agents who serve these tiers."""
    pools = serving(scenario, tiers)
    staffed = [scenario.staffed(pool)[interval] for pool in pools]
    total = math.fsum(staffed)
    if not total:
        return 1.0
    return (
        math.fsum(
            agents * _pool_speed(scenario, pool, tiers) for agents, pool in zip(staffed, pools, strict=True)
        )
        / total
    )


def _pool_speed(scenario: Scenario, name: str, tiers: Sequence[str]) -> float:
    pool = scenario.pools[name]
    speeds = [pool.serves[tier].speed or pool.speed for tier in tiers if tier in pool.serves]
    return math.fsum(speeds) / len(speeds)
