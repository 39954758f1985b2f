"""Who can serve whom: the tiers that an agent takes in a month, and pools of agents who take the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.fit.calls import Calls

SELDOM = 0.2
"""Of the share that a kind of call has among all: from such a part on an agent has the skill for it.

Beside the share of all, since a kind of which few call is seldom taken by anybody.
"""
CHANCE = 2
"""Calls of a kind, from which on they are no mistake."""
SMALLEST_POOL = 0.02
"""Share of all work; smaller sets of skills join the nearest."""
MOST_POOLS = 8

Skills = frozenset[int]
"""Numbers of kinds of calls."""


class Team(NamedTuple):
    """Every agent in every month, with the pool that they belong to."""

    month: Ints
    """Of each day."""
    pools: tuple[Skills, ...]
    """The kinds of calls that each pool takes, largest pool first."""
    pool_of: Ints
    """Shape (agents, months); -1 where an agent took no call."""


def months(days: Sequence[str], weekdays: Ints) -> Ints:
    """Return the number of the month of each day; all one where days have no dates."""
    if not len(weekdays) or weekdays[0] < 0:
        return np.zeros(len(days), np.int64)
    _, number = np.unique(np.array(days, "datetime64[M]"), return_inverse=True)
    return number.astype(np.int64)


def team_of(calls: Calls, kind_of: Ints) -> Team:
    """Return agents by pool; `kind_of` gives the kind of call of each tier, which one skill covers."""
    month = months(calls.days, calls.weekdays)
    served = calls.only(calls.is_answered & (calls.agent >= 0))
    shape = (len(calls.agents), int(month.max()) + 1, int(kind_of.max()) + 1)
    place = np.ravel_multi_index((served.agent, month[served.day], kind_of[served.tier]), shape)
    table = np.bincount(place, minlength=int(np.prod(shape))).reshape(shape).astype(float)
    usual = table.sum(axis=0) / np.maximum(table.sum(axis=(0, 2)), 1)[:, None]
    own = {
        where: _skills(table[where], usual[where[1]]) for where in np.ndindex(shape[:2]) if table[where].any()
    }
    work: dict[Skills, float] = {}
    for where, skills in own.items():
        work[skills] = work.get(skills, 0.0) + float(table[where].sum())
    pools = _pools(work)
    pool_of = np.full(shape[:2], -1)
    for where, skills in own.items():
        pool_of[where] = pools.index(_nearest(skills, pools, work))
    return Team(month, pools, pool_of)


def _skills(row: Floats, usual: Floats) -> Skills:
    """Return the kinds of which an agent takes not much less than others do."""
    shares = row / row.sum()
    known = np.flatnonzero((shares >= SELDOM * usual) & (row >= CHANCE))
    return frozenset(map(int, known)) or frozenset({int(shares.argmax())})


def _pools(work: dict[Skills, float]) -> tuple[Skills, ...]:
    total = sum(work.values())
    large = sorted(work, key=lambda skills: -work[skills])
    kept = [skills for skills in large if work[skills] >= SMALLEST_POOL * total][:MOST_POOLS] or large[:1]
    missing = frozenset().union(*work) - frozenset().union(*kept)
    kept += [skills for skills in large if skills not in kept and skills & missing][:1] if missing else []
    return tuple(kept)


def _nearest(skills: Skills, pools: Sequence[Skills], work: dict[Skills, float]) -> Skills:
    """Return the pool with most skills in common and fewest others; of equals the larger."""
    return max(pools, key=lambda pool: (len(pool & skills) / len(pool | skills), work[pool]))


def pool_names(pools: Sequence[Skills], kinds: Sequence[str]) -> tuple[str, ...]:
    """Return a name for each pool: its kinds of calls if they are few, else that it takes several."""
    names: list[str] = []
    for number, pool in enumerate(pools):
        if len(pool) == len(kinds) and len(kinds) > 1:
            name = "all_kinds"
        elif len(pool) <= 3:
            name = "_".join(kinds[kind] for kind in sorted(pool))
        else:
            name = f"desk_{number + 1}"
        names.append(name if name not in names else f"{name}_{number + 1}")
    return tuple(names)
