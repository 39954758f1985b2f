"""From a scenario and a seed to the call tape: all randomness happens here and nowhere else."""

from callcenter.demand.drawing import draw
from callcenter.demand.hours import opening_clock, opening_hours
from callcenter.demand.load import Load, Loads
from callcenter.demand.means import mean_handle_time
from callcenter.demand.roster import Roster, roster
from callcenter.demand.tape import (
    HANGS_UP,
    SELF_SERVED,
    TO_AGENT,
    CallbackTape,
    CallTape,
    FollowUps,
    OnlineTape,
)

__all__ = [
    "HANGS_UP",
    "SELF_SERVED",
    "TO_AGENT",
    "CallTape",
    "CallbackTape",
    "FollowUps",
    "Load",
    "Loads",
    "OnlineTape",
    "Roster",
    "draw",
    "mean_handle_time",
    "opening_clock",
    "opening_hours",
    "roster",
]
