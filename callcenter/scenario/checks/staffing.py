"""Oddities of pools: agents who are never present, never free or never needed."""

from __future__ import annotations

import math

from callcenter.clock import SECONDS_PER_DAY, clock_text
from callcenter.language import gettext as _
from callcenter.scenario.checks.contacts import Check, Warnings, contacts
from callcenter.scenario.model import Scenario
from callcenter.scenario.parts.by_day import ByDay
from callcenter.scenario.parts.day import Day
from callcenter.scenario.parts.pools import Pool
from callcenter.scenario.parts.shifts import Shift
from callcenter.scenario.parts.tiers import Tier


def _hopeless_tiers(scenario: Scenario) -> Warnings:
    reached = contacts(scenario)
    for name, tier in scenario.tiers.items():
        pools = [pool for pool, its in scenario.pools.items() if name in its.serves and its.absence < 1]
        if any(scenario.peak(pool) for pool in pools) or not reached[name]:
            continue
        yield f"tiers.{name}", _hopeless(tier)


def _hopeless(tier: Tier) -> str:
    if tier.channel == "deferred":
        return _("no pool that serves it has agents at any time, so every contact waits for ever")
    if math.isinf(tier.patience.mean):
        return _("no pool that serves it has agents at any time, so everybody waits for ever")
    return _("no pool that serves it has agents at any time, so everybody gives up")


def _workless_pools(scenario: Scenario) -> Warnings:
    for name, pool in scenario.pools.items():
        if not pool.serves and pool.callbacks is None:
            yield f"pools.{name}", _("serves no tier and works no callbacks")


def _reserved_agents(scenario: Scenario) -> Warnings:
    for name, pool in scenario.pools.items():
        most = scenario.peak(name)
        for tier, serve in pool.serves.items():
            if 0 < most <= serve.keep_idle:
                message = _("keeps {idle} agents idle but never has more than {most}: it takes no such call")
                given = message.format(idle=serve.keep_idle, most=most)
                yield f"pools.{name}.serves.{tier}", given
            elif serve.keep_idle and scenario.tiers[tier].concurrency > 1:
                given = _("holds back idle agents only: a busy one with a free place takes a further contact")
                yield f"pools.{name}.serves.{tier}.keep_idle", given


def _reversed_reserve(scenario: Scenario) -> Warnings:
    """Yield a warning where a tier that is promised nothing takes the agents kept from a better one."""
    for name, pool in scenario.pools.items():
        for tier, serve in pool.serves.items():
            ahead = [other for other in pool.serves if _is_passed_over(scenario, pool, other, tier)]
            if ahead:
                reserve = pool.serves[ahead[0]].keep_idle
                message = _(
                    "keeps {idle} agents idle where `{ahead}`, first in the line, keeps {reserve}: "
                    "it is taken while that waits; keep as many"
                )
                given = message.format(idle=serve.keep_idle, ahead=ahead[0], reserve=reserve)
                yield f"pools.{name}.serves.{tier}", given


def _is_passed_over(scenario: Scenario, pool: Pool, better: str, worse: str) -> bool:
    first, last = scenario.tiers[better], scenario.tiers[worse]
    return (
        last.target is None
        and first.target is not None
        and _rank(pool, better, first) < _rank(pool, worse, last)
        and pool.serves[better].keep_idle > pool.serves[worse].keep_idle
    )


def _rank(pool: Pool, name: str, tier: Tier) -> int:
    own = pool.serves[name].priority
    return tier.priority if own is None else own


def _priorities_of_pools(scenario: Scenario) -> Warnings:
    """Yield a warning where a priority of a pool orders nothing, or stands against `escalate`."""
    for name, pool in scenario.pools.items():
        for tier, serve in pool.serves.items():
            path = f"pools.{name}.serves.{tier}.priority"
            if serve.priority is None:
                continue
            if len(pool.serves) == 1:
                yield path, _("orders nothing, as this pool serves no other tier")
            elif scenario.tiers[tier].escalate:
                yield (
                    path,
                    _("holds however long a call waits: `escalate` of `{tier}` changes nothing here").format(
                        tier=tier
                    ),
                )


def _never_away(scenario: Scenario) -> Warnings:
    """Yield a warning where unscheduled breaks are never taken, or never put off."""
    for name, pool in scenario.pools.items():
        if pool.breaks is None:
            continue
        path, least = f"pools.{name}.breaks", pool.breaks.not_while_waiting
        if pool.breaks.after_call == 0 or pool.breaks.length.mean == 0:
            yield path, _("nobody is ever away: `after_call` or `length` is 0; remove it")
        elif not pool.serves:
            yield (
                path,
                _("nobody is ever away: breaks follow calls, and this pool takes none, only callbacks"),
            )
        elif least and _most_waiting(scenario, pool) < least:
            message = _("breaks are never put off: with {lines} `lines` fewer than {least} calls can wait")
            yield f"{path}.not_while_waiting", message.format(lines=scenario.lines, least=least)


def _most_waiting(scenario: Scenario, pool: Pool) -> float:
    """Return how many calls of a pool may wait at most; places of callbacks hold no line."""
    tiers = [scenario.tiers[name] for name in pool.serves]
    on_lines = all(tier.channel == "phone" and not tier.keeps_places for tier in tiers)
    return scenario.lines if scenario.lines is not None and on_lines else math.inf


def _one_roster(scenario: Scenario) -> Warnings:
    """Yield a warning where rosters are drawn from a single day."""
    for name, pool in scenario.pools.items():
        if isinstance(pool.agents, ByDay) and len(pool.agents.drawn_from) == 1:
            yield f"pools.{name}.agents", _("draws from one day only, so every day has the same roster")


def _shifts_outside(scenario: Scenario) -> Warnings:
    for name, pool in scenario.pools.items():
        for index, shift in enumerate(pool.shifts or ()):
            if not _is_ever_open(shift, scenario.day):
                message = (
                    _("never on the phones while the hotline is open, {open} to {close}")
                    if shift.present
                    else _("never on the phones for breaks while the hotline is open, {open} to {close}")
                )
                hours = {"open": clock_text(scenario.day.open), "close": clock_text(scenario.day.close)}
                yield f"pools.{name}.shifts.{index}", message.format(**hours)


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
            yield f"pools.{name}.absence", _("an absence of 100% leaves nobody on the phones")
        elif not scenario.peak(name):
            message = _(
                "a shrinkage of {shrinkage:.0%} leaves nobody on the phones: "
                "what is left of {rostered:g} makes no whole agent"
            )
            given = message.format(shrinkage=pool.shrinkage, rostered=rostered)
            yield f"pools.{name}.shrinkage", given


def _few_lines(scenario: Scenario) -> Warnings:
    if scenario.lines is None:
        return
    phoned = {name for name, tier in scenario.tiers.items() if tier.channel == "phone"}
    if not phoned:
        yield "lines", _("no tier phones, so no line is ever taken")
    pools = [name for name, pool in scenario.pools.items() if phoned & pool.serves.keys()]
    agents = sum(scenario.peak(name) for name in pools)
    if phoned and scenario.lines < agents:
        message = _("{lines} lines for {agents} agents at the peak: so many can never talk at a time")
        yield "lines", message.format(lines=scenario.lines, agents=agents)


CHECKS: tuple[Check, ...] = (
    _hopeless_tiers,
    _workless_pools,
    _reserved_agents,
    _reversed_reserve,
    _priorities_of_pools,
    _never_away,
    _one_roster,
    _shifts_outside,
    _nobody_left,
    _few_lines,
)
