"""Which failures mean that a task lost its worker, and not that the task is wrong."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from concurrent.futures import BrokenExecutor

from callcenter.language import ngettext, noted_plural
from callcenter.study.errors import StudyError

TRIES = 3

DASK_FAILURES = {"KilledWorker": TRIES - 1, "NoValidWorkerError": 1}
"""Dask has tried a task several times by itself when it says so; what may follow is one last try alone."""


def losses(error: BaseException) -> int:
    """Return how many tries a failure stands for; 0 if it was the task's own and no try will help."""
    if isinstance(error, BrokenExecutor | MemoryError):
        return 1
    return _of_dask().get(type(error), 0)


def _of_dask() -> Mapping[type[BaseException], int]:
    scheduler = sys.modules.get("distributed.scheduler")  # whoever has such an error has loaded it
    return {} if scheduler is None else {getattr(scheduler, name): n for name, n in DASK_FAILURES.items()}


GIVEN_UP = {
    "replication": noted_plural(
        "{n} replication was given up, having lost the worker process {tries} times (out of memory?); "
        "the others are done, and the same command tries again.",
        "{n} replications were given up, having lost the worker process {tries} times (out of memory?); "
        "the others are done, and the same command tries again.",
    ),
    "task": noted_plural(
        "{n} task was given up, having lost the worker process {tries} times (out of memory?); "
        "the others are done, and the same command tries again.",
        "{n} tasks were given up, having lost the worker process {tries} times (out of memory?); "
        "the others are done, and the same command tries again.",
    ),
}
"""What may be lost, and the sentence for one and for more of them."""


class LostWorkersError(StudyError, RuntimeError):
    """Some tasks ended their worker process every time they were tried; all others are done."""

    def __init__(self, number: int, what: str = "replication") -> None:
        super().__init__(lost_workers(number, what))


def lost_workers(number: int, what: str = "replication") -> str:
    """Return the sentence on replications that were given up."""
    return ngettext(*GIVEN_UP[what], number).format(n=f"{number:,}", tries=TRIES)
