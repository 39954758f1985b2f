"""How far the study in a directory is; reads the store while the study runs, and disturbs nothing."""

from __future__ import annotations

import os
from pathlib import Path
from time import time
from typing import NamedTuple

from callcenter.study.store.damage import DESCRIPTION, named
from callcenter.study.store.results_store import Store

QUIET = 60.0
"""Seconds without a result after which an unfinished study is taken for stopped, or slower than that."""


class Status(NamedTuple):
    """A study that is under way, stopped or finished."""

    name: str
    command: str
    points: int
    points_done: int
    cells: int
    """Replications planned so far, all points together; points that are the same scenario count once."""
    cells_done: int
    failed: int
    """Replications that were given up for now."""
    settled: bool
    """Whether the number of replications of every point is final (precision)."""
    rate: float | None
    """Replications a second, of the latest start of the study; None before the first."""
    silence: float
    """Seconds since the last result, or since the start."""
    ended: bool = False
    """Whether the latest start has come to an end, were it by Ctrl-C."""
    damage: str = ""
    """What is damaged and will be simulated again, in a phrase."""

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left to simulate."""
        return self.settled and self.cells_done == self.cells and not self.damage

    @property
    def seconds_left(self) -> float | None:
        """The time that what is planned will take at this rate; None if that is not known."""
        left = self.cells - self.cells_done - self.failed
        return left / self.rate if self.rate else None

    @property
    def state(self) -> str:
        """In a word or two."""
        if self.damage:
            return "damaged"
        if self.is_finished:
            return "finished"
        if self.settled and self.cells_done + self.failed >= self.cells:
            return "ended with failures"
        if self.ended:
            return "interrupted"
        return "running" if self.silence < QUIET else "no result lately"


def status(directory: str | os.PathLike[str], *, is_checked: bool = True) -> Status:
    """Return how far the study in a directory is; StoreError if there is none, or if it cannot be told.

    Every result is read and checked unless ``is_checked`` is False.
    """
    store = Store.existing(Path(directory))
    damages = store.damages() if is_checked else []
    if any(damage.table in DESCRIPTION for damage in damages):
        store.check()
    counts, began = store.progress(), store.session()
    busy = max(began.latest - began.start, 1e-3)
    return Status(
        *store.title(),
        *counts,
        failed=store.failed(),
        settled=all(plan.settled for plan in store.plans()),
        rate=began.done / busy if began.done else None,
        silence=max(time() - began.latest, 0.0),
        ended=began.ended,
        damage=named(damages),
    )
