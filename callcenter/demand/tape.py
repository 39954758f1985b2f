"""The call tape: one row for each call that may happen, with everything chance decides about it (rule R2)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Flags, Floats, Indices, Ints

Exits = npt.NDArray[np.int8]

TO_AGENT, SELF_SERVED, HANGS_UP = 0, 1, 2
"""How a call leaves the IVR."""


class CallbackTape(NamedTuple):
    """One row for each call that might owe the caller a callback."""

    call: Ints
    """Row of the call on the tape."""
    reached_at: Indices
    """Number of the attempt that reaches the customer, 0 = none of those allowed."""
    talk: Floats
    wrap_up: Floats
    no_answer: Floats
    """Agent time of an attempt that reaches nobody, shape (rows, attempts)."""


class OnlineTape(NamedTuple):
    """One row for each customer who starts on the web or app."""

    tier: Indices
    at: Floats
    """When the customer starts."""
    solved: Flags
    """Solved online, so that the customer never calls."""


class FollowUps(NamedTuple):
    """Which calls may follow each call of the tape (rules R13 and R15); one entry per row of the tape."""

    customer: Ints
    """Row of the first call of the same customer."""
    next_call: Ints
    """Row of the call that the customer makes again, as a redial or as a repeat; -1 = none."""
    redials: npt.NDArray[np.int16]
    """Bit ``1 << outcome`` is set for each outcome after which the customer redials."""
    redial_after: Floats
    repeats: Flags
    """Once answered, the customer calls again."""
    repeat_after: Floats
    transfer: Ints
    """Row of the call that the customer is transferred to once answered; -1 = none."""


class CallTape(NamedTuple):
    """One row per call; durations and times in seconds, multiples of 2**-20 s.

    First calls come first, in order of arrival; behind them the calls that may follow.
    """

    tier: Indices
    arrived: Floats
    """Of first calls; ``nan`` for those that may follow, which an engine awakens."""
    ivr_s: Floats
    """Time in the IVR, 0 = goes straight to the line."""
    ivr_exit: Exits
    """TO_AGENT, SELF_SERVED or HANGS_UP."""
    patience: Floats
    talk: Floats
    wrap_up: Floats
    accepts: Flags
    """Takes a callback when it is offered instead of waiting (rule R9)."""
    owed: Flags
    """The loss of this call leaves a record, so that a callback is owed."""
    job: Ints
    """Row of the callback tape, -1 = no callback can come of this call."""
    callbacks: CallbackTape
    firsts: int
    """How many rows are first calls."""
    follow_ups: FollowUps | None
    """None if no call is ever followed by another."""
    online: OnlineTape
    seed: int
    replication: int
