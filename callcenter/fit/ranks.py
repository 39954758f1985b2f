"""Priorities and head starts of all tiers, put together from how any two of them stand in the line."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Flags, Floats, Indices
from callcenter.fit.calls import Calls
from callcenter.fit.routing import Order, order, pick_ups

_GRAIN = 5.0
"""Seconds that head starts are rounded to."""
OFTEN = 0.05
"""Share of all pick-ups from which on a tier is often picked."""
WORTH = 10.0
"""Seconds; a smaller head start is first come, first served."""


class Ranks(NamedTuple):
    """The order of the line."""

    priority: dict[str, int]
    head_start: dict[str, float]
    orders: tuple[Order, ...]
    """What was seen of each two tiers."""
    untold: tuple[str, ...]
    """Tiers that hardly ever waited beside another."""


def ranks(calls: Calls, pools_of: Sequence[Flags], pool: Indices) -> Ranks:
    """Return the ranks that explain most pick-ups."""
    pairs = [
        _between(calls, one, other, pools_of, pool) for one, other in combinations(range(len(calls.tiers)), 2)
    ]
    orders = tuple(each for each in pairs if each is not None)
    seen = {tier for each in orders for tier in (each.first, each.second)}
    groups = _groups(calls.tiers, orders)
    priority = _priorities(calls.tiers, groups, orders)
    return Ranks(
        priority, _head_starts(calls.tiers, orders), orders, tuple(t for t in calls.tiers if t not in seen)
    )


def _between(calls: Calls, one: int, other: int, pools_of: Sequence[Flags], pool: Indices) -> Order | None:
    """Return how two tiers stand, the preferred one first."""
    names, days = calls.tiers, calls.number_of_days
    directions = [
        order(pick_ups(calls, first, second, pools_of, pool), names[first], names[second], days)
        for first, second in ((one, other), (other, one))
    ]
    known = [each for each in directions if each is not None]
    return max(known, key=lambda each: each.explained[each.head_start], default=None)


def _groups(tiers: Sequence[str], orders: Sequence[Order]) -> dict[str, str]:
    """Return for each tier the first of those in one line with it: no strict order holds between them."""
    group = {tier: tier for tier in tiers}
    for each in orders:
        if math.isfinite(each.head_start):
            old, new = group[each.second], group[each.first]
            group = {tier: new if own == old else own for tier, own in group.items()}
    return group


def _priorities(tiers: Sequence[str], group: Mapping[str, str], orders: Sequence[Order]) -> dict[str, int]:
    """Return priorities: a line comes after those that beat it more often than they lose to it."""
    lines = list(dict.fromkeys(group.values()))
    beaten = dict.fromkeys(lines, 0)
    for each in orders:
        if not math.isfinite(each.head_start) and group[each.first] != group[each.second]:
            beaten[group[each.second]] += 1
            beaten[group[each.first]] -= 1
    seen = {tier for each in orders for tier in (each.first, each.second)}
    usual = max(lines, key=lambda line: sum(group[tier] == line for tier in seen))
    place = {tier: beaten[group[tier] if tier in seen else usual] for tier in tiers}
    steps = sorted(set(place.values()))
    return {tier: steps.index(place[tier]) for tier in tiers}


def _head_starts(tiers: Sequence[str], orders: Sequence[Order]) -> dict[str, float]:
    """Return head starts whose differences are nearest to those seen, each weighed by its pick-ups.

    Not by its interval: that of a few pick-ups that fit no rule well is narrow by chance.

    The smallest among tiers that are often picked is 0; nobody has less.
    """
    sure = [each for each in orders if math.isfinite(each.head_start) and math.isfinite(each.high)]
    if not sure:
        return dict.fromkeys(tiers, 0.0)
    place = {tier: number for number, tier in enumerate(tiers)}
    rows, values = [], []
    for each in sure:
        weight = math.sqrt(each.pick_ups)
        row = np.zeros(len(tiers))
        row[place[each.first]], row[place[each.second]] = weight, -weight
        rows.append(row)
        values.append(weight * each.head_start)
    starts = np.linalg.lstsq(np.array(rows), np.array(values), rcond=None)[0]
    return _lifted(tiers, np.maximum(starts - _lowest(tiers, sure, starts), 0.0))


def _lowest(tiers: Sequence[str], sure: Sequence[Order], starts: Floats) -> Floats:
    """Return for each tier the smallest head start among those often picked in one line with it."""
    group = _groups(tiers, sure)
    picked = {
        tier: sum(each.pick_ups for each in sure if tier in (each.first, each.second)) for tier in tiers
    }
    enough = OFTEN * sum(each.pick_ups for each in sure)
    often = [number for number, tier in enumerate(tiers) if picked[tier] >= enough]
    lowest = {
        line: min((starts[number] for number in often if group[tiers[number]] == line), default=0.0)
        for line in set(group.values())
    }
    return np.array([lowest[group[tier]] for tier in tiers])


def _lifted(tiers: Sequence[str], starts: Floats) -> dict[str, float]:
    rounded = np.round(starts / _GRAIN) * _GRAIN
    return {tier: float(start) if start >= WORTH else 0.0 for tier, start in zip(tiers, rounded, strict=True)}
