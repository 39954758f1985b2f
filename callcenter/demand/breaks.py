"""Unscheduled breaks: whether an agent takes one after a call, and how long it is (rule R20)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.demand.arrivals import interval_at
from callcenter.demand.calls import is_drawn
from callcenter.demand.later_calls import Later
from callcenter.demand.purposes import ARRIVALS, NOBODY
from callcenter.demand.sampling import LawBook, Laws, time_of
from callcenter.demand.streams import Word, Words, name_of, threefry
from callcenter.kernels import kernel
from callcenter.scenario import Pool, Scenario

NEVER = int(np.iinfo(np.int64).max)
"""In place of a number of waiting calls: breaks are never put off."""


class Breaks(NamedTuple):
    """The breaks of each pool, in file order."""

    share: Floats
    """Of the calls after which an agent takes one."""
    length: Ints
    """Row of the laws, NOBODY = no breaks."""
    put_off: Ints
    """Not taken while at least so many calls wait, or NEVER."""
    names: Words
    """Shape (pools, 2): their streams."""
    laws: Laws


def breaks_of(scenario: Scenario) -> Breaks:
    """Return the breaks of a scenario."""
    book, rules = LawBook(), [pool.breaks for pool in scenario.pools.values()]
    return Breaks(
        share=np.array([rule.after_call if rule else 0.0 for rule in rules]),
        length=np.array([book.enter(rule.length) if rule else NOBODY for rule in rules], np.int64),
        put_off=np.array([_put_off(pool) for pool in scenario.pools.values()], np.int64),
        names=np.array([name_of(name, "break") for name in scenario.pools]),
        laws=book.laws(),
    )


def _put_off(pool: Pool) -> int:
    return pool.breaks.not_while_waiting or NEVER if pool.breaks else NEVER


@kernel
def break_after(
    later: Later, breaks: Breaks, root: int, ordinal: int, arrived: float, path: int, row: int, pool: int
) -> float:
    """Return how long the agent of a pool who has taken a call is away after it; 0 = not at all.

    The call is known by its customer's first call and the way from there, as in `later_call`.
    """
    if later.written.size > 0:
        return later.written[row]["break_s"]
    draws = later.draws
    state = draws.states[ARRIVALS]
    word = draws.tables.tiers[root]["word"]
    threefry(draws.key, breaks.names[pool], Word(ordinal), Word(path), word, state)
    if not is_drawn(state, breaks.share[pool]):
        return 0.0
    return time_of(breaks.laws, breaks.length[pool], state, interval_at(draws.tables, arrived))
