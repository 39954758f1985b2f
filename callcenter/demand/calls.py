"""What chance decides about one call: its times, and its way through the IVR (rules R3b and R3c)."""

from __future__ import annotations

from callcenter.arrays import Records
from callcenter.demand.exits import HANGS_UP, SELF_SERVED, TO_AGENT
from callcenter.demand.purposes import (
    ACCEPTS,
    AUTHENTICATION,
    IVR_EXIT,
    IVR_TIME,
    MENUS,
    NOBODY,
    OWED,
    PATIENCE,
    TALK,
    WRAP_UP,
)
from callcenter.demand.sampling import time_of
from callcenter.demand.streams import State, States, uniform
from callcenter.demand.tables import DemandTables
from callcenter.kernels import hot, inner


@hot
def draw_call(
    tables: DemandTables, states: States, first: int, tier: int, interval: int, calls: Records, number: int
) -> None:
    """Write what chance decides about a call, the IVR left out; its streams begin at row ``first``."""
    call = calls[number]
    call["tier"] = tier
    call["patience"], call["talk"], call["wrap_up"] = draw_times(tables, states, first, tier, interval)
    call["owed"] = is_drawn(states[first + OWED], tables.tiers[tier]["owed"])
    call["accepts"] = is_drawn(states[first + ACCEPTS], tables.tiers[tier]["accepts"])
    call["ivr_s"] = 0.0
    call["ivr_exit"] = TO_AGENT


@hot
def draw_times(
    tables: DemandTables, states: States, first: int, tier: int, interval: int
) -> tuple[float, float, float]:
    """Draw patience, talk and wrap-up."""
    rules, laws = tables.tiers[tier], tables.laws
    patience = time_of(laws, rules["patience"], states[first + PATIENCE], interval)
    talk = time_of(laws, rules["talk"], states[first + TALK], interval)
    return patience, talk, time_of(laws, rules["wrap_up"], states[first + WRAP_UP], interval)


@hot
def is_drawn(state: State, share: float) -> bool:
    """Whether something of this share happens; what is certain takes no draw."""
    return share > 0.0 and (share >= 1.0 or uniform(state) < share)


@hot
def pass_ivr(
    tables: DemandTables, states: States, first: int, tier: int, interval: int, insists: bool
) -> tuple[float, int]:
    """R3b: draw the time in the IVR and the way out of it; R13e: who insists on a person is not solved."""
    rules, spent, way = tables.tiers[tier], 0.0, TO_AGENT
    if rules["ivr_time"] != NOBODY:
        spent = time_of(tables.laws, rules["ivr_time"], states[first + IVR_TIME], interval)
        if rules["leaves"] > 0.0:
            place = uniform(states[first + IVR_EXIT])
            way = way_out(place, rules["self_service"], rules["leaves"])
    elif rules["menu"] != NOBODY:
        spent, way = through_menus(tables, states, first, tier, interval)
    if insists and way == SELF_SERVED:
        way = TO_AGENT
    if rules["authentication"] != NOBODY and way == TO_AGENT:
        spent += time_of(tables.laws, rules["authentication"], states[first + AUTHENTICATION], interval)
    return spent, way


@hot
def way_out(place: float, self_service: float, leaves: float) -> int:
    """Return how a caller leaves the IVR, or a menu if not for another."""
    if place >= leaves:
        return TO_AGENT
    return SELF_SERVED if place < self_service else HANGS_UP


@inner
def through_menus(
    tables: DemandTables, states: States, first: int, tier: int, interval: int
) -> tuple[float, int]:
    """R3c: go from menu to menu; return the time spent and the way out."""
    menu, spent, way = tables.tiers[tier]["menu"], 0.0, TO_AGENT
    while menu != NOBODY:
        rules, stream = tables.menus[menu], first + MENUS + 2 * (menu - tables.tiers[tier]["first_menu"])
        spent += time_of(tables.laws, rules["time"], states[stream], interval)
        place = uniform(states[stream + 1])
        way, menu = way_out(place, rules["self_service"], rules["leaves"]), NOBODY
        if way == TO_AGENT:
            menu = chosen(tables, rules["way"], rules["ways"], place)
    return spent, way


@inner
def chosen(tables: DemandTables, way: int, ways: int, place: float) -> int:
    """Return where a caller goes who draws ``place``; the last way takes the rest."""
    last = way + ways - 1
    while way < last and place >= tables.ways[way]["up_to"]:
        way += 1
    return tables.ways[way]["to"]
