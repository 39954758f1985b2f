"""Calls that follow others, and callbacks, for who asks for them one by one."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from callcenter.demand.breaks import Breaks, break_after
from callcenter.demand.drawing import CALL, COINS
from callcenter.demand.later_calls import awake, later_call, later_callback, path_after, row_after
from callcenter.demand.silence import Silence, noticed_after
from callcenter.demand.tape import CallTape

_JOB = np.dtype([("reached_at", np.int64), ("talk", np.float64), ("wrap_up", np.float64)])


class Origin(NamedTuple):
    """How a call came about; it decides what chance does with it."""

    customer: int
    """Row of the customer's first call."""
    path: int
    """The way from there; 0 for the first call itself."""
    row: int
    """Where calls are written down, their row."""


class LaterCall(NamedTuple):
    """What chance decides about a call that follows another."""

    tier: int
    ivr_s: float
    ivr_exit: int
    patience: float
    talk: float
    wrap_up: float
    owed: bool
    accepts: bool
    redials: int
    redial_after: float
    repeats: bool
    repeat_after: float
    transfer_to: int


class Callback(NamedTuple):
    """What becomes of a callback."""

    reached_at: int
    talk: float
    wrap_up: float
    no_answer: list[float]


class Awakening:
    """The calls and callbacks of one tape that are drawn when they are needed."""

    def __init__(self, tape: CallTape, attempts: int) -> None:
        self._tape, self._later = tape, awake(tape.later)
        self._call: Any = np.zeros(1, CALL)
        self._coins: Any = np.zeros(1, COINS)
        self._job: Any = np.zeros(1, _JOB)
        self._no_answer = np.zeros((1, attempts))

    def after(self, origin: Origin, step: int) -> Origin:
        """Return the origin of the call that follows another in this way, AGAIN, MOVED or RETURNED."""
        row = int(row_after(self._later, origin.row, step))
        return Origin(origin.customer, int(path_after(origin.path, step)), row)

    def call(self, origin: Origin, tier: int) -> LaterCall:
        """Return the call of a tier that came about in this way."""
        with np.errstate(over="ignore"):
            later_call(self._later, *self._key(origin), tier, self._call, self._coins, 0)
        drawn = {name: self._call[name].item() for name in CALL.names or ()}
        drawn |= {name: self._coins[name].item() for name in COINS.names or ()}
        return LaterCall(*(drawn[name] for name in LaterCall._fields))

    def callback(self, origin: Origin, tier: int) -> Callback:
        """Return what becomes of the callback that a call of a tier leads to."""
        with np.errstate(over="ignore"):
            later_callback(self._later, *self._key(origin), tier, self._job, self._no_answer, 0)
        reached_at, talk, wrap_up = self._job[0].item()
        return Callback(reached_at, talk, wrap_up, self._no_answer[0].tolist())

    def break_after(self, origin: Origin, breaks: Breaks, pool: int) -> float:
        """Return how long an agent of a pool is away after the call that came about in this way; 0 = not."""
        with np.errstate(over="ignore"):
            return float(break_after(self._later, breaks, *self._key(origin), pool))

    def noticed_after(self, origin: Origin, silence: Silence, tier: int) -> float:
        """Return how long a call that came about in this way holds a place once given up; 0 = not at all."""
        with np.errstate(over="ignore"):
            return float(noticed_after(self._later, silence, *self._key(origin), tier))

    def _key(self, origin: Origin) -> tuple[int, int, float, int, int]:
        tape, first = self._tape, origin.customer
        root, ordinal = int(tape.tier[first]), int(tape.ordinal[first])
        return root, ordinal, float(tape.arrived[first]), origin.path, origin.row
