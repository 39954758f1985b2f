"""Percentiles of waits over replications: the mean of those of single replications, with its interval."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from callcenter.arrays import Floats
from callcenter.measure.estimates import Estimate, mean
from callcenter.measure.unseen import room


def point_estimates(observed: Floats) -> Iterator[Estimate]:
    """Estimate the mean of each point (percentiles rising to the longest), shape (replications, points).

    A replication without any is nan.  Where a percentile is 0 in some replications, it may be above 0 in one
    of another kind (`unseen`): then it is taken to be as long as the longest next point that was seen, as far
    as the replications with 0 go.  The longest wait has no next point.
    """
    for point, following in pairwise(observed.T):
        estimate, seen = mean(point), ~np.isnan(point)
        number, none = np.count_nonzero(seen), np.count_nonzero(point == 0)
        if none:
            more = room(np.asarray(number), following[seen].max(), point[seen].max())
            estimate = estimate._replace(high=estimate.high + none / number * more)
        yield estimate
    yield mean(observed[:, -1])
