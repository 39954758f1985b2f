"""What one more agent changes in the worst stretch of a miss, and how many it takes there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from callcenter.scenario import Scenario
from callcenter.scenario.parts.by_day import BY, ByDay
from callcenter.scenario.parts.series import level
from callcenter.study.insights.bench import Bench
from callcenter.study.insights.findings import Gain, LeftOut, Miss, Reason, Stretch, Trial
from callcenter.study.insights.rates import by_cell, definition_of, ratio_of, rises
from callcenter.study.insights.stretches import cells_within
from callcenter.study.result import Result

MOST_MISSES = 3
"""Misses that are looked into, the largest first."""

MOST_POOLS = 5
"""Pools that are tried for a miss, those with the most agents then."""

TIMES = 3
"""How many times the agents that are there, or are required, are tried at most."""

FEW = 4
"""Agents that are tried in any case, where hardly anybody is there."""


def gains(result: Result, missed: Sequence[Miss], bench: Bench | None = None) -> tuple[Gain, ...]:
    """Return what one more agent earns in each pool that serves a missed tier, in its worst stretch only.

    One more rostered agent in each of these intervals (shrinkage and absence apply to them), on every day of
    a pool that is rostered by interval; a pool with shifts gets a further shift that covers them, on that
    day.  The same callers, so rises are paired.  In the pool that earns most for the tier, 2, 4, 8 ... agents
    are tried until the target is reached, then the fewest that reach it are looked for; given up at three
    times the agents there, or where the budget ends.  Rates of trials are the rate of the whole result and
    the paired rise.
    """
    return tuple(gain for miss in missed for gain in gains_of(result, miss, bench)[0])


def gains_of(result: Result, miss: Miss, bench: Bench | None = None) -> tuple[list[Gain], LeftOut | None]:
    """Return the gains of one miss, the pool that earns most first, and why something is left out."""
    bench = bench or Bench.within(result)
    reason = _hindrance(result, miss, bench)
    if reason is not None:
        return [], LeftOut("gains", reason, miss.tier)
    earned = [_gain(bench, miss, pool) for pool in _tried_pools(miss)]
    earned.sort(key=lambda gain: -gain.rises[miss.tier].value)
    if not earned or not earned[0].rises[miss.tier].value > 0:
        return earned, LeftOut("gains", "no_gain", miss.tier)
    earned[0], is_cut = _searched(bench, miss, earned[0])
    return earned, LeftOut("gains", "over_budget", miss.tier) if is_cut else None


def try_one_more(result: Result, missed: Sequence[Miss], bench: Bench) -> None:
    """Try the one more agent of every miss, before searches for one of them use up the budget."""
    for miss in missed:
        if _hindrance(result, miss, bench) is None:
            for pool in _tried_pools(miss):
                _gain(bench, miss, pool)


def _hindrance(result: Result, miss: Miss, bench: Bench) -> Reason | None:
    if miss.missing <= 0:
        return "nothing_missed"
    if result.routing:
        return "own_rule"
    if not miss.stretches:
        return "no_stretch"
    variants = (with_more(result.scenario, pool, miss.stretches[0], 1) for pool in _tried_pools(miss))
    return None if bench.has_room_for(*variants) else "over_budget"


def _tried_pools(miss: Miss) -> list[str]:
    most = sorted(miss.pools, key=lambda then: -then.scheduled)
    return [then.pool for then in most[:MOST_POOLS]]


def with_more(scenario: Scenario, pool: str, stretch: Stretch, agents: int) -> Scenario:
    """Return the scenario with so many more rostered agents in a pool, in the intervals of a stretch."""
    if agents == 0:
        return scenario
    series = scenario.pools[pool].agents
    inside = range(stretch.first, stretch.last + 1)
    if isinstance(series, ByDay):
        return scenario.with_({f"pools.{pool}.agents": _with_more_each_day(scenario, pool, inside, agents)})
    if series is not None:
        more = [number + agents * (place in inside) for place, number in enumerate(series)]
        return scenario.with_({f"pools.{pool}.agents": more})
    day = {} if stretch.day is None else {"days": [stretch.day + 1]}
    shift = {"start": stretch.start, "end": stretch.end, "agents": agents, **day}
    shifts = scenario.to_dict()["pools"][pool]["shifts"]
    return scenario.with_({f"pools.{pool}.shifts": [*shifts, shift]})


def _with_more_each_day(scenario: Scenario, pool: str, inside: range, agents: int) -> Any:
    """Return agents as written by date or weekday, with so many more in some intervals of every day."""
    written = scenario.to_dict()["pools"][pool]["agents"]
    everywhere = range(scenario.day.intervals)
    return {
        key: {
            day: [
                level(number) + agents * (place in inside)
                for place, number in enumerate(row if isinstance(row, list) else [row for _ in everywhere])
            ]
            for day, row in value.items()
        }
        if key in BY
        else value
        for key, value in written.items()
    }


def _gain(bench: Bench, miss: Miss, pool: str) -> Gain:
    scenario, stretch = bench.before.scenario, miss.stretches[0]
    after = bench.tried(with_more(scenario, pool, stretch, 1))
    every_day = scenario.days > 1 and scenario.pools[pool].agents is not None
    hours = (stretch.last - stretch.first + 1) * scenario.day.interval / 3600
    return Gain(
        miss.tier,
        pool,
        stretch,
        every_day,
        hours * (scenario.days if every_day else 1),
        rises(bench.before, after, definition_of(bench.before)),
    )


def _searched(bench: Bench, miss: Miss, gain: Gain) -> tuple[Gain, bool]:
    """Add the trials with more agents, and say whether the budget cut them short."""
    then = next(pool for pool in miss.pools if pool.pool == gain.pool)
    most = max(FEW, round((TIMES - 1) * float(np.nanmax([then.scheduled, then.required]))))
    trials = {1: _trial(bench, miss, gain.pool, 1)}
    is_cut = False
    for number in _doubled(most):
        if trials[max(trials)].rate >= miss.target:
            break
        if not _has_room(bench, miss, gain.pool, number):
            is_cut = True
            break
        trials[number] = _trial(bench, miss, gain.pool, number)
    is_cut |= not _narrowed(bench, miss, gain.pool, trials)
    kept = [trials[number] for number in sorted(trials)]
    reached = next((trial for trial in kept if trial.rate >= miss.target), None)
    return gain._replace(
        trials=tuple(kept),
        needed=reached and reached.agents,
        needed_rate=reached and reached.rate,
    ), is_cut


def _doubled(most: int) -> Iterator[int]:
    number = 2
    while number < most:
        yield number
        number *= 2
    yield most


def _narrowed(bench: Bench, miss: Miss, pool: str, trials: dict[int, Trial]) -> bool:
    """Halve what lies between enough and too few; say whether that came to its end."""
    enough = [number for number, trial in trials.items() if trial.rate >= miss.target]
    if not enough:
        return True
    high = min(enough)
    low = max((number for number in trials if number < high), default=0)
    while high - low > 1:
        middle = (low + high) // 2
        if not _has_room(bench, miss, pool, middle):
            return False
        trials[middle] = _trial(bench, miss, pool, middle)
        low, high = (low, middle) if trials[middle].rate >= miss.target else (middle, high)
    return True


def _has_room(bench: Bench, miss: Miss, pool: str, agents: int) -> bool:
    return bench.has_room_for(with_more(bench.before.scenario, pool, miss.stretches[0], agents))


def _trial(bench: Bench, miss: Miss, pool: str, agents: int) -> Trial:
    stretch, scenario = miss.stretches[0], bench.before.scenario
    after = bench.tried(with_more(scenario, pool, stretch, agents))
    rise = rises(bench.before, after, definition_of(bench.before))[miss.tier].value
    cells = cells_within(scenario, [stretch])
    above, asked = (counts[:, cells] for counts in by_cell(after, miss.tier))
    return Trial(agents, miss.rate.value + rise, ratio_of(above, asked))
