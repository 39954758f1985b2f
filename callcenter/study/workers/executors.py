"""Where tasks run: in this process, in worker processes, on a cluster, or on any Executor of the user's."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from threading import Thread
from time import sleep
from typing import Any, TypeVar

from callcenter.study.workers.dispatch import Crew

R = TypeVar("R")

WORTH_WORKERS = 3.0
"""Seconds of work below which starting worker processes costs more than it saves."""

UNDER_WAY = 64
"""Tasks sent ahead to an executor of the user's own, whose size is not known."""


class SerialExecutor(Executor):
    """An executor that does each task at once, in this process."""

    def submit(self, fn: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        """Do the task and return its finished future."""
        future: Future[R] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 (the future carries it to whoever asks for the result)
            future.set_exception(error)
        return future


@contextmanager
def crew_of(workers: int | None, work: float, executor: Executor | None = None) -> Iterator[Crew]:
    """Provide workers (None: as many as the seconds of work are worth), or an executor that is there."""
    if executor is not None:
        size = getattr(executor, "workers", 1)
        yield Crew(lambda: executor, size, max(UNDER_WAY, 4 * size), is_guest=True)
        return
    if workers is None:
        workers = _cores() if work > WORTH_WORKERS else 1
    if workers <= 1:
        serial = SerialExecutor()
        yield Crew(lambda: serial, 1, 1, is_here=True)
        return
    with _processes(workers) as hire:
        yield Crew(hire, workers, 4 * workers)


def _cores() -> int:
    import loky

    return int(loky.cpu_count())


@contextmanager
def _processes(workers: int) -> Iterator[Callable[[], Executor]]:
    from loky import get_reusable_executor

    def hire() -> Any:
        return get_reusable_executor(max_workers=workers, initializer=_obey, initargs=(os.getpid(),))

    try:
        yield hire
    except BaseException:
        hire().shutdown(wait=True, kill_workers=True)  # what they are at is not wanted any more
        raise


def _obey(parent: int) -> None:
    """Leave Ctrl-C to the parent, and end when it does: a killed parent cannot send its workers home."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        sleep(1.0)
    os._exit(1)
