"""Why a promise is missed: one code, decided by rules in a fixed order, with the numbers that decided.

``too_few_replications``
    The rate is at or above the target, but its interval reaches below: more replications would tell.
``cut_off``
    At least half of the late calls were still waiting when the run ended, and count as late all the same.
``nobody_staffed``
    At least half of the late calls of the stretches come while nobody who serves the tier is on the phones.
``held_back``
    Agents are idle, but `keep_idle` or `after` keep them from the tier: without such conditions, for any
    tier, its rate rises, shown at 95 %, by at least half of what it lacks; by all of it, if agents are also
    too few by the formula.
``outranked``
    Other tiers go first: with everybody first come, first served, its rate rises as much.
``after_peak``
    At least half of the late calls of the stretches come when agents are enough, but the line is still long
    from an earlier interval in which they were not.
``skill_split``
    The agents of the tier are too few by the formula, while other pools have at least half as many to spare.
``busy_days``
    The quieter half of the days meets the target, the busier half is well below it, and agents are enough for
    an ordinary day: room for the variation from day to day is what is missing.
``too_few_agents``
    The agents of the tier are too few by the formula.
``beyond_formula``
    They are enough by the formula; what it leaves out (redials, times that are not exponential, pools that
    cannot relieve each other at once) makes the difference.

The first rule that holds decides.  Remedies that cost nobody's time stand before those that do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from callcenter.study.insights.findings import BusyDays, Cause, Measured

MOST_OF = 0.5
"""What explains a miss explains at least half of it."""

BUSY_GAP = 0.05
"""Answer rates of two halves of the days that are nearer than this differ by nothing to plan for."""

LACK = 0.5
"""Agents below which a lack is rounding."""

NOBODY = 0.5
"""Mean agents below which nobody is there."""

CLEAR = 0.01
"""A rise of the answer rate that a planner would mention."""


class AgentsThen(NamedTuple):
    """What is known of the agents in the stretches of a miss."""

    unstaffed: float
    """Part of the late calls that come while nobody is staffed for them."""
    backlog: float
    """Part of the late calls that come from an earlier lack."""
    lack: float
    """Agents required less scheduled in the pools that serve the tier; nan: unknown."""
    spare: float
    """Agents scheduled above those required in the other pools."""


class Case(NamedTuple):
    """What is known of a miss."""

    rate: float
    target: float
    is_unclear: bool
    unheld: Measured | None
    """Rise of the rate when nobody is held back; None: nobody is, or not simulated."""
    unranked: Measured | None
    """Rise of the rate when all are served first come, first served."""
    busy_days: BusyDays | None
    agents: AgentsThen
    cut_off: float = 0.0
    """Part of the late calls that the end of the run cut off."""

    @property
    def shortfall(self) -> float:
        """Points that the rate lacks."""
        return self.target - self.rate


def cause_of(case: Case) -> tuple[Cause, Mapping[str, float]]:
    """Return the first cause whose rule holds, and the numbers that decided."""
    for cause, rule in _RULES.items():
        evidence = rule(case)
        if evidence is not None:
            return cause, evidence
    return "beyond_formula", {"lack": case.agents.lack}


def clearly_up(rise: Measured | None, least: float = 0.0) -> bool:
    """Whether a rise is shown, and at least so large; of one replication the value alone speaks."""
    if rise is None:
        return False
    surely = rise.value if np.isnan(rise.low) else rise.low
    return surely > 0 and rise.value >= least


Evidence = Mapping[str, float] | None


def _too_few_replications(case: Case) -> Evidence:
    is_so = case.is_unclear and case.rate >= case.target
    return {"rate": case.rate, "target": case.target} if is_so else None


def _cut_off(case: Case) -> Evidence:
    return {"cut_off": case.cut_off} if case.cut_off >= MOST_OF else None


def _nobody_staffed(case: Case) -> Evidence:
    return {"unstaffed": case.agents.unstaffed} if case.agents.unstaffed >= MOST_OF else None


def _held_back(case: Case) -> Evidence:
    return _explained(case, case.unheld)


def _outranked(case: Case) -> Evidence:
    return _explained(case, case.unranked)


def _explained(case: Case, rise: Measured | None) -> Evidence:
    least = case.shortfall * (1 if case.agents.lack >= LACK else MOST_OF)
    if rise is None or not clearly_up(rise, least):
        return None
    ends = {"rise": rise.value, "rise_low": rise.low, "rise_high": rise.high}
    return {**ends, "shortfall": case.shortfall, "lack": case.agents.lack}


def _after_peak(case: Case) -> Evidence:
    return {"backlog": case.agents.backlog} if case.agents.backlog >= MOST_OF else None


def _skill_split(case: Case) -> Evidence:
    is_so = case.agents.lack >= LACK and case.agents.spare >= MOST_OF * case.agents.lack
    return {"lack": case.agents.lack, "spare": case.agents.spare} if is_so else None


def _busy_days(case: Case) -> Evidence:
    days = case.busy_days
    if days is None or case.agents.lack >= LACK or days.quieter - days.busier < BUSY_GAP:
        return None
    if not days.busier < case.target <= days.quieter:
        return None
    return {"busier": days.busier, "quieter": days.quieter, "lack": case.agents.lack}


def _too_few_agents(case: Case) -> Evidence:
    return {"lack": case.agents.lack} if case.agents.lack >= LACK else None


_RULES: dict[Cause, Callable[[Case], Evidence]] = {
    "too_few_replications": _too_few_replications,
    "cut_off": _cut_off,
    "nobody_staffed": _nobody_staffed,
    "held_back": _held_back,
    "outranked": _outranked,
    "after_peak": _after_peak,
    "skill_split": _skill_split,
    "busy_days": _busy_days,
    "too_few_agents": _too_few_agents,
}
"""In the order in which they are asked."""
