"""What a textbook line faces: calls per hour, handle time, patience, agents."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from callcenter.demand import Loads
from callcenter.demand.days import rota_of_day
from callcenter.scenario import Scenario
from callcenter.scenario.parts.by_day import ByDay
from callcenter.scenario.parts.staffing import mean_staffing
from callcenter.scenario.values import round_half_up
from callcenter.theory.erlang import AT_ONCE, QueueFigures, erlang_a


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
            return AT_ONCE
        number = self.agents if agents is None else agents
        return erlang_a(self.calls_per_hour, self.aht, number, self.patience, within)


def situation(loads: Loads, tiers: Sequence[str], interval: int, day: int | None = None) -> Situation:
    """Return what the callers of these tiers, in one line, face in an interval of a day, or of the mean one.

    The line has every pool that serves one of them to itself.  Handle times are weighted by calls; hazards of
    hanging up are averaged, as is right for callers who are equally likely to stand in line.
    """
    parts = [loads.of(tier, interval, day) for tier in tiers]
    total = math.fsum(part.calls for part in parts)
    weights = [part.calls / total if total else 1 / len(parts) for part in parts]
    leaving = math.fsum(weight * part.hazard for weight, part in zip(weights, parts, strict=True))
    pools = serving(loads.scenario, tiers)
    return Situation(
        calls_per_hour=total * 3600 / loads.scenario.day.interval,
        aht=math.fsum(weight * part.handle_s for weight, part in zip(weights, parts, strict=True)),
        patience=1 / leaving if leaving else math.inf,
        agents=round_half_up(math.fsum(_staffed(loads.scenario, pool, day)[interval] for pool in pools)),
    )


def _staffed(scenario: Scenario, pool: str, day: int | None) -> Sequence[float]:
    """Return the agents on the phones by interval: of the day, where it has a roster of its own."""
    agents = scenario.pools[pool].agents
    if day is None or not isinstance(agents, ByDay):
        return scenario.staffed(pool)
    return mean_staffing(rota_of_day(scenario, pool, day))


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


def joined_by(loads: Loads, callers: Sequence[str]) -> list[str]:
    """Return these tiers and those that their agents alone get by transfer: the work of one line."""
    scenario, pools = loads.scenario, set(serving(loads.scenario, callers))
    return [
        name
        for name, tier in scenario.tiers.items()
        if name in callers
        or (tier.channel != "deferred" and set(serving(scenario, [name])) <= pools and loads.calls(name))
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
        and not any(serve.keep_idle or serve.after or serve.priority is not None for serve in ways)
        and len(speeds) == 1
        and len({(tier.priority, tier.head_start) for tier in tiers}) == 1
        and not any(tier.escalate or tier.concurrency > 1 for tier in tiers)
    )
