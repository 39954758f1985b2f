"""What an agent earns: by how much each margin falls when one is taken away, estimated many at a time."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Floats
from callcenter.study.staffing.callbacks import MOST_LEFT
from callcenter.study.staffing.goals import Goals
from callcenter.study.staffing.solver import milp
from callcenter.study.staffing.trials import Counts, Levels

REACH = 4 * 3600.0
"""Seconds after which one more or one fewer agent in an interval is no longer felt."""

WORTH_OF_MORE = 0.9
"""What one more agent earns, relative to what one fewer costs: returns diminish."""

DIGITS = 9
"""Of what programmes are made of."""

NODES = 2000
"""Of the tree that one solution may look at: a limit of time would let the clock decide."""


class Perturbed(NamedTuple):
    """Staffings with agents taken away in every n-th interval of one pool."""

    staffings: list[Levels]
    places: list[tuple[int, npt.NDArray[np.int64]]]
    """Pool and intervals of each."""
    stride: int


def perturbed(levels: Levels, interval: float, apart: float = REACH) -> Perturbed:
    """Return staffings that take one agent away here and there, so many seconds apart to tell the effects."""
    intervals = levels.shape[1]
    stride = min(intervals, max(2, math.ceil(apart / interval)))
    staffings, places = [], []
    for pool, agents in enumerate(levels):
        for offset in range(stride):
            here = np.arange(offset, intervals, stride)
            here = here[agents[here] > 0]
            if here.size:
                fewer = levels.copy()
                fewer[pool, here] -= 1
                staffings.append(fewer)
                places.append((pool, here))
    return Perturbed(staffings, places, stride)


def gains(goals: Goals, levels: Levels, base: Counts, tried: Counts, design: Perturbed) -> Floats:
    """Return what each agent earns each requirement, (requirements, pools, intervals), 0 or more."""
    pools, intervals = levels.shape
    requirements = goals.margins(base).size
    earned = np.zeros((requirements, pools, intervals))
    targets, before = len(goals.targets), _above(goals, base)
    every = goals.every_interval
    for number, (pool, here) in enumerate(design.places):
        counts = tried.of(number)
        lost = (before - _above(goals, counts)).mean(axis=0)
        for interval in here:
            window = slice(interval, interval + design.stride)
            earned[:targets, pool, interval] = lost[:, window].sum(axis=1)
            if every:
                by_interval = earned[targets:-1].reshape(len(every), intervals, pools, intervals)
                by_interval[:, window, pool, interval] = lost[every, window]
        earned[-1, pool, here] = (
            0.0 if goals.promises_callbacks else (_jobs(base) - _jobs(counts)) / here.size
        )
    for number in (*range(targets), -1):
        earned[number] = _smooth(earned[number], levels)
    return np.maximum(earned, 0.0)


def _smooth(gain: Floats, levels: Levels) -> Floats:
    """Average over neighbouring intervals: what agents earn changes slowly over the day, chance does not."""
    reach = np.array([1.0, 2.0, 3.0, 2.0, 1.0])
    staffed = (levels > 0).astype(np.float64)
    if levels.shape[1] < 2 * reach.size:
        return gain
    sums, weights = (
        np.stack([np.convolve(row, reach, mode="same") for row in column])
        for column in (gain * staffed, staffed)
    )
    return np.where(staffed > 0, sums / np.maximum(weights, 1.0), 0.0)


def _above(goals: Goals, counts: Counts) -> Any:
    """Return what is above each target by interval of the day, shape (replications, targets, intervals).

    A share of days is no mean of replications, so what an agent earns it is that of the mean.
    """
    return goals.above(counts).sum(axis=2)


def _jobs(counts: Counts) -> float:
    """Return the margin of callbacks."""
    late, owed = counts.jobs[..., 0], counts.jobs[..., 1]
    return float((MOST_LEFT * owed - late).mean())


class Reach(NamedTuple):
    """How far one step may go: most agents to add and to take away, by pool and interval."""

    add: Levels
    take: Levels

    def half(self) -> Reach:
        """Return half the reach, at least one agent where there was any."""
        return Reach(*(np.where(most > 1, most // 2, most) for most in self))


def cheapest_step(gain: Floats, margins: Floats, cost: Floats, reach: Reach) -> Levels | None:
    """Return the change of agents at least cost that would keep every margin, if effects added up.

    ``cost`` of an agent-interval by pool; None if no change in reach keeps them.
    """
    from scipy.optimize import Bounds, LinearConstraint  # takes 0.3 s, which a report need not wait for

    size = reach.add.size
    flat = gain.reshape(len(gain), size)
    price = np.repeat(cost, reach.add.shape[1])
    rows, least = in_one_size(np.hstack([WORTH_OF_MORE * flat, -flat]), -margins)
    effect = LinearConstraint(rows, lb=least)
    solution = milp(
        np.concatenate([price, -price]),
        constraints=effect,
        bounds=Bounds(0, np.concatenate([reach.add.ravel(), reach.take.ravel()])),
        integrality=np.ones(2 * size, np.int64),
        options={"node_limit": NODES, "mip_rel_gap": 1e-3},
    )
    if solution.x is None:
        return None
    step = np.rint(solution.x).astype(np.int64)
    change: Levels = (step[:size] - step[size:]).reshape(reach.add.shape)
    return change


def in_one_size(rows: Floats, least: Floats) -> tuple[Floats, Floats]:
    """Return the rows of a programme and their lower ends, each in units of its largest coefficient.

    The solver's tolerance is the same for all of them.  They are rounded, since the last bits of sums depend
    on the processor, and which of two solutions as good as each other is taken must not.
    """
    units = np.maximum(np.abs(rows).max(axis=1), 1e-9)
    return np.round(rows / units[:, None], DIGITS), np.round(least / units, DIGITS)
