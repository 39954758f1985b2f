"""What has come of a day so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Flags, Floats, Ints
from callcenter.outcomes import Outcome


@dataclass(frozen=True, eq=False)
class CallsSoFar:
    """Calls of a log up to a moment, in order of arrival; nan = not yet, or not recorded."""

    tier: Ints
    arrived: Floats
    joined: Floats
    answered: Floats
    left: Floats
    released: Floats
    outcome: Ints
    pool: Ints
    follows: Flags
    """It is no first call, but a redial, a repeat or a transfer."""
    is_followed: Flags
    """A call that followed it is in the log."""
    is_settled: Flags
    """One of those that followed was answered."""
    knows_parents: bool
    """Whether the log says which call led to another."""

    @property
    def is_over(self) -> Flags:
        """Whether the call has ended, its wrap-up too."""
        is_busy = np.isnan(self.released) & (self.outcome == Outcome.ANSWERED)
        return np.asarray((self.outcome != Outcome.OPEN) & ~is_busy, np.bool_)


class Handling(NamedTuple):
    """Handle time so far: talk and wrap-up."""

    mean: float
    """Seconds."""
    calls: int
    cv: float
    """Of single calls."""


@dataclass(frozen=True, eq=False)
class Actuals:
    """The day so far; intervals as in the scenario, nan where nothing is known."""

    now: float
    counts: Floats
    """Calls that came, of shape (tiers, intervals)."""
    answered: Floats
    in_time: Floats
    """Answered within the tier's own time, of the same shape."""
    handled: Handling | None
    in_line: int | None
    busy: int | None
    calls: CallsSoFar | None
    notes: tuple[str, ...]
