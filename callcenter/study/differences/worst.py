"""The difference of two worst intervals: of each scenario that one counts which keeps a target least."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.measure.estimates import Estimate
from callcenter.measure.intervals import Scatter, reach, scatter_of, t_quantile
from callcenter.measure.quantiles import TAIL
from callcenter.measure.unseen import room
from callcenter.study.differences.contrasts import Sample


class Worst(NamedTuple):
    """A figure in several intervals of the day, of which the worst one counts."""

    intervals: tuple[Sample, ...]
    at_least: bool
    """Whether the lowest is the worst, not the highest."""
    most: float
    """What no difference exceeds: 1 of shares."""

    @property
    def sample(self) -> Sample:
        """The worst of them."""
        pick = min if self.at_least else max
        return pick(self.intervals, key=lambda sample: sample.value)


def gain_of_worst(before: Worst, after: Worst) -> tuple[Estimate, float]:
    """Return by how much the worst interval rose, and the p-value of that.

    Which interval is truly the worst is not known.  But min B - min A is the least over j of the largest
    over i of B_j - A_i, which only rises with each of these; so their intervals, made to hold all at once
    (Bonferroni), bound it in the same way.  Those that cannot be the worst are left aside.
    """
    sign = 1.0 if before.at_least else -1.0
    first, second = (_candidates(side.intervals, sign) for side in (before, after))
    value = after.sample.value - before.sample.value
    rises, below, above = _pairs(first, second, sign)
    stretch, degrees = _stretch(first[0].pulls.size, rises.size), first[0].pulls.size - 1
    low, high = _worst(rises - stretch * below), _worst(rises + stretch * above)
    limit = t_quantile(np.asarray(degrees))
    with np.errstate(divide="ignore", invalid="ignore"):
        chances = _chance(limit * np.abs(rises) / np.where(rises > 0, below, above), degrees, rises.size)
    risen, fallen = np.where(rises > 0, chances, 1.0), np.where(rises < 0, chances, 1.0)
    p = float(min(risen.min(axis=0).max(), fallen.max(axis=0).min()))
    ends = (low, high) if sign > 0 else (-high, -low)
    return Estimate(np.asarray(value), *np.clip(ends, -before.most, before.most)), p


def _pairs(first: Sequence[Sample], second: Sequence[Sample], sign: float) -> tuple[Floats, Floats, Floats]:
    """Return by how much each interval of the second is above each of the first, and how far both reach."""
    (one, pulls, change), (two, pulled, changed) = map(_arrays, (first, second))
    moved = sign * (pulled[:, None, :] - pulls[:, :, None])
    number = np.asarray(len(pulls))
    more = room(number, change[:, None] + changed, np.abs(moved).max(axis=0))
    below, above = reach(_scatter(moved))
    return sign * (two - one[:, None]), below + more, above + more


def _worst(ends: Floats) -> float:
    """Return the least over the second's intervals of the largest over the first's."""
    return float(ends.max(axis=0).min())


def _candidates(intervals: Sequence[Sample], sign: float) -> list[Sample]:
    """Return the intervals that may be the worst, by intervals that hold for all at once."""
    values, pulls, change = _arrays(intervals)
    more = room(np.asarray(len(pulls)), change, np.abs(pulls).max(axis=0))
    stretch = _stretch(len(pulls), len(intervals))
    below, above = (stretch * (side + more) for side in reach(_scatter(pulls)))
    if sign < 0:
        below, above = above, below
    possible = ~(sign * values - below > np.min(sign * values + above))
    return [each for each, is_one in zip(intervals, possible, strict=True) if is_one]


def _arrays(samples: Sequence[Sample]) -> tuple[Floats, Floats, Floats]:
    values, changes = (np.array([getattr(each, name) for each in samples]) for name in ("value", "change"))
    return values, np.stack([each.pulls for each in samples], axis=1), changes


def _scatter(pulls: Floats) -> Scatter:
    return scatter_of(pulls, np.asarray(len(pulls)))


def _stretch(replications: int, number: int) -> float:
    """Return how much farther intervals reach that hold for so many at once."""
    if replications < 2 or number < 2:
        return 1.0
    from scipy.special import stdtrit  # takes 0.2 s, which a run need not wait for

    one, all_ = stdtrit(replications - 1.0, [1 - TAIL, 1 - TAIL / number])
    return float(all_ / one)


def _chance(statistic: Floats, degrees: int, number: int) -> Floats:
    """Return the p-value of each of so many differences at once, nan with one replication."""
    from scipy.special import stdtr

    if degrees < 1:
        return np.full(statistic.shape, np.nan)
    chances: Floats = np.minimum(2 * number * stdtr(float(degrees), -statistic), 1.0)
    return np.where(np.isnan(chances), 1.0, chances)
