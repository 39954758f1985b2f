"""The fewest agents that are enough, by bisection."""

from __future__ import annotations

import math
from collections.abc import Callable

from callcenter.language import gettext as _

MOST_AGENTS = 1_000_000
"""More are a slip in the unit, and would take the formulas for ever."""


def fewest(is_enough: Callable[[int], bool], load: float, most: int = MOST_AGENTS) -> int:
    """Return the fewest agents that are enough, 0 or more; more agents must never be worse than fewer.

    The search begins near ``load`` (Erlang) and goes up by its square root, as staffing does, then by twice
    as much each time.  Raises ValueError if not even ``most`` are enough, at once
    if the load is above that.
    """
    if load >= most:
        raise ValueError(
            _("{load:,.0f} Erlang are more than {most:,} agents can work off").format(load=load, most=most)
        )
    low, high = -1, math.ceil(load + 1)
    step = max(1.0, math.sqrt(high))
    while not is_enough(high):
        if high >= most:
            raise ValueError(_("not even {most:,} agents are enough").format(most=most))
        low, high, step = high, min(most, math.ceil(high + step)), 2 * step
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle, high)
    return high
