"""Non-preemptive priorities: mean waits of tiers that share one pool, the first tier being served first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from callcenter.theory.erlang import erlang_a, refuse_negative
from callcenter.theory.line import lengths


class PriorityFigures(NamedTuple):
    """Long-run figures of one tier; times in seconds, ``nan`` where a tier has no calls."""

    p_wait: float
    """Share that finds every agent busy, the same for all tiers."""
    abandonment: float
    mean_wait: float
    """Mean wait of all calls of the tier, abandoned ones included."""


def priority_queue(
    calls_per_hour: Sequence[float], aht: float, agents: int, patience: float = math.inf
) -> tuple[PriorityFigures, ...]:
    """Figures of each tier of M/M/n(+M), with one ``aht`` and one mean ``patience`` (seconds) for all tiers.

    While every agent is busy, the callers of the first k tiers in line are a birth-death chain of their own:
    lower tiers are served only when none of them waits. A tier beyond the agents' capacity waits for ever.
    Source: Cobham (1954), Operations Research 2; with abandonment Jouini and Roubos (2014), JORS 65.
    """
    for calls in calls_per_hour:
        refuse_negative(calls_per_hour=calls)
    p_wait = erlang_a(sum(calls_per_hour), aht, agents, patience).p_wait
    rates = [calls / 3600 for calls in calls_per_hour]
    drain = agents / aht if aht else math.inf if agents else 0.0
    lines = [p_wait * _mean_length(rate, drain, patience) for rate in accumulate(rates)]
    waits = [_wait(*ends, rate) for ends, rate in zip(pairwise([0.0, *lines]), rates, strict=True)]
    return tuple(PriorityFigures(p_wait, _abandonment(wait, patience), wait) for wait in waits)


def _mean_length(rate: float, drain: float, patience: float) -> float:
    """Mean number of callers of the tiers of this joint ``rate`` who wait while every agent is busy."""
    if math.isinf(patience) and rate >= drain:
        return math.inf
    return lengths(rate, drain, patience).mean


def _wait(line_above: float, line: float, rate: float) -> float:
    """Mean wait by Little's law, from the lines without and with the tier's own callers."""
    if not rate:
        return math.nan
    return math.inf if math.isinf(line) else (line - line_above) / rate


def _abandonment(wait: float, patience: float) -> float:
    return 0.0 if math.isinf(patience) else wait / patience


def cobham_mg1(
    calls_per_hour: Sequence[float], aht: Sequence[float], cv: Sequence[float]
) -> tuple[float, ...]:
    """Mean wait in seconds of each tier of M/G/1, a pool of one agent.

    ``aht`` is the mean handle time in seconds, ``cv`` its coefficient of variation. A tier beyond the agent's
    capacity waits for ever.
    Source: Cobham (1954), Operations Research 2; one tier is the Pollaczek-Khinchine formula.
    """
    tiers = list(zip(calls_per_hour, aht, cv, strict=True))
    for calls, mean, spread in tiers:
        refuse_negative(calls_per_hour=calls, aht=mean, cv=spread)
    load = [0.0, *accumulate(calls * mean / 3600 for calls, mean, _ in tiers)]
    residual = [mean * (1 + spread**2) / 2 for _, mean, spread in tiers]
    busy = pairwise(min(1.0, share) for share in load)
    rest = sum((high - low) * left for (low, high), left in zip(busy, residual, strict=True))
    return tuple(_cobham(rest, low, high) for low, high in pairwise(load))


def _cobham(rest: float, load_above: float, load: float) -> float:
    """Wait for the call in service, ``rest``, and for all that goes before; loads in Erlangs."""
    return math.inf if load >= 1 else rest / ((1 - load_above) * (1 - load))
