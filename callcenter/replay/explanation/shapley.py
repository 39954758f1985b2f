"""Shapley values: what each factor adds, averaged over all orders of their coming (Shapley 1953)."""

from __future__ import annotations

from collections.abc import Callable
from math import factorial

import numpy as np

from callcenter.arrays import Floats


def shapley(values: Floats) -> Floats:
    """Return the part of each factor from the values of all sets of factors, shape (2**n,).

    The value of a set is at the number whose bits are its factors.  The parts add up to the value of all less
    that of none; what makes no difference has no part, and what is alike has equal parts.
    """
    factors = int(values.size).bit_length() - 1
    every = range(values.size)
    parts = np.zeros(factors)
    for factor in range(factors):
        for group in every:
            if not group >> factor & 1:
                weight = _weight(group.bit_count(), factors)
                parts[factor] += weight * (values[group | 1 << factor] - values[group])
    return parts


def _weight(before: int, factors: int) -> float:
    """Return the share of orders in which a factor comes right after one set of so many others."""
    return factorial(before) * factorial(factors - before - 1) / factorial(factors)


def over_all_sets(value: Callable[[int], float], factors: int) -> Floats:
    """Return the values of all sets of factors."""
    return np.array([value(group) for group in range(1 << factors)])
