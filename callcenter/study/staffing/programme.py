"""The integer programme of shifts: agents by column, the rules for them, and what they must cover or keep."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Floats
from callcenter.study.staffing.choices import Choices
from callcenter.study.staffing.gains import NODES, in_one_size
from callcenter.study.staffing.solver import linprog, milp

CLOSE = 1e-3
"""How close to the best a solution comes; what agents earn is not known better."""
WORTH_OF_MORE = 0.9
"""What one more agent earns, relative to what one fewer costs: returns diminish."""
WORTH_OF_MANY, LOSS_OF_MANY = 0.3, 1.6
"""The same of those far above what was measured, and what those far below cost."""


class Slopes(NamedTuple):
    """What is measured about a staffing: how far each requirement is kept, and what agents earn."""

    levels: Floats
    """Agents rostered there, shape (pools, intervals)."""
    margins: Floats
    gains: Floats
    """What an agent of an interval earns each requirement, (requirements, pools, intervals)."""
    near: Floats
    """Agents more or fewer up to which that is thought to go on, (pools, intervals)."""
    fewer: Floats
    """Most agents that may be taken away."""

    def parts(self) -> list[tuple[float, Floats]]:
        """Return what agents more and fewer earn, relative to the gains, and how many of each there may be.

        Returns diminish: far from what was measured, more agents earn less and fewer cost more.
        """
        near = np.minimum(self.near, self.fewer)
        return [
            (WORTH_OF_MORE, self.near),
            (WORTH_OF_MANY, np.full_like(self.near, np.inf)),
            (-1.0, near),
            (-LOSS_OF_MANY, self.fewer - near),
        ]


class Programme:
    """Minimises what agents cost; variables are columns of each pool's choices, then slack by interval."""

    def __init__(self, choices: Sequence[Choices], weights: Floats) -> None:
        self._choices = choices
        self._columns = sum(each.columns for each in choices)
        self._weights = np.asarray(weights, np.float64)
        self._equal: list[tuple[Floats, Floats]] = []
        self._least: list[tuple[Floats, Floats]] = []
        self._reach: Floats = np.empty(0)

    def covering(self, need: npt.NDArray[Any]) -> Self:
        """Demand agents in each interval, shape (pools, intervals) or of one pool."""
        self._least.append((self._presence(), np.ravel(need) - 1e-9))
        return self

    def keeping(self, slopes: Slopes) -> Self:
        """Demand that every margin is kept, if what agents earn added up.

        A margin that nobody was seen to earn is left to trial: no shifts could be chosen for it.
        """
        size, parts = slopes.levels.size, slopes.parts()
        self._reach = np.concatenate([most.ravel() for _worth, most in parts])
        signs = np.hstack([-np.sign(worth) * np.eye(size) for worth, _most in parts])
        self._equal.append((np.hstack([self._presence(), signs]), slopes.levels.ravel()))
        flat = slopes.gains.reshape(len(slopes.gains), size)
        effect = np.hstack([np.zeros((len(flat), self._columns)), *(worth * flat for worth, _most in parts)])
        is_earned = flat.any(axis=1)
        self._least.append(in_one_size(effect[is_earned], -slopes.margins[is_earned]))
        return self

    def whole(self) -> list[int] | None:
        """Return whole agents by column at least cost; None if none keep what is demanded."""
        from scipy.optimize import Bounds, LinearConstraint  # takes 0.3 s when first asked for

        low, high = self._bounds()
        solution = milp(
            self._prices(),
            constraints=[
                *(LinearConstraint(rows, values, values) for rows, values in self._equalities()),
                *(LinearConstraint(rows, lb=values) for rows, values in self._inequalities()),
            ],
            bounds=Bounds(low, high),
            integrality=np.array([1] * self._columns + [0] * self._reach.size),
            options={"node_limit": NODES, "mip_rel_gap": CLOSE},
        )
        if solution.x is None:
            return None
        return [int(number) for number in np.rint(solution.x[: self._columns])]

    def worth(self) -> Floats | None:
        """Return what one more agent in each interval would save if agents came in parts, (pools, intervals).

        The dual prices of the rows of `keeping` and of the minimum; None without a solution.
        """
        equal, values = (np.concatenate(each) for each in zip(*self._equalities(), strict=True))
        more, least = (np.concatenate(each) for each in zip(*self._inequalities(), strict=True))
        bounds = list(zip(*self._bounds(), strict=True))
        solution: Any = linprog(self._prices(), -more, -least, equal, values, bounds)
        if solution.x is None:
            return None
        intervals = len(self._choices[0].presence)
        size = len(self._choices) * intervals
        marginals: Floats = np.asarray(solution.eqlin.marginals[:size], np.float64)
        worth = marginals.reshape(len(self._choices), intervals)
        return worth + self._worth_of_minimum(np.asarray(solution.ineqlin.marginals, np.float64))

    def _worth_of_minimum(self, marginals: Floats) -> Floats:
        """Return what one more agent in each interval would save of what the minimum costs."""
        worth = np.zeros((len(self._choices), len(self._choices[0].presence)))
        left = marginals[len(marginals) - sum(each.minimum.least.size for each in self._choices) :]
        for row, each in zip(worth, self._choices, strict=True):
            np.add.at(row, each.minimum.interval, -left[: each.minimum.least.size])
            left = left[each.minimum.least.size :]
        return worth

    def _presence(self) -> Floats:
        return block_diagonal([each.presence for each in self._choices])

    def _prices(self) -> Floats:
        return np.concatenate([self._weights, np.zeros(self._reach.size)])

    def _bounds(self) -> tuple[list[float], list[float]]:
        low, high = [], []
        for each in self._choices:
            low += [float(shift.at_least) for shift in each.shifts] + [0.0] * len(each.places)
            high += [float(shift.at_most) for shift in each.shifts] + [np.inf] * len(each.places)
        return [*low, *np.zeros(self._reach.size)], [*high, *self._reach]

    def _equalities(self) -> list[tuple[Floats, Floats]]:
        """Return what was demanded, and that every break is taken by an agent of its shift."""
        breaks = self._padded(block_diagonal([each.rows() for each in self._choices]))
        return [*self._equal, (breaks, np.zeros(len(breaks)))] if len(breaks) else list(self._equal)

    def _inequalities(self) -> list[tuple[Floats, Floats]]:
        """Return what was demanded, how many may be part-timers, and the minimum at last."""
        part_time = -self._padded(block_diagonal([each.part_time_row()[None] for each in self._choices]))
        kept = [*self._least, (part_time, np.zeros(len(part_time)))]
        least = np.concatenate([each.minimum.least for each in self._choices])
        if least.size:
            presence = self._padded(block_diagonal([each.minimum.presence for each in self._choices]))
            kept.append((presence, least - 1e-9))
        return kept

    def _padded(self, rows: Floats) -> Floats:
        return np.hstack([rows, np.zeros((len(rows), self._reach.size))])


def block_diagonal(blocks: Sequence[Floats]) -> Floats:
    """Return matrices along the diagonal of one; a block may have no rows."""
    from scipy.linalg import block_diag

    return np.asarray(block_diag(*blocks), np.float64)
