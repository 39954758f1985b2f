"""Where tasks run: in this process, in worker processes, or on any `concurrent.futures.Executor`.

A task that loses its worker is tried again; one that loses it `TRIES` times is given up, the others go on.
"""

from __future__ import annotations

import os
import signal
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import contextmanager
from threading import Thread
from time import sleep
from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")
R = TypeVar("R")

TRIES = 3

WORTH_WORKERS = 3.0
"""Seconds of work below which starting worker processes costs more than it saves."""

UNDER_WAY = 64
"""Tasks sent ahead to an executor of the user's own, whose size is not known."""


class LostWorkersError(RuntimeError):
    """Some tasks ended their worker process every time they were tried; all others are done."""

    def __init__(self, tasks: Sequence[int]) -> None:
        self.tasks = tuple(tasks)
        super().__init__(
            f"{len(tasks)} task(s) lost their worker {TRIES} times (out of memory?); the others are done"
        )


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


class Crew(NamedTuple):
    """Who does the tasks."""

    hire: Callable[[], Executor]
    """Return an executor that works: a new one after the last has broken."""
    size: int
    """Workers; 1 if they are not known."""
    under_way: int
    """Tasks sent ahead of their results."""
    is_guest: bool = False
    """Whether the executor is the user's own and goes on when we stop."""


@contextmanager
def crew_of(workers: int | None, work: float, executor: Executor | None = None) -> Iterator[Crew]:
    """Provide workers (None: as many as the seconds of work are worth), or the user's own executor."""
    if executor is not None:
        yield Crew(lambda: executor, 1, UNDER_WAY, is_guest=True)
        return
    if workers is None:
        workers = _cores() if work > WORTH_WORKERS else 1
    if workers <= 1:
        serial = SerialExecutor()
        yield Crew(lambda: serial, 1, 1)
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


def completed(crew: Crew, function: Callable[[T], R], tasks: Sequence[T]) -> Iterator[tuple[int, R]]:
    """Yield number and result of each task as it is done, in no fixed order.

    Raises LostWorkersError at the end if tasks had to be given up, and at once what the function raised.
    """
    dispatch = Dispatch(crew, function, tasks)
    try:
        yield from dispatch.results()
    finally:
        if crew.is_guest:
            dispatch.cancel()
    if dispatch.given_up:
        raise LostWorkersError(sorted(dispatch.given_up))


class Dispatch(Generic[T, R]):
    """Tasks on their way through an executor that may break.

    When it breaks, every task under way is a suspect; suspects are tried again alone, so that only the one
    that breaks it is counted out.
    """

    def __init__(self, crew: Crew, function: Callable[[T], R], tasks: Sequence[T]) -> None:
        self.crew = crew
        self.function = function
        self.tasks = tasks
        self.waiting = deque(range(len(tasks)))
        self.suspects: deque[int] = deque()
        self.under_way: dict[Future[R], int] = {}
        self.losses: Counter[int] = Counter()
        self.given_up: list[int] = []

    def results(self) -> Iterator[tuple[int, R]]:
        """Yield number and result of each task that can be done."""
        while self.waiting or self.suspects or self.under_way:
            self._send()
            for future in wait(self.under_way, return_when=FIRST_COMPLETED).done:
                number = self.under_way.pop(future)
                try:
                    result = future.result()
                except BrokenExecutor:
                    self._lost(number)
                else:
                    yield number, result

    def cancel(self) -> None:
        """Take back what has been sent and not begun."""
        for future in self.under_way:
            future.cancel()

    def _send(self) -> None:
        if self.suspects:
            if not self.under_way:
                self._submit(self.suspects.popleft())
            return
        while self.waiting and not self.suspects and len(self.under_way) < self.crew.under_way:
            self._submit(self.waiting.popleft())

    def _submit(self, number: int) -> None:
        try:
            future = self.crew.hire().submit(self.function, self.tasks[number])
        except BrokenExecutor:
            self._lost(number)
        else:
            self.under_way[future] = number

    def _lost(self, number: int) -> None:
        self.losses[number] += 1
        (self.suspects if self.losses[number] < TRIES else self.given_up).append(number)
