"""Memory that replications are simulated in, kept as long as the thread lives and shared by its batches."""

from __future__ import annotations

from threading import local
from typing import Any

import numpy as np

from callcenter.arrays import Ints
from callcenter.engine.compiled.records import Floor

LARGE = (
    "calls",
    "trips",
    "follows",
    "customers",
    "coming",
    "spare",
    "places",
    "jobs",
    "no_answer",
    "attempts",
    "sessions",
    "rests",
    "silences",
    "timers",
)
"""Arrays of a floor that grow with the calls; what a run needs of them is written by itself."""

_KEPT = local()


def shared(floor: Floor) -> Floor:
    """Return the floor with the large arrays of this thread, its own ones kept where they are larger.

    Fresh memory would take as long as the run.
    """
    return floor._replace(**{name: _larger(name, getattr(floor, name)) for name in LARGE})


def _larger(name: str, own: Any) -> Any:
    kept = _KEPT.__dict__
    if not own.size:
        return own
    if name not in kept or kept[name].shape[1:] != own.shape[1:] or len(kept[name]) < len(own):
        kept[name] = own
    return kept[name][: len(own)]  # no longer than its neighbours are


def made() -> Ints:
    """Return how many calls, and starts online, this thread has drawn last; shape (2,)."""
    numbers: Ints = _KEPT.__dict__.setdefault("made", np.zeros(2, np.int64))
    return numbers


def starters(own: Any) -> Any:
    """Return room for those who start online, shared likewise."""
    return _larger("starters", own)
