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

    volume: float = AS_WRITTEN
    mix: Mapping[str, float] = field(default_factory=dict)
    """Percent of the calls that are of a tier; the others keep their proportions."""
    self_service: float | None = None
    """Percent of the calls that the IVR solves; None: as written."""
    handle_time: float = AS_WRITTEN
    handle_times: Mapping[str, float] = field(default_factory=dict)
    """By tier, on top of that of all."""
    patience: float = AS_WRITTEN
    staffing: float = AS_WRITTEN
    """Agents of all pools."""
    agents: Mapping[str, int] = field(default_factory=dict)
    """More (or fewer) agents by pool, in every interval that has any."""
    shifts: Mapping[str, float] = field(default_factory=dict)
    """Percent by pool that works in shifts."""
    absence: Mapping[str, float] = field(default_factory=dict)
    """Percent of a pool's agents who do not come."""
    shrinkage: Mapping[str, float] = field(default_factory=dict)
    """Percent of a pool's agents who are never on the phone."""
    called_back: frozenset[str] | None = None
    """Tiers whose lost calls are called back; None: as written."""
    callback_share: float | None = None
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
    written = scenario.demand.mix
    if written and any(_is_moved(written[tier], percent) for tier, percent in knobs.mix.items()):
        yield "demand.mix", mixed(written, knobs.mix)
    solved = knobs.self_service
    if scenario.ivr is not None and solved is not None and _is_moved(scenario.ivr.self_service, solved):
        yield "ivr.self_service", solved / 100


def _is_moved(share: float, percent: float) -> bool:
    return round(100 * share, 6) != percent


def mixed(written: Mapping[str, float], moved: Mapping[str, float]) -> dict[str, float]:
    """Return the shares of all tiers where some are moved to so many percent."""
    rest = max(0.0, 1 - sum(moved.values()) / 100)
    others = sum(share for tier, share in written.items() if tier not in moved)
    shares = {
        tier: moved[tier] / 100 if tier in moved else rest * share / others if others else 0.0
        for tier, share in written.items()
    }
    rounded = {tier: round(share, 6) for tier, share in shares.items()}
    largest = max(rounded, key=lambda tier: rounded[tier] * (tier not in moved))
    rounded[largest] = round(rounded[largest] + 1 - sum(rounded.values()), 6)
    return rounded


def _staffing(scenario: Scenario, knobs: Knobs) -> Iterator[Change]:
    for name, pool in scenario.pools.items():
        for key, written, moved in (
            ("absence", pool.absence, knobs.absence),
            ("shrinkage", pool.shrinkage, knobs.shrinkage),
        ):
            if name in moved and _is_moved(written, moved[name]):
                yield f"pools.{name}.{key}", moved[name] / 100
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


def _staffed(agents: float, percent: float, more: int) -> int:
    """Return the agents of an interval; none where there were none."""
    return max(0, round_half_up(agents * percent / 100) + more) if agents else 0


def _handle_time(scenario: Scenario, knobs: Knobs) -> Iterator[Change]:
    """Yield the speed of every pool: talk, wrap-up and callbacks take longer by it (rule R1b)."""
    for name, pool in scenario.pools.items():
        if knobs.handle_time != AS_WRITTEN:
            yield f"pools.{name}.speed", _percent_of(pool.speed, knobs.handle_time)
        for tier, serve in pool.serves.items():
            percent = knobs.handle_times.get(tier, AS_WRITTEN)
            own = knobs.handle_time != AS_WRITTEN and serve.speed is not None
            if own or percent != AS_WRITTEN:
                speed = pool.speed if serve.speed is None else serve.speed
                yield (
                    f"pools.{name}.serves.{tier}.speed",
                    _percent_of(speed, knobs.handle_time * percent / 100),
                )


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


def _called_back(path: str, is_new: bool, percent: float | None) -> Iterator[Change]:
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
