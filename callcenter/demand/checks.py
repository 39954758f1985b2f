"""What the load of a scenario shows that its planner probably did not mean: `check` and `run` print it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from callcenter.clock import clock_text
from callcenter.demand.days import Span, break_spans, joined, kind_of_day, rota_of_day, staffed_spans, without
from callcenter.demand.load import Loads
from callcenter.language import gettext as _
from callcenter.language import ngettext
from callcenter.scenario import Scenario
from callcenter.scenario.checks import warnings as of_scenario
from callcenter.scenario.parts.calendar import dates_text
from callcenter.scenario.parts.staffing import mean_staffing

FAR = 1.2
"""Erlangs for each agent from where on a sixth of the calls and more are lost, whatever the callers do."""

MOST_SPANS = 4
"""Times that a sentence lists."""

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
    for tier in _live(loads):
        pools = _serving(scenario, tier)
        if not any(scenario.peak(pool) for pool in pools if scenario.pools[pool].absence < 1):
            continue  # at no time at all, which is another warning

        def gaps(day: int, tier: str = tier, pools: Sequence[str] = pools) -> Iterable[Span]:
            return without(_called(loads, tier, day), staffed_spans(scenario, pools, day), scenario)

        for days, spans, which in _by_day(scenario, gaps):
            day = which if loads.differ_by_interval else None
            calls = math.fsum(_calls_within(loads, tier, span, day) for span in spans)
            yield f"tiers.{tier}", _expected(calls).format(when=_when(spans, days), calls=calls)


def _on_breaks(loads: Loads) -> Warnings:
    """Yield a warning for each pool whose agents all take a break at once."""
    scenario = loads.scenario
    live = set(_live(loads))
    for name, pool in scenario.pools.items():

        def away(day: int, name: str = name) -> Iterable[Span]:
            return break_spans(scenario, name, day)

        for days, spans, _day in _by_day(scenario, away) if live & set(pool.serves) and pool.shifts else ():
            message = _("everybody is on a break at once {when}; let agents take turns")
            yield f"pools.{name}.shifts", message.format(when=_when(spans, days))


def _far_above(loads: Loads) -> Warnings:
    """Yield a warning for tiers, together or alone, with far more work than those who serve them can do."""
    scenario = loads.scenario
    agents = _agents(scenario)
    warned: dict[str, list[Span]] = defaultdict(list)
    for tiers in [*_groups(loads), *([name] for name in _live(loads))]:
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
            when = _times(joined(spans))
            yield path, message.format(tiers=_listed(tiers), most=most, agents=_heads(staffed), when=when)


def _too_much(
    loads: Loads, tiers: Sequence[str], agents: Mapping[str, Sequence[float]]
) -> tuple[list[Span], float, float]:
    """Return when the busiest day brings too much, and the Erlangs and the agents at the worst."""
    scenario, day = loads.scenario, loads.busiest_day()
    pools = {pool for tier in tiers for pool in _serving(scenario, tier)}
    over = {}
    for interval in range(scenario.day.intervals):
        erlangs = math.fsum(loads.of(tier, interval, day).erlangs for tier in tiers)
        staffed = math.fsum(agents[pool][interval] for pool in pools)
        if erlangs > FAR * staffed > 0:
            over[interval] = erlangs, staffed
    erlangs, staffed = max(over.values(), key=lambda pair: pair[0] / pair[1], default=(0.0, 0.0))
    return [_span(scenario, interval) for interval in over], erlangs, staffed


def _groups(loads: Loads) -> Iterator[list[str]]:
    """Yield the tiers that hang together because pools serve several, where they are more than one."""
    left = _live(loads)
    while left:
        group = [left.pop(0)]
        for name in group:
            pools = set(_serving(loads.scenario, name))
            near = [other for other in left if pools & set(_serving(loads.scenario, other))]
            group += near
            left = [other for other in left if other not in near]
        if len(group) > 1:
            yield group


def _live(loads: Loads) -> list[str]:
    """Return the tiers whose callers wait, as long as any call."""
    tiers = loads.scenario.tiers.items()
    return [name for name, tier in tiers if tier.channel != "deferred" and loads.calls(name)]


def _serving(scenario: Scenario, tier: str) -> list[str]:
    return [name for name, pool in scenario.pools.items() if tier in pool.serves]


def _agents(scenario: Scenario) -> dict[str, list[float]]:
    """Return the agents on the phones by pool and interval, on the day that has the most of them."""
    return {
        name: [(1 - pool.absence) * max(figures) for figures in zip(*_levels(scenario, name), strict=True)]
        for name, pool in scenario.pools.items()
    }


def _levels(scenario: Scenario, pool: str) -> set[tuple[float, ...]]:
    kinds = {kind_of_day(scenario, day): day for day in range(scenario.days)}
    return {mean_staffing(rota_of_day(scenario, pool, day)) for day in kinds.values()}


def _called(loads: Loads, tier: str, day: int) -> list[Span]:
    """Return when calls of a tier are expected on a day, the mean one where its calls are not its own."""
    intervals = range(loads.scenario.day.intervals)
    own = day if loads.differ_by_interval else None
    return joined(
        _span(loads.scenario, interval) for interval in intervals if loads.of(tier, interval, own).calls
    )


def _span(scenario: Scenario, interval: int) -> Span:
    start = scenario.day.open + interval * scenario.day.interval
    return start, start + scenario.day.interval


def _calls_within(loads: Loads, tier: str, span: Span, day: int | None) -> float:
    scenario = loads.scenario
    parts = (
        (min(span[1], end) - max(span[0], start), loads.of(tier, interval, day).calls)
        for interval in range(scenario.day.intervals)
        for start, end in [_span(scenario, interval)]
    )
    return math.fsum(max(0.0, seconds) * calls / scenario.day.interval for seconds, calls in parts)


def _by_day(
    scenario: Scenario, spans_of: Callable[[int], Iterable[Span]]
) -> Iterator[tuple[str, list[Span], int]]:
    """Yield the days of the same spans in words, those, and the first such day; nothing where none are."""
    kinds = [kind_of_day(scenario, day) for day in range(scenario.days)]
    known = {kind: tuple(joined(spans_of(kinds.index(kind)))) for kind in set(kinds)}
    by_day = sorted(range(scenario.days), key=lambda day: (known[kinds[day]], day))
    for spans, group in groupby(by_day, lambda day: known[kinds[day]]):
        days = [day + 1 for day in group]
        if spans:
            yield "" if len(days) == scenario.days else _day_list(scenario, days), list(spans), days[0] - 1


def _day_list(scenario: Scenario, days: Sequence[int]) -> str:
    if scenario.day.date is not None:
        return dates_text([date for day in days if (date := scenario.date_of(day - 1)) is not None])
    if len(days) > MOST_SPANS:
        return _("{count} days, first on day {first}").format(count=len(days), first=days[0])
    return ngettext("day {days}", "days {days}", len(days)).format(days=_listed([str(day) for day in days]))


def _when(spans: Sequence[Span], days: str) -> str:
    return _("{times} on {days}").format(times=_times(spans), days=days) if days else _times(spans)


def _times(spans: Sequence[Span]) -> str:
    times = [
        _("{start} to {end}").format(start=clock_text(start), end=clock_text(end))
        for start, end in spans[:MOST_SPANS]
    ]
    more = len(spans) - MOST_SPANS
    if more > 0:
        return _("from {times} and {more} more times").format(times=_(", ").join(times), more=more)
    return _("from {times}").format(times=_listed(times))


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


def _listed(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return _("{names} and {last}").format(names=_(", ").join(names[:-1]), last=names[-1])


CHECKS: tuple[Callable[[Loads], Warnings], ...] = (_overload, _unserved, _on_breaks, _far_above)
