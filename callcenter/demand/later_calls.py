"""What is drawn when it is needed: a call that follows another, a callback (rules R11, R13 and R15).

Each is a function of its key alone: seed, replication, customer, way from the customer's first call, purpose.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats, Records
from callcenter.clock import SECONDS_PER_DAY
from callcenter.demand.calls import draw_call, is_drawn, pass_ivr
from callcenter.demand.coins import write_coins
from callcenter.demand.purposes import (
    ARRIVALS,
    CALLBACK_TALK,
    CALLBACK_WRAP_UP,
    CALLED_BACK,
    MENUS,
    NO_ANSWER,
    PATIENCE,
)
from callcenter.demand.restlessness import talk_factor
from callcenter.demand.sampling import time_of
from callcenter.demand.streams import STATE, States, Word, Words, threefry
from callcenter.demand.tables import DemandTables
from callcenter.kernels import kernel

AGAIN, MOVED = 1, 2
"""Digits of a path: the customer calls again, as a redial or as a repeat; or is transferred."""
PATH_BASE = 3


class Draws(NamedTuple):
    """All that decides what is drawn later."""

    tables: DemandTables
    key: Words
    """Of the seed and the replication."""
    states: States
    """Room for the streams of one call."""


def new_draws(tables: DemandTables, key: Words) -> Draws:
    """Return the draws of one replication."""
    return Draws(tables, key, np.zeros(MENUS + 2 * tables.menus.size, STATE))


@kernel
def draw_later_call(
    draws: Draws,
    root: int,
    ordinal: int,
    path: int,
    tier: int,
    interval: int,
    calls: Records,
    coins: Records,
    number: int,
) -> None:
    """Write what chance decides about a call of a tier that follows another.

    ``root`` and ``ordinal`` are the tier of the customer's first call and its number there; R13b:
    ``interval`` is the one in which it arrived.  R15: a call that was transferred meets no IVR.
    """
    tables, states = draws.tables, draws.states
    _set_streams(draws, root, ordinal, path, tier, PATIENCE, CALLED_BACK)
    draw_call(tables, states, 0, tier, interval, calls, number)
    if path % PATH_BASE != MOVED:
        if tables.tiers[tier]["menus"] > 0:
            _set_streams(draws, root, ordinal, path, tier, MENUS, MENUS + 2 * tables.tiers[tier]["menus"])
        pass_ivr(tables, states, 0, tier, interval, calls, number)
    write_coins(tables, states, 0, tier, interval, calls[number]["ivr_exit"], coins, number)


@kernel
def draw_callback(
    draws: Draws,
    root: int,
    ordinal: int,
    path: int,
    tier: int,
    interval: int,
    jobs: Records,
    no_answer: Floats,
    number: int,
) -> None:
    """R11: write what may become of the callback that a call leads to."""
    tables, states = draws.tables, draws.states
    rules, job, day = tables.tiers[tier], jobs[number], tables.day[0]
    _set_streams(draws, root, ordinal, path, tier, CALLED_BACK, MENUS)
    job["talk"] = time_of(tables.laws, rules["callback_talk"], states[CALLBACK_TALK], interval)
    job["wrap_up"] = time_of(tables.laws, rules["callback_wrap_up"], states[CALLBACK_WRAP_UP], interval)
    job["reached_at"] = 0
    for attempt in range(no_answer.shape[1]):
        no_answer[number, attempt] = time_of(tables.laws, day["no_answer"], states[NO_ANSWER], interval)
        if is_drawn(states[CALLED_BACK], day["reached"]) and job["reached_at"] == 0:
            job["reached_at"] = attempt + 1


@kernel
def _set_streams(draws: Draws, root: int, ordinal: int, path: int, tier: int, purpose: int, end: int) -> None:
    first, word = draws.tables.tiers[tier]["first_stream"], draws.tables.tiers[root]["word"]
    for stream in range(purpose, end):
        if draws.tables.drawn[first + stream]:
            name = draws.tables.names[first + stream]
            threefry(draws.key, name, Word(ordinal), Word(path), word, draws.states[stream])


@kernel
def slowness(draws: Draws, arrived: float) -> float:
    """R2c: the factor of a call that follows, and of a callback; the customer's first call arrived then."""
    return talk_factor(draws.tables, draws.key, int(arrived // SECONDS_PER_DAY), draws.states[ARRIVALS])
