"""The day of the starter: calls by weekday and the agents that answer most of them, as round numbers."""

from __future__ import annotations

import math
from datetime import time

OPEN, CLOSE = 8, 20
"""Hours."""

WEEKDAYS = {"Mon": 1.12, "Tue": 1.04, "Wed": 1.0, "Thu": 0.98, "Fri": 1.02, "Sat": 0.62, "Sun": 0.48}
"""Calls of each day, as a multiple of those of a Wednesday."""

POOLS = ("vip_desk", "front_office", "back_office")

_CALLS_PER_HOUR = (130, 210, 250, 235, 190, 195, 220, 215, 190, 165, 135, 100, 70)
"""Of a Wednesday, at each full hour from OPEN to CLOSE; in between along a straight line."""

_VIP_HOURS = 0.06 * 230 / 3600
"""Agent hours of the VIP callers among a call: share x (talk + wrap-up)."""

_OTHER_HOURS = 0.94 * 0.77 * 200 / 3600
"""Likewise of all others, of whom 77 % pass the IVR."""

_MARGIN = 1.1
"""Agents above the load, in its square roots."""


def starts(minutes: int) -> list[time]:
    """Return when each interval begins."""
    return [time(at // 60, at % 60) for at in range(OPEN * 60, CLOSE * 60, minutes)]


def calls(weekday: str, minutes: int) -> list[int]:
    """Return the calls expected in each interval."""
    return [round(rate * WEEKDAYS[weekday] * minutes / 60) for rate in _rates(minutes)]


def agents(pool: str, minutes: int) -> list[int]:
    """Return the agents of a pool in each interval of a Monday."""
    return [
        _agents(pool, rate * WEEKDAYS["Mon"], start)
        for rate, start in zip(_rates(minutes), starts(minutes), strict=True)
    ]


def _rates(minutes: int) -> list[float]:
    """Return the calls per hour in the middle of each interval of a Wednesday."""
    middles = [start.hour - OPEN + (start.minute + minutes / 2) / 60 for start in starts(minutes)]
    return [_between(math.floor(middle), middle % 1) for middle in middles]


def _between(hour: int, part: float) -> float:
    return _CALLS_PER_HOUR[hour] * (1 - part) + _CALLS_PER_HOUR[hour + 1] * part


def _agents(pool: str, calls_per_hour: float, start: time) -> int:
    if pool == "vip_desk":
        return math.ceil(calls_per_hour * _VIP_HOURS)
    if pool == "back_office":
        return 1 if start.hour >= 9 else 0
    load = calls_per_hour * _OTHER_HOURS
    return math.ceil(load + _MARGIN * math.sqrt(load))
