"""What targets are compared by: the measure itself, the days on which it holds, or the worst interval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.measure.joint import joint_days
from callcenter.measure.replicated import Replicated
from callcenter.measure.targets import Judged, judged, windows_of
from callcenter.measure.thresholds import within_of
from callcenter.scenario import Goal, Scenario
from callcenter.study.differences.contrasts import Sample, sample_of_ratio, sample_of_share
from callcenter.study.differences.figure import Figure
from callcenter.study.differences.kept_days import KeptDays
from callcenter.study.differences.worst import Worst
from callcenter.study.result import Result
from callcenter.totals import ALL

TARGET = "target:"
"""Begins the name of a figure that is a target, in no language: `target:mean_wait:busiest_hour`."""

JOINT = f"{TARGET}all:day"
"""The share of days on which all targets hold."""

Key = tuple[str, str]
"""What a figure is of, and its name."""


class Promised(NamedTuple):
    """A target as it is compared."""

    figure: Figure
    entry: Mapping[str, Any] | None
    """What the summary says of it; None of all targets together."""


def is_target(figure: str) -> bool:
    """Whether a figure is a target, or all of them."""
    return figure.startswith(TARGET)


def counts_days(figure: str) -> bool:
    """Whether a figure is a share of days."""
    return figure.endswith(":day")


def is_seconds(figure: str) -> bool:
    """Whether a figure is a time."""
    return figure.startswith(f"{TARGET}mean_wait") and not counts_days(figure)


def promised(result: Result, like: Scenario) -> dict[Key, Promised]:
    """Return every target that is no plain answer rate of a tier, then all together.

    ``like`` is the scenario whose definition of the answer rate is used; for all together each has its own.
    """
    scenario, replicated = result.scenario, Replicated(result.scenario, result.tallies)
    own, defined = judged(scenario, replicated), _defined_like(scenario, like)
    targets = own if defined is scenario else judged(defined, replicated)
    promised: dict[Key, Promised] = {}
    for target, entry in zip(targets, result.summary["targets"], strict=True):
        figure = None if _is_of_tier(scenario, target.goal) else _figure(defined, replicated, target)
        if figure is not None:
            promised.setdefault(key_of(scenario, target.goal), Promised(figure, entry))
    if own:
        promised[ALL, JOINT] = Promised(KeptDays(joint_days(own)), None)
    return promised


def _defined_like(scenario: Scenario, like: Scenario) -> Scenario:
    if scenario.service_level == like.service_level:
        return scenario
    return scenario.model_copy(update={"service_level": like.service_level})


def key_of(scenario: Scenario, goal: Goal) -> Key:
    """Return what a target is of and its name: those of the same name are the same figure.

    A share of days is another one with another bound; a measure is not.
    """
    within = within_of(scenario, goal)
    measure = goal.measure if within is None else f"{goal.measure}_{within:g}s"
    if goal.after is not None:
        measure = f"{measure}_after_{goal.after:g}s"
    period = [] if goal.over == "day" else [goal.over]
    days = [f"{goal.bound:g}", *period, "day"] if goal.counts_days else period
    return goal.pool or ", ".join(goal.tiers), TARGET + ":".join([measure, *days])


def _is_of_tier(scenario: Scenario, goal: Goal) -> bool:
    """Whether the answer rate of its tier says it already."""
    if goal.measure != "answered" or goal.over != "run" or len(goal.tiers) != 1:
        return False
    own = scenario.tiers[goal.tiers[0]].target
    return own is not None and own.within == goal.within


def _figure(scenario: Scenario, replicated: Replicated, target: Judged) -> Figure | None:
    """Return what a target is compared by; None of an interval target where nobody ever called."""
    goal = target.goal
    if goal.counts_days:
        return KeptDays(target.holds)
    amounts, units = (part.sum(axis=1) for part in windows_of(scenario, replicated, goal))
    if goal.over != "interval":
        return _sample(goal, amounts[:, 0], units[:, 0])
    known = [_sample(goal, *counts) for counts in _busy(amounts, units)]
    return (
        Worst(tuple(known), goal.at_least, np.inf if goal.measure == "mean_wait" else 1.0) if known else None
    )


def _busy(amounts: npt.NDArray[Any], units: npt.NDArray[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield numerators and denominators of the intervals in which there was anything to judge."""
    return ((a, u) for a, u in zip(amounts.T, units.T, strict=True) if u.any())


def _sample(goal: Goal, amounts: npt.NDArray[Any], units: npt.NDArray[Any]) -> Sample:
    is_of_calls = goal.measure not in ("mean_wait", "occupancy")
    return (sample_of_share if is_of_calls else sample_of_ratio)((amounts, units))
