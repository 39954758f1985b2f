"""Percentiles of waits over replications: the mean of those of single replications, with its interval."""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Floats
from callcenter.measure.estimates import Estimate, mean
from callcenter.measure.unseen import room


def point_estimates(observed: Floats) -> Estimate:
    """Estimate the mean of each point (percentiles rising to the longest), shape (replications, ..., points).

    A replication without any is nan.  Where a percentile is 0 in some replications, it may be above 0 in one
    of another kind (`unseen`): then it is taken to be as long as the longest next point that was seen, as far
    as the replications with 0 go.  The longest wait has no next point.
    """
    estimate, number = mean(observed), (~np.isnan(observed)).sum(axis=0)[..., :-1]
    longest = np.fmax.reduce(observed, axis=0)
    # Where no replication has any, nothing has an estimate, and this leaves it so.
    more = room(np.maximum(number, 1), longest[..., 1:], longest[..., :-1])
    high, none = estimate.high.copy(), (observed == 0).sum(axis=0)[..., :-1]
    high[..., :-1] += np.where(none > 0, none / np.maximum(number, 1) * more, 0.0)
    return estimate._replace(high=high)
