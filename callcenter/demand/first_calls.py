"""The first calls of one replication, drawn in order of arrival (rules R2, R3 and R13a)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats, Records
from callcenter.clock import SECONDS_PER_DAY
from callcenter.demand.arrivals import WALK, go_on, interval_at, set_out
from callcenter.demand.calls import draw_call, is_drawn, pass_ivr
from callcenter.demand.coins import write_coins
from callcenter.demand.hours import opening_time_after
from callcenter.demand.purposes import ONLINE_SOLVED, ONLINE_START, ONLINE_TIME
from callcenter.demand.restlessness import draw_factors, stretched
from callcenter.demand.sampling import time_of
from callcenter.demand.streams import STATE, States, Word, Words, threefry
from callcenter.demand.tables import DemandTables
from callcenter.heap import Heap, new_heap, pop, push
from callcenter.kernels import hot, inner, kernel

STARTER = np.dtype([("tier", np.int64), ("at", np.float64), ("solved", np.bool_)], align=True)
NO_ROOM = -1
_TIER_STEP = 1 << 40
"""Who calls after having been online has the key tier x _TIER_STEP + number of the start (R3a)."""


class Drawing(NamedTuple):
    """What a drawing needs besides tables: written over by the next one, so nothing is allocated."""

    states: States
    """By stream."""
    walks: Records
    factors: Floats
    """Shape (days, intervals): of the calls expected."""
    talks: Floats
    """Of the talks of each day."""
    starters: Records
    """Customers who start online, in order of their start."""
    later: Heap
    """Those of them who will call."""


def new_drawing(tables: DemandTables, starters: int) -> Drawing:
    """Return room to draw in, with so many customers online."""
    return Drawing(
        states=np.zeros(len(tables.names), STATE),
        walks=np.zeros(tables.tiers.size, WALK),
        factors=np.empty((tables.planned.size, tables.expected.shape[2])),
        talks=np.empty(tables.planned.size),
        starters=np.empty(starters, STARTER),
        later=new_heap(starters),
    )


@kernel
def draw_first_calls(
    tables: DemandTables, drawing: Drawing, key: Words, calls: Records, coins: Records
) -> tuple[int, int]:
    """Write the first calls of a replication; return how many calls and how many start online.

    Records may have any fields besides those written; ``coins`` without entries is left alone.  Returns
    NO_ROOM in place of both if there are more than ``calls`` or the drawing have room for.
    """
    begin(tables, drawing, key)
    made = started = 0
    while True:
        tier = earliest(drawing.walks)
        time = drawing.walks[tier]["next"]
        was_online = comes_before(drawing.later, time, tier)
        if was_online:
            time, tier = drawing.later[1]["time"], drawing.later[1]["key"] // _TIER_STEP
            pop(drawing.later)
            interval = interval_at(tables, time)
        elif time == np.inf:
            break
        else:
            interval = drawing.walks[tier]["interval"]
            go_on(tables, drawing.walks, drawing.factors, drawing.states, tier)
        if made == calls.size:
            return NO_ROOM, NO_ROOM
        first = tables.tiers[tier]["first_stream"]
        if not was_online and is_drawn(
            drawing.states[first + ONLINE_START], tables.tiers[tier]["online_share"]
        ):
            if started == drawing.starters.size:
                return NO_ROOM, NO_ROOM
            start_online(tables, drawing, tier, time, interval, started)
            started += 1
            continue
        calls[made]["arrived"] = time
        calls[made]["ordinal"] = drawing.walks[tier]["calls"]
        drawing.walks[tier]["calls"] += 1
        draw_call(tables, drawing.states, first, tier, interval, calls, made)
        slowness = drawing.talks[int(time // SECONDS_PER_DAY)] * tables.tiers[tier]["after_ivr"]
        calls[made]["talk"] = stretched(calls[made]["talk"], slowness)
        calls[made]["wrap_up"] = stretched(calls[made]["wrap_up"], slowness)
        spent, way = pass_ivr(tables, drawing.states, first, tier, interval, False)
        calls[made]["ivr_s"], calls[made]["ivr_exit"] = spent, way
        if coins.size > 0:
            write_coins(tables, drawing.states, first, tier, interval, way, coins, made)
        made += 1
    return made, started


@inner
def begin(tables: DemandTables, drawing: Drawing, key: Words) -> None:
    """Set every stream to its beginning, draw how restless the days are and the first of each tier."""
    zero = Word(0)
    for stream in range(len(tables.names)):
        if tables.drawn[stream]:
            threefry(key, tables.names[stream], zero, zero, zero, drawing.states[stream])
    draw_factors(tables, key, drawing.states, drawing.factors, drawing.talks)
    drawing.later[0]["key"] = 0
    drawing.later[1]["time"] = np.inf
    for tier in range(drawing.walks.size):
        set_out(tables, drawing.walks, drawing.factors, drawing.states, tier)


@hot
def earliest(walks: Records) -> int:
    """R3a: the tier whose customer comes next, of the same instant the first in file order."""
    first = 0
    for tier in range(1, walks.size):
        if walks[tier]["next"] < walks[first]["next"]:
            first = tier
    return first


@hot
def comes_before(later: Heap, time: float, tier: int) -> bool:
    """Whether somebody who was online calls before the next customer of a tier comes."""
    first = later[1]
    return first["time"] < time or (first["time"] == time and first["key"] < tier * _TIER_STEP)


@inner
def start_online(
    tables: DemandTables, drawing: Drawing, tier: int, time: float, interval: int, number: int
) -> None:
    """R3d: a customer starts online, and calls later if not solved there and the hotline opens in time."""
    rules, starter, first = tables.tiers[tier], drawing.starters[number], tables.tiers[tier]["first_stream"]
    starter["tier"], starter["at"] = tier, time
    starter["solved"] = is_drawn(drawing.states[first + ONLINE_SOLVED], rules["online_solves"])
    spent = time_of(tables.laws, rules["online_time"], drawing.states[first + ONLINE_TIME], interval)
    if not starter["solved"]:
        call_at = opening_time_after(tables.hours, time, spent)
        if call_at < np.inf:
            push(drawing.later, call_at, tier * _TIER_STEP + number)
