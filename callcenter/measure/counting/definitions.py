"""What counting needs of a scenario and its staffing: the same in every replication."""

from __future__ import annotations

from threading import local
from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.measure.cells import Cells, cells_of
from callcenter.measure.counting.calendar import Calendar, Records, calendar_of
from callcenter.measure.counting.thresholds import THRESHOLD
from callcenter.measure.journeys import holds_line
from callcenter.measure.promises import promises_of
from callcenter.measure.thresholds import thresholds_of
from callcenter.scenario import Scenario

RULE = np.dtype(
    [
        ("own", np.float64),  # the tier's own threshold in seconds
        ("is_member", np.bool_),  # of the total
        ("holds_line", np.bool_),
        ("has_ivr", np.bool_),
        ("is_deferred", np.bool_),
        ("is_shared", np.bool_),  # its contacts take places of agents, whose work is logged by itself
    ],
    align=True,
)


class Definitions(NamedTuple):
    """How the calls of a scenario are counted."""

    tiers: Records
    """Of `RULE`."""
    common: float
    """Threshold of the total in seconds."""
    short: float
    """Abandons up to so many seconds are short."""
    thresholds: Records
    """Of `THRESHOLD`: those that no tier has of its own."""
    is_limited: bool
    """Whether trunk lines are, so that those held are counted."""
    calendar: Calendar
    rostered: Ints
    """Shape (changes, pools): whole agents beyond whom work is unrostered."""
    rostered_s: Floats
    """Shape (pools, cells): agent seconds rostered."""


def definitions_of(scenario: Scenario, changes: Floats, rostered: Floats) -> Definitions:
    """Return how calls are counted; from each change on so many are rostered, shape (changes, pools)."""
    known = _LATEST.__dict__
    if known.get("scenario") is not scenario or not _is_same(known["staffing"], (changes, rostered)):
        _LATEST.definitions = _definitions(scenario, changes, rostered)
        _LATEST.scenario, _LATEST.staffing = scenario, (changes, rostered)
    definitions: Definitions = _LATEST.definitions
    return definitions


_LATEST = local()
"""The scenario asked for last by each thread: replications ask again and again."""


def _is_same(known: tuple[Floats, Floats], asked: tuple[Floats, Floats]) -> bool:
    return all(map(np.array_equal, known, asked))


def _definitions(scenario: Scenario, changes: Floats, rostered: Floats) -> Definitions:
    cells, promises = cells_of(scenario), promises_of(scenario)
    calendar, thresholds = calendar_of(cells, changes), thresholds_of(scenario)
    return Definitions(
        tiers=_rules(scenario),
        common=float(promises.all.within),
        short=float(scenario.service_level.short_abandon),
        thresholds=np.array([(of == "callbacks", *which) for of, *which in thresholds], THRESHOLD),
        is_limited=scenario.lines is not None,
        calendar=calendar,
        rostered=np.ceil(rostered).astype(np.int64),
        rostered_s=rostered_seconds(cells, calendar, rostered),
    )


def _rules(scenario: Scenario) -> Records:
    promises, tiers = promises_of(scenario), list(scenario.tiers.values())
    rules: Any = np.zeros(len(tiers), RULE)
    rules["own"] = [promise.within for promise in promises.tiers]
    rules["is_member"][list(promises.members)] = True
    rules["holds_line"] = holds_line(scenario)
    rules["has_ivr"] = [scenario.ivr_of(name) is not None for name in scenario.tiers]
    rules["is_deferred"] = [tier.channel == "deferred" for tier in tiers]
    rules["is_shared"] = [tier.at_desk for tier in tiers]
    return rules


def rostered_seconds(cells: Cells, calendar: Calendar, rostered: Floats) -> Floats:
    """Integrate the levels over the open pieces; 7.5 agents are no whole number, so the order is fixed."""
    pieces: Any = calendar.pieces
    pieces = pieces[pieces["is_open"]]
    level = np.vstack([np.zeros((1, rostered.shape[1])), rostered])[pieces["change"] + 1].T
    parts = level * (pieces["end"] - pieces["begin"])
    total = np.zeros((len(parts), cells.count))
    cell = pieces["cell"]
    first = np.flatnonzero(np.diff(cell, prepend=-1))
    total[:, cell[first]] = np.add.reduceat(parts, first, axis=1)
    return total
