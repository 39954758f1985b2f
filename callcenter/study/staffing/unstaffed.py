"""Hours without anybody: when calls are expected and nobody who serves them is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple

from callcenter.clock import clock_text
from callcenter.demand import Loads
from callcenter.demand.days import Span
from callcenter.demand.gaps import gaps, serving
from callcenter.scenario import Scenario


class Unstaffed(NamedTuple):
    """A stretch of the day in which nobody is there who serves some tiers."""

    span: Span
    """From, to, in seconds of the day."""
    tiers: tuple[str, ...]
    pools: tuple[str, ...]
    """Those that were to be staffed and serve one of the tiers."""
    calls: float
    """Of these tiers that are expected then on such a day."""
    days: tuple[int, ...]
    """Counted from 0."""

    def as_dict(self) -> dict[str, Any]:
        """Return everything as plain data."""
        start, end = map(clock_text, self.span)
        return {
            "from": start,
            "to": end,
            "tiers": list(self.tiers),
            "pools": list(self.pools),
            "calls": self.calls,
            "days": [day + 1 for day in self.days],
        }


def unstaffed(scenario: Scenario, searched: Collection[str] = ()) -> list[Unstaffed]:
    """Return the stretches without anybody, in order; only of tiers that the pools searched serve.

    Without any, all pools were.  Times are exact: a break that everybody takes at once is a stretch, too.
    """
    pools = list(searched or scenario.pools)
    by_span: dict[tuple[tuple[int, ...], Span], dict[str, float]] = defaultdict(dict)
    for gap in gaps(Loads(scenario)):
        if set(serving(scenario, gap.tier)) & set(pools):
            for span, calls in zip(gap.spans, gap.by_span, strict=True):
                by_span[gap.days, span][gap.tier] = calls
    return [
        Unstaffed(span, tuple(calls), _serving_some(scenario, pools, calls), sum(calls.values()), days)
        for (days, span), calls in sorted(by_span.items(), key=lambda each: each[0])
    ]


def _serving_some(scenario: Scenario, pools: list[str], tiers: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in pools if set(scenario.pools[name].serves) & set(tiers))
