"""Tasks on their way through an executor that may break.

A task that loses its worker is tried again alone; one that loses it even then is taken apart, and what loses
its worker `TRIES` times is given up, while everything else goes on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from typing import Generic, NamedTuple, TypeVar

from callcenter.language import gettext as _
from callcenter.language import speaking, spoken
from callcenter.study.errors import StudyError
from callcenter.study.workers.lost_workers import TRIES, LostWorkersError, losses

T = TypeVar("T")
R = TypeVar("R")


class Workers(NamedTuple):
    """Who does the tasks."""

    executor: Callable[[], Executor]
    """Return an executor that works: a new one after the last has broken."""
    size: int
    """How many there are; 1 if that is not known."""
    under_way: int
    """Tasks sent ahead of their results."""
    is_borrowed: bool = False
    """Whether the executor is not ours and goes on when we stop."""
    is_here: bool = False
    """Whether tasks are done in this very process."""
    are_stopped: Callable[[], bool] = lambda: False
    """Whether what is under way is of no use any more; asked by tasks that are done in this process."""


class Attempt(NamedTuple, Generic[T]):
    """A task, and how often it has lost its worker."""

    task: Sequence[T]
    lost: int = 0


class Dispatch(Generic[T, R]):
    """Sends tasks, as many as keep the workers busy, and takes in their results.

    A broken executor loses every task under way, so all of them are tried again one at a time: only what
    breaks it then is counted out.
    """

    def __init__(
        self,
        workers: Workers,
        send: Callable[[Executor, Sequence[T]], Future[R]],
        tasks: Iterable[Sequence[T]],
    ) -> None:
        self.workers = workers
        self.send = send
        self.waiting = iter(tasks)
        self.retries: deque[Attempt[T]] = deque()
        self.under_way: dict[Future[R], Attempt[T]] = {}
        self.given_up: deque[Sequence[T]] = deque()

    def results(self) -> Iterator[tuple[Sequence[T], R | None]]:
        """Yield each task with its result as it is done, in no fixed order; None if it was given up.

        Raises what a task raised by its own fault.
        """
        try:
            while self._send() or self.under_way:
                for future in wait(self.under_way, return_when=FIRST_COMPLETED).done:
                    attempt = self.under_way.pop(future)
                    error = _error_of(future)
                    if error is None:
                        yield attempt.task, future.result()
                    else:
                        self._failed(attempt, error)
                while self.given_up:
                    yield self.given_up.popleft(), None
        finally:
            if self.workers.is_borrowed:
                self._cancel()

    def _cancel(self) -> None:
        """Take back what has been sent and not begun."""
        for future in self.under_way:
            future.cancel()

    def _send(self) -> bool:
        """Send what may be sent now; return whether something is left to do."""
        while self.retries and not self.under_way:
            self._submit(self.retries.popleft())
        while not self.retries and len(self.under_way) < self.workers.under_way:
            task = next(self.waiting, None)
            if task is None:
                break
            self._submit(Attempt(task))
        return bool(self.retries or self.given_up)

    def _submit(self, attempt: Attempt[T]) -> None:
        try:
            future = self.send(self.workers.executor(), attempt.task)
        except Exception as error:  # noqa: BLE001 (it is raised again unless a worker was lost)
            self._failed(attempt, error)
        else:
            self.under_way[future] = attempt

    def _failed(self, attempt: Attempt[T], error: BaseException) -> None:
        weight = losses(error)
        if not weight:
            raise error
        lost = attempt.lost + weight
        if lost >= TRIES - 1 and len(attempt.task) > 1:
            parts = [Attempt[T]((part,), min(lost, TRIES - 1)) for part in attempt.task]
            self.retries.extend(parts)
        elif lost < TRIES:
            self.retries.append(Attempt(attempt.task, lost))
        else:
            self.given_up.append(attempt.task)


def _error_of(future: Future[R]) -> BaseException | None:
    try:
        return future.exception()
    except CancelledError:
        return StudyError(
            _(
                "The executor cancelled the work: its scheduler has ended or cannot be reached any more. "
                "What was finished is kept with --out; run the same command again."
            )
        )


def completed(workers: Workers, function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[tuple[int, R]]:
    """Yield number and result of each task as it is done, in no fixed order.

    Raises LostWorkersError at the end if tasks had to be given up, and at once what the function raised.
    """
    numbered = (((number, task),) for number, task in enumerate(tasks))
    lost = 0
    dispatch = Dispatch[tuple[int, T], tuple[R]](
        workers, lambda executor, task: executor.submit(_only, function, task[0][1], spoken()), numbered
    )
    for ((number, _task),), result in dispatch.results():
        if result is None:
            lost += 1
        else:
            yield number, result[0]
    if lost:
        raise LostWorkersError(lost, "task")


def _only(function: Callable[[T], R], task: T, language: str) -> tuple[R]:
    """Do a task whose result may be None, in the language of whoever sent it."""
    with speaking(language):
        return (function(task),)
