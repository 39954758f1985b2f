"""Agents on the phones as the roster has it: levels over a day, their mean in each interval, their peak."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from callcenter.clock import SECONDS_PER_DAY
from callcenter.scenario.parts.day import Day
from callcenter.scenario.parts.pools import Pool
from callcenter.scenario.parts.shifts import Shift
from callcenter.scenario.values import round_half_up


class Level(NamedTuple):
    """Agents on the phones for a while, in seconds since 00:00 of a day."""

    start: float
    end: float
    agents: int


class Rota(NamedTuple):
    """What decides the levels of a pool: hashable, so that they are worked out once."""

    agents: tuple[int, ...]
    shifts: tuple[Shift, ...]
    shrinkage: float
    day: Day
    days: int


def rota(pool: Pool, day: Day, days: int) -> Rota:
    """Return the rota of a pool in a scenario of so many days."""
    return Rota(pool.agents or (), pool.shifts or (), pool.shrinkage, day, days)


@lru_cache(maxsize=1024)
def mean_staffing(rota: Rota) -> tuple[float, ...]:
    """Return the mean agents on the phones in each interval, over all days; absence is not taken off."""
    sums = [0.0] * rota.day.intervals
    for levels, weight in _kinds_of_days(rota):
        for level in levels:
            for index, seconds in _intervals(level, rota.day):
                sums[index] += weight * seconds * level.agents
    return tuple(total / (rota.days * rota.day.interval) for total in sums)


@lru_cache(maxsize=1024)
def peak(rota: Rota) -> int:
    """Return the most agents that are on the phones at any moment."""
    return max((level.agents for levels, _ in _kinds_of_days(rota) for level in levels), default=0)


def open_levels(rota: Rota) -> Iterator[Level]:
    """Yield the levels above nobody on every kind of day, inside the opening hours."""
    for levels, _ in _kinds_of_days(rota):
        yield from (level for level in levels if level.agents)


def _kinds_of_days(rota: Rota) -> Iterator[tuple[list[Level], int]]:
    """Yield the levels of each kind of day and how many days are of this kind."""
    if rota.agents:
        starts = [rota.day.open + index * rota.day.interval for index in range(len(rota.agents))]
        levels = [
            Level(start, start + rota.day.interval, _on_the_phones(agents, rota.shrinkage))
            for start, agents in zip(starts, rota.agents, strict=True)
        ]
        yield levels, rota.days
        return
    kinds = Counter(_at_work(rota.shifts, number) for number in range(1, rota.days + 1))
    for (today, yesterday), days in kinds.items():
        yield list(_levels(rota, today, yesterday)), days


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
    times = sorted({rota.day.open, rota.day.close, *changes})
    for start, end in itertools.pairwise(times):
        agents += changes[start]
        yield Level(start, end, _on_the_phones(agents, rota.shrinkage))


def _inside(clock: float, day: Day) -> float:
    return min(max(clock, day.open), day.close)


def _on_the_phones(agents: int, shrinkage: float) -> int:
    return round_half_up(agents * (1 - shrinkage))


def _intervals(level: Level, day: Day) -> Iterator[tuple[int, float]]:
    """Yield the intervals that a level touches, with the seconds it lasts in each."""
    first = math.floor((level.start - day.open) / day.interval)
    last = math.ceil((level.end - day.open) / day.interval)
    for index in range(first, min(last, day.intervals)):
        start = day.open + index * day.interval
        yield index, min(level.end, start + day.interval) - max(level.start, start)
