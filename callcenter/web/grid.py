"""The day as a grid of numbers: calls and agents by interval, and the changes that an edited grid makes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from callcenter.clock import clock_text
from callcenter.language import gettext as _
from callcenter.scenario import Scenario
from callcenter.scenario.parts.by_day import ByDay


class Column(NamedTuple):
    """One series of the scenario."""

    path: str
    label: str
    values: tuple[float, ...]


def columns_of(scenario: Scenario) -> list[Column]:
    """Return calls and agents of a scenario, those that are the same every day."""
    return list(_series(scenario))


def _series(scenario: Scenario) -> Iterator[Column]:
    demand = scenario.demand
    if demand.calls is not None and not isinstance(demand.calls, ByDay):
        yield Column("demand.calls", _("Calls"), demand.calls)
    for name, tier in (demand.tiers or {}).items():
        if not isinstance(tier.calls, ByDay):
            label = _("Calls: {tier}").format(tier=name)
            yield Column(f"demand.tiers.{name}.calls", label, tier.calls)
    for name, pool in scenario.pools.items():
        if pool.agents is not None and not isinstance(pool.agents, ByDay):
            label = _("Agents: {pool}").format(pool=name)
            yield Column(f"pools.{name}.agents", label, pool.agents)


def starts(scenario: Scenario) -> list[str]:
    """Return when each interval begins: `08:30`."""
    day = scenario.day
    return [clock_text(day.open + number * day.interval) for number in range(day.intervals)]


def edited(columns: Sequence[Column], values: Mapping[str, Sequence[object]]) -> dict[str, object]:
    """Return the series that were changed, by dotted path, from the values of each column by its path.

    An empty cell, or one that is no number of calls or agents, stays as it was.
    """
    changes: dict[str, object] = {}
    for column in columns:
        pairs = zip(values[column.path], column.values, strict=True)
        series = [_number(value, before) for value, before in pairs]
        if series != [float(value) for value in column.values]:
            changes[column.path] = [int(value) if value.is_integer() else value for value in series]
    return changes


def _number(value: object, before: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        return float(before)
    return float(value)
