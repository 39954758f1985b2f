"""Waits: one for each call that asked for a person, their percentiles and their histogram."""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Floats
from callcenter.calllog import CallLog

POINTS = ("p50", "p90", "p95", "p99", "max")
"""Percentiles and the longest, of one replication, as `numpy.percentile` interpolates; nan if there are none.

Definition 7 of Hyndman and Fan (1996), Sample quantiles in statistical packages."""

QUANTILES: Floats = np.array([0.50, 0.90, 0.95, 0.99, 1.0])
"""Those of the POINTS."""

STEPS = ((0, 120, 1), (120, 1_200, 10), (1_200, 7_200, 60))
"""The histogram's bins in seconds, from, to, width: 1 s up to 2 min, 10 s up to 20 min, 1 min up to 2 h."""

WAIT_EDGES: Floats = np.concatenate(
    [[0.0], *(np.arange(low, high, step) + step for low, high, step in STEPS)]
)
"""Upper edges of the histogram's bins in seconds, inclusive: no wait at all, then those of STEPS; one more
bin, the last, holds what is longer."""


def waits(log: CallLog) -> Floats:
    """Return the wait of each call in seconds; nan where the caller never asked for a person.

    It lasts until an agent answers, the caller leaves, or the run ends.
    """
    stop = np.where(np.isnan(log.answered), log.left, log.answered)
    lasts: Floats = np.where(np.isnan(stop), log.end, stop) - log.joined
    return lasts
