"""Where the search starts: Erlang A for each pool and interval, as if each pool had a line of its own."""

from __future__ import annotations

import math
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np

from callcenter.demand import Loads
from callcenter.language import gettext as _
from callcenter.scenario import Scenario
from callcenter.study.staffing.errors import StaffingError
from callcenter.study.staffing.trials import Levels
from callcenter.theory import erlang_a
from callcenter.theory.fewest import MOST_AGENTS, fewest


class PoolWork(NamedTuple):
    """What one pool has to do in one interval."""

    calls_per_hour: float
    aht: float
    patience: float
    within: float
    share: float


def first_guess(scenario: Scenario) -> Levels:
    """Return agents by pool and interval, shape (pools, intervals)."""
    present = np.array([1 - (1 - pool.absence) * (1 - pool.shrinkage) for pool in scenario.pools.values()])
    loads = Loads(scenario)
    levels = np.zeros((len(scenario.pools), scenario.day.intervals), np.int64)
    for place, name in enumerate(scenario.pools):
        for interval in range(scenario.day.intervals):
            agents = _agents(_work(loads, name, interval))
            levels[place, interval] = math.ceil(agents / max(0.05, 1 - present[place]))
        if not levels[place].any():  # it only helps out, or only calls back
            given = np.ceil(scenario.staffed(name))
            levels[place] = given if given.any() else 1
    return levels


def _work(loads: Loads, pool: str, interval: int) -> PoolWork:
    rate = handled = leaving = 0.0
    within, share = math.inf, 0.0
    for name, tier in loads.scenario.tiers.items():
        part = _part(loads.scenario, pool, name)
        if not part:
            continue
        load = loads.of(name, interval, pool=pool)
        calls = part * load.calls_per_hour
        rate += calls
        handled += calls * load.handle_s
        leaving += calls * load.hazard
        if tier.target is not None:
            within, share = min(within, tier.target.within), max(share, tier.target.share)
    if not rate:
        return PoolWork(0.0, 1.0, 1.0, 0.0, 0.0)
    patience = rate / leaving if leaving else math.inf
    return PoolWork(rate, handled / rate, patience, within if share else 60.0, share or 0.5)


def _part(scenario: Scenario, pool: str, tier: str) -> float:
    """Return the share of a tier's calls that a pool is thought to take: by agents, among those that may."""
    able = {
        name: max(1e-9, sum(scenario.staffed(name)))
        for name, other in scenario.pools.items()
        if tier in other.serves and other.serves[tier].after == 0
    }
    return able[pool] / sum(able.values()) if pool in able else 0.0


@lru_cache(maxsize=4096)
def _agents(work: PoolWork) -> int:
    """Return the fewest agents by Erlang A, one at least where there is work."""
    erlangs = work.calls_per_hour * work.aht / 3600
    if erlangs >= MOST_AGENTS:
        message = _(
            "the work of a pool comes to {erlangs:,.0f} Erlang; "
            "no roster does that: check calls, `talk`, `wrap_up` and `speed`"
        )
        raise StaffingError(message.format(erlangs=erlangs))
    return max(1, fewest(partial(_is_enough, work), erlangs)) if work.calls_per_hour else 0


def _is_enough(work: PoolWork, agents: int) -> bool:
    figures = erlang_a(work.calls_per_hour, work.aht, agents, work.patience, work.within)
    return figures.answered_within >= min(work.share, 0.999)
