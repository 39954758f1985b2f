"""What a report adds to the figures of a result: why a target is missed, what would help, can it be trusted.

By looking at tallies, and by extra simulation on the same callers, cheap and bounded.
"""

from typing import TYPE_CHECKING

from callcenter.homes import getter, homes_of

if TYPE_CHECKING:
    from callcenter.study.insights.bundle import Insights, insights
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
    "half_widths",
    "insights",
    "required_agents",
    "second_opinion",
    "without_priorities",
]

_HOMES = homes_of(
    __name__,
    {
        "bundle": (
            "Insights",
            "insights",
        ),
        "convergence": ("half_widths",),
        "crosscheck": ("second_opinion",),
        "findings": (
            "BusyDays",
            "Cause",
            "Conserved",
            "Gain",
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
        ),
        "priorities": ("without_priorities",),
        "requirements": ("required_agents",),
    },
)

__getattr__ = getter(__name__, _HOMES)
