"""The stretches of a day in which a promise is broken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from callcenter.arrays import Flags, Floats, Ints
from callcenter.clock import clock_text
from callcenter.measure.estimates import divide
from callcenter.scenario import Scenario
from callcenter.study.insights.findings import Stretch

PART = 0.8
"""Of the calls late beyond what the promise allows, at least so many lie in the stretches: the vital few."""

ROUNDING = 1e-9

MOST = 5
"""Stretches that anybody reads."""


def stretches_of(scenario: Scenario, target: float, asked: Floats, late: Floats) -> tuple[Stretch, ...]:
    """Return where a promise is broken, worst first, from the calls of each cell, shape (cells,).

    A promise allows so many late calls in each interval; the fewest intervals that hold 80 % of those beyond
    are taken, a single interval between two of them too, and neighbours make a stretch.  An interval with
    many late calls among very many is not where it is broken.
    """
    beyond = late - (1 - target) * asked
    beyond[beyond <= ROUNDING * asked] = 0.0
    if not beyond.any():
        return ()
    shape = (scenario.days, scenario.day.intervals)
    runs = _runs(_bridged(_worst(beyond).reshape(shape)))
    stretches = [_stretch(scenario, run, asked.reshape(shape), late.reshape(shape)) for run in runs]
    by_excess = sorted(stretches, key=lambda one: (1 - target) * one.offered - one.late)
    return tuple(by_excess[:MOST])


def cells_within(scenario: Scenario, stretches: Sequence[Stretch]) -> Ints:
    """Return the cells of some stretches."""
    parts = [
        (stretch.day or 0) * scenario.day.intervals + np.arange(stretch.first, stretch.last + 1)
        for stretch in stretches
    ]
    return np.concatenate(parts) if parts else np.arange(0)


def _worst(beyond: Floats) -> Flags:
    order = np.argsort(-beyond, kind="stable")
    enough = int(np.searchsorted(np.cumsum(beyond[order]), PART * beyond.sum() * (1 - 1e-12))) + 1
    chosen = np.zeros(beyond.size, bool)
    chosen[order[:enough]] = True
    return chosen


def _bridged(chosen: Flags) -> Flags:
    """Take a single interval between two chosen ones of a day too."""
    whole = chosen.copy()
    whole[:, 1:-1] |= chosen[:, :-2] & chosen[:, 2:]
    return whole


def _runs(chosen: Flags) -> Iterator[tuple[int, int, int]]:
    """Yield day, first and last interval of what is chosen without a gap."""
    for day, row in enumerate(chosen):
        edges = np.diff(row.astype(np.int8), prepend=0, append=0)
        for first, end in zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True):
            yield day, int(first), int(end) - 1


def _stretch(scenario: Scenario, run: tuple[int, int, int], asked: Floats, late: Floats) -> Stretch:
    number, first, last = run
    day, here = scenario.day, (number, slice(first, last + 1))
    offered, missed = float(asked[here].sum()), float(late[here].sum())
    return Stretch(
        number if scenario.days > 1 else None,
        first,
        last,
        clock_text(day.open + first * day.interval),
        clock_text(day.open + (last + 1) * day.interval),
        offered,
        missed,
        missed / float(late.sum()),
        float(divide(np.asarray(offered - missed), np.asarray(offered))),
        scenario.date_of(number) if scenario.days > 1 else None,
    )
