"""The call log: what happened to every call and every callback, written by an engine and by nothing else."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from callcenter.arrays import Codes, Flags, Floats, Indices, Ints
from callcenter.outcomes import OUTCOMES, Outcome

__all__ = [
    "JOB_OUTCOMES",
    "OUTCOMES",
    "CallLog",
    "CallbackLog",
    "JobOutcome",
    "Kind",
    "Outcome",
    "SessionLog",
    "StaffingLog",
]


class Kind(IntEnum):
    """Why a call was made (rules R13 and R15)."""

    FIRST = 0
    REDIAL = 1
    REPEAT = 2
    TRANSFER = 3
    RETURN = 4


class JobOutcome(IntEnum):
    """How a callback job ended (rule R11)."""

    PENDING = 0
    REACHED = 1
    UNREACHED = 2
    CANCELLED = 3


JOB_OUTCOMES = tuple(outcome.name.lower() for outcome in JobOutcome)


class CallbackLog(NamedTuple):
    """Callback jobs in order of creation, and the attempts made, in order of their start.

    Times are seconds since 00:00 of the first day, ``nan`` = never happened.
    """

    call: Ints
    """Row of the lost call in the call log."""
    tier: Indices
    created: Floats
    due: Floats
    first_attempt: Floats
    ended: Floats
    """When the job was closed: the customer reached, the last attempt failed, or cancelled."""
    attempts: Indices
    outcome: Codes
    attempt_job: Ints
    """Row of the job that each attempt belongs to."""
    attempt_pool: Indices
    attempt_start: Floats
    attempt_end: Floats
    """When the attempt's agent was free again (wrap-up included)."""


class StaffingLog(NamedTuple):
    """Staffing as it was: one row for each change, in order of time; a level holds until the next row."""

    at: Floats
    staffed: Indices
    """Shape (changes, pools): agents that should be on the phones."""
    rostered: Floats
    """Shape (changes, pools): with those absent or otherwise off the phones; 0 once ``drop`` has closed."""


class SessionLog(NamedTuple):
    """When an agent of a pool was busy with contacts that take places (R17), away, or held in vain."""

    pool: Indices
    start: Floats
    end: Floats


class CallLog(NamedTuple):
    """One row per call, in order of arrival; seconds since 00:00 of the first day, ``nan`` = never."""

    tier: Indices
    arrived: Floats
    """When the caller dialled; of a transferred call, when it was transferred."""
    joined: Floats
    """When the call asked for a person; ``nan`` if it never did."""
    answered: Floats
    left: Floats
    """When the caller hung up, was hung up on or was transferred; ``nan`` while inside when the run ended."""
    released: Floats
    """When the agent was free of this call (wrap-up included)."""
    outcome: Codes
    pool: Indices
    """Pool that answered, -1 if none did."""
    parent: Ints
    """Row of the call that led to this one, -1 for a first call."""
    attempt: Indices
    """1 for a first call, 2 for its first redial, and so on; 1 for a repeat, return or transferred call."""
    kind: Codes
    """Why the call was made, a `Kind`."""
    customer: Ints
    """Row of the first call of the same customer."""
    solved: Flags
    """Answered or solved in the IVR, not transferred, and the customer has no reason to call again."""
    end: float
    """Clock at the end of the run: the last close, or later if callers were still inside then."""
    callbacks: CallbackLog
    staffing: StaffingLog
    sessions: SessionLog
    breaks: SessionLog
    """When agents of a pool were on unscheduled breaks (rule R20)."""
    silences: SessionLog
    """When a place of an agent was held by a customer who had left without a word (rule R10a)."""
    online_tier: Indices
    """One entry for each customer who started on the web or app: the tier, ..."""
    online_at: Floats
    """... when the customer started, ..."""
    online_solved: Flags
    """... and whether it was solved there, so that the customer never called."""
