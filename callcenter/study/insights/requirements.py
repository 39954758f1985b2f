"""Agents required beside agents scheduled, interval by interval: Erlang A with the work spread over pools."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from callcenter.arrays import Flags, Floats
from callcenter.clock import clock_text
from callcenter.demand import Load, Loads
from callcenter.demand.days import rota_of_day
from callcenter.measure.estimates import divide
from callcenter.scenario import Scenario, Source, load
from callcenter.scenario.parts.staffing import mean_roster, mean_staffing
from callcenter.theory import erlang_a
from callcenter.theory.fewest import MOST_AGENTS, fewest

if TYPE_CHECKING:
    import pandas as pd

ROUNDS = 200
"""Of spreading the work; each brings the pools of a group nearer to one load per agent."""

NOBODY = 1e-6
"""Part of a pool's mean staffing that counts where it has nobody: it gets work only if no other is there."""

MOST_SHARE = 0.999
"""A promise of 100 % asks for endless agents by any formula."""

UNPROMISED = (60.0, 0.5)
"""Where nobody is promised anything: half of the callers within a minute, which keeps up with the work."""


class Promise(NamedTuple):
    """Calls an hour of which a share must be answered within some seconds."""

    calls_per_hour: float
    within: float
    share: float


class GroupWork(NamedTuple):
    """What a group of pools has to do in one interval, as one line."""

    calls_per_hour: float
    aht: float
    patience: float
    promises: tuple[Promise, ...]


class Group(NamedTuple):
    """Tiers and pools that belong together, because the pools share tiers."""

    tiers: tuple[int, ...]
    pools: tuple[int, ...]


def required_agents(scenario: Source) -> pd.DataFrame:
    """Return agents scheduled and required on the phones, one row per interval and pool.

    ``rostered`` is the mean roster, which is paid, and ``scheduled`` the agents of it that are on the phones,
    the mean absence taken off; ``required`` is by Erlang A on the expected calls (those by transfer included,
    redials and repeats not), nan for a pool that the formula asks nothing of, because it only helps out or
    only calls back; ``net`` is scheduled less required.  Pools that share tiers are one line for the formula,
    and each is required to have its part of the work, spread so that agents are loaded alike as far as the
    skills allow; conditions such as ``keep_idle`` are not in it.  All promises of a group together decide: as
    many calls in time as they add up to.  There is a column ``day`` (counted from 0) if rosters or expected
    calls differ by day, and `date` where the scenario says it.
    """
    import pandas as pd

    return pd.DataFrame(list(_rows(load(scenario))))


@lru_cache(maxsize=16)
def net_staffing(scenario: Scenario) -> tuple[Floats, Floats]:
    """Return scheduled and required agents, each of shape (pools, days, intervals); not to be written to."""
    loads = Loads(scenario)
    kinds: dict[tuple[object, ...], tuple[Floats, Floats]] = {}
    days = []
    for day in range(scenario.days):
        scheduled = _scheduled(scenario, day)
        key = (scheduled.tobytes(), loads.kind(day))
        if key not in kinds:
            kinds[key] = scheduled, _required(loads, scheduled, day)
        days.append(kinds[key])
    scheduled, required = (np.stack(column, axis=1) for column in zip(*days, strict=True))
    scheduled.flags.writeable = required.flags.writeable = False
    return scheduled, required


def _rows(scenario: Scenario) -> Iterator[dict[str, object]]:
    scheduled, required = net_staffing(scenario)
    rostered = [
        [mean_roster(rota_of_day(scenario, name, day)) for day in range(scenario.days)]
        for name in scenario.pools
    ]
    differ = any(_differs(column) for column in (scheduled, required, np.array(rostered)))
    day = scenario.day
    for number in range(scenario.days if differ else 1):
        for interval in range(day.intervals):
            for place, pool in enumerate(scenario.pools):
                have, need = (float(column[place, number, interval]) for column in (scheduled, required))
                yield {
                    **({"day": number} if differ else {}),
                    **({"date": str(scenario.date_of(number))} if differ and day.date is not None else {}),
                    "start": clock_text(day.open + interval * day.interval),
                    "interval": interval,
                    "pool": pool,
                    "rostered": rostered[place][number][interval],
                    "scheduled": have,
                    "required": need,
                    "net": have - need,
                }


def _differs(column: Floats) -> bool:
    return not np.array_equal(column, np.broadcast_to(column[:, :1], column.shape), equal_nan=True)


def _scheduled(scenario: Scenario, day: int) -> Floats:
    """Return agents on the phones on a day, shape (pools, intervals), the mean absence taken off."""
    present = np.array([1 - pool.absence for pool in scenario.pools.values()])
    levels = np.array([mean_staffing(rota_of_day(scenario, name, day)) for name in scenario.pools])
    scheduled: Floats = present[:, None] * levels
    return scheduled


def _required(loads: Loads, scheduled: Floats, day: int) -> Floats:
    """Return required agents by pool and interval, nan for pools that the formula asks nothing of."""
    able = _able(loads.scenario)
    calls = np.array(
        [
            [loads.of(tier, interval, day).calls for interval in range(scheduled.shape[1])]
            for tier in loads.scenario.tiers
        ]
    )
    seconds = _handle_times(loads)
    spread = _spread(able, calls[:, None] * seconds, scheduled)
    required = np.full(scheduled.shape, np.nan)
    for group in _groups(able):
        pools = list(group.pools)
        for interval in range(scheduled.shape[1]):
            parts = calls[:, interval, None] * spread[:, pools, interval] * seconds[:, pools, interval]
            lines = {name: loads.of(name, interval, day) for name in _named(loads.scenario, group.tiers)}
            required[pools, interval] = _of_group(loads.scenario, lines, parts.sum(axis=0))
    return required


