"""What the sliders of the page stand for, and the dotted changes to a scenario that they make.

Knobs at rest change nothing: the variant is then the scenario as written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from callcenter.scenario import Never, Scenario
from callcenter.scenario.parts.by_day import ByDay, each_value
from callcenter.scenario.parts.series import level
from callcenter.scenario.values import round_half_up

AS_WRITTEN = 100
"""Percent of what the scenario says."""

Change = tuple[str, object]
"""A dotted path and its new value."""


@dataclass(frozen=True)
class Knobs:
    """Where the sliders stand; factors are percent of what the scenario says."""

    volume: int = AS_WRITTEN
    handle_time: int = AS_WRITTEN
    patience: int = AS_WRITTEN
    staffing: int = AS_WRITTEN
    """Agents of all pools."""
    agents: Mapping[str, int] = field(default_factory=dict)
    """More (or fewer) agents by pool, in every interval that has any."""
    shifts: Mapping[str, int] = field(default_factory=dict)
    """Percent by pool that works in shifts."""
    called_back: frozenset[str] | None = None
    """Tiers whose lost calls are called back; None: as written."""
    callback_share: int | None = None
    """Percent of those calls that leave a record; None: as written."""
    callback_idle: Mapping[str, int] = field(default_factory=dict)
    """Idle agents that a pool keeps for live calls while it works callbacks."""
    priorities: Mapping[str, int] = field(default_factory=dict)
    reserve: bool = True
    """Whether agents are kept idle for the tiers that go first, as written."""


def changes(scenario: Scenario, knobs: Knobs) -> dict[str, object]:
    """Return what the knobs change, by dotted path, as for `Scenario.with_` and `--set`; empty at rest."""
    parts = (_demand, _staffing, _handle_time, _patience, _callbacks, _priorities)
    return dict(change for part in parts for change in part(scenario, knobs))


def _demand(scenario: Scenario, knobs: Knobs) -> Iterator[Change]:
    if knobs.volume != AS_WRITTEN:
        yield "demand.volume", _percent_of(scenario.demand.volume, knobs.volume)


def _staffing(scenario: Scenario, knobs: Knobs) -> Iterator[Change]:
    for name, pool in scenario.pools.items():
        if pool.agents is None:
            percent = _percent_of(knobs.staffing / 100, knobs.shifts.get(name, AS_WRITTEN))
            if percent != 1:
                yield f"pools.{name}.shifts", {"scale": percent}
            continue
        if isinstance(pool.agents, ByDay):
            yield from _staffing_by_day(scenario, name, knobs)
            continue
        agents = [_staffed(number, knobs.staffing, knobs.agents.get(name, 0)) for number in pool.agents]
        if agents != list(pool.agents):
            yield f"pools.{name}.agents", agents


def _staffing_by_day(scenario: Scenario, name: str, knobs: Knobs) -> Iterator[Change]:
    written = scenario.to_dict()["pools"][name]["agents"]
    more = knobs.agents.get(name, 0)
    agents = each_value(written, lambda number, _place: _staffed(level(number), knobs.staffing, more))
    if (knobs.staffing, more) != (AS_WRITTEN, 0):
        yield f"pools.{name}.agents", agents


def _staffed(agents: float, percent: int, more: int) -> int:
    """Return the agents of an interval; none where there were none."""
    return max(0, round_half_up(agents * percent / 100) + more) if agents else 0


def _handle_time(scenario: Scenario, knobs: Knobs) -> Iterator[Change]:
    """Yield the speed of every pool: talk, wrap-up and callbacks take longer by it (rule R1b)."""
    if knobs.handle_time == AS_WRITTEN:
        return
    for name, pool in scenario.pools.items():
        yield f"pools.{name}.speed", _percent_of(pool.speed, knobs.handle_time)
        for tier, serve in pool.serves.items():
            if serve.speed is not None:
                yield f"pools.{name}.serves.{tier}.speed", _percent_of(serve.speed, knobs.handle_time)


def _patience(scenario: Scenario, knobs: Knobs) -> Iterator[Change]:
    if knobs.patience == AS_WRITTEN:
        return
    written: Mapping[str, Any] = scenario.to_dict()["tiers"]
    for name, tier in scenario.tiers.items():
        if not isinstance(tier.patience, Never):
            yield from _scaled(f"tiers.{name}.patience", written[name]["patience"], knobs.patience / 100)


def _scaled(path: str, written: object, factor: float) -> Iterator[Change]:
    """Yield what multiplies every draw of a distribution, limits included, and keeps the draws themselves."""
    scale = {"scale": factor}
    if not isinstance(written, Mapping):
        yield path, scale
        return
    yield f"{path}.per_interval", scale if "per_interval" in written else factor
    for limit in ("at_least", "at_most"):
        if limit in written:
            yield f"{path}.{limit}", scale


def _callbacks(scenario: Scenario, knobs: Knobs) -> Iterator[Change]:
    written = owed(scenario)
    called_back = written if knobs.called_back is None else knobs.called_back
    for name in scenario.tiers:
        if name in written - called_back:
            yield f"tiers.{name}.callback", "none"
        elif name in called_back:
            yield from _called_back(f"tiers.{name}.callback", name not in written, knobs.callback_share)
    for name, pool in scenario.pools.items():
        idle = knobs.callback_idle.get(name)
        if pool.callbacks is not None and idle is not None and idle != pool.callbacks.keep_idle:
            yield f"pools.{name}.callbacks.keep_idle", idle


def _called_back(path: str, is_new: bool, percent: int | None) -> Iterator[Change]:
    if is_new:
        yield path, {"on": ["abandoned"]} | ({} if percent is None else {"share": percent / 100})
    elif percent is not None:
        yield f"{path}.share", percent / 100


def owed(scenario: Scenario) -> frozenset[str]:
    """Return the tiers whose lost calls are called back."""
    return frozenset(name for name, tier in scenario.tiers.items() if tier.callback is not None)


def _priorities(scenario: Scenario, knobs: Knobs) -> Iterator[Change]:
    for name, tier in scenario.tiers.items():
        priority = knobs.priorities.get(name, tier.priority)
        if priority != tier.priority:
            yield f"tiers.{name}.priority", priority
    if not knobs.reserve:
        for pool, tier_name in reserves(scenario):
            yield f"pools.{pool}.serves.{tier_name}.keep_idle", 0


def reserves(scenario: Scenario) -> list[tuple[str, str]]:
    """Return the pools that keep agents idle, each with a tier whose calls must leave them free."""
    return [
        (name, tier)
        for name, pool in scenario.pools.items()
        for tier, serve in pool.serves.items()
        if serve.keep_idle
    ]


def _percent_of(figure: float, percent: float) -> float:
    """Return a percentage of a figure, rounded so that a person can read it."""
    return round(figure * percent / 100, 12)
