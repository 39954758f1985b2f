"""When those call again whom the IVR only seemed to solve (rule R13e), on average, without simulating."""

from __future__ import annotations

import math
from collections.abc import Sequence

from callcenter.demand.laws import mean_up_to
from callcenter.scenario import Distribution, Scenario

SURELY_BACK = 1e-6
"""Nobody is looked for beyond the interval in which so few are still to come."""


def returned(scenario: Scenario, after: Distribution, leaving: Sequence[float]) -> list[float]:
    """Return the calls that come back in each interval of the day, given those that leave the IVR in each.

    Delays run in opening hours only (R13a), so that the next day follows the close.  After the last close
    nobody calls: of one day those who would come later are left out, of several days they come on the mean
    day.  Calls leave at an even rate within an interval.
    """
    intervals, width = scenario.day.intervals, scenario.day.interval
    back = [0.0] * intervals
    last = intervals * scenario.days
    for start, figure in enumerate(leaving):
        if not figure:
            continue
        place, still = start, 1.0
        while place < last and still > SURELY_BACK:
            later = _later_than(after, start, place - start + 1, width)
            back[place % intervals] += figure * (still - later)
            place, still = place + 1, later
    return back


def _later_than(after: Distribution, interval: int, ends: int, width: float) -> float:
    """Return the chance to come after so many ends of intervals, having left at any moment of the first.

    The mean up to a limit is the integral of the chance to be later; so the mean of the chances is a
    difference of two.
    """
    to, since = (mean_up_to(after, limit * width, interval) for limit in (ends, ends - 1))
    return min(1.0, max(0.0, (to - since) / width)) if math.isfinite(to) else 0.0
