"""The work of a study: simulate the cells that the results store lacks, here or spread over workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from typing import Literal, NamedTuple

from callcenter.study.store.outcome import Logs, Outcome
from callcenter.study.store.results_store import Store
from callcenter.study.workers.cells import Simulation, make_ready
from callcenter.study.workers.dispatch import Dispatch, Workers
from callcenter.study.workers.executors import Workforce
from callcenter.study.workers.tasks import Packer, Quota, Tallies, Task, Work, do, do_packed

Progress = Callable[[int, int], None]
"""Called with how many replications are done, of how many."""

Keep = Literal["calls"]


class Tracker:
    """Counts the cells that are done, and reports them."""

    def __init__(self, done: int, total: int, report: Progress | None) -> None:
        self.done = done
        self.total = total
        self._report = report
        self.advance(0)

    def advance(self, cells: int) -> None:
        """Count some more cells."""
        self.done += cells
        if self._report is not None:
            self._report(self.done, self.total)


class Job(NamedTuple):
    """What a study is worked on with."""

    seed: int
    store: Store
    """Where results go."""
    force: Workforce
    simulation: Simulation
    on_progress: Progress | None = None


def simulate_missing(quotas: Iterable[Quota], job: Job) -> Logs:
    """Simulate the cells that quotas lack and put them into the store; return the call logs to be kept.

    What loses its worker again and again is put down as failed.
    """
    quotas = list(quotas)
    work, logs = Work(quotas, job.seed, job.simulation.engine), Logs()
    total = sum(quota.replications for quota in quotas)
    tracker = Tracker(total - work.cells, total, job.on_progress)
    if work.cells:
        make_ready(job.simulation)
    workers = job.force(work.seconds)
    dispatch = Dispatch(workers, _sender(workers, job.simulation), work.tasks(workers.size))
    for task, tallies in dispatch.results():
        if tallies is None:
            job.store.give_up(cell.key for cell in task)
        else:
            outcomes = _outcomes(task, tallies)
            job.store.put(outcomes)
            logs |= {outcome.key: outcome.log for outcome in outcomes if outcome.log is not None}
        tracker.advance(len(task))
    return logs


def _sender(workers: Workers, simulation: Simulation) -> Callable[[Executor, Task], Future[Tallies]]:
    """Return what sends a task to an executor: as it is within this process, else packed."""
    if workers.is_here:
        return lambda executor, task: executor.submit(do, task, simulation, workers.are_stopped)
    pack = Packer()
    return lambda executor, task: executor.submit(do_packed, pack(task), simulation)


def _outcomes(task: Task, tallies: Tallies) -> list[Outcome]:
    return [Outcome(cell.key, tally, log) for cell, (tally, log) in zip(task, tallies, strict=True)]
