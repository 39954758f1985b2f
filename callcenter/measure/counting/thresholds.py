"""Counting at thresholds that no tier has of its own: those of further targets, and of callbacks by tier."""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Ints
from callcenter.calllog import Outcome
from callcenter.kernels import inner
from callcenter.measure.counting.calendar import Records
from callcenter.measure.thresholds import THRESHOLD_COUNTS

ANSWERED, ABANDONED, OPEN = int(Outcome.ANSWERED), int(Outcome.ABANDONED), int(Outcome.OPEN)
WITHIN, ABANDONED_WITHIN, DECIDED = map(THRESHOLD_COUNTS.index, ("within", "abandoned_within", "decided"))

THRESHOLD = np.dtype(
    [
        ("of_callbacks", np.bool_),  # not of calls
        ("tier", np.int64),
        ("within", np.float64),
    ],
    align=True,
)


@inner
def count_call(thresholds: Records, counts: Ints, cell: int, tier: int, outcome: int, wait: float) -> None:
    """Enter a call that waited so long in counts (thresholds, THRESHOLD_COUNTS, cells); nan = never."""
    for number in range(thresholds.size):
        threshold = thresholds[number]
        if threshold["tier"] == tier and not threshold["of_callbacks"] and not np.isnan(wait):
            in_time = wait <= threshold["within"]
            counts[number, WITHIN, cell] += in_time and outcome == ANSWERED
            counts[number, ABANDONED_WITHIN, cell] += in_time and outcome == ABANDONED
            counts[number, DECIDED, cell] += not (in_time and outcome == OPEN)


@inner
def count_job(
    thresholds: Records,
    counts: Ints,
    cell: int,
    tier: int,
    times: tuple[float, float, float, float],
    end: float,
) -> None:
    """Enter a callback for a call of a cell likewise; ``times`` as of `enter_job`."""
    created, _, first_attempt, ended = times
    is_tried = not np.isnan(first_attempt)
    acted = first_attempt if is_tried else (end if np.isnan(ended) else ended)
    for number in range(thresholds.size):
        threshold = thresholds[number]
        if threshold["tier"] == tier and threshold["of_callbacks"]:
            in_time = acted - created <= threshold["within"]
            counts[number, WITHIN, cell] += is_tried and in_time
            counts[number, DECIDED, cell] += is_tried or not in_time
