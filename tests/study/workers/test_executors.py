"""Who works: this process, worker processes, an executor of the user's own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from callcenter.study.workers.dispatch import completed
from callcenter.study.workers.effort import Effort
from callcenter.study.workers.executors import UNDER_WAY, SerialExecutor, workforce
from callcenter.study.workers.lost_workers import LostWorkersError
from tests.study.workers.fatal import die_on_three


def test_serial_executor_does_tasks_at_once() -> None:
    """In this process a task is done when it is submitted."""
    assert SerialExecutor().submit(abs, -4).done()


@pytest.mark.slow
def test_killed_workers_are_replaced() -> None:
    """Real worker processes: one that is killed costs its own task, never another."""
    done: dict[int, int] = {}
    with workforce(Effort(workers=2)) as force, pytest.raises(LostWorkersError):
        done.update(completed(force(0.0), die_on_three, list(range(6))))

    assert {number: number for number in range(6) if number != 3} == done


def test_workers_by_the_amount_of_work() -> None:
    """Left to itself, a small piece of work starts no processes."""
    with workforce(Effort(workers=None)) as force:
        assert isinstance(force(0.5).executor(), SerialExecutor)


def test_an_executor_is_borrowed() -> None:
    """It goes on when we stop, and is sent enough tasks to keep any number of workers busy."""
    with ThreadPoolExecutor(1) as own:
        with workforce(Effort(executor=own)) as force:
            workers = force(0.0)

        assert (own, True, False) == (workers.executor(), workers.is_borrowed, workers.is_here)
        assert UNDER_WAY == workers.under_way
        assert 4 == own.submit(abs, -4).result()
