"""What a scenario may say but probably does not mean; `check` prints it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from callcenter.scenario.model import Scenario
from callcenter.scenario.pools import Pool

LONG_TALK = 7200.0
"""Seconds; a longer mean talk time is rather a slip in the unit."""


def warnings(scenario: Scenario) -> list[str]:
    """Return one sentence for each thing in a valid scenario that its planner probably did not mean."""
    return [f"{path}: {sentence}" for check in _CHECKS for path, sentence in check(scenario)]


Warnings = Iterator[tuple[str, str]]


def _silent_tiers(scenario: Scenario) -> Warnings:
    for tier in scenario.tiers:
        if not any(scenario.demand.expected(tier)):
            yield f"tiers.{tier}", "nobody of this tier ever calls"


def _long_talks(scenario: Scenario) -> Warnings:
    for name, tier in scenario.tiers.items():
        if tier.talk.mean > LONG_TALK:
            yield (
                f"tiers.{name}.talk",
                f"the mean of {tier.talk.mean / 60:g} min is unusually long; check the unit",
            )


def _hopeless_tiers(scenario: Scenario) -> Warnings:
    for name, tier in scenario.tiers.items():
        staffed = any(any(pool.staffed) for pool in scenario.pools.values() if name in pool.serves)
        if not staffed and any(scenario.demand.expected(name)):
            end = "waits for ever" if math.isinf(tier.patience.mean) else "gives up"
            yield f"tiers.{name}", f"no pool that serves it has agents at any time, so everybody {end}"


def _workless_pools(scenario: Scenario) -> Warnings:
    for name, pool in scenario.pools.items():
        if not pool.serves and pool.callbacks is None:
            yield f"pools.{name}", "serves no tier and works no callbacks"


def _reserved_agents(scenario: Scenario) -> Warnings:
    for name, pool in scenario.pools.items():
        most = max(pool.staffed)
        for tier, serve in pool.serves.items():
            if 0 < most <= serve.keep_idle:
                given = f"keeps {serve.keep_idle} agents idle but never has more than {most}"
                yield f"pools.{name}.serves.{tier}", f"{given}: it takes no such call"


def _overload(scenario: Scenario) -> Warnings:
    """Yield a warning where callers who never give up bring more work than all agents can do."""
    work = math.fsum(
        math.fsum(scenario.demand.expected(name))
        * (tier.talk.mean + tier.wrap_up.mean)
        * _asks(scenario, name)
        for name, tier in scenario.tiers.items()
        if math.isinf(tier.patience.mean)
    )
    staffed = scenario.day.interval * sum(sum(pool.staffed) for pool in scenario.pools.values())
    if work > staffed > 0:
        given = f"{work / 3600:.3g} h of work a day for {staffed / 3600:.3g} agent hours"
        yield "pools", f"callers who never give up bring {given}; add `patience`"


def _asks(scenario: Scenario, tier: str) -> float:
    ivr = scenario.ivr_of(tier)
    return 1 - ivr.self_service - ivr.hangs_up if ivr else 1.0


def _owed(scenario: Scenario) -> list[str]:
    return [name for name, tier in scenario.tiers.items() if tier.callback is not None]


def _workers(scenario: Scenario) -> dict[str, Pool]:
    return {name: pool for name, pool in scenario.pools.items() if pool.callbacks is not None}


def _unworked_callbacks(scenario: Scenario) -> Warnings:
    owed, workers = _owed(scenario), _workers(scenario)
    if owed and not workers:
        yield (
            f"tiers.{owed[0]}.callback",
            "no pool works callbacks, so all stay pending; add `callbacks: {}` to one",
        )
    for name in workers if not owed else ():
        yield f"pools.{name}.callbacks", "no tier leaves callbacks, so there are none to work"


def _closed_window(scenario: Scenario) -> Warnings:
    if _owed(scenario) and _workers(scenario) and not any(_dialling(scenario)):
        yield "callbacks.hours", "no pool that works callbacks has agents within the calling window"


def _dialling(scenario: Scenario) -> Iterator[bool]:
    """Yield for each pool that works callbacks, and interval, whether somebody may dial."""
    day, hours = scenario.day, scenario.callbacks.hours
    for pool in _workers(scenario).values():
        for index, agents in enumerate(pool.staffed):
            start = day.open + index * day.interval
            yield agents > 0 and hours.overlaps(start, start + day.interval)


_CHECKS = (
    _silent_tiers,
    _long_talks,
    _hopeless_tiers,
    _workless_pools,
    _reserved_agents,
    _overload,
    _unworked_callbacks,
    _closed_window,
)
