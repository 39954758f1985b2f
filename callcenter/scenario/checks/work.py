"""More work than agents can ever do."""

from __future__ import annotations

import math

from callcenter.scenario.checks.contacts import Check, Warnings, contacts
from callcenter.scenario.model import Scenario
from callcenter.scenario.parts.tiers import Tier


def _overload(scenario: Scenario) -> Warnings:
    """Yield a warning where callers who never give up bring more work than all agents can do."""
    reached = contacts(scenario)
    staying = {name: tier for name, tier in scenario.tiers.items() if math.isinf(tier.patience.mean)}
    work = math.fsum(reached[name] * _agent_time(tier) for name, tier in staying.items())
    agents = math.fsum(
        math.fsum(scenario.staffed(name)) * (1 - pool.absence) for name, pool in scenario.pools.items()
    )
    staffed = scenario.day.interval * agents
    if work > staffed > 0:
        is_deferred = any(tier.channel == "deferred" and reached[name] for name, tier in staying.items())
        who = "deferred work and callers" if is_deferred else "callers"
        remedy = "add agents" if is_deferred else "add `patience`"
        given = f"{work / 3600:.3g} h of work a day for {staffed / 3600:.3g} agent hours"
        yield "pools", f"{who} who never give up bring {given}; {remedy}"


def _agent_time(tier: Tier) -> float:
    """Return the seconds of an agent that a contact takes while the agent handles as many as possible."""
    handling = tier.talk.mean + tier.wrap_up.mean
    return handling * (1 + tier.slow_down * (tier.concurrency - 1)) / tier.concurrency


CHECKS: tuple[Check, ...] = (_overload,)
