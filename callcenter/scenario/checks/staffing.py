"""Oddities of pools: agents who are never present, never free or never needed."""

from __future__ import annotations

import math

from callcenter.clock import SECONDS_PER_DAY, clock_text
from callcenter.scenario.checks.contacts import Check, Warnings, contacts
from callcenter.scenario.model import Scenario
from callcenter.scenario.parts.day import Day
from callcenter.scenario.parts.pools import Pool
from callcenter.scenario.parts.shifts import Shift


def _hopeless_tiers(scenario: Scenario) -> Warnings:
    reached = contacts(scenario)
    for name, tier in scenario.tiers.items():
        pools = [pool for pool, its in scenario.pools.items() if name in its.serves and its.absence < 1]
        if any(scenario.peak(pool) for pool in pools) or not reached[name]:
            continue
        end = "waits for ever" if math.isinf(tier.patience.mean) else "gives up"
        everybody = "every contact" if tier.channel == "deferred" else "everybody"
        yield f"tiers.{name}", f"no pool that serves it has agents at any time, so {everybody} {end}"


def _workless_pools(scenario: Scenario) -> Warnings:
    for name, pool in scenario.pools.items():
        if not pool.serves and pool.callbacks is None:
            yield f"pools.{name}", "serves no tier and works no callbacks"


def _reserved_agents(scenario: Scenario) -> Warnings:
    for name, pool in scenario.pools.items():
        most = scenario.peak(name)
        for tier, serve in pool.serves.items():
            if 0 < most <= serve.keep_idle:
                given = f"keeps {serve.keep_idle} agents idle but never has more than {most}"
                yield f"pools.{name}.serves.{tier}", f"{given}: it takes no such call"
            elif serve.keep_idle and scenario.tiers[tier].concurrency > 1:
                given = "holds back idle agents only: a busy one with a free place takes a further contact"
                yield f"pools.{name}.serves.{tier}.keep_idle", given


def _reversed_reserve(scenario: Scenario) -> Warnings:
    """Yield a warning where a tier that is promised nothing takes the agents kept from a better one."""
    for name, pool in scenario.pools.items():
        for tier, serve in pool.serves.items():
            ahead = [other for other in pool.serves if _is_passed_over(scenario, pool, other, tier)]
            if ahead:
                reserve = pool.serves[ahead[0]].keep_idle
                where = f"where `{ahead[0]}`, first in the line, keeps {reserve}"
                given = f"keeps {serve.keep_idle} agents idle {where}"
                yield f"pools.{name}.serves.{tier}", f"{given}: it is taken while that waits; keep as many"


def _is_passed_over(scenario: Scenario, pool: Pool, better: str, worse: str) -> bool:
    first, last = scenario.tiers[better], scenario.tiers[worse]
    return (
        last.target is None
        and first.target is not None
        and first.priority < last.priority
        and pool.serves[better].keep_idle > pool.serves[worse].keep_idle
    )


def _shifts_outside(scenario: Scenario) -> Warnings:
    for name, pool in scenario.pools.items():
        for index, shift in enumerate(pool.shifts or ()):
            if not _is_ever_open(shift, scenario.day):
                hours = f"{clock_text(scenario.day.open)} to {clock_text(scenario.day.close)}"
                what = "on the phones" if shift.present else "on the phones for breaks"
                yield f"pools.{name}.shifts.{index}", f"never {what} while the hotline is open, {hours}"


def _is_ever_open(shift: Shift, day: Day) -> bool:
    return any(
        start - offset < day.close and day.open < end - offset
        for start, end in shift.present
        for offset in (0.0, SECONDS_PER_DAY)
    )


def _nobody_left(scenario: Scenario) -> Warnings:
    for name, pool in scenario.pools.items():
        rostered = scenario.peak_rostered(name)
        if not rostered:
            continue
        if pool.absence == 1:
            yield f"pools.{name}.absence", "an absence of 100% leaves nobody on the phones"
        elif not scenario.peak(name):
            given = f"a shrinkage of {pool.shrinkage:.0%} leaves nobody on the phones"
            yield f"pools.{name}.shrinkage", f"{given}: what is left of {rostered:g} makes no whole agent"


def _few_lines(scenario: Scenario) -> Warnings:
    if scenario.lines is None:
        return
    phoned = {name for name, tier in scenario.tiers.items() if tier.channel == "phone"}
    if not phoned:
        yield "lines", "no tier phones, so no line is ever taken"
    pools = [name for name, pool in scenario.pools.items() if phoned & pool.serves.keys()]
    agents = sum(scenario.peak(name) for name in pools)
    if phoned and scenario.lines < agents:
        given = f"{scenario.lines} lines for {agents} agents at the peak"
        yield "lines", f"{given}: so many can never talk at a time"


CHECKS: tuple[Check, ...] = (
    _hopeless_tiers,
    _workless_pools,
    _reserved_agents,
    _reversed_reserve,
    _shifts_outside,
    _nobody_left,
    _few_lines,
)
