"""Tasks survive their workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any

import pytest

from callcenter.language import gettext, speaking
from callcenter.study.errors import StudyError
from callcenter.study.workers.dispatch import Dispatch, Workers, completed
from callcenter.study.workers.effort import Effort
from callcenter.study.workers.executors import workforce
from callcenter.study.workers.lost_workers import TRIES, LostWorkersError


class Fragile(Executor):
    """An executor that breaks on some numbers and is of no use from then on."""

    def __init__(self, breaks_on: Callable[[int], bool], seen: list[tuple[int, ...]]) -> None:
        self.breaks_on = breaks_on
        self.broken = False
        self.seen = seen

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do the task, or break."""
        if self.broken:
            raise BrokenExecutor
        future: Future[Any] = Future()
        (task,) = args
        self.seen.append(tuple(task))
        self.broken = any(map(self.breaks_on, task))
        if self.broken:
            future.set_exception(BrokenExecutor())
        else:
            future.set_result(fn(task))
        return future


def workers(breaks_on: Callable[[int], bool], seen: list[tuple[int, ...]] | None = None) -> Workers:
    """Return an executor that is replaced whenever it breaks."""
    started: list[Fragile] = []

    def executor() -> Fragile:
        if not started or started[-1].broken:
            started.append(Fragile(breaks_on, [] if seen is None else seen))
        return started[-1]

    return Workers(executor, 1, 3)


def doubled(numbers: Iterable[int]) -> list[int]:
    """Do some work."""
    return [2 * number for number in numbers]


def results(workers: Workers, tasks: Iterable[tuple[int, ...]]) -> dict[tuple[int, ...], list[int] | None]:
    """Return what became of each task, or part of one."""
    dispatch = Dispatch[int, list[int]](workers, lambda executor, task: executor.submit(doubled, task), tasks)
    return {tuple(task): result for task, result in dispatch.results()}


def never(number: int) -> bool:
    """Break on nothing."""
    return False


def test_every_task_is_done_once() -> None:
    """Each task yields its result."""
    assert {(1,): [2], (2, 3): [4, 6]} == results(workers(never), [(1,), (2, 3)])


def test_tasks_are_cut_while_others_are_under_way() -> None:
    """No more tasks are taken than are sent ahead, so that a million of them need not be in memory."""
    taken: list[int] = []

    def tasks() -> Iterable[tuple[int, ...]]:
        for number in range(100):
            taken.append(number)
            yield (number,)

    dispatch = Dispatch[int, list[int]](workers(never), lambda ex, task: ex.submit(doubled, task), tasks())
    next(dispatch.results())

    assert 3 == len(taken)


def test_what_a_task_raises_is_raised() -> None:
    """An error of the work itself is not tried again."""
    with workforce(Effort()) as force, pytest.raises(ZeroDivisionError):
        list(completed(force(0.0), lambda number: 1 // number, [1, 0]))


def test_a_broken_executor_is_replaced() -> None:
    """A task that breaks its executor once is done by the next."""
    unlucky = iter([False, False, True])

    assert {(n,): [2 * n] for n in range(4)} == results(
        workers(lambda number: next(unlucky, False)), [(n,) for n in range(4)]
    )


def test_a_task_that_always_breaks_is_given_up_and_the_others_are_done() -> None:
    """After its tries, the last ones alone, the guilty task is named; all others have their results."""
    seen: list[tuple[int, ...]] = []
    outcomes = results(workers(lambda number: number == 3, seen), [(n,) for n in range(6)])

    assert {(n,): None if n == 3 else [2 * n] for n in range(6)} == outcomes
    assert TRIES == seen.count((3,))


def test_a_task_is_taken_apart_to_find_what_breaks_it() -> None:
    """Only the guilty part is lost, and it has had as many tries as any other."""
    seen: list[tuple[int, ...]] = []
    outcomes = results(workers(lambda number: number == 3, seen), [(1, 2, 3, 4), (5, 6)])

    assert {(1,): [2], (2,): [4], (3,): None, (4,): [8], (5, 6): [10, 12]} == outcomes
    assert TRIES == sum(3 in task for task in seen)


def test_out_of_memory_is_a_lost_worker() -> None:
    """A worker that says itself that memory is short does not end the study."""

    def hungry(number: int) -> int:
        if number == 2:
            raise MemoryError
        return number

    done: dict[int, int] = {}
    with workforce(Effort()) as force, pytest.raises(LostWorkersError, match="1 task was given up"):
        done.update(completed(force(0.0), hungry, [1, 2, 3]))

    assert {0: 1, 2: 3} == done


def test_a_cancelled_task_says_that_the_scheduler_is_gone() -> None:
    """An executor that drops the work cannot be worked with; the message says what to do."""

    class Cancelling(Executor):
        """Of a scheduler that has ended."""

        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            """Take the task and drop it."""
            future: Future[Any] = Future()
            future.cancel()
            future.set_running_or_notify_cancel()
            return future

    with pytest.raises(StudyError, match="run the same command again"):
        results(Workers(Cancelling, 1, 1), [(1,)])


@pytest.mark.slow
def test_tasks_speak_the_language_of_their_sender() -> None:
    """Also in another process, which would speak English by itself."""
    with workforce(Effort(workers=2)) as force, speaking("zh-CN"):
        assert [(0, "合计")] == list(completed(force(1e6), gettext, ["all"]))
