"""Who is taken first: what the pick-ups say where two kinds of callers wait and an agent may take either."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Flags, Floats, Indices
from callcenter.fit.calls import Calls
from callcenter.fit.estimates import NORMAL

HEAD_STARTS = tuple(float(s) for s in (*range(0, 125, 5), *range(135, 301, 15), 360, 420, 480, 600))
STRICT = math.inf
_NEARLY_ALL = 0.97
FEWEST = 50
"""Pick-ups with both kinds waiting, from which a rule is told."""


class Order(NamedTuple):
    """How a tier stands to another in the line."""

    first: str
    second: str
    head_start: float
    """Seconds that count as waited already for the first; 0 is first come first served, inf always first."""
    low: float
    high: float
    explained: dict[float, float]
    """Share of pick-ups that each head start explains."""
    pick_ups: int


class Picks(NamedTuple):
    """Pick-ups while callers of two tiers waited."""

    later: Floats
    """Seconds by which the first caller of the one tier had joined after that of the other."""
    is_first: Flags
    """Whether the one tier was picked."""
    day: Indices


def pick_ups(calls: Calls, one: int, other: int, pools_of: Sequence[Flags], pool: Indices) -> Picks:
    """Return the pick-ups of two tiers, by agents who take both, while both had somebody waiting."""
    takes = np.array([bool(tiers[one] and tiers[other]) for tiers in pools_of])
    heads = [_Head(calls, tier) for tier in (one, other)]
    own = calls.is_answered & np.isin(calls.tier, (one, other)) & (pool >= 0) & (calls.wait > 0)
    own[own] = takes[pool[own]]
    moment = calls.moments(calls.joined)[own] + calls.wait[own]
    first, second = (head(moment) for head in heads)
    both = np.isfinite(first) & np.isfinite(second)
    return Picks((first - second)[both], (calls.tier[own] == one)[both], calls.day[own][both])


class _Head:
    """When the longest waiting caller of a tier joined, just before a moment; nan = nobody waits.

    Callers of a tier are served in order of joining, up to those who gave up, so the longest waiting is the
    earliest to join among those who have not left.
    """

    def __init__(self, calls: Calls, tier: int) -> None:
        own = calls.is_queued & (calls.tier == tier) & (calls.wait > 0)
        joined = calls.moments(calls.joined)[own]
        order = np.argsort(joined, kind="stable")
        self.joined = joined[order]
        self.left = self.joined + calls.wait[own][order]

    def __call__(self, moments: Floats) -> Floats:
        """Return when the head of the line joined, at each moment; who leaves then still waits."""
        here = np.searchsorted(self.joined, moments, side="left")
        longest = np.maximum.accumulate(self.left) if len(self.left) else self.left
        start = np.searchsorted(longest, moments, side="left")
        first = np.full(len(moments), np.nan)
        open_ = start < here
        first[open_] = self.joined[start[open_]]
        return first


def order(picks: Picks, first: str, second: str, days: int) -> Order | None:
    """Return the head start that explains most pick-ups; None where there are too few."""
    number = len(picks.later)
    if number < FEWEST:
        return None
    right = np.array([_is_right(picks, head_start) for head_start in (*HEAD_STARTS, STRICT)])
    shares = right.mean(axis=1)
    tried = (*HEAD_STARTS, STRICT)
    best = int(shares.argmax())
    low, high = _interval(right, picks.day, best, days)
    chosen = _simplest(tried[best], low, high, shares)
    return Order(first, second, chosen, low, high, dict(zip(tried, map(float, shares), strict=True)), number)


def _simplest(best: float, low: float, high: float, shares: Floats) -> float:
    """Return the best head start, or a plain rule that days cannot tell from it.

    Strict priority must explain nearly all: a long head start looks like it where few callers wait.
    """
    if high == STRICT and shares[-1] >= _NEARLY_ALL:
        return STRICT
    return 0.0 if low == 0 else best


def _is_right(picks: Picks, head_start: float) -> Flags:
    return np.asarray(picks.is_first == (picks.later < head_start))


def _interval(right: Flags, day: Indices, best: int, days: int) -> tuple[float, float]:
    """Return the smallest and the largest head start that days cannot tell from the best."""
    tried = (*HEAD_STARTS, STRICT)
    near = []
    for number in range(len(tried)):
        gain = right[best].astype(float) - right[number]
        daily = np.bincount(day, gain, days)
        error = math.sqrt((daily**2).sum()) if days > 1 else math.sqrt((gain**2).sum())
        if daily.sum() <= NORMAL * error:
            near.append(tried[number])
    return min(near), max(near)
