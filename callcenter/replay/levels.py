"""Agents who were there on recorded days, as the plan of a day that an engine carries out."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.demand import roster
from callcenter.engine import FloorPlan, floor_plan
from callcenter.fit.staffing.inference import Staffing
from callcenter.fit.staffing.levels import Levels as Inferred
from callcenter.scenario import Scenario
from callcenter.scenario.parts.staffing import whole_agents


class Levels(NamedTuple):
    """Mean agents on the phones in steps of some minutes; pools in the order of the scenario."""

    opening: float
    step: float
    agents: Floats
    """Shape (days, pools, steps)."""
    source: str
    """How they are known."""

    def on(self, days: Sequence[int]) -> Levels:
        """Return the levels of some days."""
        return self._replace(agents=self.agents[list(days)])

    def by_interval(self, scenario: Scenario) -> Floats:
        """Return mean levels of shape (days, pools, intervals)."""
        steps = round(scenario.day.interval / self.step)
        days, pools, number = self.agents.shape
        whole = number - number % steps
        means: Floats = self.agents[:, :, :whole].reshape(days, pools, -1, steps).mean(axis=3)
        return means


def levels_of(scenario: Scenario, inferred: Staffing, levels: Inferred | None = None) -> Levels:
    """Return levels that were inferred, each pool's agents in the scenario's pool that is most like it.

    Those of who was there, or others of the same staffing.
    """
    seen = levels or inferred.levels
    agents = np.zeros((seen.agents.shape[0], len(scenario.pools), seen.agents.shape[2]))
    for number, name in enumerate(seen.pools):
        tiers = set(itertools.compress(scenario.tiers, inferred.serves[number]))
        agents[:, _alike(scenario, name, tiers)] += seen.agents[:, number]
    return Levels(seen.opening, seen.step, agents, seen.source)


def _alike(scenario: Scenario, name: str, tiers: set[str]) -> int:
    pools = list(scenario.pools)
    if name in pools:
        return pools.index(name)
    serves = [set(pool.serves) for pool in scenario.pools.values()]
    return max(
        range(len(pools)), key=lambda pool: len(serves[pool] & tiers) / max(len(serves[pool] | tiers), 1)
    )


def plan_of_day(
    scenario: Scenario,
    levels: Levels | None,
    day: int,
    chance: tuple[int, int] = (0, 0),
    more: Mapping[str, float] | None = None,
) -> FloorPlan:
    """Return the plan of a recorded day: the levels of the records, else the scenario's own, and some more.

    ``chance`` is the seed and the replication, which decide who of the scenario's own is absent.
    """
    plan = floor_plan(scenario, *chance)
    if levels is None and not more:
        return plan
    own = plan.days
    if levels is not None:  # whoever was on a break was not there
        plan = plan._replace(breaks=plan.breaks._replace(share=np.zeros_like(plan.breaks.share)))
    steps = _own(scenario, chance) if levels is None else _recorded(levels, day)
    added = np.array([(more or {}).get(name, 0.0) for name in scenario.pools])
    agents = np.maximum(steps.agents + added, 0.0)
    inside = (steps.at > scenario.day.open) & (steps.at < scenario.day.close)
    at = np.union1d(own.change_at, steps.at[inside])
    place = np.maximum(np.searchsorted(steps.at, at, side="right") - 1, 0)
    whole = _whole(agents, np.append(np.diff(steps.at), scenario.day.interval))[place]
    closes = np.isin(at, own.change_at[own.closes])
    whole[closes] = 0
    return plan._replace(
        days=own._replace(
            change_at=at,
            levels=whole.astype(np.int32),
            rostered=np.where(closes[:, None], 0.0, agents[place]),
            opens=np.isin(at, own.change_at[own.opens]) & ~closes,
            closes=closes,
        )
    )


class _Steps(NamedTuple):
    """Agents by time; shape (steps,) and (steps, pools)."""

    at: Floats
    agents: Floats


def _recorded(levels: Levels, day: int) -> _Steps:
    agents = levels.agents[day].T
    return _Steps(levels.opening + levels.step * np.arange(len(agents), dtype=np.float64), agents)


def _own(scenario: Scenario, chance: tuple[int, int]) -> _Steps:
    own = roster(scenario, *chance)
    return _Steps(own.at, own.staffed.astype(np.float64))


def _whole(agents: Floats, lasts: Floats) -> Floats:
    """Return whole agents, the remainder carried from step to step (rule R8e)."""
    numbers = range(len(agents))
    columns = [list(whole_agents(numbers, lasts.tolist(), column.tolist())) for column in agents.T]
    return np.array(columns, np.float64).T.reshape(agents.shape)
