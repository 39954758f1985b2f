"""From a scenario and a seed to the call tape: all randomness happens here and nowhere else."""

from callcenter.demand.awakening import Awakening, Callback, LaterCall, Origin
from callcenter.demand.checks import load_warnings, warnings
from callcenter.demand.drawing import draw
from callcenter.demand.given_calls import GivenCalls
from callcenter.demand.hours import opening_hours
from callcenter.demand.later_calls import AGAIN, MOVED, RETURNED, WRITTEN, Later
from callcenter.demand.load import Load, Loads
from callcenter.demand.means import mean_handle_time
from callcenter.demand.roster import Roster, roster
from callcenter.demand.tape import HANGS_UP, SELF_SERVED, TO_AGENT, CallTape, Coins, OnlineTape

__all__ = [
    "AGAIN",
    "HANGS_UP",
    "MOVED",
    "RETURNED",
    "SELF_SERVED",
    "TO_AGENT",
    "WRITTEN",
    "Awakening",
    "CallTape",
    "Callback",
    "Coins",
    "GivenCalls",
    "Later",
    "LaterCall",
    "Load",
    "Loads",
    "OnlineTape",
    "Origin",
    "Roster",
    "draw",
    "load_warnings",
    "mean_handle_time",
    "opening_hours",
    "roster",
    "warnings",
]
