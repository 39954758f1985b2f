"""What a report adds to the figures of a result: why a target is missed, what would help, can it be trusted.

By looking at tallies, and by extra simulation on the same callers, cheap and bounded.
"""

from callcenter.study.insights.bundle import Insights, insights
from callcenter.study.insights.conservation import conservation
from callcenter.study.insights.convergence import half_widths
from callcenter.study.insights.crosscheck import second_opinion
from callcenter.study.insights.findings import (
    BusyDays,
    Cause,
    Conserved,
    Gain,
    LeftOut,
    Measured,
    Miss,
    PoolThen,
    PriorityEffect,
    Reason,
    SecondOpinion,
    Stretch,
    TierEffect,
    Trial,
)
from callcenter.study.insights.gains import gains
from callcenter.study.insights.misses import misses
from callcenter.study.insights.priorities import without_priorities
from callcenter.study.insights.requirements import required_agents

__all__ = [
    "BusyDays",
    "Cause",
    "Conserved",
    "Gain",
    "Insights",
    "LeftOut",
    "Measured",
    "Miss",
    "PoolThen",
    "PriorityEffect",
    "Reason",
    "SecondOpinion",
    "Stretch",
    "TierEffect",
    "Trial",
    "conservation",
    "gains",
    "half_widths",
    "insights",
    "misses",
    "required_agents",
    "second_opinion",
    "without_priorities",
]
