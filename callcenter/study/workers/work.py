"""The work of a study: simulate the cells that the results store lacks, here or spread over workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from typing import Literal, NamedTuple

from callcenter.engine import Routing, prepare
from callcenter.measure import tally
from callcenter.study.store.outcome import Logs, Outcome
from callcenter.study.store.results_store import Store
from callcenter.study.workers.dispatch import Crew, Dispatch
from callcenter.study.workers.executors import crew_of
from callcenter.study.workers.tasks import Found, Packer, Quota, Task, Work, do, do_packed

Progress = Callable[[int, int], None]
"""Told how many replications are done, of how many."""

Keep = Literal["calls"]


class Effort(NamedTuple):
    """How the work is done; nothing here but a routing rule changes a result."""

    engine: str = "auto"
    workers: int | None = 1
    """Worker processes; None: as many as there are cores, if the work is worth it."""
    executor: Executor | None = None
    """An executor of the user's own, in place of worker processes."""
    on_progress: Progress | None = None
    cluster: str | None = None
    """Address of a Dask scheduler, in place of worker processes."""
    routing: Routing | None = None
    """A routing rule of the user's own; needs the SimPy engine, and its results are never stored."""


class Tracker:
    """Counts the cells that are done and tells whoever wants to know."""

    def __init__(self, done: int, total: int, tell: Progress | None) -> None:
        self.done = done
        self.total = total
        self._tell = tell
        self.advance(0)

    def advance(self, cells: int) -> None:
        """Count some more cells."""
        self.done += cells
        if self._tell is not None:
            self._tell(self.done, self.total)


def simulate_missing(
    quotas: Iterable[Quota], seed: int, store: Store, effort: Effort, keep: Keep | None = None
) -> Logs:
    """Simulate the cells that quotas lack and put them into the store; return the call logs to be kept.

    What loses its worker again and again is put down as failed.
    """
    quotas = list(quotas)
    work, logs = Work(quotas, seed, effort.engine), Logs()
    total = sum(quota.replications for quota in quotas)
    tracker = Tracker(total - work.cells, total, effort.on_progress)
    if work.cells:
        tally(*prepare(effort.engine))
    with crew_of(effort.workers, work.seconds, effort.executor) as crew:
        dispatch = Dispatch(crew, _sender(crew, effort, keep is not None), work.tasks(crew.size))
        for task, found in dispatch.results():
            if found is None:
                store.give_up(cell.key for cell in task)
            else:
                outcomes = _outcomes(task, found)
                store.put(outcomes)
                logs |= {outcome.key: outcome.log for outcome in outcomes if outcome.log is not None}
            tracker.advance(len(task))
    return logs


def _sender(crew: Crew, effort: Effort, keep_log: bool) -> Callable[[Executor, Task], Future[Found]]:
    """Return what sends a task to an executor: as it is within this process, else packed."""
    how = effort.engine, keep_log, effort.routing
    if crew.is_here:
        return lambda executor, task: executor.submit(do, task, *how)
    pack = Packer()
    return lambda executor, task: executor.submit(do_packed, pack(task), *how)


def _outcomes(task: Task, found: Found) -> list[Outcome]:
    return [Outcome(cell.key, tally, log) for cell, (tally, log) in zip(task, found, strict=True)]
