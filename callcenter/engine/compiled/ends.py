"""When busy agents will be free, the first of them in entry 1: a heap of few agents, a calendar of many."""

from __future__ import annotations

from typing import Any

from callcenter import calendar, heap
from callcenter.calendar import enlist, new_calendar, set_pace, take_out
from callcenter.heap import Heap, empty, new_heap, pop, push
from callcenter.kernels import hot, inner

MANY = 32
"""From so many agents on a calendar is faster (docs/design.md)."""


def new_ends(agents: int) -> Heap:
    """Return that nobody is busy, with room for so many agents."""
    return new_calendar(agents) if agents >= MANY else new_heap(agents)


@hot
def is_calendar(ends: Heap) -> bool:
    """Tell a calendar, which has a pace, from a heap."""
    return ends[0]["time"] > 0.0


@hot
def add_end(ends: Heap, time: float, key: int) -> None:
    """An agent will be free."""
    if is_calendar(ends):
        enlist(ends, time, key)
    else:
        push(ends, time, key)


@hot
def take_end(ends: Heap) -> None:
    """The first agent is free."""
    if is_calendar(ends):
        take_out(ends)
    else:
        pop(ends)


@inner
def empty_ends(ends: Heap) -> None:
    """Nobody is busy."""
    if is_calendar(ends):
        calendar.clear(ends)
    else:
        empty(ends)


@inner
def expect_work(ends: Heap, seconds: float) -> None:
    """Prepare for handle times of so many seconds on average; nobody is busy yet."""
    if is_calendar(ends):
        set_pace(ends, seconds)


def with_more_ends(ends: Heap, agents: int) -> Heap:
    """Return that nobody is busy, with room for so many agents more and prepared alike."""
    more: Any = new_ends(ends.size + agents)
    if is_calendar(ends):
        more[0]["time"] = ends[0]["time"]
    return more


def entries(ends: Heap) -> Heap:
    """Return what is to come, in any order."""
    return calendar.entries_of(ends) if is_calendar(ends) else heap.entries_of(ends)
