"""The offered load, worked out without simulating: what each tier brings in each interval of the day."""

from __future__ import annotations

import math
import operator
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from callcenter.demand.days import kind_of_day
from callcenter.demand.laws import mean_up_to
from callcenter.demand.means import varies
from callcenter.demand.returns import returned
from callcenter.scenario import Distribution, Scenario

SHORTEST_PATIENCE = 1e-3
"""Seconds: even those who never wait have a hazard of hanging up."""


class Load(NamedTuple):
    """What a tier asks of its agents in one interval; times in seconds."""

    calls: float
    """Contacts that ask for a person, with transfers and returns; no redials, repeats and callbacks."""
    handle_s: float
    """Mean time of an agent for one contact: talk and wrap-up, less if handled side by side."""
    patience_s: float
    """Mean; infinite where somebody waits for ever."""
    interval_s: float

    @property
    def calls_per_hour(self) -> float:
        """Contacts by the hour."""
        return self.calls * 3600 / self.interval_s

    @property
    def erlangs(self) -> float:
        """Agents that are busy on average if nobody hangs up."""
        return self.calls * self.handle_s / self.interval_s

    @property
    def hazard(self) -> float:
        """Chance to hang up by the second of waiting, as if patience were exponential."""
        return 1 / max(self.patience_s, SHORTEST_PATIENCE)


class Loads:
    """The load of every tier of a scenario.

    Everything that decides it counts: volume, `demand.days`, IVR, web or app, transfers, factors by interval,
    clipping, speed, contacts side by side.
    """

    def __init__(self, scenario: Scenario) -> None:
        """Work out what does not depend on the day: calls and times, interval by interval."""
        self.scenario = scenario
        own = [
            {name: _own_calls(scenario, name, day) for name in scenario.tiers}
            for day in range(_days_apart(scenario))
        ]
        self._calls = [_calls(scenario, of_day) for of_day in own]
        self._mean_calls = self._of_the_mean_day()
        self._handle_s = {
            name: _handle_times(scenario, name, _summed(own, name), _summed(self._calls, name))
            for name in scenario.tiers
        }
        self._patience_s = {name: _means(scenario, tier.patience) for name, tier in scenario.tiers.items()}
        self._staffed = {
            name: [(1 - pool.absence) * agents for agents in scenario.staffed(name)]
            for name, pool in scenario.pools.items()
        }

        self._mean = {tier: self._mean_speeds(tier) for tier in scenario.tiers}

    def of(self, tier: str, interval: int, day: int | None = None, pool: str | None = None) -> Load:
        """Return the load of a tier in an interval of a day, counted from 0; without a day, of the mean one.

        A pool's agents need the time of their speed; without one it is the mean speed of the agents who serve
        the tier then.
        """
        speed = self._mean[tier][interval] if pool is None else self._speed(tier, pool)
        return Load(
            self._calls_of(tier, day)[interval],
            self._handle_s[tier][interval] * speed,
            self._patience_s[tier][interval],
            self.scenario.day.interval,
        )

    def calls(self, tier: str, day: int | None = None) -> float:
        """Return the contacts of a whole day that ask for a person."""
        if len(self._calls) == 1:
            return self.factor(day) * math.fsum(self._calls[0][tier])
        return math.fsum(self._calls_of(tier, day))

    def _calls_of(self, tier: str, day: int | None) -> list[float]:
        """Return the contacts of a day by interval."""
        if day is None:
            return self._mean_calls[tier]
        calls = self._calls[day if len(self._calls) > 1 else 0][tier]
        return [self.factor(day) * figure for figure in calls]

    def _of_the_mean_day(self) -> dict[str, list[float]]:
        if len(self._calls) == 1:
            factor = self.factor()
            return {tier: [factor * figure for figure in calls] for tier, calls in self._calls[0].items()}
        days = range(self.scenario.days)
        by_day = {tier: [self._calls_of(tier, day) for day in days] for tier in self.scenario.tiers}
        return {
            tier: [math.fsum(each) / len(days) for each in zip(*calls, strict=True)]
            for tier, calls in by_day.items()
        }

    def kind(self, day: int) -> tuple[object, ...]:
        """Return what days of the same expected calls and agents have in common."""
        return self.factor(day), *kind_of_day(self.scenario, day)

    @property
    def days_are_alike(self) -> bool:
        """Whether all days have the same expected calls and agents."""
        return len({self.kind(day) for day in range(self.scenario.days)}) == 1

    @property
    def peak_erlangs(self) -> float:
        """Agents that the calls of the fullest interval of the busiest day keep busy on average."""
        day, intervals = self.busiest_day(), range(self.scenario.day.intervals)
        return max(
            math.fsum(self.of(tier, interval, day).erlangs for tier in self.scenario.tiers)
            for interval in intervals
        )

    def factor(self, day: int | None = None) -> float:
        """Return what the planner expects of a day in ordinary days; without a day, the mean."""
        factors = self.scenario.demand.days
        if not factors:
            return 1.0
        return math.fsum(factors) / len(factors) if day is None else factors[day]

    def busiest_day(self) -> int:
        """Return the day with the most calls, the first of those alike."""
        if len(self._calls) == 1:
            factors = self.scenario.demand.days or (1.0,)
            return factors.index(max(factors))
        days, tiers = range(self.scenario.days), self.scenario.tiers
        return max(days, key=lambda day: math.fsum(self.calls(tier, day) for tier in tiers))

    @property
    def differ_by_interval(self) -> bool:
        """Whether days have expected calls of their own, not only a factor."""
        return len(self._calls) > 1

    @property
    def differ(self) -> bool:
        """Whether other calls are expected on some days than on others."""
        return len(self._calls) > 1 or len(set(self.scenario.demand.days or ())) > 1

    def _mean_speeds(self, tier: str) -> list[float]:
        """Return the mean speed of the agents who serve a tier by interval; of nobody, pools count alike."""
        pools = [name for name, pool in self.scenario.pools.items() if tier in pool.serves]
        speeds = [self._speed(tier, pool) for pool in pools]
        if len(set(speeds)) < 2:
            return [*speeds, 1.0][:1] * self.scenario.day.intervals
        levels = zip(*(self._staffed[pool] for pool in pools), strict=True)
        return [_weighted(speeds, agents if any(agents) else [1.0] * len(pools)) for agents in levels]

    def _speed(self, tier: str, pool: str) -> float:
        return self.scenario.pools[pool].serves[tier].speed or self.scenario.pools[pool].speed


