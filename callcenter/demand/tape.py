"""The call tape: one row for each first call, with everything chance decides about it (rule R2)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Flags, Floats, Indices, Ints
from callcenter.demand.exits import HANGS_UP, SELF_SERVED, TO_AGENT, Exits
from callcenter.demand.later_calls import Later

__all__ = ["HANGS_UP", "SELF_SERVED", "TO_AGENT", "CallTape", "Coins", "OnlineTape"]


class OnlineTape(NamedTuple):
    """One row for each customer who starts on the web or app."""

    tier: Indices
    at: Floats
    """When the customer starts."""
    solved: Flags
    """Solved online, so that the customer never calls."""


class Coins(NamedTuple):
    """Whether each first call is followed by another (rules R13 and R15)."""

    redials: npt.NDArray[np.int16]
    """Bit ``1 << outcome`` is set for each outcome after which the customer redials."""
    redial_after: Floats
    repeats: Flags
    """Once answered, or as it seemed solved in the IVR (R13e), the customer calls again."""
    repeat_after: Floats
    transfer_to: Indices
    """Tier that the customer is transferred to once answered, -1 = none."""


class CallTape(NamedTuple):
    """First calls in order of arrival; durations and times in seconds, multiples of 2**-20 s."""

    tier: Indices
    arrived: Floats
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
    ordinal: Ints
    """Number of the customer among those of the tier."""
    coins: Coins | None
    """None if no call is ever followed by another."""
    later: Later
    """What chance decides about calls that follow and about callbacks, when an engine awakens them."""
    online: OnlineTape
    seed: int
    replication: int
