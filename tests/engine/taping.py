"""Callers written down by hand or drawn by a strategy, and the call tape they make."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import numpy as np

from callcenter.calllog import Outcome
from callcenter.demand import WRITTEN, CallTape, Coins, Later, OnlineTape
from callcenter.demand.later_calls import new_draws
from callcenter.demand.streams import key_of
from callcenter.demand.tables import demand_tables
from callcenter.scenario import Scenario

NO_ANSWER_S = 40.0


class Caller(NamedTuple):
    """What the tape knows of a call; seconds."""

    tier: str
    arrived: float = math.nan
    """Of a first call; a call that follows another comes when the engine awakens it."""
    talk: float = 60.0
    patience: float = math.inf
    wrap_up: float = 0.0
    ivr_s: float = 0.0
    ivr_exit: int = 0
    reached_at: int | None = None
    """Callback attempt that reaches this customer, 0 = none; None = no callback can come of this call."""
    callback_talk: float = 30.0
    callback_wrap_up: float = 0.0
    owed: bool = True
    """Where a callback can come of it, whether its loss leaves a record."""
    accepts: bool = False
    """Takes a callback when it is offered."""
    next: Caller | None = None
    """The call that the caller makes again."""
    redials: Collection[str] = ()
    """Outcomes after which they make it."""
    redial_after: float = 0.0
    repeats: bool = False
    """Makes it once answered."""
    repeat_after: float = 0.0
    break_s: float = 0.0
    """How long the agent is away after it, in pools with breaks."""
    silent_s: float = 0.0
    """How long it holds a place of an agent once its customer has left without a word, 0 = not at all."""
    transfer: Caller | None = None
    """The call that they are transferred to once answered."""

    def __repr__(self) -> str:
        """Leave out what is as usual, so that a failing example can be read."""
        usual = self._field_defaults
        settings = [f"{name}={value!r}" for name, value in self._asdict().items() if value != usual.get(name)]
        return f"Caller({', '.join(settings)})"


def tape(scenario: Scenario, *callers: Caller) -> CallTape:
    """Make a call tape of callers in order of arrival; what may follow is written down with them."""
    arrived = [caller.arrived for caller in callers]
    assert arrived == sorted(arrived), "callers come in order of arrival"
    names = list(scenario.tiers)
    rows, written = _written(callers, names)
    firsts = written[: len(callers)]
    tables, key = demand_tables(scenario), key_of(0, 0)
    return CallTape(
        tier=firsts["tier"].astype(np.int32),
        arrived=np.array(arrived, np.float64),
        **{name: firsts[name].copy() for name in COLUMNS},
        ordinal=np.arange(len(callers)),
        coins=_coins(firsts) if any(row.repeats or row.next or row.transfer for row in rows) else None,
        later=Later(new_draws(tables, key), written),
        online=OnlineTape(np.empty(0, np.int32), np.empty(0), np.empty(0, np.bool_)),
        seed=0,
        replication=0,
    )


COLUMNS = ("ivr_s", "ivr_exit", "patience", "talk", "wrap_up", "accepts", "owed")


def _written(callers: Sequence[Caller], names: list[str]) -> tuple[list[Caller], Any]:
    """Lay out first calls, then their children in order of the parents, then the children's, and so on."""
    rows, links = list(callers), []
    for row in rows:
        children = []
        for child in (row.next, row.transfer):
            children.append(-1 if child is None else len(rows))
            if child is not None:
                assert math.isnan(child.arrived), "nobody knows when a call comes that follows another"
                rows.append(child)
        links.append(children)
    written: Any = np.zeros(len(rows), WRITTEN)
    for entry, row, (next_call, transfer) in zip(written, rows, links, strict=True):
        for field in ("ivr_s", "ivr_exit", "patience", "talk", "wrap_up", "accepts", "break_s", "silent_s"):
            entry[field] = getattr(row, field)
        for field in ("redial_after", "repeats", "repeat_after", "callback_talk", "callback_wrap_up"):
            entry[field] = getattr(row, field)
        entry["tier"], entry["next_call"], entry["transfer"] = names.index(row.tier), next_call, transfer
        entry["redials"] = sum(1 << Outcome[name.upper()] for name in row.redials)
        entry["transfer_to"] = -1 if row.transfer is None else names.index(row.transfer.tier)
        entry["owed"] = row.owed and row.reached_at is not None
        entry["reached_at"], entry["no_answer"] = row.reached_at or 0, NO_ANSWER_S
    return rows, written


def _coins(firsts: Any) -> Coins:
    return Coins(
        redials=firsts["redials"].astype(np.int16),
        redial_after=firsts["redial_after"].copy(),
        repeats=firsts["repeats"].copy(),
        repeat_after=firsts["repeat_after"].copy(),
        transfer_to=firsts["transfer_to"].astype(np.int32),
    )
