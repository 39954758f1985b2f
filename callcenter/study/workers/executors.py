"""Where tasks run: in this process, in worker processes, on a cluster, or on any Executor of the user's."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from threading import Event, Thread
from time import sleep
from typing import Any, TypeVar

from callcenter.language import gettext as _
from callcenter.study.workers.cluster import connected
from callcenter.study.workers.dispatch import Workers
from callcenter.study.workers.effort import Effort, EffortError

R = TypeVar("R")

CLUSTERS: Mapping[str, Callable[[str], AbstractContextManager[Executor]]] = dict.fromkeys(
    ("tcp", "tls", "ucx", "ws", "wss", "inproc"), connected
)
"""What connects to a cluster, by how its address begins; an executor may say how many `workers` it has."""

WORTH_WORKERS, WORTH_THREADS = 3.0, 0.2
"""Seconds of work below which starting worker processes, or threads, costs more than it saves."""

UNDER_WAY = 64
"""Tasks sent ahead to an executor of the user's own, whose size is not known."""

Workforce = Callable[[float], Workers]
"""Who works, where there are roughly so many seconds of work."""


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
def workforce(effort: Effort, *, in_threads: bool = False) -> Iterator[Workforce]:
    """Provide whoever does the work of a study, until it is done; this alone looks at who that is.

    Own workers are processes, or with ``in_threads`` threads: of use where the work leaves the interpreter.
    """
    if effort.cluster is not None:
        with _connect(effort.cluster)(effort.cluster) as executor:
            yield lambda _: _borrowed(executor)
    elif effort.executor is not None:
        own = effort.executor
        yield lambda _: _borrowed(own)
    else:
        with (_threads if in_threads else _local)(effort.workers) as local:
            yield local


def _connect(address: str) -> Callable[[str], AbstractContextManager[Executor]]:
    scheme, slashes, _place = address.partition("://")
    if not slashes:
        return connected  # Dask takes a host and a port for tcp
    if scheme not in CLUSTERS:
        known = _(", ").join(f"{name}://" for name in CLUSTERS)
        message = _("--cluster {address}: no such kind of address; write one of {known}")
        raise EffortError(message.format(address=address, known=known))
    return CLUSTERS[scheme]


def _borrowed(executor: Executor) -> Workers:
    size = getattr(executor, "workers", 1)
    return Workers(lambda: executor, size, max(UNDER_WAY, 4 * size), is_borrowed=True)


@contextmanager
def _local(workers: int | None) -> Iterator[Workforce]:
    """Provide this process, or worker processes: as many as given, else as the seconds of work are worth."""
    started: list[int] = []

    def force(seconds: float) -> Workers:
        number = workers or (_cores() if seconds > WORTH_WORKERS else 1)
        if number == 1:
            serial = SerialExecutor()
            return Workers(lambda: serial, 1, 1, is_here=True)
        started.append(number)
        return Workers(lambda: _processes(number), number, 4 * number)

    try:
        yield force
    except BaseException:
        if started:
            _processes(started[-1]).shutdown(wait=True, kill_workers=True)  # their work is of no use now
        raise


@contextmanager
def _threads(workers: int | None) -> Iterator[Workforce]:
    """Provide this thread, or several of this process; they stop soon when the work ends before its time."""
    pools: list[ThreadPoolExecutor] = []
    stopped = Event()

    def force(seconds: float) -> Workers:
        number = workers or (_cores() if seconds > WORTH_THREADS else 1)
        if number == 1:
            return Workers(SerialExecutor, 1, 1, is_here=True)
        pools.append(ThreadPoolExecutor(number))
        return Workers(lambda: pools[-1], number, 4 * number, is_here=True, are_stopped=stopped.is_set)

    try:
        yield force
    finally:
        stopped.set()
        for pool in pools:
            pool.shutdown(cancel_futures=True)


def _cores() -> int:
    import loky

    return int(loky.cpu_count())


def _processes(workers: int) -> Any:
    """Return an executor that works: that of before, or a new one if it has broken."""
    from loky import get_reusable_executor

    return get_reusable_executor(max_workers=workers, initializer=_obey, initargs=(os.getpid(),))


def _obey(parent: int) -> None:
    """Leave Ctrl-C to the parent, and end when it does: a killed parent cannot end its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:  # Windows keeps the number of a dead parent: workers end when they idle
        sleep(1.0)
    os._exit(1)
