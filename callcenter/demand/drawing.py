"""Drawing the call tape: everything chance decides about every call, before time starts (rule R2)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from callcenter.arrays import columns_of
from callcenter.demand.first_calls import NO_ROOM, draw_first_calls, new_drawing
from callcenter.demand.later_calls import WRITTEN, Later, new_draws
from callcenter.demand.streams import Words, key_of
from callcenter.demand.tables import DemandTables, demand_tables
from callcenter.demand.tape import CallTape, Coins, OnlineTape
from callcenter.scenario import Scenario

CALL = np.dtype(
    [
        ("tier", np.int64),
        ("arrived", np.float64),
        ("ivr_s", np.float64),
        ("patience", np.float64),
        ("talk", np.float64),
        ("wrap_up", np.float64),
        ("ordinal", np.int64),  # of the customer among those of the tier
        ("ivr_exit", np.int8),
        ("accepts", np.bool_),
        ("owed", np.bool_),
    ],
    align=True,
)
"""What is drawn of every call."""
COINS = np.dtype(
    [
        ("redials", np.int64),
        ("redial_after", np.float64),
        ("repeats", np.bool_),
        ("repeat_after", np.float64),
        ("transfer_to", np.int64),
    ],
    align=True,
)
"""What may follow a call."""
OF_CALL = {
    "tier": np.int32,
    **dict.fromkeys(("arrived", "ivr_s", "patience", "talk", "wrap_up"), np.float64),
    "ivr_exit": np.int8,
    "accepts": np.bool_,
    "owed": np.bool_,
    "ordinal": np.int64,
}
"""What a tape says of a call, and as what; then of what may follow, and of who starts online."""
OF_COINS = {
    "redials": np.int16,
    "redial_after": np.float64,
    "repeats": np.bool_,
    "repeat_after": np.float64,
    "transfer_to": np.int32,
}
OF_STARTER = {"tier": np.int32, "at": np.float64, "solved": np.bool_}


def draw(scenario: Scenario, seed: int, replication: int) -> CallTape:
    """Draw the calls of one replication; the same seed and replication meet every staffing variant.

    Returns arrays of fixed dtype; ties in arrival time are kept in file order of the tiers.  Where the
    scenario names recorded days, their calls are played instead.
    """
    if scenario.demand.recording is not None:
        played: CallTape = scenario.demand.recording.tape(scenario, seed, replication)
        return played
    with np.errstate(over="ignore"):  # uncompiled, the words of streams are scalars of NumPy
        tables, key = demand_tables(scenario), key_of(seed, replication)
        calls, coins, online = _first_calls(tables, key, any_follow(scenario))
    return taped(scenario, seed, replication, calls, coins, online)


def taped(
    scenario: Scenario, seed: int, replication: int, calls: Any, coins: Any, online: OnlineTape
) -> CallTape:
    """Return the tape of first calls that are decided."""
    draws = new_draws(demand_tables(scenario), key_of(seed, replication))
    return CallTape(
        **columns_of(calls, OF_CALL),
        coins=Coins(**columns_of(coins, OF_COINS)) if any_follow(scenario) else None,
        later=Later(draws, np.empty(0, WRITTEN)),
        online=online,
        seed=seed,
        replication=replication,
    )


def any_follow(scenario: Scenario) -> bool:
    """Whether the scenario lets any call be followed by another."""
    tiers = scenario.tiers.values()
    follows = any(tier.redial is not None or tier.repeat is not None or tier.transfer for tier in tiers)
    return follows or scenario.any_return


def expected_calls(tables: DemandTables) -> int:
    """Return how many first calls there is room to be made for: seldom there are more."""
    mean = float(np.sum(tables.expected.sum(axis=(1, 2)) * tables.planned))
    day: Any = tables.day
    return int(mean * (1 + 6 * float(day["cv"][0])) + 10 * math.sqrt(mean)) + 100


def _first_calls(tables: DemandTables, key: Words, follows: bool) -> tuple[Any, Any, OnlineTape]:
    """Draw first calls and what may follow them, with more room if there is too little."""
    room, is_online = expected_calls(tables), np.any(tables.tiers["online_share"])
    while True:
        calls, coins = np.empty(room, CALL), np.empty(room if follows else 0, COINS)
        drawing = new_drawing(tables, room if is_online else 1)
        made, started = draw_first_calls(tables, drawing, key, calls, coins)
        if made != NO_ROOM:
            online = columns_of(drawing.starters[:started], OF_STARTER)
            return calls[:made], coins[:made], OnlineTape(**online)
        room *= 2
