"""Small hotlines for the tests of demand, and what a tape says of one tier."""

from __future__ import annotations

from typing import Any

import numpy as np

from callcenter.demand import CallTape
from callcenter.scenario import Scenario, load

TIERS: dict[str, Any] = {
    "vip": {"priority": 0, "talk": {"exponential": "3 min"}, "patience": {"exponential": "1 min"}},
    "mid": {"priority": 1, "talk": "1 min", "callback": {"on": ["abandoned"], "share": "50%"}},
}


def scenario(**sections: Any) -> Scenario:
    """Return a two-tier hotline of two hours with an IVR and callbacks."""
    base: dict[str, Any] = {
        "name": "tape",
        "day": {"open": "08:00", "close": "10:00", "interval": "1 h"},
        "demand": {"tiers": {"vip": {"calls": [100, 300]}, "mid": {"calls": [200, 0]}}},
        "ivr": {"time": {"exponential": "40 s"}, "self_service": "30%", "hangs_up": "10%"},
        "tiers": TIERS,
        "pools": {"desk": {"serves": ["vip", "mid"], "agents": 5, "callbacks": {}}},
        "callbacks": {"attempts": 2, "reached": "60%"},
    }
    return load(base | sections)


def with_tier(**keys: Any) -> Scenario:
    """Return that hotline with further keys of the VIP tier."""
    return scenario(tiers=TIERS | {"vip": TIERS["vip"] | keys})


def one_tier(calls: float = 20_000, **keys: Any) -> Scenario:
    """Return a hotline of one tier and one hour without an IVR; `keys` are those of the tier."""
    return load(
        {
            "name": "one tier",
            "day": {"open": "08:00", "close": "09:00", "interval": "30 min"},
            "demand": {"calls": calls / 2},
            "tiers": {"all": {"priority": 0, "talk": "1 min"} | keys},
            "pools": {"desk": {"serves": ["all"], "agents": 5, "callbacks": {}}},
        }
    )


def columns_of(tape: CallTape, tier: int) -> list[Any]:
    """Return what the tape says of the first calls of one tier."""
    rows = np.flatnonzero(tape.tier[: tape.firsts] == tier)
    columns = (tape.arrived, tape.ivr_s, tape.ivr_exit, tape.patience, tape.talk, tape.wrap_up, tape.owed)
    return [column[rows] for column in columns]


def all_of(tape: CallTape) -> list[Any]:
    """Return every array of a tape."""
    parts = [tape, tape.callbacks, tape.online, tape.follow_ups or ()]
    return [array for part in parts for array in part if isinstance(array, np.ndarray)]
