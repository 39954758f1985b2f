"""How numbers, times and verdicts are put into words."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

NOTHING = "–"
"""Stands where there is no value: nothing was offered, or one replication has no interval."""

DEFINITIONS = {
    "of_offered": "answered in time ÷ offered",
    "ignoring_quick_abandons": "answered in time ÷ (offered − abandoned in time)",
    "counting_quick_abandons": "(answered in time + abandoned in time) ÷ offered",
    "of_answered": "answered in time ÷ answered",
    "excluding_short_abandons": "answered in time ÷ (offered − abandoned within {short})",
}

VERDICTS = {"met": "✓ met", "missed": "✗ missed", "unclear": "? unclear"}

LONGEST_IN_MINUTES = 7200
"""Seconds; longer durations are given in hours and minutes."""

_UNITS = ((86_400, 2, "d"), (3600, 1, "h"), (60, 1, "min"))
"""Seconds, from how many on, name; a single day is 24 h, as in the promise of a callback."""

_UNITS_OF_FIGURES = ("%", " s", " min", " h")

Estimate = Mapping[str, Any]
"""`value`, `low` and `high`; each may be None."""


def number(figure: float | None) -> float:
    """Return the figure, nan for none."""
    return math.nan if figure is None else float(figure)


def percent(share: float | None, decimals: int = 1) -> str:
    """Return `91.3%`."""
    figure = 100 * number(share)
    return NOTHING if math.isnan(figure) else f"{figure:.{decimals}f}%"


def points(difference: float) -> str:
    """Return a difference of two shares in percentage points, `+1.3` or `−0.4`."""
    return f"{100 * difference:+.1f}".replace("-", "−")


def count(figure: float | None) -> str:
    """Return a mean number of things: `45,012`, `7.3`."""
    mean = number(figure)
    if math.isnan(mean):
        return NOTHING
    return f"{mean:,.0f}" if mean >= 100 else f"{mean:.1f}"


def money(amount: float | None, *, signed: bool = False) -> str:
    """Return an amount of money, `12,345`, `0.84` or `−20.00`; with its sign if it is a difference."""
    figure = number(amount)
    if math.isnan(figure):
        return NOTHING
    decimals = 0 if abs(figure) >= 100 else 2
    return f"{figure:{'+' if signed else ''},.{decimals}f}".replace("-", "−")


def duration(seconds: float | None) -> str:
    """Return `7.4 s`, `24 h` or, where a larger unit does not come out even, `4 min 12 s`."""
    length = number(seconds)
    if math.isnan(length):
        return NOTHING
    if math.isinf(length):
        return "never"
    if length < 60:
        return f"{length:.1f}".removesuffix(".0") + " s"
    whole = round(length)
    even = (
        f"{whole // size} {unit}"
        for size, least, unit in _UNITS
        if whole % size == 0 and whole >= least * size and (unit != "min" or whole <= LONGEST_IN_MINUTES)
    )
    return next(even, _two_units(whole))


def _two_units(seconds: int) -> str:
    if seconds < 3600:
        return f"{seconds // 60} min {seconds % 60} s"
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min"


def wait(seconds: float | None) -> str:
    """Return `9.6 s`, `1:37 min` or `2:05 h`, short enough for a column of figures."""
    length = number(seconds)
    if math.isnan(length):
        return NOTHING
    if round(length, 1) < 60:
        return f"{length:.1f} s"
    if round(length) < 3600:
        return f"{round(length) // 60}:{round(length) % 60:02d} min"
    return f"{round(length / 60) // 60}:{round(length / 60) % 60:02d} h"


def interval(estimate: Estimate, form: Callable[[float], str] = percent) -> str:
    """Return the ends of an estimate's interval, `90.2 – 92.4%`; empty if it has none."""
    if estimate["low"] is None or math.isnan(estimate["low"]):
        return ""
    low, high = form(estimate["low"]), form(estimate["high"])
    unit = next((unit for unit in _UNITS_OF_FIGURES if low.endswith(unit) and high.endswith(unit)), "")
    return f"{low.removesuffix(unit)} – {high}"


def target(level: Mapping[str, Any]) -> str:
    """Return the promise to a tier: `90% in 20 s`."""
    share, within = number(level["target"]), duration(level["within_s"])
    return "no target" if math.isnan(share) else f"{round(100 * share, 2):g}% in {within}"


def definition(name: str, short_abandon: float) -> str:
    """Return the formula of a service level in words."""
    return DEFINITIONS[name].format(short=duration(short_abandon))


def verdict(name: str | None) -> str:
    """Return sign and word of a verdict."""
    return VERDICTS.get(name or "", NOTHING)


def clock(seconds: float) -> str:
    """Return `08:30` for 30,600 s; hours go on past midnight."""
    minutes = round(seconds / 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def replications(numbers: Sequence[int]) -> str:
    """Return how many replications the points of a study have: `30 replications`, `30 to 120 ...`."""
    fewest, most = min(numbers), max(numbers)
    return plural(most, "replication") if fewest == most else f"{fewest:,} to {most:,} replications"


def plural(number_of: int, noun: str) -> str:
    """Return `1 day`, `3 days`."""
    return f"{number_of:,} {noun}" if number_of == 1 else f"{number_of:,} {noun}s"
