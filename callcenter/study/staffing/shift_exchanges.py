"""Exchanges of shifts: a few agents taken from some and put on fewer or cheaper others, best first.

An exchange is judged as if what each agent earns added up, and then simulated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.study.staffing.choices import Pattern, Plan
from callcenter.study.staffing.gains import DIGITS
from callcenter.study.staffing.shifts import Offer

SOME = 8
"""Shifts that exchanges of several agents choose from: those who earn least, or most, for what they cost."""
MOST_TAKEN, MOST_ADDED = 3, 2
NOISE = 1e-6

Seat = tuple[int, Pattern]
"""Pool and pattern of one agent."""


class Effects(NamedTuple):
    """What one agent more, or fewer, changes of every margin."""

    more: dict[Seat, Floats]
    fewer: dict[Seat, Floats]


class Exchange(NamedTuple):
    """A change of plans and what it is thought to come to."""

    taken: tuple[Seat, ...]
    added: tuple[Seat, ...]
    saves: float
    left: float
    """The smallest margin thought to be left, as a part of what is usual; below 0 it is thought to fail."""

    @property
    def is_removal(self) -> bool:
        """Whether one agent is taken away and nobody comes instead."""
        return len(self.taken) == 1 and not self.added


def exchanges(offer: Offer, effects: Effects, margins: Floats, cheaper: bool) -> list[Exchange]:
    """Return the exchanges that save something, or else nothing: removals first, then the best first.

    ``margins`` are those of the roster that is changed, with whatever it has to spare.
    """
    usual = np.maximum(np.abs([*effects.fewer.values(), *effects.more.values()]).max(axis=0), NOISE)
    taken = list(_sets(offer, effects.fewer, usual, MOST_TAKEN, least=1))
    added = list(_sets(offer, effects.more, usual, MOST_ADDED, least=0))
    lost, won = (
        _sums(sets, values, margins.size) for sets, values in ((taken, effects.fewer), (added, effects.more))
    )
    spared, paid = (
        np.array([sum(_weight(offer, seat) for seat in some) for some in sets]) for sets in (taken, added)
    )
    saves = spared[:, None] - paid[None, :]
    left = np.round(np.min((margins + lost[:, None, :] + won[None, :, :]) / usual, axis=2), DIGITS)
    fits = saves > NOISE if cheaper else np.abs(saves) <= NOISE
    places = [(int(row), int(column)) for row, column in np.argwhere(fits)]
    places.sort(key=lambda place: (-float(left[place]), -float(saves[place])))
    possible = [
        Exchange(taken[row], added[column], float(saves[row, column]), float(left[row, column]))
        for row, column in places
        if not set(taken[row]) & set(added[column])
    ]
    return sorted(possible, key=lambda each: not each.is_removal)


def changed(plans: Sequence[Plan], exchange: Exchange) -> tuple[Plan, ...] | None:
    """Return the plans after an exchange; None if there are not so many agents to take."""
    new = [Counter(plan) for plan in plans]
    for pool, pattern in exchange.taken:
        new[pool][pattern] -= 1
    for pool, pattern in exchange.added:
        new[pool][pattern] += 1
    if any(number < 0 for plan in new for number in plan.values()):
        return None
    return tuple(+plan for plan in new)


def _sets(
    offer: Offer, effects: dict[Seat, Floats], usual: Floats, most: int, least: int
) -> Iterator[tuple[Seat, ...]]:
    """Yield any single seat, and several of the best: a loss small, a gain large for what it costs."""
    use = {seat: float((effects[seat] / usual).sum()) / _weight(offer, seat) for seat in effects}
    best = sorted(effects, key=lambda seat: -round(use[seat], DIGITS))[:SOME]
    for number in range(least, most + 1):
        if number == 1:
            yield from ((seat,) for seat in effects)
        else:
            yield from combinations([*best, *best] if number == 2 else best, number)


def _sums(sets: Sequence[tuple[Seat, ...]], effects: dict[Seat, Floats], size: int) -> Floats:
    return np.array([sum((effects[seat] for seat in some), np.zeros(size)) for some in sets])


def _weight(offer: Offer, seat: Seat) -> float:
    return offer.weight_of(*seat)
