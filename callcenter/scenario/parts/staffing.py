"""The roster and the agents on the phones: levels over a day, their mean in each interval, their peak."""

from __future__ import annotations

import itertools
import math
import operator
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from callcenter.clock import SECONDS_PER_DAY
from callcenter.scenario.parts.by_day import ByDay
from callcenter.scenario.parts.day import Day
from callcenter.scenario.parts.pools import Pool
from callcenter.scenario.parts.shifts import Shift

NOISE = 1e-9
"""Of an agent: a level that misses a whole number by no more is that number."""


class Level(NamedTuple):
    """Agents for a while, in seconds since 00:00 of a day; it lies in one interval."""

    start: float
    end: float
    agents: float


class Rota(NamedTuple):
    """What decides the levels of a pool: hashable, so that they are worked out once."""

    agents: tuple[tuple[float, ...], ...]
    """Agents by interval, for every day; several rows are kinds of days that are equally frequent."""
    shifts: tuple[Shift, ...]
    shrinkage: float
    day: Day
    days: int


def rota(pool: Pool, day: Day, days: int) -> Rota:
    """Return the rota of a pool in a scenario of so many days."""
    agents = pool.agents
    rows = agents.rows[: agents.counted] if isinstance(agents, ByDay) else (agents,) if agents else ()
    return Rota(rows, pool.shifts or (), pool.shrinkage, day, days)


def whole_agents(
    intervals: Iterable[int], seconds: Iterable[float], agents: Iterable[float]
) -> Iterator[int]:
    """Yield the whole agents of each level of one day (rule R8e).

    The remainder goes from interval to interval: 8.4, 8.4, 8.4 are 8, 8 and 9.  ``intervals`` says in which
    each level lies, ``seconds`` how long it lasts.
    """
    carried = 0.0
    levels = zip(intervals, seconds, agents, strict=True)
    for _, some in itertools.groupby(levels, operator.itemgetter(0)):
        left = length = 0.0
        for _, lasts, level in some:
            number = math.floor(level + carried + NOISE)
            left += (level + carried - number) * lasts
            length += lasts
            yield number
        carried = max(0.0, left / length)


@lru_cache(maxsize=1024)
def mean_staffing(rota: Rota) -> tuple[float, ...]:
    """Return the mean agents on the phones in each interval, over all days; absence is not taken off."""
    return _mean(rota, ((list(_whole(rota, levels)), days) for levels, days in _kinds_of_days(rota)))


@lru_cache(maxsize=1024)
def mean_roster(rota: Rota) -> tuple[float, ...]:
    """Return the mean agents rostered in each interval, over all days."""
    return _mean(rota, _kinds_of_days(rota))


@lru_cache(maxsize=1024)
def peak(rota: Rota) -> int:
    """Return the most agents that are on the phones at any moment."""
    return int(max((level.agents for level in _all_levels(rota)), default=0))


@lru_cache(maxsize=1024)
def peak_roster(rota: Rota) -> float:
    """Return the most agents that are rostered at any moment."""
    return max((level.agents for levels, _ in _kinds_of_days(rota) for level in levels), default=0)


def open_levels(rota: Rota) -> Iterator[Level]:
    """Yield the levels above nobody on the phones on every kind of day, inside the opening hours."""
    return (level for level in _all_levels(rota) if level.agents)


def _all_levels(rota: Rota) -> Iterator[Level]:
    return (level for levels, _ in _kinds_of_days(rota) for level in _whole(rota, levels))


def _mean(rota: Rota, kinds: Iterable[tuple[list[Level], float]]) -> tuple[float, ...]:
    sums = [0.0] * rota.day.intervals
    for levels, days in kinds:
        for level in levels:
            sums[_interval(rota, level)] += days * (level.end - level.start) * level.agents
    return tuple(total / (rota.days * rota.day.interval) for total in sums)


def _whole(rota: Rota, levels: list[Level]) -> Iterator[Level]:
    """Yield the agents on the phones of what is rostered on a day."""
    present = [level.agents * (1 - rota.shrinkage) for level in levels]
    lasts = [level.end - level.start for level in levels]
    numbers = whole_agents((_interval(rota, level) for level in levels), lasts, present)
    return (level._replace(agents=number) for level, number in zip(levels, numbers, strict=True))


def _interval(rota: Rota, level: Level) -> int:
    return math.floor((level.start - rota.day.open) / rota.day.interval)


def _kinds_of_days(rota: Rota) -> Iterator[tuple[list[Level], float]]:
    """Yield who is rostered on each kind of day and how many days are of this kind."""
    if rota.agents:
        starts = _starts(rota.day)
        for row, number in Counter(rota.agents).items():
            pairs = zip(starts, row, strict=True)
            levels = [Level(start, start + rota.day.interval, agents) for start, agents in pairs]
            yield levels, number * rota.days / len(rota.agents)
        return
    kinds = Counter(_at_work(rota.shifts, number) for number in range(1, rota.days + 1))
    for (today, yesterday), days in kinds.items():
        yield list(_levels(rota, today, yesterday)), days


def _starts(day: Day) -> list[float]:
    return [day.open + index * day.interval for index in range(day.intervals)]


def _at_work(shifts: Sequence[Shift], number: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the positions of the shifts that start on a day, and of those that reach into it."""
    today = tuple(index for index, shift in enumerate(shifts) if shift.works_on(number))
    return today, tuple(
        index
        for index, shift in enumerate(shifts)
        if shift.start + shift.length > SECONDS_PER_DAY and shift.works_on(number - 1)
    )


def _levels(rota: Rota, today: Sequence[int], yesterday: Sequence[int]) -> Iterator[Level]:
    changes: Counter[float] = Counter()
    begun = [(index, 0.0) for index in today] + [(index, SECONDS_PER_DAY) for index in yesterday]
    for index, offset in begun:
        for start, end in rota.shifts[index].present:
            changes[_inside(start - offset, rota.day)] += rota.shifts[index].agents
            changes[_inside(end - offset, rota.day)] -= rota.shifts[index].agents
    agents = 0
    times = sorted({*_starts(rota.day), rota.day.close, *changes})
    for start, end in itertools.pairwise(times):
        agents += changes[start]
        yield Level(start, end, agents)


def _inside(clock: float, day: Day) -> float:
    return min(max(clock, day.open), day.close)
