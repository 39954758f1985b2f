"""Agents behind an interval report that does not name them: as many as give its waits by Erlang A."""

from __future__ import annotations

import math

import numpy as np

from callcenter.arrays import Floats
from callcenter.theory.erlang import erlang_a

MOST = 2000


def agents(calls_per_hour: float, aht: float, patience: float, mean_wait: float) -> float:
    """Return the agents, parts of one too, with whom calls wait so long on average by Erlang A."""
    if not calls_per_hour > 0 or not aht > 0 or not mean_wait > 0:
        return math.nan
    low = 0
    high = max(int(calls_per_hour * aht / 3600), 1)
    while high < MOST and _wait(calls_per_hour, aht, high, patience) > mean_wait:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        if _wait(calls_per_hour, aht, middle, patience) > mean_wait:
            low = middle
        else:
            high = middle
    longer, shorter = (_wait(calls_per_hour, aht, number, patience) for number in (low, high))
    if not math.isfinite(longer) or longer <= shorter:
        return float(high)
    return float(low + np.clip((longer - mean_wait) / (longer - shorter), 0, 1))


def _wait(calls_per_hour: float, aht: float, number: int, patience: float) -> float:
    if number == 0:
        return patience
    if math.isinf(patience) and calls_per_hour * aht / 3600 >= number:
        return math.inf
    return erlang_a(calls_per_hour, aht, number, patience).mean_wait


def levels(
    offered: Floats, handled: Floats, waited: Floats, aht: Floats, patience: float, interval: float
) -> Floats:
    """Return agents by interval, from calls a day, handle time and summed waits; gaps are filled.

    Where hardly anybody waited there may have been any number more: the last known above stands in.
    """
    hourly = offered * 3600 / interval
    calibrated = np.array(
        [
            agents(rate, seconds, patience, wait / max(calls, 1e-9))
            for rate, seconds, wait, calls in zip(hourly, aht, waited, offered, strict=True)
        ]
    )
    least = handled / interval
    known = np.isfinite(calibrated)
    filled = (
        np.interp(np.arange(len(calibrated)), np.flatnonzero(known), calibrated[known])
        if known.any()
        else least + 1
    )
    return np.asarray(np.maximum(filled, least))
