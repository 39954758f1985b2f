"""Work that takes longer than a moment: done in a thread, with progress, and given up on demand."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Any

from callcenter.language import speaking, spoken

Progress = Callable[[int, int], None]


class GivenUpError(Exception):
    """Nobody wants the work any more."""


class Job:
    """One piece of work; at most one is under way at a time, for all sessions."""

    def __init__(self, name: str, work: Callable[[Progress], Any]) -> None:
        self.name = name
        self.done, self.total = 0, 0
        self._is_wanted = True
        self._language = spoken()
        self._future: Future[Any] = _thread().submit(self._do, work)

    def _do(self, work: Callable[[Progress], Any]) -> Any:
        with speaking(self._language):
            self._advance(0, 0)
            return work(self._advance)

    def _advance(self, done: int, total: int) -> None:
        if not self._is_wanted:
            raise GivenUpError
        self.done, self.total = done, total

    def give_up(self) -> None:
        """End the work as soon as it reports again."""
        self._is_wanted = False
        self._future.cancel()

    @property
    def share(self) -> float:
        """How much is done, from 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0

    @property
    def is_over(self) -> bool:
        """Whether it has come to an end, good or bad."""
        return self._future.done()

    def result(self) -> Any:
        """Return what came of it; raises what the work raised."""
        return self._future.result()


@cache
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="job")
