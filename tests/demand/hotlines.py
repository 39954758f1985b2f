"""Small hotlines for the tests of demand, and what a tape says of one tier."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from callcenter.demand import (
    AGAIN,
    MOVED,
    RETURNED,
    SELF_SERVED,
    Awakening,
    Callback,
    CallTape,
    LaterCall,
    Origin,
)
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
    rows = np.flatnonzero(tape.tier == tier)
    columns = (tape.arrived, tape.ivr_s, tape.ivr_exit, tape.patience, tape.talk, tape.wrap_up, tape.owed)
    return [column[rows] for column in columns]


def all_of(tape: CallTape) -> list[Any]:
    """Return every array of a tape."""
    parts = [tape, tape.online, tape.coins or ()]
    return [array for part in parts for array in part if isinstance(array, np.ndarray)]


class Followed(NamedTuple):
    """A call, and how it came about."""

    origin: Origin
    call: LaterCall


def firsts(tape: CallTape) -> list[Followed]:
    """Return the first calls of a tape from which something may follow."""
    assert tape.coins is not None
    columns: list[Any] = [tape.tier, tape.ivr_s, tape.ivr_exit, tape.patience, tape.talk, tape.wrap_up]
    columns += [tape.owed, tape.accepts, *tape.coins]
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [Followed(Origin(number, 0, number), LaterCall(*row)) for number, row in enumerate(rows)]


def following(tape: CallTape, calls: list[Followed]) -> list[Followed]:
    """Return the calls that may follow some calls, in their order, transfers last."""
    awakening, children = Awakening(tape, 1), []
    for origin, call in calls:
        if call.redials or call.repeats:
            again = awakening.after(origin, RETURNED if call.ivr_exit == SELF_SERVED else AGAIN)
            children.append(Followed(again, awakening.call(again, call.tier)))
        if call.transfer_to >= 0:
            moved = awakening.after(origin, MOVED)
            children.append(Followed(moved, awakening.call(moved, call.transfer_to)))
    return children


def callbacks(tape: CallTape, attempts: int) -> dict[int, Callback]:
    """Return what becomes of the callbacks that first calls may lead to, by row of the tape."""
    awakening = Awakening(tape, attempts)
    rows = np.flatnonzero(tape.owed | tape.accepts).tolist()
    return {row: awakening.callback(Origin(row, 0, row), int(tape.tier[row])) for row in rows}
