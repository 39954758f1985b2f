"""A desk whose truth is known, simulated: what a fit of its call log must find again."""

from __future__ import annotations

from typing import Any

import pandas as pd

import callcenter as cc

TRUTH: dict[str, Any] = {
    "name": "truth",
    "day": {"open": "08:00", "close": "18:00", "interval": "30 min"},
    "demand": {"calls": 40, "mix": {"vip": "20%", "regular": "80%"}, "day_factor_cv": "10%"},
    "ivr": {"time": {"gamma": {"mean": "20 s", "cv": 0.5}}, "hangs_up": "5%"},
    "tiers": {
        "vip": {
            "priority": 0,
            "patience": {"exponential": "4 min"},
            "talk": {"lognormal": {"mean": "200 s", "cv": 0.9}},
            "wrap_up": {"exponential": "30 s"},
            "target": {"within": "20 s", "share": "80%"},
        },
        "regular": {
            "priority": 1,
            "patience": {"weibull": {"mean": "3 min", "shape": 0.7}},
            "talk": {"gamma": {"mean": "180 s", "cv": 0.8}},
            "wrap_up": {"exponential": "30 s"},
        },
    },
    "pools": {"desk": {"serves": ["vip", "regular"], "agents": 5}},
}


def log(days: int, seed: int, changes: dict[str, Any] | None = None) -> pd.DataFrame:
    """Return the call log of some days of the desk, or of a variant of it."""
    scenario = cc.load(TRUTH, changes)
    return cc.run(scenario, replications=days, seed=seed, keep="calls").calls


def stamped(calls: pd.DataFrame) -> pd.DataFrame:
    """Return calls whose days are dates as an ACD exports them: with date and time in each column."""
    clock = ("arrived", "joined", "answered", "left", "released")
    midnight = pd.to_datetime(calls["day"])
    stamps = {name: midnight + pd.to_timedelta(calls[name] % 86_400, unit="s") for name in clock}
    texts = {name: column.dt.round("s").dt.strftime("%Y-%m-%d %H:%M:%S") for name, column in stamps.items()}
    return calls.assign(**texts)[[*clock, "tier", "outcome"]]
