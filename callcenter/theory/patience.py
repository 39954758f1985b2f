"""Erlang A with patience of any kind (M/M/n+G), by numerical integration."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Flags, Floats
from callcenter.theory.erlang import AT_ONCE, QueueFigures, erlang_b, refuse_negative, refuse_unless_positive

Survival = Callable[[Floats], Floats]
"""Share of the callers whose patience exceeds each of the given seconds."""

_ON_MINUS_ONE_TO_ONE = np.polynomial.legendre.leggauss(16)
_NODES: Floats = (_ON_MINUS_ONE_TO_ONE[0] + 1) / 2
_WEIGHTS: Floats = _ON_MINUS_ONE_TO_ONE[1] / 2
_FOREVER = 1e15
_HALVINGS = 280
"""Quarters of a halving from the longest wait down to the shortest that is resolved."""
_STEEPEST = 8.0
"""Change of the log density within a panel that 16 nodes integrate exactly."""
_NEGLIGIBLE = -45.0
"""Logarithm of the density, relative to its peak, below which longer waits are left out."""


class _Offered(NamedTuple):
    """The wait that an endlessly patient caller faces if all agents are busy; one row per panel."""

    wait: Floats
    survival: Floats
    """Share of callers patient enough for that wait."""
    patience_spent: Floats
    """Mean of the shorter of that wait and the patience."""
    log_density: Floats
    width: Floats


def erlang_a_general(
    calls_per_hour: float,
    aht: float,
    agents: int,
    survival: Survival,
    within: float = 20.0,
    jumps: Sequence[float] = (),
) -> QueueFigures:
    """Figures of M/M/n+G; ``aht`` and ``within`` in seconds.

    ``survival`` gives the share of callers whose patience exceeds the given seconds; it jumps or bends at
    ``jumps`` (seconds), such as the value of a constant patience.
    Source: Baccelli and Hebuterne (1981); integrals as in Zeltyn and Mandelbaum (2005), Queueing Systems 51.
    """
    refuse_negative(calls_per_hour=calls_per_hour, within=within, aht=aht)
    refuse_unless_positive(agents=agents)
    if not calls_per_hour or not aht:
        return AT_ONCE
    rate, drain = calls_per_hour / 3600, agents / aht
    if rate * _at(survival, _FOREVER) >= drain:
        return _endless_wait(survival, within)
    offered = _offered(rate, drain, survival, (within, *jumps))
    return _figures(offered, calls_per_hour / 3600, aht, agents, within, _at(survival, within))


def _at(survival: Survival, seconds: float) -> float:
    return float(survival(np.array([seconds]))[0])


def _endless_wait(survival: Survival, within: float) -> QueueFigures:
    """Figures where even those who never abandon are more than the agents can serve."""
    gone = 1 - _at(survival, within)
    return QueueFigures(1.0, 1 - _at(survival, _FOREVER), math.inf, math.inf, 0.0, gone, 1.0)


def _offered(rate: float, drain: float, survival: Survival, jumps: Sequence[float]) -> _Offered:
    """Integration panels so long that longer waits do not count, and so narrow that the density is smooth."""
    last = 1280 / max(rate, drain)
    ends = _edges(last, jumps)
    offered = _panels(rate, drain, survival, ends)
    while offered.log_density[-1, -1] >= offered.log_density.max() + _NEGLIGIBLE:
        last *= 2
        ends = _edges(last, jumps)
        offered = _panels(rate, drain, survival, ends)
    while (steep := _steep(offered.log_density)).any():
        ends = _halved(ends, steep)
        offered = _panels(rate, drain, survival, ends)
    return offered


def _edges(last: float, extra: Sequence[float]) -> Floats:
    """Panels that are the finer the nearer to 0, where patience may be dense."""
    inside = [edge for edge in extra if 0 < edge < last]
    return np.unique(np.concatenate([[0.0], last * 2.0 ** -(np.arange(_HALVINGS) / 4), inside]))


def _steep(log_density: Floats) -> Flags:
    """Return which panels count and are too wide; the log density is concave, its peak beside the highest."""
    counts = log_density.max(axis=1) > log_density.max() + _NEGLIGIBLE
    near = counts.copy()
    near[1:] |= counts[:-1]
    near[:-1] |= counts[1:]
    steep: Flags = near & (np.ptp(log_density, axis=1) > _STEEPEST)
    return steep


def _halved(edges: Floats, which: Flags) -> Floats:
    return np.sort(np.concatenate([edges, (edges[:-1] + edges[1:])[which] / 2]))


def _panels(rate: float, drain: float, survival: Survival, edges: Floats) -> _Offered:
    start, width = edges[:-1, None], np.diff(edges)[:, None]
    wait = start + width * _NODES
    up_to_node = survival(start[:, :, None] + width[:, :, None] * _NODES[:, None] * _NODES)
    within_panel = width * _NODES * (up_to_node @ _WEIGHTS)
    whole_panels = width[:, 0] * (survival(wait) @ _WEIGHTS)
    before = np.concatenate([[0.0], np.cumsum(whole_panels)[:-1]])[:, None]
    spent = before + within_panel
    return _Offered(wait, survival(wait), spent, rate * spent - drain * wait, width)


def _figures(
    offered: _Offered, rate: float, aht: float, agents: int, within: float, still_patient: float
) -> QueueFigures:
    # Relative to the density just above 0, which is `rate` times the chance that one agent is idle.
    peak = max(0.0, float(offered.log_density.max()))
    density = rate * np.exp(offered.log_density - peak) * _WEIGHTS * offered.width
    blocked = erlang_b(rate * aht, agents - 1)
    at_once = math.exp(-peak) / blocked if blocked else math.inf
    density /= at_once + density.sum()
    p_wait = float(density.sum())
    answered = 1 - p_wait + float((density * offered.survival).sum())
    soon = density * (offered.wait < within)
    in_time = float((soon * offered.survival).sum())
    gone = float((soon * (1 - offered.survival)).sum()) + (1 - still_patient) * (p_wait - float(soon.sum()))
    return QueueFigures(
        p_wait=p_wait,
        abandonment=1 - answered,
        mean_wait=float((density * offered.patience_spent).sum()),
        asa=float((density * offered.survival * offered.wait).sum()) / answered,
        answered_within=1 - p_wait + in_time,
        abandoned_within=gone,
        occupancy=rate * aht * answered / agents,
    )
