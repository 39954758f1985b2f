"""What is drawn when it is needed: a call that follows another, a callback (rules R11, R13 and R15).

Each is a function of its key alone: seed, replication, customer, way from the customer's first call, purpose.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats, Records
from callcenter.clock import SECONDS_PER_DAY
from callcenter.demand.arrivals import interval_at
from callcenter.demand.calls import draw_call, is_drawn, pass_ivr
from callcenter.demand.coins import write_coins
from callcenter.demand.purposes import (
    ARRIVALS,
    CALLBACK_TALK,
    CALLBACK_WRAP_UP,
    CALLED_BACK,
    MENUS,
    NO_ANSWER,
    NOBODY,
    PATIENCE,
)
from callcenter.demand.restlessness import stretched, talk_factor
from callcenter.demand.sampling import time_of
from callcenter.demand.streams import STATE, States, Word, Words, threefry
from callcenter.demand.tables import DemandTables
from callcenter.kernels import inner, kernel
from callcenter.scenario.parts.callers import MOST_FOLLOW_UPS

AGAIN, MOVED, RETURNED = 1, 2, 3
"""Steps of a path: the customer calls again, as a redial or as a repeat; moves on; or (R13e) returns."""
PATH_BASE = 3
"""Steps are digits of a path; a return has two of them, 1 and 0, and no other step has a 0."""
LAST_PATH = PATH_BASE ** (MOST_FOLLOW_UPS - 1)
"""R13c: a path of as many digits as there may be calls after the first is no smaller."""

WRITTEN = np.dtype(
    [
        ("tier", np.int64),
        ("ivr_s", np.float64),
        ("ivr_exit", np.int8),
        ("patience", np.float64),
        ("talk", np.float64),
        ("wrap_up", np.float64),
        ("owed", np.bool_),
        ("accepts", np.bool_),
        ("redials", np.int64),
        ("redial_after", np.float64),
        ("repeats", np.bool_),
        ("repeat_after", np.float64),
        ("transfer_to", np.int64),
        ("next_call", np.int64),  # row of the call that the customer makes again
        ("transfer", np.int64),  # row of the call that the customer is transferred to
        ("reached_at", np.int64),  # attempt that reaches the customer, 0 = none
        ("callback_talk", np.float64),
        ("callback_wrap_up", np.float64),
        ("no_answer", np.float64),
        ("break_s", np.float64),  # of the agent after the call, 0 = none
        ("silent_s", np.float64),  # how long it holds a place once given up, 0 = not at all
    ],
    align=True,
)


class Draws(NamedTuple):
    """All that decides what is drawn later."""

    tables: DemandTables
    key: Words
    """Of the seed and the replication."""
    states: States
    """Room for the streams of one call."""


class Later(NamedTuple):
    """What chance decides about calls that follow and about callbacks."""

    draws: Draws
    written: Records
    """First calls and all that may follow them, put down in place of draws; without entries as a rule."""


def new_draws(tables: DemandTables, key: Words) -> Draws:
    """Return the draws of one replication."""
    return Draws(tables, key, np.zeros(MENUS + 2 * tables.menus.size, STATE))


def awake(later: Later) -> Later:
    """Return the same for another thread."""
    return later._replace(draws=new_draws(later.draws.tables, later.draws.key))


@kernel
def later_call(
    later: Later,
    root: int,
    ordinal: int,
    arrived: float,
    path: int,
    row: int,
    tier: int,
    calls: Records,
    coins: Records,
    number: int,
) -> None:
    """Write what chance decides about a call of a tier that follows another.

    ``root``, ``ordinal`` and ``arrived`` are those of the customer's first call; ``row`` is that of the call
    where calls are written down.
    """
    if later.written.size > 0:
        _copy_call(later.written, row, calls, coins, number)
    else:
        interval = interval_at(later.draws.tables, arrived)
        draw_later_call(later.draws, root, ordinal, path, tier, interval, calls, coins, number)
        factor, call = slowness(later.draws, arrived), calls[number]
        if path % PATH_BASE != MOVED:
            factor *= later.draws.tables.tiers[tier]["after_ivr"]
        call["talk"], call["wrap_up"] = stretched(call["talk"], factor), stretched(call["wrap_up"], factor)
    if path >= (LAST_PATH * PATH_BASE if insists(path) else LAST_PATH):
        coins[number]["redials"], coins[number]["repeats"], coins[number]["transfer_to"] = 0, False, NOBODY


@kernel
def row_after(later: Later, row: int, step: int) -> int:
    """Return the row of the call that follows another, where calls are written down."""
    if later.written.size == 0:
        return NOBODY
    return later.written[row]["transfer"] if step == MOVED else later.written[row]["next_call"]


@kernel
def path_after(path: int, step: int) -> int:
    """Return the way to the call that follows another in this way."""
    return (path * PATH_BASE + AGAIN) * PATH_BASE if step == RETURNED else path * PATH_BASE + step


@inner
def insists(path: int) -> bool:
    """R13e: whether the customer has returned on this way, and asks for a person from then on."""
    while path > 0:
        if path % PATH_BASE == 0:
            return True
        path //= PATH_BASE
    return False


@inner
def _copy_call(written: Records, row: int, calls: Records, coins: Records, number: int) -> None:
    call, coin, source = calls[number], coins[number], written[row]
    call["tier"], call["ivr_s"], call["ivr_exit"] = source["tier"], source["ivr_s"], source["ivr_exit"]
    call["patience"], call["talk"], call["wrap_up"] = source["patience"], source["talk"], source["wrap_up"]
    call["owed"], call["accepts"] = source["owed"], source["accepts"]
    coin["redials"], coin["redial_after"] = source["redials"], source["redial_after"]
    coin["repeats"], coin["repeat_after"] = source["repeats"], source["repeat_after"]
    coin["transfer_to"] = source["transfer_to"]


@kernel
def later_callback(
    later: Later,
    root: int,
    ordinal: int,
    arrived: float,
    path: int,
    row: int,
    tier: int,
    jobs: Records,
    no_answer: Floats,
    number: int,
) -> None:
    """R11: write what may become of the callback that a call leads to; see `later_call`."""
    if later.written.size > 0:
        job, source = jobs[number], later.written[row]
        job["reached_at"], job["talk"] = source["reached_at"], source["callback_talk"]
        job["wrap_up"] = source["callback_wrap_up"]
        no_answer[number, :] = source["no_answer"]
    else:
        interval = interval_at(later.draws.tables, arrived)
        draw_callback(later.draws, root, ordinal, path, tier, interval, jobs, no_answer, number)
        factor, job = slowness(later.draws, arrived), jobs[number]
        job["talk"], job["wrap_up"] = stretched(job["talk"], factor), stretched(job["wrap_up"], factor)


@inner
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
        spent, way = pass_ivr(tables, states, 0, tier, interval, insists(path))
        calls[number]["ivr_s"], calls[number]["ivr_exit"] = spent, way
    write_coins(tables, states, 0, tier, interval, calls[number]["ivr_exit"], coins, number)


@inner
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


@inner
def _set_streams(draws: Draws, root: int, ordinal: int, path: int, tier: int, purpose: int, end: int) -> None:
    first, word = draws.tables.tiers[tier]["first_stream"], draws.tables.tiers[root]["word"]
    for stream in range(purpose, end):
        if draws.tables.drawn[first + stream]:
            name = draws.tables.names[first + stream]
            threefry(draws.key, name, Word(ordinal), Word(path), word, draws.states[stream])


@inner
def slowness(draws: Draws, arrived: float) -> float:
    """R2c: the factor of a call that follows, and of a callback; the customer's first call arrived then."""
    return talk_factor(draws.tables, draws.key, int(arrived // SECONDS_PER_DAY), draws.states[ARRIVALS])
