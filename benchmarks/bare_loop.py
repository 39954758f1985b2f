"""The tier day in a loop that can do nothing else: what compiled code reaches on this machine at best.

One pool, a line per tier, patience looked at when a caller's turn comes; no log but the time of answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import numba
import numpy as np
import numpy.typing as npt

from benchmarks.day import DAY, LARGE, MEAN_PATIENCE, MEAN_TALK
from callcenter.arrays import Floats, Ints

Function = TypeVar("Function", bound=Callable[..., object])


class Callers(NamedTuple):
    """One row per caller, in order of arrival; seconds."""

    arrived: Floats
    tier: npt.NDArray[np.int32]
    patience: Floats
    talk: Floats


def compiled(function: Function) -> Function:
    """Compile a function, and keep it on disk."""
    options: dict[str, Any] = {"cache": True}
    made: Function = numba.njit(**options)(function)
    return made


def drawn(seed: int) -> Callers:
    """Draw a day, as plainly as NumPy allows."""
    rng = np.random.default_rng(seed)
    numbers = rng.poisson(np.array(LARGE.calls_per_minute) * DAY / 60)
    arrived = rng.uniform(0, DAY, numbers.sum())
    order = np.argsort(arrived)
    tier = np.repeat(np.arange(len(numbers), dtype=np.int32), numbers)[order]
    return Callers(
        arrived[order],
        tier,
        rng.exponential(MEAN_PATIENCE, arrived.size),
        rng.exponential(MEAN_TALK, arrived.size),
    )


def answers(callers: Callers) -> Floats:
    """Return when each was answered; ``nan`` for those who gave up."""
    answered = np.full(callers.arrived.size, np.nan)
    serve(*callers, LARGE.agents, len(LARGE.calls_per_minute), answered)
    return answered


@compiled
def serve(
    arrived: Floats,
    tier: npt.NDArray[np.int32],
    patience: Floats,
    talk: Floats,
    agents: int,
    tiers: int,
    answered: Floats,
) -> None:
    """Let all callers through; at the same instant an agent is free before a caller arrives."""
    first, last = np.full(tiers, -1), np.full(tiers, -1)
    behind = np.full(arrived.size, -1)
    free_at, busy = np.empty(agents + 1), 0
    call = 0
    while call < arrived.size or busy > 0:
        if busy > 0 and (call >= arrived.size or free_at[1] <= arrived[call]):
            now = free_at[1]
            turn = next_caller(first, behind, arrived, patience, now)
            if turn >= 0:
                answered[turn] = now
                sink(free_at, busy, now + talk[turn])
            else:
                busy -= 1
                sink(free_at, busy, free_at[busy + 1])
            continue
        if busy < agents:
            answered[call] = arrived[call]
            busy += 1
            rise(free_at, busy, arrived[call] + talk[call])
        else:
            join(first, last, behind, tier[call], call)
        call += 1


@compiled
def join(first: Ints, last: Ints, behind: Ints, tier: int, call: int) -> None:
    """Put a caller at the end of the tier's line."""
    if first[tier] < 0:
        first[tier] = call
    else:
        behind[last[tier]] = call
    last[tier] = call


@compiled
def next_caller(first: Ints, behind: Ints, arrived: Floats, patience: Floats, now: float) -> int:
    """Take the caller whose turn it is, past those who have given up; -1 if nobody waits."""
    for tier in range(first.size):
        call = first[tier]
        while call >= 0 and arrived[call] + patience[call] < now:
            call = behind[call]
        first[tier] = call
        if call >= 0:
            first[tier] = behind[call]
            return int(call)
    return -1


@compiled
def rise(heap: Floats, at: int, time: float) -> None:
    """Put a time where the heap has a hole, or above."""
    while at > 1 and heap[at >> 1] > time:
        heap[at] = heap[at >> 1]
        at >>= 1
    heap[at] = time


@compiled
def sink(heap: Floats, size: int, time: float) -> None:
    """Put a time in the place of the earliest, or below."""
    at, below = 1, 2
    while below <= size:
        if below < size and heap[below + 1] < heap[below]:
            below += 1
        if time <= heap[below]:
            break
        heap[at] = heap[below]
        at, below = below, 2 * below
    heap[at] = time
