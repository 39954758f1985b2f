"""Days and intervals that are busier or slower than expected: factors of mean 1 (rules R3e and R2c)."""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Floats
from callcenter.demand.sampling import in_ticks
from callcenter.demand.streams import State, States, Word, Words, threefry
from callcenter.demand.tables import DAY_FACTOR, INTERVAL_FACTOR, REACH, STEPS, TALK_FACTOR, DemandTables
from callcenter.demand.variates import gamma, normal
from callcenter.kernels import hot, kernel


@kernel
def draw_factors(tables: DemandTables, key: Words, states: States, calls: Floats, talks: Floats) -> None:
    """Write the factors of the calls, shape (days, intervals), and of the talks of each day."""
    for day in range(len(calls)):
        calls[day, :] = tables.planned[day] * factor_of_mean_1(states[DAY_FACTOR], tables.day[0]["cv"])
        talks[day] = talk_factor(tables, key, day, states[TALK_FACTOR])
        if len(tables.quantiles) > 0:
            unsettle(tables, key, day, states[INTERVAL_FACTOR], calls)


@kernel
def factor_of_mean_1(state: State, cv: float) -> float:
    """Draw a Gamma factor; without variation it is 1 and takes no draw."""
    return gamma(state, 1.0 / (cv * cv)) * (cv * cv) if cv > 0.0 else 1.0


@kernel
def talk_factor(tables: DemandTables, key: Words, day: int, state: State) -> float:
    """R2c: how slow a day is, a function of its number; ``state`` is room for its stream."""
    cv, zero = tables.day[0]["talk_cv"], Word(0)
    if cv == 0.0:
        return tables.day[0]["slowness"]
    threefry(key, tables.names[TALK_FACTOR], Word(day), zero, zero, state)
    return factor_of_mean_1(state, cv)


@hot
def stretched(seconds: float, factor: float) -> float:
    """R2c: multiply a time, in whole ticks."""
    return in_ticks(seconds * factor) if factor != 1.0 else seconds


@kernel
def unsettle(tables: DemandTables, key: Words, day: int, state: State, calls: Floats) -> None:
    """R3e: multiply the intervals of a day by Gamma factors whose Gaussian scores are an AR(1)."""
    zero, correlation = Word(0), tables.day[0]["correlation"]
    threefry(key, tables.names[INTERVAL_FACTOR], Word(day), zero, zero, state)
    score, news = normal(state), np.sqrt(1.0 - correlation * correlation)
    last = len(tables.quantiles) - 1
    for interval in range(calls.shape[1]):
        if interval > 0:
            score = correlation * score + news * normal(state)
        calls[day, interval] *= quantile(tables.quantiles[min(interval, last)], score)


@kernel
def quantile(logs: Floats, score: float) -> float:
    """Return the factor at a Gaussian score: the logarithm is a cubic through the four points around it."""
    place = min(max((score + REACH) * STEPS, 1.0), logs.size - 3.0)
    left = int(place)
    t = place - left
    before, low, high, after = logs[left - 1], logs[left], logs[left + 1], logs[left + 2]
    outer = (after - before) / 3.0 + low - high
    bend = before - 2.0 * low + high
    slope = (6.0 * high - after - 3.0 * low - 2.0 * before) / 6.0
    return np.exp(low + t * (slope + t * (0.5 * bend + 0.5 * t * outer)))
