"""The line in the long run: how many callers wait while every agent is busy, and what becomes of them.

With exponential handle times and patience the line is a birth-death chain: calls arrive at ``rate`` a second,
and with k callers waiting somebody leaves at ``drain + k / patience``, where ``drain`` is agents / AHT.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Floats

_NEGLIGIBLE = 1e-20
"""Weight, relative to the likeliest length, below which longer lines are left out."""
_SPREAD = 12.0
"""Standard deviations kept below the likeliest length; the rest weighs less than exp(-72)."""


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
    abandons.
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
            return _floats(_special().gammainc(self.ahead + 1, self.drain * limit))
        gone = -math.expm1(-limit / self.patience)
        in_time = _special().betainc(self.ahead + 1, self.drain * self.patience + 1, gone)
        return _floats(self.answered() * in_time)

    def waiting_after(self, limit: float) -> Floats:
        """Chance to be neither answered nor gone after ``limit`` seconds."""
        if math.isinf(self.patience):
            return _floats(_special().gammaincc(self.ahead + 1, self.drain * limit))
        gone = -math.expm1(-limit / self.patience)
        return _floats((1 - gone) * _special().betaincc(self.ahead + 1, self.drain * self.patience, gone))

    def wait_if_answered(self) -> Floats:
        """Mean wait in seconds of those answered: the derivative of E exp(-s V) at s = 1 / patience."""
        spells = 1 / (self.drain + (self.ahead + 1) / self.patience)
        return self._before_first() + np.cumsum(spells)

    def _before_first(self) -> float:
        """Sum of the spells left out because ``ahead`` starts above zero."""
        if not self.ahead.size or not self.ahead[0]:
            return 0.0
        servers = self.drain * self.patience
        first, last = _special().digamma(np.array([servers + 1, servers + self.ahead[0] + 1]))
        return float(last - first) * self.patience


def _special() -> Any:
    """Return SciPy's special functions, which take longer to load than a whole run may take."""
    from scipy import special

    return special


def _floats(values: npt.ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)
