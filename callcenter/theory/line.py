"""The line in the long run: how many callers wait while every agent is busy, and what becomes of them.

With exponential handle times and patience the line is a birth-death chain: calls arrive at ``rate`` a second,
and with k callers waiting somebody leaves at ``drain + k / patience``, where ``drain`` is agents / AHT.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Floats

_NEGLIGIBLE = 1e-20
"""Weight, relative to the likeliest length, below which longer lines are left out."""
_SPREAD = 12.0
"""Standard deviations kept below the likeliest length; the rest weighs less than exp(-72)."""


_FOR_EVER = 300.0
"""Nobody's patience lasts so many times its mean; the square of its exp is still a number."""

_MANY = 100_000
"""Numbers, which are not added up one by one."""


class Lengths(NamedTuple):
    """Relative weights of the numbers waiting ``waiting``, the largest weight being 1."""

    waiting: Floats
    weights: Floats

    @property
    def mean(self) -> float:
        """Mean number waiting while every agent is busy."""
        return float(self.waiting @ self.weights / self.weights.sum())


def lengths(rate: float, drain: float, patience: float, room: float = math.inf) -> Lengths:
    """Stationary weights of the line's length, for as many places in it as ``room``."""
    if not rate:
        return Lengths(np.zeros(1), np.ones(1))
    excess = max(0.0, rate - drain)
    mode = int(min(room, excess * patience)) if excess else 0
    span = int(min(mode, _SPREAD * math.sqrt(rate * patience))) if mode else 0
    below = drain + np.arange(mode, mode - span, -1) / patience
    falling = np.cumprod(below / rate)[::-1] if span else np.empty(0)
    rising = _rising(rate, drain, patience, mode, room)
    weights = np.concatenate([falling, [1.0], rising])
    return Lengths(mode - span + np.arange(weights.size, dtype=np.float64), weights)


def _rising(rate: float, drain: float, patience: float, mode: int, room: float) -> Floats:
    """Weights of the lines longer than ``mode``, relative to it."""
    size = 64
    while True:
        steps = np.arange(1, min(size, room - mode) + 1, dtype=np.float64)
        weights = _floats(np.cumprod(rate / (drain + (mode + steps) / patience)))
        if weights.size < size or weights[-1] < _NEGLIGIBLE:
            return weights
        size *= 2


class Prospect(NamedTuple):
    """What awaits a caller who finds every agent busy and ``ahead`` callers waiting (an array).

    With endless patience they would wait V: one departure at each of the rates ``drain + i / patience``, i
    from 0 to ``ahead``. So exp(-V / patience) is Beta(drain * patience, ahead + 1), or V Erlang if nobody
    abandons; and V exceeds a limit if a negative binomial number, or a Poisson one, is at most ``ahead``.
    """

    ahead: Floats
    drain: float
    patience: float

    def answered(self) -> Floats:
        """Chance to be answered at all."""
        return _floats(self.drain / (self.drain + (self.ahead + 1) / self.patience))

    def answered_within(self, limit: float) -> Floats:
        """Chance to be answered within ``limit`` seconds."""
        if math.isinf(self.patience):
            return 1 - poisson_at_most(self.ahead, self.drain * limit)
        late = negative_binomial_at_most(self.ahead, self.drain * self.patience + 1, limit / self.patience)
        return _floats(self.answered() * (1 - late))

    def waiting_after(self, limit: float) -> Floats:
        """Chance to be neither answered nor gone after ``limit`` seconds."""
        if math.isinf(self.patience):
            return poisson_at_most(self.ahead, self.drain * limit)
        late = negative_binomial_at_most(self.ahead, self.drain * self.patience, limit / self.patience)
        return _floats(math.exp(-limit / self.patience) * late)

    def wait_if_answered(self) -> Floats:
        """Mean wait in seconds of those answered: the derivative of E exp(-s V) at s = 1 / patience."""
        spells = 1 / (self.drain + (self.ahead + 1) / self.patience)
        return self._before_first() + np.cumsum(spells)

    def _before_first(self) -> float:
        """Sum of the spells left out because ``ahead`` starts above zero."""
        if not self.ahead.size or not self.ahead[0]:
            return 0.0
        return float(np.sum(1 / (self.drain + np.arange(1, self.ahead[0] + 1) / self.patience)))


def poisson_at_most(numbers: Floats, mean: float) -> Floats:
    """Chances of a Poisson number to be at most each of these, which rise."""
    window = _window(mean, math.sqrt(mean), 1.0)
    return _at_most(numbers, window, math.exp(-mean), lambda number: mean / number)


def negative_binomial_at_most(numbers: Floats, size: float, time: float) -> Floats:
    """Chances to be at most each of these, which rise, of a number of births.

    Those of a Yule process of rate 1 that ``size``, not always whole, have begun, in a time.
    """
    if not size or not time:
        return np.ones(numbers.size)
    if time > _FOR_EVER:
        return np.zeros(numbers.size)
    mean, born = size * math.expm1(time), -math.expm1(-time)
    low, high = _window(mean, math.sqrt(mean * math.exp(time)), math.exp(time))
    if high - low > _MANY:
        from scipy.special import betaincc  # takes 0.2 s, which an ordinary line need not wait for

        return _floats(betaincc(numbers + 1, size, born))
    none = math.exp(-size * time)
    return _at_most(numbers, (low, high), none, lambda number: born * (size - 1 + number) / number)


def _window(mean: float, deviation: float, decay: float) -> tuple[int, float]:
    """Return between which numbers all that matters lies; far above, chances fall to 1/e in so many steps."""
    return max(0, int(mean - _SPREAD * deviation)), mean + 4 * _SPREAD * (deviation + decay)


def _at_most(
    numbers: Floats, window: tuple[int, float], none: float, ratio: Callable[[Floats], Floats]
) -> Floats:
    """Sum chances up to each of these numbers, from that of ``none`` and the ratio of each to the one before.

    Where that of none is too small to be known well, all chances add up to 1.
    """
    low, high = window
    low = 0 if none > _NEGLIGIBLE else low
    if not numbers.size or numbers[-1] < low:
        return np.zeros(numbers.size)
    if none > _NEGLIGIBLE:
        following = ratio(np.arange(1, min(high, numbers[-1]) + 1))
        chances = none * np.concatenate([[1.0], np.cumprod(following)])
    else:
        logs = np.concatenate([[0.0], np.cumsum(np.log(ratio(np.arange(low + 1, high))))])
        weights = np.exp(logs - logs.max())
        chances = weights / weights.sum()
    sums = np.minimum(np.cumsum(np.concatenate([[0.0], chances])), 1.0)
    places = np.clip(numbers - low + 1, 0, sums.size - 1)
    return _floats(sums[places.astype(np.intp)])


def _floats(values: npt.ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)
