"""Replications of a variant on all cores at once; callers as those of the last one are not drawn again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cache
from threading import Event, Lock, local
from typing import NamedTuple

from callcenter.batch import Batch, Held
from callcenter.measure import Tally
from callcenter.scenario import Scenario

OnWait = Callable[[int, int], None]
"""Called while one waits, with how many replications are done, of how many; what it raises ends the work."""

MOST_HELD = 1_000_000
"""Calls whose draws stay in memory, at 144 bytes each, for all sessions together."""

MOST_BATCHES = 8
"""Variants that a thread keeps laid out."""

PATIENCE = 0.02
"""Seconds between two looks whether the work is still wanted."""


class Days(NamedTuple):
    """Which days of which scenario."""

    scenario: Scenario
    fingerprint: str
    seed: int
    calls: float
    """Of a replication, those after the last day included."""


def simulated(days: Days, numbers: Sequence[int], on_wait: OnWait) -> list[Tally]:
    """Return the tallies of some replications; those not begun are given up when ``on_wait`` raises."""
    stopped = Event()
    futures = [_threads().submit(_replicate, days, number, stopped) for number in numbers]
    try:
        return [*_results(futures, on_wait)]
    finally:
        stopped.set()
        for future in futures:
            future.cancel()


def _results(futures: list[Future[Tally]], on_wait: OnWait) -> list[Tally]:
    is_open = True
    while is_open:
        is_open = bool(wait(futures, PATIENCE).not_done)
        on_wait(sum(future.done() for future in futures), len(futures))
    return [future.result() for future in futures]


def _replicate(days: Days, number: int, stopped: Event) -> Tally:
    """Simulate one replication, with its callers in memory if there is room for them."""
    if stopped.is_set():
        raise InterruptedError
    batch = _batch(days)
    if (number + 1) * days.calls > MOST_HELD:
        return batch.tallies(number, 1)[0]
    room = _room(number)
    with room.lock:
        return batch.tally(number, room.held)


@cache
def _threads() -> ThreadPoolExecutor:
    import loky

    return ThreadPoolExecutor(int(loky.cpu_count()), thread_name_prefix="simulating")


class _Room(NamedTuple):
    lock: Lock
    """Held by the thread that uses it."""
    held: Held


_ROOMS: dict[int, _Room] = {}
_DOOR = Lock()


def _room(number: int) -> _Room:
    with _DOOR:
        return _ROOMS.setdefault(number, _Room(Lock(), Held()))


_BATCHES = local()


def _batch(days: Days) -> Batch:
    """Return a scenario as this thread has it laid out."""
    kept: OrderedDict[tuple[str, int], Batch] = _BATCHES.__dict__.setdefault("kept", OrderedDict())
    key = days.fingerprint, days.seed
    if key not in kept:
        kept[key] = Batch(days.scenario, days.seed)
        if len(kept) > MOST_BATCHES:
            kept.popitem(last=False)
    kept.move_to_end(key)
    return kept[key]
