"""Counts at thresholds that no tier has of its own: those of further targets, and of callbacks by tier."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from callcenter.arrays import Flags, Floats, Ints
from callcenter.calllog import CallLog
from callcenter.measure.cells import Cells, cells_of
from callcenter.measure.promises import promises_of
from callcenter.measure.waits import waits
from callcenter.outcomes import Outcome
from callcenter.scenario import Goal, Scenario

THRESHOLD_COUNTS = ("within", "abandoned_within", "decided")
"""By cell of arrival. Of calls: answered and abandoned within, and offered but for those that are undecided
at this threshold (contract 4.1a); of callbacks: first tried within, none, and tried or overdue."""


class Threshold(NamedTuple):
    """What is counted beside the tiers' own thresholds."""

    measure: Literal["answered", "callbacks"]
    tier: int
    """Its position."""
    within: float


def within_of(scenario: Scenario, goal: Goal) -> float:
    """Return the seconds of a target that is judged by a time."""
    return scenario.callbacks.within if goal.within is None else goal.within


def thresholds_of(scenario: Scenario) -> tuple[Threshold, ...]:
    """Return the thresholds that targets need and no tier has, each once."""
    own, places = promises_of(scenario).tiers, {name: i for i, name in enumerate(scenario.tiers)}
    needed: dict[Threshold, None] = {}
    for goal in scenario.goals:
        for name in goal.tiers if goal.measure in ("answered", "callbacks") else ():
            tier, within = places[name], within_of(scenario, goal)
            if goal.measure == "callbacks":
                needed[Threshold("callbacks", tier, within)] = None
            elif within != own[tier].within:
                needed[Threshold("answered", tier, within)] = None
    return tuple(needed)


def threshold_counts(scenario: Scenario, log: CallLog) -> Ints:
    """Return counts of shape (thresholds, THRESHOLD_COUNTS, cells); a wait equal to a threshold is within."""
    thresholds, cells = thresholds_of(scenario), cells_of(scenario)
    counts = np.zeros((len(thresholds), len(THRESHOLD_COUNTS), cells.count), np.int64)
    if not thresholds:
        return counts
    counted = (log.arrived >= cells.since) & (log.arrived < cells.until)
    wait = waits(log)
    for place, threshold in enumerate(thresholds):
        if threshold.measure == "answered":
            counts[place] = _calls(cells, log, wait, counted & (log.tier == threshold.tier), threshold.within)
        else:
            counts[place] = _jobs(cells, log, counted, threshold)
    return counts


def _calls(cells: Cells, log: CallLog, wait: Floats, rows: Flags, within: float) -> Ints:
    in_time = rows & (wait <= within)
    is_open = log.outcome == Outcome.OPEN
    parts = (
        in_time & (log.outcome == Outcome.ANSWERED),
        in_time & (log.outcome == Outcome.ABANDONED),
        rows & ~np.isnan(wait) & ~(is_open & in_time),
    )
    return np.stack([_by_cell(cells, log.arrived[part]) for part in parts])


def _jobs(cells: Cells, log: CallLog, counted: Flags, threshold: Threshold) -> Ints:
    jobs = log.callbacks
    mine = counted[jobs.call] & (jobs.tier == threshold.tier)
    tried = ~np.isnan(jobs.first_attempt)
    acted = np.where(tried, jobs.first_attempt, np.where(np.isnan(jobs.ended), log.end, jobs.ended))
    in_time = acted - jobs.created <= threshold.within
    kept, decided = mine & tried & in_time, mine & (tried | ~in_time)
    nothing = np.zeros(cells.count, np.int64)
    return np.stack(
        [
            _by_cell(cells, log.arrived[jobs.call[kept]]),
            nothing,
            _by_cell(cells, log.arrived[jobs.call[decided]]),
        ]
    )


def _by_cell(cells: Cells, times: Floats) -> Ints:
    by_span = np.bincount(cells.span_of(times), minlength=cells.spans)
    folded: Ints = cells.fold(by_span).astype(np.int64)
    return folded
