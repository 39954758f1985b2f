"""How far above its targets a staffing must be on some days, so that other days meet them for certain."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from callcenter.arrays import Floats
from callcenter.measure.days import exact_ends
from callcenter.measure.quantiles import TAIL
from callcenter.study.staffing.days import Block
from callcenter.study.staffing.goals import Goals, Requirement
from callcenter.study.staffing.trials import Counts

POWER = 1.0
"""Standard errors by which other days may fall short without the verdict changing: 84 times in 100."""
MOST = 0.9
"""Part of the way to the best there can be that a reserve takes at most."""
CLOSE, CLOSE_WAIT, BAD_DAYS = 0.01, 0.05, 10
"""Half-width of a share, or part of a longest wait, to which search days tell; bad days that they hold."""


def days_needed(goals: Goals, counts: Counts, block: Block) -> int:
    """Return how many days tell every target closely enough, by how a few of them vary."""
    errors, few = _errors(goals, counts, block.group), len(counts.within)
    asked = _asked(goals, counts)
    needed = float(few)
    for place, target in enumerate(goals.targets):
        if target.meet.days is not None:
            needed = max(needed, BAD_DAYS / max(1 - target.meet.days, 1 / 50))
        elif asked[place] > 0:
            close = CLOSE if target.is_share else CLOSE_WAIT * target.bound
            needed = max(needed, few * (1.96 * errors[place] / (close * asked[place])) ** 2)
    return math.ceil(needed)


def reserved(goals: Goals, counts: Counts, block: Block, judged: int, more: float = 1.0) -> Goals:
    """Return goals that leave a reserve, so that as many other days as are ``judged`` meet the targets.

    The reserve is what the interval of those days reaches down, and POWER standard errors of the difference
    between them and the block, from the spread of the block's groups; ``more`` times that.  A share of days
    is raised likewise.
    """
    own = _errors(goals, counts, block.group)
    other = own * math.sqrt(len(counts.within) / judged)
    reach = np.array([_quantile(judged // block.group, number) for number in _at_once(goals, own.size)])
    needed = more * (reach * other + POWER * np.hypot(own, other))
    reserves = np.minimum(needed, MOST * _room(goals, counts, own.size))
    return goals._replace(
        targets=tuple(_surer(target, len(counts.within), judged, more) for target in goals.targets),
        reserves=tuple(float(each) for each in np.nan_to_num(reserves)),
    )


def _errors(goals: Goals, counts: Counts, group: int) -> Floats:
    """Return the standard error of each margin; nan where it is no mean."""
    every = goals.by_replication(counts)
    groups = every[: len(every) // group * group].reshape(-1, group, every.shape[1]).mean(axis=1)
    errors: Floats = groups.std(axis=0, ddof=1) / math.sqrt(len(groups))
    return errors


def _at_once(goals: Goals, size: int) -> list[int]:
    """Return of how many figures the worst is judged, margin by margin."""
    intervals = (size - len(goals.targets) - 1) // max(1, len(goals.every_interval))
    return [1] * len(goals.targets) + [intervals] * (size - len(goals.targets) - 1) + [1]


def _quantile(groups: int, number: int) -> float:
    from scipy.special import stdtrit  # takes 0.2 s, which a report need not wait for

    return float(stdtrit(max(groups - 1, 1), 1 - TAIL / number))


def _asked(goals: Goals, counts: Counts) -> Floats:
    rows = [target.row for target in goals.targets]
    asked: Floats = counts.asked[:, rows].sum(axis=2).mean(axis=0)
    return asked


def _room(goals: Goals, counts: Counts, size: int) -> Any:
    """Return the most that each margin can be; callbacks left over need no reserve."""
    parts = [_most(target, _asked(goals, counts)[place]) for place, target in enumerate(goals.targets)]
    for place in goals.every_interval:
        target = goals.targets[place]
        by_interval = counts.asked[:, target.row].reshape(len(counts.asked), goals.days, -1)
        parts += [_most(target, each) for each in by_interval.sum(axis=1).mean(axis=0)]
    return np.array([*parts, 0.0]).reshape(size)


def _most(target: Requirement, asked: float) -> float:
    return (1 - target.bound if target.at_least else target.bound) * asked


def _surer(target: Requirement, own: int, judged: int, more: float) -> Requirement:
    """Return a target with the share of days that makes it likely that others show the share asked for."""
    share = target.meet.days
    if share is None or share >= 1:
        return target
    for kept in range(math.ceil(share * judged), judged + 1):
        low, _high = exact_ends(np.array([kept / judged]), np.array([float(judged)]))
        if low[0] >= share:
            break
    sure = kept / judged
    error = math.sqrt(sure * (1 - sure) * (1 / own + 1 / judged))
    raised = min(share + more * (sure + POWER * error - share), 1 - MOST * (1 - sure) / 2, 1 - 0.5 / own)
    return target._replace(meet=target.meet._replace(days=max(share, raised)))
