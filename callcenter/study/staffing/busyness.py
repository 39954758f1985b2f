"""How busy the days of replications are, known before they are simulated, and days that balance."""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.demand.restlessness import factor_of_mean_1, talk_factor
from callcenter.demand.streams import STATE, States, Word, Words, key_of, threefry
from callcenter.demand.tables import DAY_FACTOR, DemandTables, demand_tables
from callcenter.kernels import compiled
from callcenter.scenario import Scenario

GROUP = 8
"""Days of a group, one of each eighth of all days by busyness."""
CANDIDATES = 512
"""Days that a group is chosen from."""
SPREAD = (0, 4, 2, 6, 1, 5, 3, 7)
"""Order of a group's days by busyness, so that its first days balance, too."""


@compiled
def work_factors(tables: DemandTables, key: Words, days: int, states: States, factors: Floats) -> None:
    """Write the mean factor of calls x talk of each replication from that of the key on; ``states`` is room.

    The streams are those of rules R3e and R2c.
    """
    zero = Word(0)
    for number in range(len(factors)):
        threefry(key, tables.names[DAY_FACTOR], zero, zero, zero, states[0])
        total = 0.0
        for day in range(days):
            calls = tables.planned[day] * factor_of_mean_1(states[0], tables.day[0]["cv"])
            total += calls * talk_factor(tables, key, day, states[1])
        factors[number] = total / days
        key[2] += Word(1)


def is_busy(scenario: Scenario) -> bool:
    """Whether days differ by more than the chance of single calls, in a way known before they begin."""
    demand = scenario.demand
    return demand.recording is None and (demand.day_factor_cv > 0 or demand.talk_factor_cv > 0)


def factors_of(scenario: Scenario, seed: int, first: int, number: int) -> Floats:
    """Return how busy each replication is from the first on: mean of day factor x talk factor."""
    tables = demand_tables(scenario)
    factors = np.empty(number)
    with np.errstate(over="ignore"):  # uncompiled, the words of streams are scalars of NumPy
        work_factors(tables, key_of(seed, first), scenario.days, np.zeros(2, STATE), factors)
    return factors


def balanced(scenario: Scenario, seed: int, first: int, groups: int) -> Ints:
    """Return the numbers of replications whose days balance, shape (groups, GROUP).

    Each group is chosen from candidates of its own, numbered from ``first`` on: sorted by busyness they are
    cut into as many parts as it has days, and the first of each part is taken.  So a group is a stratified
    sample, groups are independent and alike, and their spread is the error of their mean (random groups:
    Wolter, Introduction to Variance Estimation, 2nd ed., chapter 2).
    """
    busy = factors_of(scenario, seed, first, groups * CANDIDATES).reshape(groups, GROUP, -1)
    order = np.argsort(busy.reshape(groups, -1), axis=1, kind="stable").reshape(groups, GROUP, -1)
    chosen = order.min(axis=2)[:, SPREAD] + CANDIDATES * np.arange(groups)[:, None]
    numbers: Ints = chosen.astype(np.int64) + first
    return numbers
