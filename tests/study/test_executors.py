"""Tasks survive their workers."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any

import pytest

from callcenter.study.executors import TRIES, Crew, LostWorkersError, SerialExecutor, completed, crew_of


class Fragile(Executor):
    """An executor that breaks on some numbers and is of no use from then on."""

    def __init__(self, breaks_on: Callable[[int], bool]) -> None:
        self.breaks_on = breaks_on
        self.broken = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do the task, or break."""
        if self.broken:
            raise BrokenExecutor
        future: Future[Any] = Future()
        self.broken = self.breaks_on(args[0])
        if self.broken:
            future.set_exception(BrokenExecutor())
        else:
            future.set_result(fn(*args))
        return future


def crew(breaks_on: Callable[[int], bool]) -> Crew:
    """Return a crew that is replaced whenever it breaks."""
    hired: list[Fragile] = []

    def hire() -> Fragile:
        if not hired or hired[-1].broken:
            hired.append(Fragile(breaks_on))
        return hired[-1]

    return Crew(hire, 1, 3)


def double(number: int) -> int:
    """Do some work."""
    return 2 * number


def die_on_three(number: int) -> int:
    """Do some work, unless it is the third."""
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_serial_executor_does_tasks_at_once() -> None:
    """In this process a task is done when it is submitted."""
    assert SerialExecutor().submit(double, 4).done()


def test_every_task_is_done_once() -> None:
    """Each task yields its number and its result."""
    with crew_of(1, 0.0) as alone:
        assert [(0, 2), (1, 4), (2, 6)] == sorted(completed(alone, double, [1, 2, 3]))


def test_what_a_task_raises_is_raised() -> None:
    """An error of the work itself is not tried again."""
    with crew_of(1, 0.0) as alone, pytest.raises(ZeroDivisionError):
        list(completed(alone, lambda number: 1 // number, [1, 0]))


def test_a_broken_executor_is_replaced() -> None:
    """A task that breaks its executor once is done by the next."""
    unlucky = iter([False, False, True])
    found = completed(crew(lambda number: next(unlucky, False)), double, [1, 2, 3, 4])

    assert [(0, 2), (1, 4), (2, 6), (3, 8)] == sorted(found)


def test_a_task_that_always_breaks_is_given_up_and_the_others_are_done() -> None:
    """After its tries the guilty task is named; all others have their results."""
    results: list[tuple[int, int]] = []
    with pytest.raises(LostWorkersError, match=f"{TRIES} times") as caught:
        results.extend(completed(crew(lambda number: number == 3), double, [1, 2, 3, 4, 5]))

    assert caught.value.tasks == (2,)


def test_killed_workers_are_replaced() -> None:
    """Real worker processes: one that is killed costs its own task, never another."""
    done: dict[int, int] = {}
    with crew_of(2, 0.0) as workers, pytest.raises(LostWorkersError) as caught:
        done.update(completed(workers, die_on_three, list(range(6))))

    assert caught.value.tasks == (3,)
    assert done == {number: number for number in range(6) if number != 3}


def test_workers_by_the_amount_of_work() -> None:
    """Left to itself, a small piece of work starts no processes."""
    with crew_of(None, 0.5) as small:
        assert isinstance(small.hire(), SerialExecutor)
