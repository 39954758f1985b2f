"""Which calls may follow a call: redials, repeats and returns (rule R13), and transfers (rule R15)."""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Records
from callcenter.demand.calls import chosen, is_drawn
from callcenter.demand.exits import HANGS_UP, SELF_SERVED, TO_AGENT
from callcenter.demand.purposes import (
    NOBODY,
    REDIAL,
    REDIAL_AFTER,
    REPEAT,
    REPEAT_AFTER,
    RETURN,
    RETURN_AFTER,
    TRANSFER,
)
from callcenter.demand.sampling import time_of
from callcenter.demand.streams import States, uniform
from callcenter.demand.tables import DemandTables
from callcenter.kernels import hot, inner
from callcenter.outcomes import Outcome, Stage

_STAGES = {
    TO_AGENT: (Stage.DIALLING, Stage.LINE),
    SELF_SERVED: (Stage.DIALLING,),
    HANGS_UP: (Stage.DIALLING, Stage.IVR),
}
"""Where a call can be lost, by the way it leaves the IVR."""
_POSSIBLE = np.array(
    [sum(1 << loss for loss in Outcome if loss.is_loss and loss.stage in _STAGES[way]) for way in range(3)]
)
"""The same as bits ``1 << outcome``."""


@inner
def draw_coins(
    tables: DemandTables, states: States, first: int, tier: int, interval: int, way: int
) -> tuple[int, float, bool, float, int]:
    """Draw what may follow a call of a tier that leaves the IVR in this way; streams begin at row ``first``.

    Returns the redials as bits of outcomes and how long after, whether a customer who was served calls again
    and how long after, and the tier that the call is transferred to.  Nobody repeats a call that was
    transferred, and nobody is transferred or repeats who asks for no person: those return (R13e).
    """
    rules, laws, redials, transfer_to = tables.tiers[tier], tables.laws, 0, NOBODY
    redial_after = repeat_after = 0.0
    if rules["redials"]:
        redials = _redials(tables, tier, uniform(states[first + REDIAL])) & _POSSIBLE[way]
    if redials != 0:
        redial_after = time_of(laws, rules["redial_after"], states[first + REDIAL_AFTER], interval)
    if rules["ways"] > 0:
        place = uniform(states[first + TRANSFER])
        if way == TO_AGENT and place < tables.ways[rules["way"] + rules["ways"] - 1]["up_to"]:
            transfer_to = chosen(tables, rules["way"], rules["ways"], place)
    repeats = is_drawn(states[first + REPEAT], rules["repeats"]) and way == TO_AGENT and transfer_to == NOBODY
    if repeats:
        repeat_after = time_of(laws, rules["repeat_after"], states[first + REPEAT_AFTER], interval)
    if is_drawn(states[first + RETURN], rules["returns"]) and way == SELF_SERVED:
        repeats = True
        repeat_after = time_of(laws, rules["return_after"], states[first + RETURN_AFTER], interval)
    return redials, redial_after, repeats, repeat_after, transfer_to


@hot
def write_coins(
    tables: DemandTables,
    states: States,
    first: int,
    tier: int,
    interval: int,
    way: int,
    coins: Records,
    number: int,
) -> None:
    """Draw what may follow a call, and write it."""
    coin = coins[number]
    coin["redials"], coin["redial_after"], coin["repeats"], coin["repeat_after"], coin["transfer_to"] = (
        draw_coins(tables, states, first, tier, interval, way)
    )


@inner
def _redials(tables: DemandTables, tier: int, place: float) -> int:
    """Return the bits of the outcomes whose share is above the draw of the call."""
    bits = 0
    for outcome in range(tables.redials.shape[1]):
        if place < tables.redials[tier, outcome]:
            bits |= 1 << outcome
    return bits
