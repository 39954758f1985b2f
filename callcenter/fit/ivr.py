"""Before a person: time in the IVR, callers it serves and callers who hang up in it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Flags
from callcenter.fit.calls import Calls
from callcenter.fit.estimates import Estimate, by_group, mean, share
from callcenter.fit.patience import seconds
from callcenter.language import noted
from callcenter.outcomes import Outcome

NOTHING = 0.5
"""Mean seconds below which there is no IVR worth a line."""


class Ivr(NamedTuple):
    """What the IVR does with the callers of a tier."""

    time: Estimate
    hangs_up: Estimate
    self_service: Estimate
    cv: float

    def written(self) -> Any:
        """Return it as a scenario writes it; `none` where there is nothing before the line."""
        shares = {
            name: round(figure.value, 4)
            for name, figure in (("self_service", self.self_service), ("hangs_up", self.hangs_up))
            if figure.value > 0
        }
        if not self.time.value > NOTHING and not shares:
            return "none"
        mean_time = seconds(max(self.time.value, 0.01))
        is_constant = not self.cv > 0.01
        return {
            "time": mean_time
            if is_constant
            else {"gamma": {"mean": mean_time, "cv": round(min(self.cv, 5), 3)}}
        } | shares


def ivr(calls: Calls, own: Flags) -> Ivr:
    """Return what becomes of some calls before the line."""
    days, day = calls.number_of_days, calls.day
    called = by_group(own.astype(float), day, days)

    def ended(outcome: Outcome, method: str) -> Estimate:
        return share(by_group((own & (calls.outcome == outcome)).astype(float), day, days), called, method)

    timed = own & np.isfinite(calls.ivr)
    times = calls.ivr[timed]
    sums, counts = by_group(times, day[timed], days), by_group(np.ones(len(times)), day[timed], days)
    figure = mean(sums, counts, float((times**2).sum()), noted("mean time in the IVR"))
    return Ivr(
        figure,
        ended(Outcome.LEFT_IVR, noted("calls that ended in the IVR")),
        ended(Outcome.SELF_SERVED, noted("calls that the IVR served")),
        float(times.std() / times.mean()) if len(times) and times.mean() > 0 else 0.0,
    )
