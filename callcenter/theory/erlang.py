"""Erlang B, Erlang C and Erlang A: one pool, one tier, Poisson calls, exponential handle times.

Recursions and ratios only, no factorials: 5,000 Erlang are as safe as five.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from callcenter.arrays import Floats
from callcenter.language import gettext as _
from callcenter.theory.line import Prospect, lengths


class QueueFigures(NamedTuple):
    """Long-run figures of a queue, shares of the accepted calls; times in seconds, ``nan`` = no value."""

    p_wait: float
    """Share that finds every agent busy."""
    abandonment: float
    mean_wait: float
    """Mean wait of all calls, abandoned ones included."""
    asa: float
    """Mean wait of the answered calls."""
    answered_within: float
    abandoned_within: float
    occupancy: float
    blocked: float = 0.0
    """Share of all calls made that finds every trunk taken."""


AT_ONCE = QueueFigures(0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0)
"""Figures where calls take no time of the agents, or nobody calls."""


def erlang_b(erlangs: float, trunks: int) -> float:
    """Share of calls blocked when ``trunks`` lines are offered ``erlangs`` of traffic.

    Source: Jagerman (1974), Bell System Technical Journal 53: B(n) = a B(n-1) / (n + a B(n-1)).
    """
    refuse_negative(erlangs=erlangs, trunks=trunks)
    blocked = 1.0
    for line in range(1, trunks + 1):
        blocked = erlangs * blocked / (line + erlangs * blocked)
    return blocked


def erlang_c(calls_per_hour: float, aht: float, agents: int, within: float = 20.0) -> QueueFigures:
    """Figures of M/M/n, where nobody abandons; ``aht`` and ``within`` in seconds.

    With no more agents than Erlangs the line grows for ever: everybody waits, infinitely long.
    Source: Erlang (1917); from Erlang B as in Cooper (1981), Introduction to Queueing Theory, ch. 3.
    """
    refuse_negative(calls_per_hour=calls_per_hour, within=within, agents=agents, aht=aht)
    if agents and not aht:
        return AT_ONCE
    erlangs = calls_per_hour * aht / 3600
    if agents <= erlangs:
        return QueueFigures(1.0, 0.0, math.inf, math.inf, 0.0, 0.0, 1.0)
    blocked = erlang_b(erlangs, agents)
    p_wait = blocked / (1 - erlangs / agents * (1 - blocked))
    asa = p_wait * aht / (agents - erlangs)
    late = p_wait * math.exp(-(agents - erlangs) * within / aht)
    return QueueFigures(p_wait, 0.0, asa, asa, 1 - late, 0.0, erlangs / agents)


def erlang_a(
    calls_per_hour: float,
    aht: float,
    agents: int,
    patience: float,
    within: float = 20.0,
    trunks: int | None = None,
) -> QueueFigures:
    """Figures of M/M/n+M: exponential patience of mean ``patience`` seconds, ``inf`` = nobody abandons.

    With ``trunks`` lines for the callers served and waiting together, calls that find none free are blocked.
    Source: Palm (1957), Tele, English edition; the sums over the line's length are those of `Prospect`.
    """
    refuse_negative(calls_per_hour=calls_per_hour, within=within, agents=agents, aht=aht)
    refuse_unless_positive(patience=patience)
    if trunks is not None and trunks < agents:
        raise ValueError(
            _("trunks must be at least agents ({agents}), got {trunks}").format(agents=agents, trunks=trunks)
        )
    if trunks is None and math.isinf(patience):
        return erlang_c(calls_per_hour, aht, agents, within)
    if agents and not aht:
        return AT_ONCE
    if not agents and math.isinf(patience):
        return QueueFigures(1.0, 0.0, math.inf, math.inf, 0.0, 0.0, math.nan, float(calls_per_hour > 0))
    aht = aht or 1.0  # of nobody
    line = _line(calls_per_hour / 3600, aht, agents, patience, trunks)
    return _figures(line, calls_per_hour / 3600 * aht, aht, agents, patience, within)


class _Line(NamedTuple):
    """What awaits the accepted calls."""

    ahead: Floats
    chance: Floats
    """Chance to find every agent busy and so many waiting."""
    mean_wait: float
    blocked: float


def _line(rate: float, aht: float, agents: int, patience: float, trunks: int | None) -> _Line:
    room = math.inf if trunks is None else trunks - agents
    waiting, weights = lengths(rate, agents / aht, patience, room)
    # A line that never gets down to `waiting[0]` > 0 leaves no chance of an idle agent.
    idle = 0.0 if waiting[0] else weights[0] * _idle_to_full(rate * aht, agents)
    chance = weights / (idle + weights.sum())
    full = waiting[-1] == room
    blocked = float(chance[-1]) if full else 0.0
    accepted = waiting.size - int(full)
    mean_wait = float(waiting @ chance) / (rate * (1 - blocked)) if rate else 0.0
    return _Line(waiting[:accepted], chance[:accepted] / (1 - blocked), mean_wait, blocked)


def _idle_to_full(erlangs: float, agents: int) -> float:
    """How much likelier an idle agent is than every agent busy and nobody waiting."""
    full = erlang_b(erlangs, agents)
    return 1 / full - 1 if full else math.inf


def _figures(
    line: _Line, erlangs: float, aht: float, agents: int, patience: float, within: float
) -> QueueFigures:
    prospect = Prospect(line.ahead, agents / aht, patience)
    p_wait, abandonment = float(line.chance.sum()), line.mean_wait / patience
    answered = 1 - abandonment
    waited = float((line.chance * prospect.answered()) @ prospect.wait_if_answered())
    in_time = float(line.chance @ prospect.answered_within(within))
    still_waiting = float(line.chance @ prospect.waiting_after(within))
    return QueueFigures(
        p_wait=p_wait,
        abandonment=abandonment,
        mean_wait=line.mean_wait,
        asa=waited / answered if agents else math.nan,
        answered_within=max(0.0, 1 - p_wait) + in_time,
        abandoned_within=max(0.0, p_wait - still_waiting - in_time),
        occupancy=erlangs * (1 - line.blocked) * answered / agents if agents else math.nan,
        blocked=line.blocked,
    )


def refuse_negative(**values: float) -> None:
    """Raise ValueError naming the first value that is negative or not a number."""
    for name, value in values.items():
        if not value >= 0:
            raise ValueError(_("{name} must be 0 or more, got {value}").format(name=name, value=value))


def refuse_unless_positive(**values: float) -> None:
    """Raise ValueError naming the first value that is not above zero."""
    for name, value in values.items():
        if not value > 0:
            raise ValueError(_("{name} must be above 0, got {value}").format(name=name, value=value))
