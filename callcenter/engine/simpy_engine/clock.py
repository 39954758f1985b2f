"""SimPy's clock with an explicit order of what happens at one instant (rule R4)."""

from __future__ import annotations

from collections.abc import Callable, Generator
from heapq import heappush
from typing import Any

from simpy import Environment, Event

from callcenter.clock import TICKS_PER_SECOND
from callcenter.engine.rules import Rank

Steps = Generator[Event, Any, None]
"""A process: it yields the event that it waits for."""
Waiting = Generator[Event, Any, bool]
"""A part of a process that finds out whether it goes on."""

_PLACES = [rank << 40 for rank in range(max(Rank) + 1)]
"""Ranks lie so far apart that ties within a rank go by the number of the call."""


def scaled(seconds: float, factor: float) -> float:
    """Return a handle time times a factor, rounded to whole ticks (rule R1)."""
    return seconds if factor == 1.0 else round(seconds * factor * TICKS_PER_SECOND) / TICKS_PER_SECOND


class Timer(Event):
    """An event at a given time, placed by rank and, within a rank, by the number of the call."""

    def __init__(self, env: Environment, at: float, rank: Rank, number: int = 0) -> None:
        # Inlined from simpy.Timeout and Environment.schedule, which have no choice of priority and wait for
        # a while, not until a time; most of what happens is such an event.
        self.env = env
        self.callbacks = []
        self._value = None
        self._ok = True
        queue: list[Any] = env._queue  # noqa: SLF001
        heappush(queue, (at, _PLACES[rank] + number, next(env._eid), self))  # noqa: SLF001


def at(env: Environment, time: float, rank: Rank, number: int, do: Callable[[], None]) -> None:
    """Do something at a time, without a process of its own."""
    timer = Timer(env, time, rank, number)
    assert timer.callbacks is not None
    timer.callbacks.append(lambda _: do())


class Walk:
    """A process that starts at once and that nobody waits for.

    `simpy.Process` is an event itself: to start and to end, it goes through the clock's heap twice, which
    would be half of all events of a call.
    """

    __slots__ = ("_steps",)

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        event = next(steps, None)
        if event is not None:
            event.callbacks.append(self._go_on)

    def _go_on(self, _: Event) -> None:
        event = next(self._steps, None)
        if event is not None:
            event.callbacks.append(self._go_on)
