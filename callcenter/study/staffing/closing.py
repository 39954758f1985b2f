"""Hours closed: where an answer rate counts over the day, a quiet stretch may cost more than it is worth.

Taking single agents away does not find that: the first of several in an hour breaks a target, the last one
still earns.  So a whole stretch is left to nobody, others make up for the calls lost, and what that comes to
decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from callcenter.arrays import Floats
from callcenter.study.staffing.errors import StaffingError
from callcenter.study.staffing.gains import DIGITS
from callcenter.study.staffing.goals import Goals
from callcenter.study.staffing.proof import Lean
from callcenter.study.staffing.search import Search, Stand
from callcenter.study.staffing.trials import Levels

FAILURES = 5
"""Stretches in a row that may save nothing."""
TOO_DEAR = 1.02
"""How much dearer than the best a staffing without a stretch may be before single agents are spared."""
STEPS = 2
"""Steps by measured gains before that."""


def closed(search: Search, best: Lean, polish: Callable[[Search, Levels], Lean]) -> Lean:
    """Return a staffing with stretches of the day left to nobody where that is cheaper, else the given one.

    ``polish`` makes a staffing cheaper without leaving any.  Only where every target is an answer rate over
    the day: others would be broken, or be kept by answering nobody.
    """
    goals = search.goals
    if goals.every_interval or not all(each.is_answer_rate for each in goals.targets):
        return best
    seen, failed = {best.stand.levels.tobytes()}, 0
    while failed < FAILURES:
        new = (each for each in _without_stretches(search, best.stand) if each.tobytes() not in seen)
        levels = next(new, None)
        if levels is None:
            break
        seen.add(levels.tobytes())
        better = _polished(search, levels, best.stand.cost, polish)
        best, failed = (best, failed + 1) if better is None else (better, 0)
    return best


def _polished(
    search: Search, levels: Levels, most: float, polish: Callable[[Search, Levels], Lean]
) -> Lean | None:
    """Return what a staffing with a stretch closed comes to; None if that is no cheaper."""
    try:
        stand = search.cheaper(search.repaired(search.stand(levels)), STEPS)
    except StaffingError:
        return None
    if stand.cost > TOO_DEAR * most:
        return None
    answer = polish(search, stand.levels)
    return answer if answer.stand.cost < most - 1e-9 else None


def _without_stretches(search: Search, stand: Stand) -> Iterator[Levels]:
    """Yield the staffing without each stretch whose calls may all be lost.

    Those after which nobody is there come first, since nobody is kept waiting by them; then those that answer
    least for what they cost.
    """
    within, asked = (
        _by_interval(search.goals, column) for column in (stand.counts.within, stand.counts.asked)
    )
    bounds = np.array([target.bound for target in search.goals.targets])
    spare = (1 - bounds) * asked.sum(axis=1)
    paid = search.cost @ search.spare(stand.levels)
    intervals, ranked = len(paid), []
    for first in range(intervals):
        for last in range(first + 1, intervals + 1):
            here = slice(first, last)
            if (asked[:, here].sum(axis=1) > spare).any():
                break
            cost = float(paid[here].sum())
            if cost > 0:
                is_followed = last < intervals and paid[last] > 0
                earned = (within[:, here].sum(axis=1) / within.sum(axis=1)).max() / cost
                ranked.append((is_followed, round(float(earned), DIGITS), first, last))
    for _is_followed, _earned, first, last in sorted(ranked):
        levels = stand.levels.copy()
        levels[:, first:last] = search.least[:, first:last]
        yield levels


def _by_interval(goals: Goals, column: Floats) -> Floats:
    """Return counts of the targets by interval of the day, (targets, intervals)."""
    rows = [target.row for target in goals.targets]
    sums = column[:, rows].sum(axis=0)
    by_interval: Floats = sums.reshape(len(rows), goals.days, -1).sum(axis=1)
    return by_interval
