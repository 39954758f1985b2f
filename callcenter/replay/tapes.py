"""Call tapes from recorded calls: what is taken stands on the tape, the rest is drawn (rule R2)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Flags, Floats, Indices, Ints
from callcenter.demand import HANGS_UP, SELF_SERVED, TO_AGENT, CallTape, GivenCalls
from callcenter.demand.streams import uniforms
from callcenter.fit.calls import Calls
from callcenter.outcomes import Outcome
from callcenter.scenario import Scenario

NOBODY = -1


class Arrivals(NamedTuple):
    """First calls in order of arrival, each with the recorded call that it takes after."""

    tier: Indices
    arrived: Floats
    donor: Ints
    """Row of a recorded call, NOBODY where all is drawn."""


class Traits(NamedTuple):
    """What calls take from their donors."""

    ivr: bool = True
    talk: bool = True
    patience: bool = True


class Taped(NamedTuple):
    """A tape, and on how many calls patience of the scenario is shorter than they waited."""

    tape: CallTape
    contradicted: int


def as_recorded(calls: Calls) -> Arrivals:
    """Return recorded calls as they came."""
    return Arrivals(calls.tier, calls.arrived, np.arange(len(calls)))


def as_counted(scenario: Scenario, calls: Calls, seed: int, replication: int) -> Arrivals:
    """Return as many calls as were recorded by tier and interval, at times drawn within the interval."""
    day = scenario.day
    names = list(scenario.tiers)
    meets_ivr = np.array([scenario.ivr_of(name) is not None for name in names])
    counted = calls.only(meets_ivr[calls.tier] | calls.is_offered | (calls.outcome == Outcome.BLOCKED))
    interval = np.floor((counted.arrived - day.open) / day.interval)
    arrived = np.empty(len(counted))
    for number, name in enumerate(names):
        own = counted.tier == number
        place = uniforms(seed, replication, name, "arrivals within counts", int(own.sum()))
        arrived[own] = day.open + day.interval * (interval[own] + place)
    arrived = np.floor(arrived * 1024) / 1024  # whole ticks that stay in their interval
    order = np.argsort(arrived, kind="stable")
    return Arrivals(counted.tier[order], arrived[order], np.full(len(counted), NOBODY))


def taped(
    scenario: Scenario,
    arrivals: Arrivals,
    recorded: Calls,
    traits: Traits,
    seed: int,
    replication: int,
    may_follow: bool = True,
) -> Taped:
    """Return the tape of calls that take after recorded ones, perhaps of such that no others follow."""
    given = GivenCalls(scenario, seed, replication, arrivals.tier, arrivals.arrived)
    if not may_follow:
        given.lead_nowhere()
    has_donor, donor = arrivals.donor != NOBODY, np.maximum(arrivals.donor, 0)
    if not len(recorded) or not has_donor.any():
        return Taped(given.tape(), 0)
    contradicted = 0
    if traits.ivr:
        _write_ivr(given, recorded, donor, has_donor)
    if traits.talk:
        _write_handling(scenario, given, recorded, donor, has_donor)
    if traits.patience:
        contradicted = _write_patience(given, recorded, donor, has_donor)
    return Taped(given.tape(), contradicted)


def _write_ivr(given: GivenCalls, recorded: Calls, donor: Ints, has_donor: Flags) -> None:
    """R3b: time in the IVR and the way out of it; of a call that was blocked neither is known."""
    outcome = recorded.outcome[donor]
    ended = np.where(np.isnan(recorded.joined), recorded.left, recorded.joined)[donor]
    spent = np.maximum(ended - recorded.arrived[donor], 0.0)
    way = np.select(
        [outcome == Outcome.SELF_SERVED, outcome == Outcome.LEFT_IVR], [SELF_SERVED, HANGS_UP], TO_AGENT
    )
    passed = has_donor & (outcome != Outcome.BLOCKED)
    given.write("ivr_exit", way, passed)
    given.write("ivr_s", spent, passed & ~np.isnan(spent))


def _write_handling(
    scenario: Scenario, given: GivenCalls, recorded: Calls, donor: Ints, has_donor: Flags
) -> None:
    """Talk and wrap-up, without the speed of those who took the call."""
    speed = speeds(scenario)[recorded.pool, recorded.tier][donor]
    taken = has_donor & recorded.is_answered[donor]
    talk, wrap_up = recorded.talk[donor], recorded.wrap_up[donor]
    given.write("talk", talk / speed, taken & ~np.isnan(talk))
    given.write("wrap_up", wrap_up / speed, taken & ~np.isnan(wrap_up))


def speeds(scenario: Scenario) -> Floats:
    """Return handle-time factors of shape (pools + 1, tiers); the last row is that of unknown pools."""
    speed = np.ones((len(scenario.pools) + 1, len(scenario.tiers)))
    for row, pool in enumerate(scenario.pools.values()):
        for column, name in enumerate(scenario.tiers):
            serve = pool.serves.get(name)
            speed[row, column] = pool.speed if serve is None or serve.speed is None else serve.speed
    return speed


def _write_patience(given: GivenCalls, recorded: Calls, donor: Ints, has_donor: Flags) -> int:
    """Patience of those who hung up is their wait; of others who waited, drawn beyond it.

    Whoever took a callback instead of waiting takes it again, and nobody else does.
    """
    outcome, wait = recorded.outcome[donor], recorded.wait[donor]
    is_lost = recorded.is_lost[donor]
    given.write("patience", wait, has_donor & is_lost)
    given.write("accepts", outcome == Outcome.DIVERTED, has_donor & recorded.is_offered[donor])
    outlasted = has_donor & ~is_lost & recorded.is_offered[donor]
    return given.outlast(np.where(outlasted, wait, np.nan))
