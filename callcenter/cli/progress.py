"""A progress bar with the time left, on anything that takes over a second."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from time import monotonic

from callcenter.language import gettext as _

PATIENCE = 1.0
"""Seconds without a bar."""


class Display:
    """Counts replications, and shows them once it takes long."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        left = TextColumn(_("replications, left"))
        columns = (BarColumn(), MofNCompleteColumn(), left, TimeRemainingColumn())
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task("replications", total=None)
        self._begun = monotonic()

    def update(self, done: int, total: int) -> None:
        """Take over how many are done."""
        self._progress.update(self._task, completed=done, total=total)
        if monotonic() - self._begun > PATIENCE:
            self._progress.start()

    def stop(self) -> None:
        """Take the bar away."""
        self._progress.stop()


def listen(quiet: bool) -> None:
    """Let the user read what the library has to say while it works."""
    logger = logging.getLogger("callcenter")
    logger.setLevel(logging.WARNING if quiet else logging.INFO)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger.handlers = [handler]


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Provide what shows progress; nothing when quiet or not on a terminal."""
    listen(quiet)
    if quiet or not sys.stderr.isatty():
        yield None
        return
    display = Display()
    try:
        yield display.update
    finally:
        display.stop()


@contextmanager
def working(quiet: bool, text: str) -> Iterator[Callable[[int], None] | None]:
    """Show that something long goes on, with the rows read so far if it tells; nothing when quiet."""
    listen(quiet)
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    shown = Progress(*columns, console=Console(stderr=True), transient=True)
    task = shown.add_task(text, total=None)
    later = Timer(PATIENCE, shown.start)
    later.start()
    try:
        yield lambda rows: shown.update(task, description=f"{text} {rows:,}")
    finally:
        later.cancel()
        shown.stop()
