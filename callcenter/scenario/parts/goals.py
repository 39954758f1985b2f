"""All that a scenario promises, target by target, wherever it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple, TypeVar

from callcenter.scenario.part import Context
from callcenter.scenario.parts.measures import AT_LEAST, Measure, Period
from callcenter.scenario.parts.targets import (
    Judged,
    Measured,
    PoolTarget,
    PresetTarget,
    SharedTarget,
    Target,
    TierTarget,
)
from callcenter.scenario.presets import preset

T = TypeVar("T", bound=TierTarget)


class Goal(NamedTuple):
    """One target of a scenario, wherever it is written."""

    path: str
    measure: Measure
    bound: float
    within: float | None
    over: Period
    on: float | None
    """Share of days on which it must hold; None: it is no matter of days, or every day where it is."""
    tiers: tuple[str, ...]
    pool: str = ""
    preset: str = ""
    after: float | None = None
    """Of `abandoned`: who hangs up within so many seconds is left out."""

    @property
    def at_least(self) -> bool:
        """Whether the bound is the least, not the most."""
        return self.measure in AT_LEAST

    @property
    def is_plain(self) -> bool:
        """Whether it is what the short form says: a share answered in time, over the run."""
        return self.measure == "answered" and self.over == "run" and not self.preset

    @property
    def counts_days(self) -> bool:
        """Whether days are counted on which it holds."""
        return self.over == "day" or self.on is not None


KEPT = 1024
"""Tiers and pools whose targets are read once: searches ask for them at every trial."""


@lru_cache(KEPT)
def tier_goals(
    path: str, tier: str, target: Target | PresetTarget | None, several: tuple[TierTarget, ...]
) -> tuple[Goal, ...]:
    """Return the targets of one tier."""
    if isinstance(target, Target):
        return (Goal(f"{path}.target", "answered", target.share, target.within, "run", None, (tier,)),)
    if isinstance(target, PresetTarget):
        return tuple(_of_preset(f"{path}.target", target, target.preset, (tier,)))
    return tuple(_goals(f"{path}.targets", several, lambda _: (tier,)))


@lru_cache(KEPT)
def shared_goals(targets: tuple[SharedTarget, ...], tiers: tuple[str, ...]) -> tuple[Goal, ...]:
    """Return the targets of several tiers together."""
    return tuple(_goals("targets", targets, lambda each: each.tiers or tiers))


@lru_cache(KEPT)
def pool_goals(path: str, pool: str, targets: tuple[PoolTarget, ...]) -> tuple[Goal, ...]:
    """Return the targets of one pool."""
    return tuple(_goal(f"{path}.targets.{index}", each, (), pool=pool) for index, each in enumerate(targets))


def _goals(path: str, targets: tuple[T, ...], tiers_of: Callable[[T], tuple[str, ...]]) -> Iterator[Goal]:
    for index, each in enumerate(targets):
        if each.preset is None:
            yield _goal(f"{path}.{index}", each, tiers_of(each))
        else:
            yield from _of_preset(f"{path}.{index}", each, each.preset, tiers_of(each))


def _of_preset(path: str, judged: Judged, name: str, tiers: tuple[str, ...]) -> Iterator[Goal]:
    """Yield what a published rule asks, judged as the scenario says where it says so."""
    for rule in preset(name).targets:
        goal = _goal(path, TierTarget.model_validate(rule, context=Context()), tiers, preset=name)
        is_said = judged.over is not None or judged.on is not None
        yield goal._replace(over=judged.period, on=judged.on) if is_said else goal


def _goal(path: str, target: Measured, tiers: tuple[str, ...], pool: str = "", preset: str = "") -> Goal:
    within, after = getattr(target, "within", None), getattr(target, "after", None)
    return Goal(
        path, target.measure, target.bound, within, target.period, target.on, tiers, pool, preset, after
    )


def threshold(goals: tuple[Goal, ...]) -> Target | None:
    """Return the promise that figures with one threshold show: the first one about answers in time."""
    for goal in goals:
        if goal.measure == "answered" and goal.within is not None:
            return Target.model_construct(within=goal.within, share=goal.bound)
    return None
