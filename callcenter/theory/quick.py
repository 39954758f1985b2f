"""The instant table: how many agents a line needs by Erlang A, and what a few more or less would do."""

from __future__ import annotations

import math
from typing import NamedTuple

from callcenter.theory.erlang import QueueFigures, erlang_c
from callcenter.theory.situation import Situation

MOST_AGENTS = 1_000_000
ROWS_BESIDE = 4
"""Rows above and below the need."""


class Staffing(NamedTuple):
    """What so many agents do: with callers who hang up, and as if nobody did."""

    agents: int
    erlang_a: QueueFigures
    erlang_c: QueueFigures


def agents_needed(line: Situation, within: float, share: float) -> int:
    """Return the fewest agents that answer this share of the calls within so many seconds, by Erlang A.

    Raises ValueError where no number does.
    """
    low, high = -1, max(1, math.ceil(line.erlangs))
    while line.figures(within, high).answered_within < share:
        low, high = high, 2 * high
        if high > MOST_AGENTS:
            raise ValueError(f"no number of agents answers {share:.10g} of the calls within {within:g} s")
    while high - low > 1:
        middle = (low + high) // 2
        reached = middle > 0 and line.figures(within, middle).answered_within >= share
        low, high = (low, middle) if reached else (middle, high)
    return high


def staffings(line: Situation, within: float, need: int, *others: int) -> list[Staffing]:
    """Return the figures of numbers of agents around the need, and of others that are asked for.

    They are further apart where lines are long: a tenth of the square root of the load.
    """
    step = max(1, round(0.1 * math.sqrt(line.erlangs)))
    around = (need + step * place for place in range(-ROWS_BESIDE, ROWS_BESIDE + 1))
    numbers = sorted({number for number in (*around, *others) if number > 0})
    return [
        Staffing(
            number,
            line.figures(within, number),
            erlang_c(line.calls_per_hour, line.aht, number, within),
        )
        for number in numbers
    ]
