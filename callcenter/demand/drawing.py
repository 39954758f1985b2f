"""Drawing the call tape: everything chance decides about every call, before time starts (rule R2)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from callcenter.arrays import Codes, Flags, Floats, Indices, Records
from callcenter.demand.callbacks import draw_callbacks
from callcenter.demand.first_calls import NO_ROOM, draw_first_calls, new_drawing
from callcenter.demand.follow_ups import any_follow, follow
from callcenter.demand.later_calls import new_draws
from callcenter.demand.streams import Words, key_of
from callcenter.demand.tables import DemandTables, demand_tables
from callcenter.demand.tape import CallTape, FollowUps, OnlineTape
from callcenter.kernels import kernel
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
LINK = np.dtype(
    [
        ("redials", np.int64),
        ("redial_after", np.float64),
        ("repeats", np.bool_),
        ("repeat_after", np.float64),
        ("transfer_to", np.int64),
        ("customer", np.int64),  # row of the customer's first call
        ("path", np.int64),  # the way from there
        ("attempt", np.int64),  # the smallest that it can be
        ("next_call", np.int64),
        ("transfer", np.int64),
    ],
    align=True,
)
"""What may follow a call; without entries if nothing ever does."""


_LINKS: dict[str, Any] = {
    "customer": np.int64,
    "next_call": np.int64,
    "redials": np.int16,
    "redial_after": np.float64,
    "repeats": np.bool_,
    "repeat_after": np.float64,
    "transfer": np.int64,
}


def draw(scenario: Scenario, seed: int, replication: int) -> CallTape:
    """Draw the calls of one replication; the same seed and replication meet every staffing variant.

    Returns arrays of fixed dtype; ties in arrival time are kept in file order of the tiers.
    Raises ScenarioError if the calls that may follow would not fit into memory.
    """
    with np.errstate(over="ignore"):  # uncompiled, the words of streams are scalars of NumPy
        tables, key = demand_tables(scenario), key_of(seed, replication)
        calls, links, online = _first_calls(tables, key, any_follow(scenario))
        draws, firsts, follow_ups = new_draws(tables, key), calls.size, None
        if links.size:
            calls, links = follow(scenario, draws, calls, links)
        callbacks = draw_callbacks(draws, calls, links, scenario.callbacks.attempts)
    if calls.size > firsts:
        follow_ups = FollowUps(**{name: links[name].astype(kind) for name, kind in _LINKS.items()})
    job = np.full(calls.size, -1, np.int64)
    job[callbacks.call] = np.arange(callbacks.call.size)
    return CallTape(
        **columns_of(calls),
        job=job,
        callbacks=callbacks,
        firsts=firsts,
        follow_ups=follow_ups,
        online=online,
        seed=seed,
        replication=replication,
    )


def columns_of(calls: Any) -> dict[str, Any]:
    """Return what was drawn of calls, column by column."""
    size = calls.size
    columns = {name: np.empty(size) for name in ("arrived", "ivr_s", "patience", "talk", "wrap_up")}
    columns |= {"tier": np.empty(size, np.int32), "ivr_exit": np.empty(size, np.int8)}
    columns |= {name: np.empty(size, np.bool_) for name in ("accepts", "owed")}
    _copy(calls, *columns.values())
    return columns


@kernel
def _copy(
    calls: Records,
    arrived: Floats,
    ivr_s: Floats,
    patience: Floats,
    talk: Floats,
    wrap_up: Floats,
    tier: Indices,
    ivr_exit: Codes,
    accepts: Flags,
    owed: Flags,
) -> None:
    for number in range(calls.size):
        call = calls[number]
        arrived[number] = call["arrived"]
        ivr_s[number] = call["ivr_s"]
        patience[number] = call["patience"]
        talk[number] = call["talk"]
        wrap_up[number] = call["wrap_up"]
        tier[number] = call["tier"]
        ivr_exit[number] = call["ivr_exit"]
        accepts[number] = call["accepts"]
        owed[number] = call["owed"]


def expected_calls(tables: DemandTables) -> int:
    """Return how many first calls there is room to be made for: seldom there are more."""
    mean = float(np.sum(tables.expected) * np.sum(tables.planned))
    day: Any = tables.day
    return int(mean * (1 + 6 * float(day["cv"][0])) + 10 * math.sqrt(mean)) + 100


def _first_calls(tables: DemandTables, key: Words, follows: bool) -> tuple[Any, Any, OnlineTape]:
    """Draw first calls and what may follow them, with more room if there is too little."""
    room, online = expected_calls(tables), np.any(tables.tiers["online_share"])
    while True:
        calls, links = np.empty(room, CALL), np.empty(room if follows else 0, LINK)
        drawing = new_drawing(tables, room if online else 1)
        made, started = draw_first_calls(tables, drawing, key, calls, links)
        if made != NO_ROOM:
            starters: Any = drawing.starters[:started]
            tier, at, solved = starters["tier"].astype(np.int32), starters["at"], starters["solved"]
            return calls[:made], links[:made], OnlineTape(tier, at.copy(), solved.copy())
        room *= 2
