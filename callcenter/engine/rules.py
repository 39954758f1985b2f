"""The order of things that happen at one instant (rule R4); both engines take it from here."""

from __future__ import annotations

from enum import IntEnum


class Rank(IntEnum):
    """What comes first at one instant.  SimPy's own urgent and normal events come before all."""

    LAPSE = 1
    """Calling hours end: callbacks lose the places that they kept in the line."""
    END = 2
    """End of talk: the caller hangs up; end of wrap-up: an agent is free."""
    STAFFING = 3
    """Staffing levels change; the hotline opens or, with ``drop``, closes."""
    JOIN = 4
    """A call arrives, or joins the line."""
    ESCALATE = 5
    """The priority of a waiting call changes."""
    ELIGIBLE = 6
    """A waiting call has waited long enough for a further pool (``after``)."""
    PATIENCE = 7
    """A waiting caller's patience runs out."""
    CALLBACK_DUE = 8
    """A callback job may be worked from now on."""
    DIAL = 9
    """Idle agents take the jobs that have just become due, in the order of the job list."""
