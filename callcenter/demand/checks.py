"""What the load of a scenario shows that its planner probably did not mean: `check` and `run` print it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from callcenter.demand.days import Span, break_spans, days_alike, joined, kind_of_day, rota_of_day
from callcenter.demand.gaps import gaps, serving, span_of, waiting
from callcenter.demand.load import Loads
from callcenter.demand.times import listed, times_text, when_text
from callcenter.language import gettext as _
from callcenter.language import ngettext
from callcenter.scenario import Scenario
from callcenter.scenario.checks import warnings as of_scenario
from callcenter.scenario.parts.staffing import mean_staffing

FAR = 1.2
"""Erlangs for each agent from where on a sixth of the calls and more are lost, whatever the callers do."""

Warnings = Iterator[tuple[str, str]]
"""Paths and sentences."""


def warnings(scenario: Scenario) -> list[str]:
    """Return one sentence for each thing in a valid scenario that its planner probably did not mean."""
    return [*of_scenario(scenario), *load_warnings(scenario)]


def load_warnings(scenario: Scenario) -> list[str]:
    """Return those that make its figures useless: nobody calls, nobody serves, far too few agents."""
    loads = Loads(scenario)
    return [f"{path}: {sentence}" for check in CHECKS for path, sentence in check(loads)]


def _overload(loads: Loads) -> Warnings:
    """Yield a warning where callers who never give up bring more work than all agents can do."""
    scenario = loads.scenario
    staying = [name for name in scenario.tiers if math.isinf(_longest_patience(loads, name))]
    work = math.fsum(_agent_seconds(loads, name) for name in staying)
    staffed = scenario.day.interval * math.fsum(
        math.fsum(scenario.staffed(name)) * (1 - pool.absence) for name, pool in scenario.pools.items()
    )
    if work > staffed > 0:
        is_deferred = any(
            scenario.tiers[name].channel == "deferred" and loads.calls(name) for name in staying
        )
        message = (
            _(
                "deferred work and callers who never give up bring {work:.3g} h of work a day "
                "for {staffed:.3g} agent hours; add agents"
            )
            if is_deferred
            else _(
                "callers who never give up bring {work:.3g} h of work a day "
                "for {staffed:.3g} agent hours; add `patience`"
            )
        )
        yield "pools", message.format(work=work / 3600, staffed=staffed / 3600)


def _longest_patience(loads: Loads, tier: str) -> float:
    return max(loads.of(tier, interval).patience_s for interval in range(loads.scenario.day.intervals))


def _agent_seconds(loads: Loads, tier: str) -> float:
    lines = (loads.of(tier, interval) for interval in range(loads.scenario.day.intervals))
    return math.fsum(line.calls * line.handle_s for line in lines)


def _unserved(loads: Loads) -> Warnings:
    """Yield a warning for each tier of whom nobody is there at times when somebody calls."""
    scenario = loads.scenario
    for gap in gaps(loads):
        pools = (scenario.pools[name] for name in serving(scenario, gap.tier) if scenario.peak(name))
        if all(pool.absence == 1 for pool in pools):
            continue  # at no time at all, which is another warning
        when = when_text(scenario, gap.spans, gap.days)
        yield f"tiers.{gap.tier}", _expected(gap.calls).format(when=when, calls=gap.calls)


def _on_breaks(loads: Loads) -> Warnings:
    """Yield a warning for each pool whose agents all take a break at once."""
    scenario = loads.scenario
    live = set(waiting(loads))
    for name, pool in scenario.pools.items():

        def away(day: int, name: str = name) -> Iterable[Span]:
            return break_spans(scenario, name, day)

        for days, spans in days_alike(scenario, away) if live & set(pool.serves) and pool.shifts else ():
            message = _("everybody is on a break at once {when}; let agents take turns")
            yield f"pools.{name}.shifts", message.format(when=when_text(scenario, spans, days))


def _far_above(loads: Loads) -> Warnings:
    """Yield a warning for tiers, together or alone, with far more work than those who serve them can do."""
    scenario = loads.scenario
    agents = _agents(scenario)
    warned: dict[str, list[Span]] = defaultdict(list)
    for tiers in [*_groups(loads), *([name] for name in waiting(loads))]:
        spans, most, staffed = _too_much(loads, tiers, agents)
        new = [span for span in spans if not all(span in warned[tier] for tier in tiers)]
        for tier in tiers:
            warned[tier] += spans
        if new:
            together = _(
                "the calls of {tiers} are up to {most:,.3g} Erlang for {agents} {when}; "
                "check `demand`, `talk` and `agents`"
            )
            alone = _(
                "its calls are up to {most:,.3g} Erlang for {agents} {when}; "
                "check `demand`, `talk` and `agents`"
            )
            path, message = ("pools", together) if len(tiers) > 1 else (f"tiers.{tiers[0]}", alone)
            when = times_text(joined(spans))
            yield path, message.format(tiers=listed(tiers), most=most, agents=_heads(staffed), when=when)


def _too_much(
    loads: Loads, tiers: Sequence[str], agents: Mapping[str, Sequence[float]]
) -> tuple[list[Span], float, float]:
    """Return when the busiest day brings too much, and the Erlangs and the agents at the worst."""
    scenario, day = loads.scenario, loads.busiest_day()
    pools = {pool for tier in tiers for pool in serving(scenario, tier)}
    over = {}
    for interval in range(scenario.day.intervals):
        erlangs = math.fsum(loads.of(tier, interval, day).erlangs for tier in tiers)
        staffed = math.fsum(agents[pool][interval] for pool in pools)
        if erlangs > FAR * staffed > 0:
            over[interval] = erlangs, staffed
    erlangs, staffed = max(over.values(), key=lambda pair: pair[0] / pair[1], default=(0.0, 0.0))
    return [span_of(scenario, interval) for interval in over], erlangs, staffed


def _groups(loads: Loads) -> Iterator[list[str]]:
    """Yield the tiers that hang together because pools serve several, where they are more than one."""
    left = waiting(loads)
    while left:
        group = [left.pop(0)]
        for name in group:
            pools = set(serving(loads.scenario, name))
            near = [other for other in left if pools & set(serving(loads.scenario, other))]
            group += near
            left = [other for other in left if other not in near]
        if len(group) > 1:
            yield group


def _agents(scenario: Scenario) -> dict[str, list[float]]:
    """Return the agents on the phones by pool and interval, on the day that has the most of them."""
    return {
        name: [(1 - pool.absence) * max(figures) for figures in zip(*_levels(scenario, name), strict=True)]
        for name, pool in scenario.pools.items()
    }


def _levels(scenario: Scenario, pool: str) -> set[tuple[float, ...]]:
    kinds = {kind_of_day(scenario, day): day for day in range(scenario.days)}
    return {mean_staffing(rota_of_day(scenario, pool, day)) for day in kinds.values()}


def _heads(agents: float) -> str:
    return ngettext("{n} agent", "{n} agents", agents).format(n=f"{agents:,.3g}")


def _expected(calls: float) -> str:
    if round(calls) == 1:
        return _("nobody serves it {when}, when a call is expected; add agents then, or move breaks")
    if calls > 1:
        return _(
            "nobody serves it {when}, when {calls:,.0f} calls are expected; add agents then, or move breaks"
        )
    return _("nobody serves it {when}, when calls are expected; add agents then, or move breaks")


CHECKS: tuple[Callable[[Loads], Warnings], ...] = (_overload, _unserved, _on_breaks, _far_above)
