"""Work after the call: recorded, or the gap to the agent's next call while somebody waits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats, Indices
from callcenter.fit.calls import Calls
from callcenter.fit.estimates import Estimate, by_group, mean
from callcenter.fit.patience import seconds
from callcenter.fit.staffing.spells import Work
from callcenter.fit.staffing.waiting import Presence
from callcenter.fit.talk import FEWEST, Talk, quantiles, talk
from callcenter.language import noted

LONGEST_GAP = 120.0
"""Seconds; after a longer one the agent was away."""
_TWENTIETHS = 20
_AT_END = 1e-3
"""Seconds inside of a gap, where the line is looked at."""


class WrapUp(NamedTuple):
    """The time from the end of talk until an agent is free."""

    mean: Estimate
    times: tuple[float, ...]
    """Equally likely, in seconds; () where a family fits."""
    family: Talk | None = None

    def written(self) -> Any:
        """Return it as a scenario writes it."""
        if self.family is not None:
            return self.family.written()
        return {"empirical": [seconds(time) for time in self.times]} if any(self.times) else "0 s"


def recorded(calls: Calls) -> WrapUp | None:
    """Return the wrap-up that records hold; None where they hold none."""
    own = calls.is_answered & (calls.wrap_up >= 0)
    times, days = calls.wrap_up[own], calls.day[own]
    if len(times) < FEWEST or not times.any():
        return None
    is_some = times > 0
    fitted = talk(times[is_some], days[is_some]) if is_some.mean() > 0.99 else None
    if fitted is not None and fitted.family != "empirical":
        return WrapUp(fitted.mean._replace(method=noted("recorded wrap-up")), (), fitted)
    return _empirical(times, days, calls.number_of_days, noted("recorded wrap-up"))


def from_gaps(work: Work, lines: Sequence[Presence], days: int) -> WrapUp | None:
    """Return the gaps of an agent at both ends of which somebody waits whom they may take."""
    is_waited = np.zeros(len(work.pool), bool)
    for pool, line in enumerate(lines):
        own = work.pool == pool
        before, after = work.start[own] - work.gap[own] + _AT_END, work.start[own] - _AT_END
        is_waited[own] = (line.number(before) > 0) & (line.number(after) > 0)
    with np.errstate(invalid="ignore"):
        own = is_waited & (work.gap > 0) & (work.gap <= LONGEST_GAP)
    if own.sum() < FEWEST:
        return None
    return _empirical(work.gap[own], work.day[own], days, noted("gaps between calls while somebody waits"))


def _empirical(times: Floats, day: Indices, days: int, method: str) -> WrapUp:
    sums, counts = by_group(times, day, days), by_group(np.ones(len(times)), day, days)
    figure = mean(sums, counts, float((times**2).sum()), method)
    return WrapUp(figure, tuple(map(float, quantiles(times, _TWENTIETHS))))
