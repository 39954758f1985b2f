"""What a call goes through beside waiting: IVR, trunk line, person, and the calls it leads to."""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Flags
from callcenter.scenario import Scenario

JOURNEY_COUNTS = (
    *("entered_ivr", "entered_again", "came_back", "reached", "solved"),
    *("redials", "repeats", "transfers", "returns"),
)
"""Calls by cell of arrival; ``entered_again``: returns that entered the IVR, which can solve them no more;
``came_back``: seemingly solved there, but with a return to follow; ``reached``: answered and not transferred
from another call.  A transferred call passes no IVR, and its caller has reached a person before."""

JOURNEY_SUMS = ("ivr_s", "reach_s", "line_s")
"""Seconds by cell of arrival: in the IVR; from dialling to a person, of ``reached``; trunk line held."""


def holds_line(scenario: Scenario) -> Flags:
    """Whether the calls of each tier hold a trunk line."""
    return np.array([tier.channel == "phone" for tier in scenario.tiers.values()])
