"""What priorities do: the same callers first come, first served."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from callcenter.measure.figures import groups, summed
from callcenter.measure.tally import stack
from callcenter.scenario import Scenario
from callcenter.study.insights.bench import Bench
from callcenter.study.insights.findings import PriorityEffect, TierEffect
from callcenter.study.insights.rates import OfFigures, definition_of, mean_wait, ratio_of, rises
from callcenter.study.result import Result


def without_priorities(result: Result, bench: Bench | None = None) -> PriorityEffect | None:
    """Return what priorities change for each tier; None if there are none, or no room to simulate.

    The same callers meet the same agents first come, first served: every caller, blacklist included, has the
    best priority there is, without ``head_start`` or ``escalate``, and pools have no order of their own and
    take whom they serve at once (no ``keep_idle``, no ``after``).  Which pools serve a tier stays: that is
    what agents can do, not whom they prefer.  Work that waits (``deferred`` tiers) does not stand in line
    with callers and keeps its priority.  The callbacks' own ``keep_idle`` stays too.  None where a routing
    rule of the user's own decides.
    """
    changes = priority_changes(result.scenario)
    bench = bench or Bench.within(result, variants=1)
    variant = result.scenario.with_(changes)
    if not changes or not bench.has_room_for(variant):
        return None
    after = bench.tried(variant)
    return PriorityEffect(tuple(_effects(bench.before, after)), tuple(changes), bench.before, after)


def priority_changes(scenario: Scenario) -> dict[str, object]:
    """Return the changes that make a scenario one of first come, first served; empty if it is one."""
    callers = {name: tier for name, tier in scenario.tiers.items() if tier.channel != "deferred"}
    best = min((tier.priority for tier in callers.values()), default=0)
    changes: dict[str, object] = {}
    for name, tier in callers.items():
        changes |= {f"tiers.{name}.priority": best} if tier.priority != best else {}
        changes |= {f"tiers.{name}.head_start": None} if tier.head_start else {}
        changes |= {f"tiers.{name}.escalate": None} if tier.escalate else {}
    return changes | _own_orders(scenario) | condition_changes(scenario)


def _own_orders(scenario: Scenario) -> dict[str, object]:
    return {
        f"pools.{name}.serves.{tier}.priority": None
        for name, pool in scenario.pools.items()
        for tier, serve in pool.serves.items()
        if serve.priority is not None
    }


def condition_changes(scenario: Scenario) -> dict[str, object]:
    """Return the changes with which pools take the callers they serve at once, whoever they are."""
    return {
        f"pools.{name}.serves.{tier}.{key}": None
        for name, pool in scenario.pools.items()
        for tier, conditions in pool.serves.items()
        if scenario.tiers[tier].channel != "deferred"
        for key in ("keep_idle", "after")
        if getattr(conditions, key)
    }


def is_conditional(scenario: Scenario, tier: str) -> bool:
    """Whether a pool that serves a tier does so under a condition."""
    return any(
        tier in pool.serves and bool(pool.serves[tier].keep_idle or pool.serves[tier].after)
        for pool in scenario.pools.values()
    )


def _effects(before: Result, after: Result) -> Iterator[TierEffect]:
    rate = definition_of(before)
    rate_rises, wait_rises = rises(before, after, rate), rises(before, after, mean_wait, most=np.inf)
    for tier, rise in rate_rises.items():
        rates = [_of_tier(result, tier, rate) for result in (before, after)]
        waits = [_of_tier(result, tier, mean_wait) for result in (before, after)]
        yield TierEffect(tier, rates[0], rates[1], rise, waits[0], waits[1], wait_rises[tier])


def _of_tier(result: Result, tier: str, measure: OfFigures) -> float:
    return ratio_of(*measure(summed(groups(result.scenario, stack(result.tallies))[tier].figures)))
