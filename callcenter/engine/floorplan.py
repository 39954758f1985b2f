"""The scenario as an engine needs it: numbers indexed by tier and pool, and the changes of the day."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.calllog import OUTCOMES
from callcenter.scenario import Scenario

SECONDS_PER_DAY = 86_400.0
NOT_SERVED = -1
"""In place of ``keep_idle``: the pool does not take such calls (or callbacks) at all."""

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int32]


class FloorPlan(NamedTuple):
    """Who may take what, when; rows are pools and columns tiers, both in file order."""

    priority: Indices
    """Shape (tiers,); smaller is served first."""
    keep_idle: Indices
    """Shape (pools, tiers): a call is taken only while more agents than this are idle."""
    after: Floats
    """Shape (pools, tiers): and only once it has waited this long, in seconds."""
    speed: Floats
    """Shape (pools, tiers): handle-time factor."""
    owes_callback: npt.NDArray[np.bool_]
    """Shape (tiers, outcomes): a call lost this way owes the caller a callback."""
    callback_keep_idle: Indices
    """Shape (pools,)."""
    callback_speed: Floats
    """Shape (pools,)."""
    change_at: Floats
    """Shape (changes,): when staffing levels change, in seconds since 00:00 of the first day."""
    levels: Indices
    """Shape (changes, pools): agents on the phones from then on."""
    closes: npt.NDArray[np.bool_]
    """Shape (changes,): with this change the hotline closes on those who wait (``drop``)."""
    last_close: float
    window_start: Floats
    """Shape (windows,): when callbacks may be dialled, in order and without overlap."""
    window_end: Floats
    within: float
    """The promise: first attempt at most this many seconds after the lost call."""
    retry_after: float
    attempts: int
    order: str
    """Order of the callback jobs: due, oldest or tier."""


def floor_plan(scenario: Scenario) -> FloorPlan:
    """Lay the scenario out for the engines."""
    change_at, levels, closes = _staffing_changes(scenario)
    window_start, window_end = _calling_windows(scenario)
    keep_idle, after, speed = _serving(scenario)
    pools, rules = list(scenario.pools.values()), scenario.callbacks
    return FloorPlan(
        priority=np.array([tier.priority for tier in scenario.tiers.values()], np.int32),
        keep_idle=keep_idle,
        after=after,
        speed=speed,
        owes_callback=_owed(scenario),
        callback_keep_idle=np.array(
            [pool.callbacks.keep_idle if pool.callbacks else NOT_SERVED for pool in pools], np.int32
        ),
        callback_speed=np.array([pool.speed for pool in pools]),
        change_at=change_at,
        levels=levels,
        closes=closes,
        last_close=opening_hours(scenario)[-1][1],
        window_start=window_start,
        window_end=window_end,
        within=rules.within,
        retry_after=rules.retry_after,
        attempts=rules.attempts,
        order=rules.order,
    )


def _serving(scenario: Scenario) -> tuple[Indices, Floats, Floats]:
    shape = (len(scenario.pools), len(scenario.tiers))
    keep_idle, after, speed = np.full(shape, NOT_SERVED, np.int32), np.zeros(shape), np.ones(shape)
    for p, pool in enumerate(scenario.pools.values()):
        for t, name in enumerate(scenario.tiers):
            if (serve := pool.serves.get(name)) is not None:
                keep_idle[p, t], after[p, t] = serve.keep_idle, serve.after
                speed[p, t] = pool.speed if serve.speed is None else serve.speed
    return keep_idle, after, speed


def _owed(scenario: Scenario) -> npt.NDArray[np.bool_]:
    rules = [tier.callback for tier in scenario.tiers.values()]
    return np.array([[rule is not None and name in rule.on for name in OUTCOMES] for rule in rules])


def opening_hours(scenario: Scenario) -> list[tuple[float, float]]:
    """Return the spans in which the hotline is open; days that touch at midnight are one span."""
    spans: list[tuple[float, float]] = []
    for day in range(scenario.days):
        opens, closes = day * SECONDS_PER_DAY + scenario.day.open, day * SECONDS_PER_DAY + scenario.day.close
        if spans and spans[-1][1] == opens:
            spans[-1] = (spans[-1][0], closes)
        else:
            spans.append((opens, closes))
    return spans


def _staffing_changes(scenario: Scenario) -> tuple[Floats, Indices, npt.NDArray[np.bool_]]:
    """With ``drain`` the last level stays in force after close, for the callers still inside (rule R8)."""
    staffed = np.array([pool.staffed for pool in scenario.pools.values()], np.int32).T
    times = np.concatenate([_interval_starts(scenario, day) for day in range(scenario.days)])
    levels = np.tile(staffed, (scenario.days, 1))
    closes = np.zeros(times.size, np.bool_)
    if scenario.day.after_close == "drop":
        close_at = np.array([close for _, close in opening_hours(scenario)])
        place = np.searchsorted(times, close_at)
        times = np.insert(times, place, close_at)
        levels = np.insert(levels, place, 0, axis=0)
        closes = np.insert(closes, place, True)
    return times, levels, closes


def _interval_starts(scenario: Scenario, day: int) -> Floats:
    opens = day * SECONDS_PER_DAY + scenario.day.open
    return np.array([opens + i * scenario.day.interval for i in range(scenario.day.intervals)])


def _calling_windows(scenario: Scenario) -> tuple[Floats, Floats]:
    """Callbacks are dialled inside the calling hours and while the hotline is open (rule R11)."""
    hours = scenario.callbacks.hours
    length = (hours.end - hours.start) % SECONDS_PER_DAY or SECONDS_PER_DAY
    calling = [(day * SECONDS_PER_DAY + hours.start, length) for day in range(-1, scenario.days)]
    spans = [
        (max(start, opens), min(start + span, closes))
        for opens, closes in opening_hours(scenario)
        for start, span in calling
    ]
    merged: list[tuple[float, float]] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return np.array([s for s, _ in merged], np.float64), np.array([e for _, e in merged], np.float64)
