"""The ways a call can end (rule R12)."""

from __future__ import annotations

from enum import IntEnum


class Outcome(IntEnum):
    """How a call ended; the lower-case names are those of scenarios, results and tables."""

    BLOCKED = 0
    SELF_SERVED = 1
    LEFT_IVR = 2
    BALKED = 3
    ABANDONED = 4
    DIVERTED = 5
    CLOSED = 6
    ANSWERED = 7
    OPEN = 8


OUTCOMES = tuple(outcome.name.lower() for outcome in Outcome)
