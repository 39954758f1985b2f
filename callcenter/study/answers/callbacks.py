"""Whether callbacks were begun in time, over the points of a study."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from callcenter.measure import Summary


class Lateness(NamedTuple):
    """The callbacks of the points that owed any."""

    late: tuple[float, ...]
    """Share late of those that were begun or are overdue, point by point; 0 where none is."""
    not_due: float
    """Largest share of those owed that was neither begun nor due when the run ended."""


def owes_callbacks(summary: Summary) -> bool:
    """Whether a callback was owed."""
    return bool(summary["callbacks"]["created"]["value"])


def lateness(summaries: Sequence[Summary]) -> Lateness | None:
    """Return how late callbacks were; None if none was owed at any point."""
    owed = [summary["callbacks"] for summary in summaries if owes_callbacks(summary)]
    if not owed:
        return None
    late = tuple(1 - on_time if on_time is not None else 0.0 for on_time in map(_on_time, owed))
    return Lateness(late, max(each["not_due"]["value"] / each["created"]["value"] for each in owed))


def _on_time(callbacks: Summary) -> float | None:
    on_time: float | None = callbacks["on_time"]["value"]
    return on_time
