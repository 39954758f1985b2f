"""Voice self-service: how long each call is in it and how it leaves (rule R3b); staffing does not matter."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.demand.chance import Chance
from callcenter.demand.tape import HANGS_UP, SELF_SERVED, TO_AGENT, Exits
from callcenter.scenario import Ivr, Menu
from callcenter.scenario.parts.menus import AGENT


class Passage(NamedTuple):
    """How each call passes the IVR."""

    ivr_s: Floats
    ivr_exit: Exits


def straight(size: int) -> Passage:
    """Return the passage of calls that meet no IVR."""
    return Passage(np.zeros(size), np.full(size, TO_AGENT, np.int8))


def draw_ivr(ivr: Ivr | None, chance: Chance, intervals: Ints) -> Passage:
    """Draw the time in the IVR and the way out of it, one entry per call."""
    if ivr is None:
        return straight(intervals.size)
    passage = _through_one(ivr, chance, intervals) if ivr.menus is None else _through(ivr, chance, intervals)
    if ivr.authentication is not None:
        on = np.flatnonzero(passage.ivr_exit == TO_AGENT)
        passage.ivr_s[on] += chance.times(ivr.authentication, "ivr authentication", intervals[on])
    return passage


def _through_one(ivr: Ivr, chance: Chance, intervals: Ints) -> Passage:
    assert ivr.time is not None, "required without menus"
    rank = _ranks(chance, "ivr exit", [ivr.self_service, ivr.hangs_up], intervals.size)
    codes = np.array([SELF_SERVED, HANGS_UP, TO_AGENT], np.int8)
    return Passage(chance.times(ivr.time, "ivr time", intervals), codes[rank])


def _through(ivr: Ivr, chance: Chance, intervals: Ints) -> Passage:
    """Follow the callers from menu to menu; a menu is looked at when all who reach it are known."""
    assert ivr.menus is not None
    passage = straight(intervals.size)
    inside = {name: [np.empty(0, np.int64)] for name in ivr.menus}
    order = _order(ivr.menus)
    inside[order[0]] = [np.arange(intervals.size)]
    for name in order:
        menu, calls = ivr.menus[name], np.sort(np.concatenate(inside[name]))
        passage.ivr_s[calls] += chance.times(menu.time, f"ivr menu {name} time", intervals[calls])
        ways = {AGENT: 1.0} if not menu.choices else menu.choices
        rank = _ranks(chance, f"ivr menu {name} exit", _shares(menu, ways), calls.size)
        passage.ivr_exit[calls[rank == 0]] = SELF_SERVED
        passage.ivr_exit[calls[rank == 1]] = HANGS_UP
        for place, way in enumerate(ways, start=2):
            if way != AGENT:
                inside[way].append(calls[rank == place])
    return passage


def _shares(menu: Menu, ways: dict[str, float]) -> list[float]:
    """Return the shares of those solved, hung up, and of each choice but the last, which takes the rest."""
    on = 1 - menu.self_service - menu.hangs_up
    return [menu.self_service, menu.hangs_up, *(on * share for share in list(ways.values())[:-1])]


def _ranks(chance: Chance, purpose: str, shares: list[float], size: int) -> Ints:
    return np.searchsorted(np.cumsum(shares), chance.stream(purpose).random(size), side="right")


def _order(menus: dict[str, Menu]) -> list[str]:
    """Return the menus, each behind all that lead to it; the first is the entry."""
    done: dict[str, None] = {}

    def leave(name: str) -> None:
        if name not in done and name != AGENT:
            for way in menus[name].choices:
                leave(way)
            done[name] = None

    leave(next(iter(menus)))
    return list(reversed(done))
