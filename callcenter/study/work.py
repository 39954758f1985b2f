"""The work of a study: simulate the cells that the results store lacks, here or spread over workers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import Literal, NamedTuple

from callcenter.calllog import CallLog
from callcenter.engine import prepare
from callcenter.measure import tally
from callcenter.study.cells import Cell, CellKey, Outcome, seconds_of, simulate_cells, tasks_of
from callcenter.study.executors import completed, crew_of
from callcenter.study.store import Store

Progress = Callable[[int, int], None]
"""Told how many replications are done, of how many."""

Keep = Literal["calls"]

Logs = dict[CellKey, CallLog]


class Effort(NamedTuple):
    """How the work is done; nothing here changes a result."""

    engine: str = "auto"
    workers: int | None = 1
    """Worker processes; None: as many as there are cores, if the work is worth it."""
    executor: Executor | None = None
    """An executor of the user's own, in place of worker processes."""
    on_progress: Progress | None = None


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


def simulate_missing(cells: Sequence[Cell], store: Store, effort: Effort, keep: Keep | None = None) -> Logs:
    """Simulate the cells that the store lacks and put them there; return the call logs to be kept.

    Only what is simulated has a log, so with ``keep`` every cell is simulated.
    """
    wanted = {cell.key: cell for cell in cells}
    known = set() if keep else wanted.keys() & store.keys()
    missing = [cell for key, cell in wanted.items() if key not in known]
    tracker, logs = Tracker(len(known), len(wanted), effort.on_progress), Logs()
    work = partial(simulate_cells, engine=effort.engine, keep_log=keep is not None)
    if missing:
        tally(*prepare(effort.engine))
    with crew_of(effort.workers, seconds_of(missing, effort.engine), effort.executor) as crew:
        for _, outcomes in completed(crew, work, tasks_of(missing, crew.size, effort.engine)):
            store.put(outcomes)
            logs |= _logs(outcomes)
            tracker.advance(len(outcomes))
    return logs


def _logs(outcomes: Sequence[Outcome]) -> Logs:
    return {outcome.key: outcome.log for outcome in outcomes if outcome.log is not None}
