"""A bound on agent-hours, and with it how far from the best a staffing may be."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.demand.drawing import any_follow
from callcenter.study.staffing.search import Search, Stand
from callcenter.study.staffing.trials import Levels

MOST_TRIED = 400
"""Staffings that a bound may take."""
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
    a level for each interval.  Targets must be answer rates of tiers over all days.
    """
    if not _is_simple(search):
        return None
    levels = _levels_of(stand.levels[0])
    if sum(map(len, levels)) > MOST_TRIED:
        return None
    best = _best_by_level(search, stand, levels)
    hours = _fewest(search, stand, levels, best)
    return None if hours is None else Bound(hours, sum(map(len, levels)))


def _is_simple(search: Search) -> bool:
    goals, scenario = search.goals, search.trials.subject.scenario
    owes = any(tier.owes_callbacks for tier in scenario.tiers.values())
    plain = all(target.is_answer_rate and target.meet.days is None for target in goals.targets)
    rows = [target.row for target in goals.targets]
    is_alone = len(scenario.pools) == 1 and max(rows) < len(scenario.tiers)
    return is_alone and plain and not goals.every_interval and not (owes or any_follow(scenario))


def _levels_of(agents: Levels) -> list[range]:
    """Return the levels looked at in each interval: from nobody to well above what was found."""
    return [range(int(number + max(4, MOST_MORE * number)) + 1) for number in agents]


def _best_by_level(search: Search, stand: Stand, levels: list[range]) -> list[Floats]:
    """Return by interval what is above each target at most, shape (levels, targets)."""
    plenty = np.maximum(PLENTY * stand.levels, stand.levels + 10)
    places = [(interval, level) for interval, some in enumerate(levels) for level in some]
    staffings = []
    for interval, level in places:
        tried = plenty.copy()
        tried[0, interval] = level
        staffings.append(tried)
    counts = search.trials.counts(staffings, search.replications)
    best: list[list[Floats]] = [[] for _ in levels]
    for row, (interval, _level) in enumerate(places):
        above = search.goals.above(counts.of(row)).sum(axis=2).mean(axis=0)
        best[interval].append(above[:, interval])
    return [np.array(each) for each in best]


def _fewest(search: Search, stand: Stand, levels: list[range], best: list[Floats]) -> float | None:
    from scipy.optimize import Bounds, LinearConstraint, milp  # takes 0.3 s, which a report need not wait for

    cost = np.concatenate([np.array(some, np.float64) for some in levels])
    interval = np.concatenate([np.full(len(some), place) for place, some in enumerate(levels)])
    one_each = (interval == np.arange(len(levels))[:, None]).astype(np.float64)
    targets = len(search.goals.targets)
    least = np.array(search.goals.reserves[:targets] or (0.0,) * targets)
    rows = np.concatenate(best).T
    size = np.maximum(np.abs(rows).max(axis=1), 1e-9)
    solution = milp(
        cost,
        constraints=[
            LinearConstraint(one_each, 1, 1),
            LinearConstraint(rows / size[:, None], (least - 1e-6) / size, np.inf),
        ],
        bounds=Bounds(0, 1),
        integrality=np.ones(cost.size, np.int64),
    )
    if solution.x is None:
        return None
    agents = np.ceil(solution.mip_dual_bound - 1e-6)
    return float(min(agents, stand.levels.sum()) * search.interval / 3600)
