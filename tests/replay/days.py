"""Hotlines whose truth is known, and days recorded by them."""

from __future__ import annotations

from typing import Any

import pandas as pd

import callcenter as cc

DESK: dict[str, Any] = {
    "name": "desk",
    "day": {"open": "08:00", "close": "12:00", "interval": "30 min"},
    "demand": {"calls": 60},
    "tiers": {
        "any": {
            "priority": 0,
            "patience": {"exponential": "4 min"},
            "talk": {"lognormal": {"mean": "200 s", "cv": 0.9}},
            "wrap_up": "20 s",
            "target": {"within": "20 s", "share": "80%"},
        }
    },
    "pools": {"desk": {"serves": ["any"], "agents": 8}},
}
"""So busy that talk which is 5% longer costs some points of service level."""


def desk(changes: dict[str, Any] | None = None) -> cc.Scenario:
    """Return the desk, or a variant of it."""
    return cc.load(DESK, changes)


def days_of(scenario: cc.Scenario, days: int, seed: int = 3) -> pd.DataFrame:
    """Return the call log of some days."""
    return cc.run(scenario, replications=days, seed=seed, keep="calls").calls
