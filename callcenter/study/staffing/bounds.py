"""A bound on agent-hours, and with it how far from the best a staffing may be."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.demand.drawing import any_follow
from callcenter.study.staffing.search import Search, Stand
from callcenter.study.staffing.solver import milp
from callcenter.study.staffing.trials import Levels

MOST_TRIED = 400
"""Staffings that a bound may take."""
COARSE = 6
"""Levels of an interval that are tried in any case."""
WHOLE = 0.5
"""What a variable of a whole number is above if it is one."""
PLENTY = 3
"""How many times as many agents are there in all other intervals."""
MOST_MORE = 0.5
"""By how much an interval may have more agents than the staffing found, to be looked at one by one."""


class Bound(NamedTuple):
    """A number of agent-hours below which nothing is."""

    hours: float
    tried: int
    """Staffings that were simulated for it."""


def bound_of(search: Search, stand: Stand) -> Bound | None:
    """Return the fewest agent-hours that could keep the targets of one pool; None where that cannot be said.

    Where more agents never make calls wait longer - on average this holds for one pool - no staffing answers
    more of the calls of an interval than one with the same agents there and plenty in all others.  So the
    fewest agents whose sums of these reach the targets are a bound: an integer programme with one choice of
    a level for each interval.  A level that was not simulated counts for as much as the next higher one that
    was, which is never too little; those that the programme chooses are simulated, until it chooses no
    others.  Targets must be answer rates of tiers over all days.
    """
    if not _is_simple(search):
        return None
    levels = _levels_of(stand.levels[0], search.least[0])
    best = _Best(search, stand, levels)
    new = [
        (place, level) for place, some in enumerate(levels) for level in some[:: -max(1, some[-1] // COARSE)]
    ]
    if len(new) > MOST_TRIED:
        return None
    while True:
        best.simulate(new)
        solution = _fewest(search, best)
        if solution.x is None:
            return None
        new = [each for each in best.chosen(solution.x) if each not in best.above]
        if not new or len(best.above) + len(new) > MOST_TRIED:
            break
    agents = min(np.ceil(solution.mip_dual_bound - 1e-6), stand.levels.sum())
    return Bound(float(agents * search.interval / 3600), len(best.above))


def _is_simple(search: Search) -> bool:
    goals, scenario = search.goals, search.trials.subject.scenario
    owes = any(tier.owes_callbacks for tier in scenario.tiers.values())
    plain = all(target.is_answer_rate and target.meet.days is None for target in goals.targets)
    rows = [target.row for target in goals.targets]
    is_alone = len(scenario.pools) == 1 and max(rows) < len(scenario.tiers)
    return is_alone and plain and not goals.every_interval and not (owes or any_follow(scenario))


def _levels_of(agents: Levels, least: Levels) -> list[range]:
    """Return the levels looked at in each interval: from the least there is to well above what was found."""
    return [
        range(int(low), int(number + max(4, MOST_MORE * number)) + 1)
        for number, low in zip(agents, least, strict=True)
    ]


class _Best:
    """By interval and level, what is above each target at most."""

    def __init__(self, search: Search, stand: Stand, levels: list[range]) -> None:
        self.places = [(place, level) for place, some in enumerate(levels) for level in some]
        self.above: dict[tuple[int, int], Floats] = {}
        """Of the levels simulated: shape (targets,)."""
        self._search = search
        self._most = [some[-1] for some in levels]
        self._plenty = np.maximum(PLENTY * stand.levels, stand.levels + 10)

    def simulate(self, places: list[tuple[int, int]]) -> None:
        """Try levels, each with plenty of agents in all other intervals."""
        staffings = []
        for interval, level in places:
            tried = self._plenty.copy()
            if level < self._most[interval]:  # the highest stands for itself and all above
                tried[0, interval] = level
            staffings.append(tried)
        counts = self._search.trials.counts(staffings, self._search.replications)
        for row, (interval, level) in enumerate(places):
            above = self._search.goals.above(counts.of(row)).sum(axis=2).mean(axis=0)
            self.above[interval, level] = above[:, interval]

    def at_most(self) -> Floats:
        """Return what each place brings at most, shape (places, targets): its own, or the next higher's."""
        values: list[Floats] = []
        for place in reversed(self.places):
            values.append(self.above.get(place, values[-1] if values else np.empty(0)))
        return np.array(values[::-1])

    def chosen(self, solution: Floats) -> list[tuple[int, int]]:
        """Return the places that a solution takes."""
        return [self.places[number] for number in np.flatnonzero(solution > WHOLE)]


def _fewest(search: Search, best: _Best) -> Any:
    """Return the cheapest levels, one for each interval, that could reach the targets."""
    from scipy.optimize import Bounds, LinearConstraint  # takes 0.3 s, which a report need not wait for

    interval, cost = np.array(best.places).T
    one_each = (interval == np.arange(interval.max() + 1)[:, None]).astype(np.float64)
    targets = len(search.goals.targets)
    least = np.array(search.goals.reserves[:targets] or (0.0,) * targets)
    rows = best.at_most().T
    size = np.maximum(np.abs(rows).max(axis=1), 1e-9)
    return milp(
        cost.astype(np.float64),
        constraints=[
            LinearConstraint(one_each, 1, 1),
            LinearConstraint(rows / size[:, None], (least - 1e-6) / size, np.inf),
        ],
        bounds=Bounds(0, 1),
        integrality=np.ones(cost.size, np.int64),
    )
