"""First calls whose tier and time are given, as records give them; what they leave open is drawn (R2, R3)."""

from __future__ import annotations

from typing import Any

import numpy as np

from callcenter.arrays import Floats, Indices, Ints, Records
from callcenter.clock import SECONDS_PER_DAY
from callcenter.demand.arrivals import interval_at
from callcenter.demand.calls import draw_call, pass_ivr
from callcenter.demand.coins import write_coins
from callcenter.demand.drawing import CALL, COINS, any_follow, taped
from callcenter.demand.restlessness import stretched, talk_factor
from callcenter.demand.sampling import time_of
from callcenter.demand.streams import STATE, States, Word, Words, key_of, name_of, threefry
from callcenter.demand.tables import TALK_FACTOR, DemandTables, demand_tables
from callcenter.demand.tape import CallTape, OnlineTape
from callcenter.kernels import kernel
from callcenter.scenario import Scenario

TRIES = 10_000
"""Draws of a patience beyond a wait, after which the wait itself stands for it."""


class GivenCalls:
    """Calls of one replication, drawn by a scenario; what is known of them is written over the draws."""

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        replication: int,
        tier: Indices,
        arrived: Floats,
        tables: DemandTables | None = None,
    ) -> None:
        """Draw all that chance decides about calls in order of arrival, each in an opening hour.

        By the tables of the scenario, or such as are not quite these.
        """
        self._scenario, self._seed, self._replication = scenario, seed, replication
        self._tables, self._key = tables or demand_tables(scenario), key_of(seed, replication)
        calls: Any = np.zeros(tier.size, CALL)
        self.calls, self.coins = calls, np.empty(tier.size if any_follow(scenario) else 0, COINS)
        calls["tier"], calls["arrived"] = tier, arrived
        states: Any = np.zeros(len(self._tables.names), STATE)
        with np.errstate(over="ignore"):  # uncompiled, the words of streams are scalars of NumPy
            _draw(self._tables, states, np.zeros(len(scenario.tiers), np.int64), self._key, calls, self.coins)

    def write(self, name: str, values: Any, known: Any) -> None:
        """Write what is known of some calls over a column of the draws; times are whole ticks, but for talk.

        Talk times an agent's speed is rounded to whole ticks by the engines, so it need not be one itself.
        """
        self.calls[name][known] = np.asarray(values)[known]

    def lead_nowhere(self) -> None:
        """Let no call be followed by another."""
        self.coins["redials"], self.coins["repeats"], self.coins["transfer_to"] = 0, False, -1

    def outlast(self, wait: Floats) -> int:
        """Draw patience of at least a wait, where one is known; return how many waits were too long for it.

        Each call has a stream of its own, so that no draw depends on the waits of others.
        """
        states: Any = np.zeros(1, STATE)
        names = np.array([name_of(name, "patience beyond") for name in self._scenario.tiers])
        with np.errstate(over="ignore"):
            return int(_outlast(self._tables, states, names, self._key, self.calls, wait))

    def tape(self) -> CallTape:
        """Return the tape: these calls, and what may follow them."""
        nobody = OnlineTape(np.empty(0, np.int32), np.empty(0), np.empty(0, np.bool_))
        with np.errstate(over="ignore"):
            decided = self.calls, self.coins, nobody, self._tables
            return taped(self._scenario, self._seed, self._replication, *decided)


@kernel
def _draw(
    tables: DemandTables, states: States, ordinals: Ints, key: Words, calls: Records, coins: Records
) -> None:
    zero, day, slowness = Word(0), -1, 1.0
    for stream in range(len(tables.names)):
        if tables.drawn[stream]:
            threefry(key, tables.names[stream], zero, zero, zero, states[stream])
    for number in range(calls.size):
        tier = calls[number]["tier"]
        interval, first = interval_at(tables, calls[number]["arrived"]), tables.tiers[tier]["first_stream"]
        calls[number]["ordinal"] = ordinals[tier]
        ordinals[tier] += 1
        draw_call(tables, states, first, tier, interval, calls, number)
        if int(calls[number]["arrived"] // SECONDS_PER_DAY) != day:
            day = int(calls[number]["arrived"] // SECONDS_PER_DAY)
            slowness = talk_factor(tables, key, day, states[TALK_FACTOR])
        factor = slowness * tables.tiers[tier]["after_ivr"]
        calls[number]["talk"] = stretched(calls[number]["talk"], factor)
        calls[number]["wrap_up"] = stretched(calls[number]["wrap_up"], factor)
        spent, way = pass_ivr(tables, states, first, tier, interval, False)
        calls[number]["ivr_s"], calls[number]["ivr_exit"] = spent, way
        if coins.size > 0:
            write_coins(tables, states, first, tier, interval, way, coins, number)


@kernel
def _outlast(
    tables: DemandTables, states: States, names: Words, key: Words, calls: Records, wait: Floats
) -> int:
    """Reject draws that are shorter than the wait: what is left has the law of patience given the wait."""
    zero, short = Word(0), 0
    for number in range(calls.size):
        call = calls[number]
        if not wait[number] >= 0.0:
            continue
        tier = call["tier"]
        interval, row = interval_at(tables, call["arrived"]), tables.tiers[tier]["patience"]
        tries = 0
        if call["patience"] < wait[number]:
            threefry(key, names[tier], Word(call["ordinal"]), zero, zero, states[0])
            while call["patience"] < wait[number] and tries < TRIES:
                call["patience"] = time_of(tables.laws, row, states[0], interval)
                tries += 1
        if call["patience"] < wait[number]:
            call["patience"] = wait[number]
            short += 1
    return short
