"""Callers written down by hand or drawn by a strategy, and the call tape they make."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import numpy as np

from callcenter.calllog import Outcome
from callcenter.demand import CallbackTape, CallTape, FollowUps, OnlineTape
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
    transfer: Caller | None = None
    """The call that they are transferred to once answered."""

    def __repr__(self) -> str:
        """Leave out what is as usual, so that a failing example can be read."""
        usual = self._field_defaults
        settings = [f"{name}={value!r}" for name, value in self._asdict().items() if value != usual.get(name)]
        return f"Caller({', '.join(settings)})"


def tape(scenario: Scenario, *callers: Caller) -> CallTape:
    """Make a call tape of callers in order of arrival; the calls that may follow lie behind them."""
    rows, follow_ups = _generations(callers)
    names = list(scenario.tiers)
    job, callbacks = _callbacks(rows, scenario.callbacks.attempts)
    columns: dict[str, Any] = {
        field: np.array([getattr(row, field) for row in rows], np.float64)
        for field in ("arrived", "ivr_s", "patience", "talk", "wrap_up")
    }
    return CallTape(
        tier=np.array([names.index(row.tier) for row in rows], np.int32),
        ivr_exit=np.array([row.ivr_exit for row in rows], np.int8),
        accepts=np.array([row.accepts for row in rows], np.bool_),
        owed=np.array([row.owed and row.reached_at is not None for row in rows], np.bool_),
        job=job,
        callbacks=callbacks,
        firsts=len(callers),
        follow_ups=follow_ups,
        online=OnlineTape(np.empty(0, np.int32), np.empty(0), np.empty(0, np.bool_)),
        seed=0,
        replication=0,
        **columns,
    )


def _generations(callers: Sequence[Caller]) -> tuple[list[Caller], FollowUps | None]:
    """Lay out first calls, then their children in order of the parents, then the children's, and so on."""
    arrived = [caller.arrived for caller in callers]
    assert arrived == sorted(arrived), "callers come in order of arrival"
    rows, customer = list(callers), list(range(len(callers)))
    next_call: list[int] = []
    transfer: list[int] = []
    for parent, row in enumerate(rows):
        for child, links in ((row.next, next_call), (row.transfer, transfer)):
            links.append(-1 if child is None else len(rows))
            if child is not None:
                assert math.isnan(child.arrived), "nobody knows when a call comes that follows another"
                rows.append(child)
                customer.append(customer[parent])
    if len(rows) == len(callers) and not any(row.repeats for row in rows):
        return rows, None
    return rows, FollowUps(
        customer=np.array(customer, np.int64),
        next_call=np.array(next_call, np.int64),
        redials=np.array([_mask(row) for row in rows], np.int16),
        redial_after=np.array([row.redial_after for row in rows], np.float64),
        repeats=np.array([row.repeats for row in rows], np.bool_),
        repeat_after=np.array([row.repeat_after for row in rows], np.float64),
        transfer=np.array(transfer, np.int64),
    )


def _mask(row: Caller) -> int:
    return sum(1 << Outcome[name.upper()] for name in row.redials)


def _callbacks(rows: Sequence[Caller], attempts: int) -> tuple[Any, CallbackTape]:
    possible = [i for i, row in enumerate(rows) if row.reached_at is not None]
    job = np.full(len(rows), -1, np.int64)
    job[possible] = np.arange(len(possible))
    return job, CallbackTape(
        call=np.array(possible, np.int64),
        reached_at=np.array([rows[i].reached_at for i in possible], np.int32),
        talk=np.array([rows[i].callback_talk for i in possible], np.float64),
        wrap_up=np.array([rows[i].callback_wrap_up for i in possible], np.float64),
        no_answer=np.full((len(possible), attempts), NO_ANSWER_S),
    )
