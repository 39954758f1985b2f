"""The instant table: how many agents a line needs by Erlang A, and what a few more or less would do."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from callcenter.language import gettext as _
from callcenter.theory.erlang import QueueFigures, erlang_c
from callcenter.theory.fewest import fewest
from callcenter.theory.situation import Situation

ROWS_BESIDE = 4
"""Rows above and below the need."""


class Staffing(NamedTuple):
    """What a number of agents achieves: with callers who hang up, and as if nobody did."""

    agents: int
    erlang_a: QueueFigures
    erlang_c: QueueFigures


class Planned(NamedTuple):
    """An interval of the day: its line, the agents that a promise needs, and what those staffed achieve."""

    line: Situation
    need: int
    figures: QueueFigures
    """By Erlang A (C if nobody hangs up), with the agents of the line."""


def planned(lines: Sequence[Situation], within: float, share: float) -> list[Planned]:
    """Return what each interval needs and gets, by formula; ValueError if no number of agents is enough."""
    return [
        Planned(
            line,
            agents_needed(line, within, share) if line.calls_per_hour else 0,
            line.figures(within),
        )
        for line in lines
    ]


def agents_needed(line: Situation, within: float, share: float) -> int:
    """Return the fewest agents who answer this share of the calls within so many seconds, by Erlang A.

    Raises ValueError if no number does.
    """

    def is_enough(agents: int) -> bool:
        return agents > 0 and line.figures(within, agents).answered_within >= share

    try:
        return fewest(is_enough, line.erlangs)
    except ValueError:
        raise ValueError(
            _("no number of agents answers {share:.10g} of the calls within {within:g} s").format(
                share=share, within=within
            )
        ) from None


def staffings(line: Situation, within: float, need: int, *others: int) -> list[Staffing]:
    """Return the figures for numbers of agents around the need, and for the others asked for.

    The steps grow with the load: a tenth of its square root.
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
