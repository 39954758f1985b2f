"""Who is on the phones on one day: spans and means, day by day, where rosters differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from callcenter.scenario import Scenario
from callcenter.scenario.parts.by_day import ByDay
from callcenter.scenario.parts.shifts import Shift
from callcenter.scenario.parts.staffing import Rota, open_levels, rota

Span = tuple[float, float]
"""From, to, in seconds of the day."""


def rota_of_day(scenario: Scenario, pool: str, day: int) -> Rota:
    """Return the rota of a pool as if a day, counted from 0, were the only one: day 1, after day 0."""
    each = scenario.pools[pool]
    shifts = tuple(
        shift.model_copy(update={"days": tuple(one for one in (0, 1) if shift.works_on(day + one))})
        for shift in each.shifts or ()
    )
    whole = rota(each, scenario.day, 1)._replace(shifts=shifts)
    of_day = each.agents.on(day) if isinstance(each.agents, ByDay) else None
    return whole if of_day is None else whole._replace(agents=(of_day,))


def kind_of_day(scenario: Scenario, day: int) -> tuple[object, ...]:
    """Return what is alike for days of the same rosters and calls.

    These are the shifts that begin that day and the day before, agents and calls that differ from day to day.
    """
    limited = [shift for pool in scenario.pools.values() for shift in pool.shifts or () if shift.days]
    demand = scenario.demand
    calls = [demand.calls, *(tier.calls for tier in (demand.tiers or {}).values())]
    series = [*calls, *(pool.agents for pool in scenario.pools.values())]
    return (
        *(shift.works_on(day + one) for shift in limited for one in (0, 1)),
        *(each.on(day) for each in series if isinstance(each, ByDay)),
    )


def staffed_spans(scenario: Scenario, pools: Iterable[str], day: int) -> list[Span]:
    """Return when at least one agent of these pools is on the phones, in order and joined."""
    return joined(
        (level.start, level.end)
        for pool in pools
        if scenario.pools[pool].absence < 1
        for level in open_levels(rota_of_day(scenario, pool, day))
    )


def break_spans(scenario: Scenario, pool: str, day: int) -> list[Span]:
    """Return when agents of a pool are at work, but all of them on a break."""
    shifts = rota_of_day(scenario, pool, day).shifts
    return list(without(joined(_at_work(shifts)), staffed_spans(scenario, [pool], day), scenario))


def _at_work(shifts: Iterable[Shift]) -> Iterator[Span]:
    """Yield the spans of shifts within the day, breaks left in, those of the evening before included."""
    for shift in shifts:
        for number, offset in ((1, 0.0), (0, 86_400.0)):
            if shift.agents and shift.present and shift.works_on(number):
                yield shift.start - offset, shift.start + shift.length - offset


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order of time, those that touch as one."""
    whole: list[Span] = []
    for start, end in sorted(spans):
        if whole and start <= whole[-1][1]:
            whole[-1] = whole[-1][0], max(end, whole[-1][1])
        else:
            whole.append((start, end))
    return whole


def without(spans: Iterable[Span], others: Iterable[Span], scenario: Scenario) -> Iterator[Span]:
    """Yield what is left of spans, inside the opening hours, when joined others are taken out."""
    rest = [(max(start, scenario.day.open), min(end, scenario.day.close)) for start, end in spans]
    for first, last in others:
        rest = [part for start, end in rest for part in ((start, min(end, first)), (max(start, last), end))]
    yield from ((start, end) for start, end in rest if start < end)


def days_alike(
    scenario: Scenario, spans_of: Callable[[int], Iterable[Span]]
) -> Iterator[tuple[list[int], list[Span]]]:
    """Yield the days, counted from 0, that have the same spans, and those; nothing where none are."""
    kinds = [kind_of_day(scenario, day) for day in range(scenario.days)]
    known = {kind: tuple(joined(spans_of(kinds.index(kind)))) for kind in set(kinds)}
    by_day = sorted(range(scenario.days), key=lambda day: (known[kinds[day]], day))
    for spans, group in groupby(by_day, lambda day: known[kinds[day]]):
        if spans:
            yield list(group), list(spans)
