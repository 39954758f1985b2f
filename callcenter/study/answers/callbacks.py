"""Whether callbacks were begun in time, over the points of a study."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from callcenter.measure import Summary


class Lateness(NamedTuple):
    """The callbacks of the points that owed any, as shares of those owed at each point."""

    late: tuple[float, ...]
    """Share that was begun late, point by point."""
    not_due: float
    """Largest share that was neither begun nor due when the run ended."""


def owes_callbacks(summary: Summary) -> bool:
    """Whether a callback was owed."""
    return bool(summary["callbacks"]["created"]["value"])


def lateness(summaries: Sequence[Summary]) -> Lateness | None:
    """Return how late callbacks were; None if none was owed at any point."""
    owed = [summary["callbacks"] for summary in summaries if owes_callbacks(summary)]
    if not owed:
        return None
    late = tuple(_share(callbacks, "late") for callbacks in owed)
    return Lateness(late, max(_share(callbacks, "not_due") for callbacks in owed))


def _share(callbacks: Summary, count: str) -> float:
    return float(callbacks[count]["value"] / callbacks["created"]["value"])
