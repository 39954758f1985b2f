"""SimPy's clock with an explicit order of what happens at one instant (rule R4)."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from simpy import Environment, Event

from callcenter.clock import TICKS_PER_SECOND
from callcenter.engine.rules import Rank

Steps = Generator[Event, Any, None]
"""A process: it yields the event that it waits for."""

_RANK_STEP = 1 << 40
"""Ranks lie this far apart, so that ties within a rank go by the number of the call."""


def scaled(seconds: float, factor: float) -> float:
    """Return a handle time times a factor, rounded to whole ticks (rule R1)."""
    return seconds if factor == 1.0 else round(seconds * factor * TICKS_PER_SECOND) / TICKS_PER_SECOND


class Timer(Event):
    """An event at a given time, placed by rank and, within a rank, by the number of the call."""

    def __init__(self, env: Environment, at: float, rank: Rank, number: int = 0) -> None:
        # Inlined from simpy.Timeout, which has no choice of priority.
        self.env = env
        self.callbacks = []
        self._value = None
        self._ok = True
        env.schedule(self, rank * _RANK_STEP + number, at - env.now)  # type: ignore[arg-type]


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
        self._go_on(None)

    def _go_on(self, _: Event | None) -> None:
        event = next(self._steps, None)
        if event is not None:
            event.callbacks.append(self._go_on)
