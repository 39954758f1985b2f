"""Counts of the targets that are no answer rate of a tier: taken from the log of a day, as verdicts are."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np

from callcenter.arrays import Floats
from callcenter.demand import CallTape, draw
from callcenter.engine import simulate
from callcenter.measure import stack, tally
from callcenter.measure.promises import promises_of
from callcenter.measure.targets import parts_of
from callcenter.scenario import Goal, Scenario


def further_goals(scenario: Scenario) -> list[Goal]:
    """Return the targets that need other counts than the answer rates of the tiers."""
    return [goal for goal in scenario.goals if not is_of_tier(scenario, goal)]


def is_of_tier(scenario: Scenario, goal: Goal) -> bool:
    """Whether a target is about the answer rate of one tier at its own threshold."""
    own = dict(zip(scenario.tiers, promises_of(scenario).tiers, strict=True))
    return goal.measure == "answered" and len(goal.tiers) == 1 and own[goal.tiers[0]].within == goal.within


def further_counts(scenario: Scenario, callers: tuple[str, int, int]) -> tuple[Floats, Floats]:
    """Return numerators and denominators of the further targets, each (targets, cells).

    The day is simulated once more for its log, since only a log tells what they are made of.  ``callers``
    name the call tape, by whose they are, seed and replication.
    """
    goals = further_goals(scenario)
    if not goals:
        nothing = np.empty((0, scenario.days * scenario.day.intervals))
        return nothing, nothing
    stacked = stack([tally(scenario, simulate(scenario, _tape(scenario, callers), "compiled"))])
    parts = [parts_of(scenario, stacked, goal) for goal in goals]
    amounts, units = (np.concatenate(each).astype(np.float64) for each in zip(*parts, strict=True))
    return amounts, units


MOST_TAPES = 100
"""Call tapes that a worker keeps for it."""

_TAPES: OrderedDict[tuple[str, int, int], CallTape] = OrderedDict()


def _tape(scenario: Scenario, callers: tuple[str, int, int]) -> CallTape:
    tape = _TAPES.get(callers)
    if tape is None:
        tape = _TAPES[callers] = draw(scenario, *callers[1:])
        while len(_TAPES) > MOST_TAPES:
            _TAPES.popitem(last=False)
    return tape
