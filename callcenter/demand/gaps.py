"""Gaps: when calls of a tier are expected and nobody who serves it is there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from callcenter.demand.days import Span, days_alike, joined, staffed_spans, without
from callcenter.demand.load import Loads
from callcenter.scenario import Scenario


class Gap(NamedTuple):
    """When calls of a tier are expected and nobody who serves it is there, on days that are alike."""

    tier: str
    days: tuple[int, ...]
    """Counted from 0."""
    spans: tuple[Span, ...]
    by_span: tuple[float, ...]
    """Calls that are expected then on such a day."""

    @property
    def calls(self) -> float:
        """Return the calls that are expected on such a day while nobody is there."""
        return math.fsum(self.by_span)


def gaps(loads: Loads) -> Iterator[Gap]:
    """Yield the gaps of each tier whose callers wait, whether or not anybody is there at other times."""
    scenario = loads.scenario
    for tier in waiting(loads):
        pools = serving(scenario, tier)

        def spans_of(day: int, tier: str = tier, pools: Iterable[str] = pools) -> Iterable[Span]:
            return without(_called(loads, tier, day), staffed_spans(scenario, pools, day), scenario)

        for days, spans in days_alike(scenario, spans_of):
            day = days[0] if loads.differ_by_interval else None
            calls = tuple(_calls_within(loads, tier, span, day) for span in spans)
            yield Gap(tier, tuple(days), tuple(spans), calls)


def waiting(loads: Loads) -> list[str]:
    """Return the tiers whose callers wait, as long as any call."""
    tiers = loads.scenario.tiers.items()
    return [name for name, tier in tiers if tier.channel != "deferred" and loads.calls(name)]


def serving(scenario: Scenario, tier: str) -> list[str]:
    """Return the pools that serve a tier."""
    return [name for name, pool in scenario.pools.items() if tier in pool.serves]


def span_of(scenario: Scenario, interval: int) -> Span:
    """Return when an interval of the day begins and ends."""
    start = scenario.day.open + interval * scenario.day.interval
    return start, start + scenario.day.interval


def _called(loads: Loads, tier: str, day: int) -> list[Span]:
    """Return when calls of a tier are expected on a day, the mean one where its calls are not its own."""
    intervals = range(loads.scenario.day.intervals)
    own = day if loads.differ_by_interval else None
    return joined(
        span_of(loads.scenario, interval) for interval in intervals if loads.of(tier, interval, own).calls
    )


def _calls_within(loads: Loads, tier: str, span: Span, day: int | None) -> float:
    scenario = loads.scenario
    parts = (
        (min(span[1], end) - max(span[0], start), loads.of(tier, interval, day).calls)
        for interval in range(scenario.day.intervals)
        for start, end in [span_of(scenario, interval)]
    )
    return math.fsum(max(0.0, seconds) * calls / scenario.day.interval for seconds, calls in parts)
