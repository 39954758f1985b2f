"""What a call goes through beside waiting: IVR, trunk line, person, and the calls it leads to."""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Flags, Floats, Ints
from callcenter.calllog import CallLog, Outcome
from callcenter.measure import passes
from callcenter.measure.cells import Cells
from callcenter.measure.passes import Journeys
from callcenter.measure.stays import Stays, presence
from callcenter.scenario import Scenario

JOURNEY_COUNTS = ("entered_ivr", "reached", "solved", "redials", "repeats", "transfers")
"""Calls by cell of arrival; ``reached``: answered and not transferred from another call."""

JOURNEY_SUMS = ("ivr_s", "reach_s", "line_s")
"""Seconds by cell of arrival: in the IVR; from dialling to a person, of ``reached``; trunk line held."""


def counted_journeys(log: CallLog, counted: slice, cell: Ints) -> Journeys:
    """Return the calls of some rows, with their cells."""
    return Journeys(
        tier=log.tier[counted],
        cell=cell,
        kind=log.kind[counted],
        outcome=log.outcome[counted],
        arrived=log.arrived[counted],
        joined=log.joined[counted],
        answered=log.answered[counted],
        left=log.left[counted],
        solved=log.solved[counted],
        pool=log.pool[counted],
    )


def journey_figures(scenario: Scenario, calls: Journeys, cells: int, end: float) -> tuple[Ints, Floats, Ints]:
    """Return counts (JOURNEY_COUNTS, tiers, cells), sums, and calls answered by (pools, cells)."""
    tiers = len(scenario.tiers)
    counts = np.zeros((len(JOURNEY_COUNTS), tiers, cells), np.int64)
    sums = np.zeros((len(JOURNEY_SUMS), tiers, cells))
    taken = np.zeros((len(scenario.pools), cells), np.int64)
    ivr = np.array([scenario.ivr_of(name) is not None for name in scenario.tiers])
    passes.count_journeys(calls, end, ivr, holds_line(scenario), counts, sums, taken)
    return counts, sums, taken


def holds_line(scenario: Scenario) -> Flags:
    """Whether the calls of each tier hold a trunk line."""
    return np.array([tier.channel == "phone" for tier in scenario.tiers.values()])


def lines_busy(scenario: Scenario, cells: Cells, log: CallLog) -> Floats:
    """Return the integral of the trunk lines held over each cell; nothing where lines are not limited."""
    if scenario.lines is None:
        return np.zeros(cells.count)
    holding = holds_line(scenario)[log.tier] & (log.outcome != Outcome.BLOCKED)
    group = np.where(holding, 0, -1).astype(np.int32)
    held: Floats = cells.fold(presence(cells, 1, log.end, Stays(group, log.arrived, log.left)).seconds)[0]
    return held
