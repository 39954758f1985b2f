"""The ways a call can end (rule R12)."""

from __future__ import annotations

from enum import Enum, IntEnum, auto
from typing import Self


class Stage(Enum):
    """How far a call has come."""

    DIALLING = auto()
    IVR = auto()
    LINE = auto()
    """It has asked for a person."""


class Outcome(IntEnum):
    """How a call ended: its number in the call log, where it was decided, whether the caller was lost.

    All that depends on how a call ends follows from here: what may lead to a redial or a callback, the counts
    of the tally, the bits of the tape.  The lower-case names are those of scenarios, results and tables.
    """

    BLOCKED = 0, Stage.DIALLING, True
    SELF_SERVED = 1, Stage.IVR, False
    LEFT_IVR = 2, Stage.IVR, True
    BALKED = 3, Stage.LINE, True
    ABANDONED = 4, Stage.LINE, True
    DIVERTED = 5, Stage.LINE, False
    CLOSED = 6, Stage.LINE, True
    ANSWERED = 7, Stage.LINE, False
    OPEN = 8, Stage.LINE, False

    stage: Stage
    is_loss: bool
    """Whether the caller gave up or was turned away, and so may dial again."""

    def __new__(cls, number: int, stage: Stage, is_loss: bool) -> Self:
        """Return the outcome of a number."""
        outcome = int.__new__(cls, number)
        outcome._value_ = number
        outcome.stage, outcome.is_loss = stage, is_loss
        return outcome

    @property
    def word(self) -> str:
        """Its name in scenarios, results and tables."""
        return self.name.lower()

    @property
    def may_owe_callback(self) -> bool:
        """Whether a rule can make it lead to a callback; who hangs up in the IVR has asked for nobody."""
        return self.is_loss and self.stage is not Stage.IVR


OUTCOMES = tuple(outcome.word for outcome in Outcome)