def _weighted(figures: Sequence[float], weights: Sequence[float]) -> float:
    return math.fsum(map(operator.mul, figures, weights)) / math.fsum(weights)


def _days_apart(scenario: Scenario) -> int:
    """Return how many days are to be told apart: all that count, or one for all."""
    by_day = any(len(scenario.demand.expected_on(tier)) > 1 for tier in scenario.tiers)
    return scenario.days if by_day else 1


def _summed(days: Sequence[Mapping[str, Sequence[float]]], tier: str) -> list[float]:
    """Return the calls of a tier by interval, of all days together."""
    return [math.fsum(figures) for figures in zip(*(day[tier] for day in days), strict=True)]


def _own_calls(scenario: Scenario, tier: str, day: int) -> list[float]:
    """Return the calls of a tier on a day that ask for a person, by interval, those by transfer left out."""
    rows = scenario.demand.expected_on(tier)
    expected = rows[day if len(rows) > 1 else 0]
    own = [scenario.asking(tier) * figure for figure in expected]
    ivr = scenario.ivr_of(tier)
    if ivr is None or ivr.returns is None:
        return own
    back = returned(scenario, ivr.returns.after, [scenario.returning(tier) * figure for figure in expected])
    return [asked + again for asked, again in zip(own, back, strict=True)]


def _calls(scenario: Scenario, own: dict[str, list[float]]) -> dict[str, list[float]]:
    """Return the contacts that ask for a person by tier and interval, before the factor of the day."""
    calls = moving = own
    while any(map(any, moving.values())):  # it ends, as transfers lead in no circle
        moving = _transferred(scenario, moving)
        calls = {name: [sum(pair) for pair in zip(calls[name], moving[name], strict=True)] for name in calls}
    return calls


def _transferred(scenario: Scenario, calls: dict[str, list[float]]) -> dict[str, list[float]]:
    moved = {name: [0.0] * scenario.day.intervals for name in calls}
    for name, tier in scenario.tiers.items():
        for transfer in tier.transfer:
            onward = (figure * transfer.share for figure in calls[name])
            moved[transfer.to] = [sum(pair) for pair in zip(moved[transfer.to], onward, strict=True)]
    return moved


def _handle_times(scenario: Scenario, name: str, own: Sequence[float], calls: Sequence[float]) -> list[float]:
    """Return the seconds of an agent that a contact takes, by interval, at speed 1.

    R2d: the calls of the tier itself have come through its IVR, those by transfer have not.
    """
    tier, ivr = scenario.tiers[name], scenario.ivr_of(name)
    alongside = (1 + tier.slow_down * (tier.concurrency - 1)) / tier.concurrency
    parts = _means(scenario, tier.talk), _means(scenario, tier.wrap_up)
    plain = [alongside * (talk + wrap_up) for talk, wrap_up in zip(*parts, strict=True)]
    if ivr is None or ivr.talk_after_ivr == 1:
        return plain
    longer = ivr.talk_after_ivr - 1
    shares = (mine / every if every else 1.0 for mine, every in zip(own, calls, strict=True))
    return [seconds * (1 + longer * share) for seconds, share in zip(plain, shares, strict=True)]


def _means(scenario: Scenario, times: Distribution) -> list[float]:
    """Return the mean of times by interval, factors and clipping included."""
    intervals = scenario.day.intervals
    if not varies(times):
        return [mean_up_to(times, math.inf, 0)] * intervals
    return [mean_up_to(times, math.inf, interval) for interval in range(intervals)]
