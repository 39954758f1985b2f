"""Agents required beside agents scheduled, interval by interval: Erlang A with the work spread over pools."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from callcenter.arrays import Flags, Floats
from callcenter.clock import clock_text
from callcenter.demand import mean_handle_time
from callcenter.measure.estimates import divide
from callcenter.scenario import Scenario
from callcenter.scenario.parts.staffing import Rota, mean_roster, mean_staffing, rota
from callcenter.theory import erlang_a
from callcenter.theory.fewest import fewest

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


def required_agents(scenario: Scenario) -> pd.DataFrame:
    """Return agents scheduled and required on the phones, one row per interval and pool.

    ``rostered`` is the mean roster, which is paid, and ``scheduled`` the agents of it that are on the phones,
    the mean absence taken off; ``required`` is by Erlang A on the expected calls (those by transfer included,
    redials and repeats not), nan for a pool that the formula asks nothing of, because it only helps out or
    only calls back; ``net`` is scheduled less required.  Pools that share tiers are one line for the formula,
    and each is required to have its part of the work, spread so that agents are loaded alike as far as the
    skills allow; conditions such as ``keep_idle`` are not in it.  All promises of a group together decide: as
    many calls in time as they add up to.  There is a column ``day`` (counted from 0) if rosters or expected
    calls differ by day.
    """
    import pandas as pd

    return pd.DataFrame(list(_rows(scenario)))


@lru_cache(maxsize=16)
def net_staffing(scenario: Scenario) -> tuple[Floats, Floats]:
    """Return scheduled and required agents, each of shape (pools, days, intervals); not to be written to."""
    kinds: dict[tuple[object, ...], tuple[Floats, Floats]] = {}
    days = []
    for day in range(scenario.days):
        scheduled, factor = _scheduled(scenario, day), _factor(scenario, day)
        key = (scheduled.tobytes(), factor)
        if key not in kinds:
            kinds[key] = scheduled, _required(scenario, scheduled, factor)
        days.append(kinds[key])
    scheduled, required = (np.stack(column, axis=1) for column in zip(*days, strict=True))
    scheduled.flags.writeable = required.flags.writeable = False
    return scheduled, required


def _rows(scenario: Scenario) -> Iterator[dict[str, object]]:
    scheduled, required = net_staffing(scenario)
    rostered = [
        [mean_roster(_rota_of_day(scenario, name, day)) for day in range(scenario.days)]
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


def _factor(scenario: Scenario, day: int) -> float:
    return scenario.demand.days[day] if scenario.demand.days else 1.0


def _scheduled(scenario: Scenario, day: int) -> Floats:
    """Return agents on the phones on a day, shape (pools, intervals), the mean absence taken off."""
    present = np.array([1 - pool.absence for pool in scenario.pools.values()])
    levels = np.array([mean_staffing(_rota_of_day(scenario, name, day)) for name in scenario.pools])
    scheduled: Floats = present[:, None] * levels
    return scheduled


def _rota_of_day(scenario: Scenario, name: str, day: int) -> Rota:
    """Return the rota of a pool as if that day were the only one: day 1, after the evening of day 0."""
    pool = scenario.pools[name]
    shifts = tuple(
        shift.model_copy(update={"days": tuple(one for one in (0, 1) if shift.works_on(day + one))})
        for shift in pool.shifts or ()
    )
    return rota(pool, scenario.day, 1)._replace(shifts=shifts)


def _required(scenario: Scenario, scheduled: Floats, factor: float) -> Floats:
    """Return required agents by pool and interval, nan for pools that the formula asks nothing of."""
    able = _able(scenario)
    calls = factor * _calls(scenario)
    seconds = _handle_times(scenario)
    spread = _spread(able, calls[:, None] * seconds[:, :, None], scheduled)
    required = np.full(scheduled.shape, np.nan)
    for group in _groups(able):
        for interval in range(scenario.day.intervals):
            shares = spread[:, list(group.pools), interval]
            required[list(group.pools), interval] = _of_group(
                scenario, group, calls[:, interval], seconds[:, list(group.pools)], shares
            )
    return required


def _of_group(scenario: Scenario, group: Group, calls: Floats, seconds: Floats, shares: Floats) -> Floats:
    """Return the agents required of each pool of a group in one interval."""
    hours = scenario.day.interval / 3600
    load = (calls[:, None] * shares * seconds).sum(axis=0)
    total = float(calls[list(group.tiers)].sum())
    if not total or not load.any():
        return np.zeros(len(group.pools))
    names = list(scenario.tiers)
    work = GroupWork(
        total / hours,
        float(load.sum()) / total,
        _patience(scenario, {names[tier]: float(calls[tier]) for tier in group.tiers}),
        tuple(_promises(scenario, {names[tier]: float(calls[tier]) / hours for tier in group.tiers})),
    )
    required: Floats = load / load.sum() * _fewest(work)
    return required


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


def _calls(scenario: Scenario) -> Floats:
    """Return calls that ask for a person on an ordinary day, transfers included, (tiers, intervals)."""
    names = list(scenario.tiers)
    firsts = np.array([scenario.demand.expected(name) for name in names]) * np.array(
        [[scenario.asking(name)] for name in names]
    )
    onward = np.zeros((len(names), len(names)))
    for place, name in enumerate(names):
        for transfer in scenario.tiers[name].transfer:
            onward[names.index(transfer.to), place] += transfer.share
    calls: Floats = np.linalg.solve(np.eye(len(names)) - onward, firsts)  # transfers lead in no circle
    return calls


def _handle_times(scenario: Scenario) -> Floats:
    """Return the agent seconds that a call takes, shape (tiers, pools); side by side counts as less."""
    seconds = np.zeros((len(scenario.tiers), len(scenario.pools)))
    for place, (name, tier) in enumerate(scenario.tiers.items()):
        alongside = 1 + tier.slow_down * (tier.concurrency - 1)
        own = mean_handle_time(scenario, name) * alongside / tier.concurrency
        for number, pool in enumerate(scenario.pools.values()):
            if name in pool.serves:
                seconds[place, number] = own * (pool.serves[name].speed or pool.speed)
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


def _patience(scenario: Scenario, calls: Mapping[str, float]) -> float:
    """Return the mean patience of callers equally likely to stand in line: hazards are averaged."""
    total = sum(calls.values())
    leaving = sum(
        number / total / max(scenario.tiers[name].patience.mean, 1.0) for name, number in calls.items()
    )
    return 1 / leaving if leaving else math.inf


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
    """Return the fewest agents that keep the promises together, one at least."""
    return max(1, fewest(partial(_is_enough, work), work.calls_per_hour * work.aht / 3600))


def _is_enough(work: GroupWork, agents: int) -> bool:
    promises = work.promises or (Promise(work.calls_per_hour, *UNPROMISED),)
    kept = sum(promise.calls_per_hour * _in_time(work, agents, promise.within) for promise in promises)
    return kept >= sum(promise.calls_per_hour * promise.share for promise in promises)


def _in_time(work: GroupWork, agents: int, within: float) -> float:
    return erlang_a(work.calls_per_hour, work.aht, agents, work.patience, within).answered_within
