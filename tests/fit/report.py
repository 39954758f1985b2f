"""An interval report, as an exchange would print it of simulated calls."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from callcenter.fit.calls import calls_of

LIMITS = (5.0, 10.0, 15.0, 20.0, 30.0, 45.0, 60.0, 90.0, 120.0)


def report(log: pd.DataFrame, limits: Sequence[float] = LIMITS, interval: float = 1800.0) -> pd.DataFrame:
    """Return interval records of a call log, with wait buckets at some limits."""
    calls = calls_of(log)
    own = calls.only(calls.is_offered)
    handle = np.nan_to_num(own.released - own.answered)
    figures = {
        "offered": np.ones(len(own)),
        "answered": own.is_answered.astype(float),
        "abandoned": own.is_lost.astype(float),
        "wait_answered_s": np.where(own.is_answered, own.wait, 0.0),
        "wait_abandoned_s": np.where(own.is_lost, own.wait, 0.0),
        "handle_s": handle,
    }
    for limit in limits:
        figures[f"answered_le_{limit:g}"] = (own.is_answered & (own.wait <= limit)).astype(float)
        figures[f"abandoned_le_{limit:g}"] = (own.is_lost & (own.wait <= limit)).astype(float)
    start = np.floor(own.joined / interval) * interval
    keys = {"day": own.day, "start": start, "tier": np.array(own.tiers)[own.tier]}
    return pd.DataFrame(keys | figures).groupby(["day", "start", "tier"], as_index=False).sum()
