"""The callbacks that a call may lead to (rules R9b and R11)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Flags, Ints
from callcenter.demand.chance import Chance
from callcenter.demand.tape import CallbackTape
from callcenter.scenario import Scenario


class Jobs(NamedTuple):
    """Callbacks that some calls may lead to, in order of the calls."""

    tape: CallbackTape
    """``call`` counts within these calls."""
    owed: Flags
    """The loss of the call leaves a record."""
    accepts: Flags
    """The caller accepts a callback that is offered."""


def draw_callbacks(scenario: Scenario, chance: Chance, intervals: Ints) -> Jobs:
    """Draw what may become of a callback, only for the calls that are drawn to lead to one.

    Calls that only accept an offer have streams of their own, so an offer moves no other callback.
    """
    tier, size = scenario.tiers[chance.tier], intervals.size
    owed = np.empty(0, np.int64)
    if tier.callback is not None:
        owed = np.flatnonzero(chance.coins(tier.callback.share, "callback owed", size))
    jobs = Jobs(_draw(scenario, chance, "callback", owed, intervals), *_flags(owed, owed=True, accepts=False))
    if tier.offer is None:
        return jobs
    accepts = chance.coins(tier.offer.accepted, "offer accepted", size)
    jobs.accepts[:] = accepts[owed]
    accepts[owed] = False
    only = np.flatnonzero(accepts)
    others = _draw(scenario, chance, "offer callback", only, intervals)
    return in_order([jobs, Jobs(others, *_flags(only, owed=False, accepts=True))], [owed, only])


def _flags(calls: Ints, owed: bool, accepts: bool) -> tuple[Flags, Flags]:
    return np.full(calls.size, owed), np.full(calls.size, accepts)


def _draw(scenario: Scenario, chance: Chance, purpose: str, call: Ints, intervals: Ints) -> CallbackTape:
    tier, rules = scenario.tiers[chance.tier], scenario.callbacks
    if call.size == 0:
        return _nothing(rules.attempts)
    place = intervals[call]
    reached = chance.coins(rules.reached, f"{purpose} reached", call.size * rules.attempts)
    reached = reached.reshape(call.size, rules.attempts)
    no_answer = chance.times(rules.no_answer, f"{purpose} no answer", np.repeat(place, rules.attempts))
    return CallbackTape(
        call=call,
        reached_at=np.where(reached.any(axis=1), reached.argmax(axis=1) + 1, 0).astype(np.int32),
        talk=chance.times(rules.talk or tier.talk, f"{purpose} talk", place),
        wrap_up=chance.times(rules.wrap_up or tier.wrap_up, f"{purpose} wrap-up", place),
        no_answer=no_answer.reshape(call.size, rules.attempts),
    )


def _nothing(attempts: int) -> CallbackTape:
    none = np.empty(0)
    return CallbackTape(np.empty(0, np.int64), np.empty(0, np.int32), none, none, np.empty((0, attempts)))


def in_order(jobs: list[Jobs], calls: list[Ints]) -> Jobs:
    """Put jobs together in order of their calls; ``calls`` says anew which each belongs to."""
    call = np.concatenate(calls)
    order = np.argsort(call, kind="stable")
    columns = [np.concatenate(column)[order] for column in zip(*(job.tape[1:] for job in jobs), strict=True)]
    return Jobs(
        CallbackTape(call[order], *columns),
        owed=np.concatenate([job.owed for job in jobs])[order],
        accepts=np.concatenate([job.accepts for job in jobs])[order],
    )