def _named(scenario: Scenario, tiers: Sequence[int]) -> list[str]:
    names = list(scenario.tiers)
    return [names[tier] for tier in tiers]


def _of_group(scenario: Scenario, lines: Mapping[str, Load], work: Floats) -> Floats:
    """Return the agents required of each pool of a group, whose agents have these seconds of work."""
    total = math.fsum(load.calls for load in lines.values())
    if not total:
        return np.zeros(work.size)
    leaving = math.fsum(load.calls / total * load.hazard for load in lines.values())
    group = GroupWork(
        total * 3600 / scenario.day.interval,
        float(work.sum()) / total,
        1 / leaving if leaving else math.inf,
        tuple(_promises(scenario, {name: load.calls_per_hour for name, load in lines.items()})),
    )
    required: Floats = _parts(work) * _fewest(group)
    return required


def _parts(work: Floats) -> Floats:
    """Return the part of each pool; where calls take no time, anybody is as good."""
    return work / work.sum() if work.any() else np.full(work.size, 1 / work.size)


def _able(scenario: Scenario) -> Flags:
    """Return which pools take a tier's calls at once, or at all if none does so; shape (tiers, pools)."""
    able = np.zeros((len(scenario.tiers), len(scenario.pools)), bool)
    for place, tier in enumerate(scenario.tiers):
        after = {
            number: pool.serves[tier].after
            for number, pool in enumerate(scenario.pools.values())
            if tier in pool.serves
        }
        first = min(after.values(), default=math.inf)
        able[place, [number for number, wait in after.items() if wait == first]] = True
    return able


def _groups(able: Flags) -> Iterator[Group]:
    """Yield tiers and pools that hang together."""
    left = [tier for tier in range(len(able)) if able[tier].any()]
    while left:
        tiers, pools = {left[0]}, np.flatnonzero(able[left[0]])
        while True:
            more = set(np.flatnonzero(able[:, pools].any(axis=1)).tolist())
            pools = np.flatnonzero(able[sorted(more)].any(axis=0))
            if more == tiers:
                break
            tiers = more
        yield Group(tuple(sorted(tiers)), tuple(pools.tolist()))
        left = [tier for tier in left if tier not in tiers]


def _handle_times(loads: Loads) -> Floats:
    """Return the agent seconds that a call takes, shape (tiers, pools, intervals); 0 where none is taken."""
    tiers, pools, intervals = loads.scenario.tiers, loads.scenario.pools, loads.scenario.day.intervals
    seconds = np.zeros((len(tiers), len(pools), intervals))
    for place, tier in enumerate(tiers):
        for number, (name, pool) in enumerate(pools.items()):
            if tier in pool.serves:
                seconds[place, number] = [
                    loads.of(tier, interval, pool=name).handle_s for interval in range(intervals)
                ]
    return seconds


def _spread(able: Flags, work: Floats, scheduled: Floats) -> Floats:
    """Return the part of each tier's calls that each pool takes, shape (tiers, pools, intervals).

    Pools are weighted, as in iterative proportional fitting, until those that can relieve each other have
    one load per agent; a pool that is overloaded by what only it can do gets nothing else.
    """
    staff = np.maximum(scheduled, NOBODY * np.maximum(scheduled.mean(axis=1, keepdims=True), 1.0))
    weights = staff.copy()
    shares = _shares(able, weights)
    for _ in range(ROUNDS):
        load = (shares * work).sum(axis=0) / staff
        if np.all((load == 0) | np.isclose(load, load.max(axis=0), rtol=1e-3)):
            break
        weights /= np.sqrt(np.maximum(load / np.maximum(load.max(axis=0), 1e-300), 1e-3))
        weights /= weights.max(axis=0)
        shares = _shares(able, np.maximum(weights, 1e-100))
    return shares


def _shares(able: Flags, weights: Floats) -> Floats:
    parts = able[:, :, None] * weights
    return np.nan_to_num(divide(parts, parts.sum(axis=1, keepdims=True)))


def _promises(scenario: Scenario, rates: Mapping[str, float]) -> Iterator[Promise]:
    """Yield the promises to callers; those of work that waits decide only where nobody calls."""
    targets = {name: scenario.tiers[name].target for name, rate in rates.items() if rate}
    live = [name for name in targets if scenario.tiers[name].channel != "deferred"]
    for name in live or targets:
        target = targets[name]
        if target is not None:
            yield Promise(rates[name], target.within, min(target.share, MOST_SHARE))


@lru_cache(maxsize=65536)
def _fewest(work: GroupWork) -> int:
    """Return the fewest agents that keep the promises together, one at least; of a huge load, its Erlangs."""
    load = work.calls_per_hour * work.aht / 3600
    return max(1, fewest(partial(_is_enough, work), load)) if load < MOST_AGENTS else math.ceil(load)


def _is_enough(work: GroupWork, agents: int) -> bool:
    promises = work.promises or (Promise(work.calls_per_hour, *UNPROMISED),)
    kept = sum(promise.calls_per_hour * _in_time(work, agents, promise.within) for promise in promises)
    return kept >= sum(promise.calls_per_hour * promise.share for promise in promises)


def _in_time(work: GroupWork, agents: int, within: float) -> float:
    return erlang_a(work.calls_per_hour, work.aht, agents, work.patience, within).answered_within
