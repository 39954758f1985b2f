"""The call tape: everything chance decides about every call, drawn before time starts (rule R2)."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.demand.arrivals import Arrivals, arrivals, day_factors
from callcenter.demand.sampling import Floats, certain, sample
from callcenter.demand.streams import stream
from callcenter.scenario import Ivr, Scenario
from callcenter.scenario.distributions import Distribution

Array = npt.NDArray[Any]
Ints = npt.NDArray[np.int64]

TO_AGENT, SELF_SERVED, HANGS_UP = 0, 1, 2
"""How a call leaves the IVR."""


class CallbackTape(NamedTuple):
    """One row for each call whose loss would owe the caller a callback."""

    call: Ints
    """Row of the call on the tape."""
    reached_at: npt.NDArray[np.int32]
    """Number of the attempt that reaches the customer, 0 = none of those allowed."""
    talk: Floats
    wrap_up: Floats
    no_answer: Floats
    """Agent time of an attempt that reaches nobody, shape (rows, attempts)."""


class CallTape(NamedTuple):
    """One row a call, in order of arrival; durations and times in seconds, multiples of 2**-20 s."""

    tier: npt.NDArray[np.int32]
    arrived: Floats
    ivr_s: Floats
    """Time in the IVR, 0 = goes straight to the line."""
    ivr_exit: npt.NDArray[np.int8]
    """TO_AGENT, SELF_SERVED or HANGS_UP."""
    patience: Floats
    talk: Floats
    wrap_up: Floats
    job: Ints
    """Row of the callback tape, -1 = no callback would be owed."""
    callbacks: CallbackTape


class Chance(NamedTuple):
    """The dice of one tier in one replication."""

    seed: int
    replication: int
    tier: str

    def stream(self, purpose: str) -> np.random.Generator:
        """Return the stream of one purpose, at its beginning."""
        return stream(self.seed, self.replication, self.tier, purpose)

    def times(self, distribution: Distribution, purpose: str, intervals: Ints) -> Floats:
        """Draw one time for each call; a constant costs no stream."""
        rng = _UNUSED if certain(distribution) else self.stream(purpose)
        return sample(distribution, rng, intervals)


_UNUSED = np.random.default_rng(0)


def draw(scenario: Scenario, seed: int, replication: int) -> CallTape:
    """Draw the calls of one replication; the same seed and replication meet every staffing variant.

    Returns arrays of fixed dtype; ties in arrival time are kept in file order of the tiers.
    """
    factors = day_factors(scenario, seed, replication)
    arrived = [arrivals(scenario, name, factors, seed, replication) for name in scenario.tiers]
    dice = [Chance(seed, replication, name) for name in scenario.tiers]
    calls = [_draw_calls(scenario, chance, a) for chance, a in zip(dice, arrived, strict=True)]
    jobs = [_draw_callbacks(scenario, chance, a.intervals) for chance, a in zip(dice, arrived, strict=True)]
    return _merge(calls, jobs)


def _draw_calls(scenario: Scenario, chance: Chance, arrived: Arrivals) -> dict[str, Array]:
    tier, intervals = scenario.tiers[chance.tier], arrived.intervals
    ivr_s, ivr_exit = _draw_ivr(scenario.ivr_of(chance.tier), chance, intervals)
    return {
        "tier": np.full(intervals.size, list(scenario.tiers).index(chance.tier), np.int32),
        "arrived": arrived.times,
        "ivr_s": ivr_s,
        "ivr_exit": ivr_exit,
        "patience": chance.times(tier.patience, "patience", intervals),
        "talk": chance.times(tier.talk, "talk", intervals),
        "wrap_up": chance.times(tier.wrap_up, "wrap-up", intervals),
    }


def _draw_ivr(ivr: Ivr | None, chance: Chance, intervals: Ints) -> tuple[Floats, npt.NDArray[np.int8]]:
    if ivr is None:
        return np.zeros(intervals.size), np.full(intervals.size, TO_AGENT, np.int8)
    shares = (ivr.self_service, ivr.self_service + ivr.hangs_up)
    rank = np.searchsorted(shares, chance.stream("ivr exit").random(intervals.size), side="right")
    codes = np.array([SELF_SERVED, HANGS_UP, TO_AGENT], np.int8)
    return chance.times(ivr.time, "ivr time", intervals), codes[rank]


def _draw_callbacks(scenario: Scenario, chance: Chance, intervals: Ints) -> CallbackTape:
    """Draw the jobs that might be owed, only for the calls whose coin says so."""
    tier, rules = scenario.tiers[chance.tier], scenario.callbacks
    if tier.callback is None:
        return _no_callbacks(rules.attempts)
    call = np.flatnonzero(chance.stream("callback owed").random(intervals.size) < tier.callback.share)
    place = intervals[call]
    reached = chance.stream("callback reached").random((call.size, rules.attempts)) < rules.reached
    no_answer = chance.times(rules.no_answer, "callback no answer", np.repeat(place, rules.attempts))
    return CallbackTape(
        call=call,
        reached_at=np.where(reached.any(axis=1), reached.argmax(axis=1) + 1, 0).astype(np.int32),
        talk=chance.times(rules.talk or tier.talk, "callback talk", place),
        wrap_up=chance.times(rules.wrap_up or tier.wrap_up, "callback wrap-up", place),
        no_answer=no_answer.reshape(call.size, rules.attempts),
    )


def _no_callbacks(attempts: int) -> CallbackTape:
    nothing = np.empty(0)
    return CallbackTape(
        np.empty(0, np.int64), np.empty(0, np.int32), nothing, nothing, np.empty((0, attempts))
    )


def _merge(calls: list[dict[str, Array]], callbacks: list[CallbackTape]) -> CallTape:
    """Interleave the tiers in order of arrival."""
    order = np.argsort(np.concatenate([tier["arrived"] for tier in calls]), kind="stable")
    row = np.empty_like(order)
    row[order] = np.arange(order.size)
    rows = np.split(row, np.cumsum([tier["arrived"].size for tier in calls])[:-1])
    merged = _merge_callbacks(callbacks, [own[c.call] for c, own in zip(callbacks, rows, strict=True)])
    job = np.full(order.size, -1, np.int64)
    job[merged.call] = np.arange(merged.call.size)
    columns: dict[str, Any] = {
        field: _interleaved([tier[field] for tier in calls], rows) for field in calls[0]
    }
    return CallTape(**columns, job=job, callbacks=merged)


def _interleaved(columns: list[Array], rows: list[Ints]) -> Array:
    merged = np.empty(sum(own.size for own in rows), columns[0].dtype)
    for column, own in zip(columns, rows, strict=True):
        merged[own] = column
    return merged


def _merge_callbacks(callbacks: list[CallbackTape], calls: list[Ints]) -> CallbackTape:
    call = np.concatenate(calls)
    order = np.argsort(call, kind="stable")
    rest: dict[str, Any] = {
        field: np.concatenate([getattr(tier, field) for tier in callbacks])[order]
        for field in CallbackTape._fields[1:]
    }
    return CallbackTape(call=call[order], **rest)
