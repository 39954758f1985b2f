"""The fewest agents that met every target, under each of the other conditions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from callcenter.measure import Summary
from callcenter.scenario.values import is_number
from callcenter.study.answers.points import (
    Judged,
    Roster,
    furthest_behind,
    margin,
    overall_verdict,
    roster,
)
from callcenter.study.designs.labels import label, point_label, scale

STAFFING = ("agents", "shrinkage")
"""Last names of the paths below `pools` that decide how many agents there are."""

MOST_ALONE = 6
"""Conditions that may have a single staffing each and still be compared by their agents."""


class Candidate(NamedTuple):
    """A point as it competes to be the answer."""

    number: int
    conditions: str
    """Label of what is varied beside the staffing; empty if nothing is."""
    staffing: str
    """Label of what is varied of the staffing; empty if nothing is."""
    brief: str
    """The same without its path, where there is only one."""
    distance: float
    """How far its conditions are from the scenario as written; 0 for a volume or scale of 1."""
    detour: float
    """How far its staffing is."""
    margin: float
    """Share by which the tier furthest behind is above its target."""
    roster: Roster
    verdict: str | None


class Fewest(NamedTuple):
    """The fewest agents that met every target under some conditions; `best` is None if none did."""

    conditions: str
    best: Candidate | None
    tried: int
    doubtful: tuple[Candidate, ...]
    """Points with fewer agents (or, if none met, points at all) that more replications may clear."""

    @property
    def unclear(self) -> int:
        """How many of these points there are."""
        return len(self.doubtful)


def candidates(study: Judged) -> list[Candidate]:
    """Return every point of the study, in order."""
    staffing = [path for path in study.design.varied if is_staffing(path)]
    others = [path for path in study.design.varied if path not in staffing]
    return [
        Candidate(
            number,
            point_label(point.settings, others),
            point_label(point.settings, staffing),
            _brief(point.settings, staffing),
            _distance(point.settings, others),
            _distance(point.settings, staffing),
            worst_margin(summary),
            roster(point.scenario),
            overall_verdict(summary),
        )
        for number, (point, summary) in enumerate(zip(study.design.points, study.summaries, strict=True))
    ]


def fewest(study: Judged) -> list[Fewest]:
    """Return the fewest agents at each of the other conditions.

    Empty where no staffing or target varies, or each of many conditions has one staffing.
    """
    points = candidates(study)
    if not any(point.staffing for point in points) or any(point.verdict is None for point in points):
        return []
    groups: dict[str, list[Candidate]] = {}
    for point in points:
        groups.setdefault(point.conditions, []).append(point)
    if len(groups) > MOST_ALONE and len(groups) == len(points):
        return []
    return [_fewest(conditions, group) for conditions, group in groups.items()]


def _fewest(conditions: str, group: Sequence[Candidate]) -> Fewest:
    met = [point for point in group if point.verdict == "met"]
    best = min(met, key=lambda point: point.roster.hours, default=None)
    rivals = [point for point in group if best is None or point.roster.hours < best.roster.hours]
    return Fewest(conditions, best, len(group), tuple(p for p in rivals if p.verdict == "unclear"))


def is_staffing(path: str) -> bool:
    """Whether a varied path decides how many agents there are."""
    section, *rest = path.split(".")
    return section == "pools" and (len(rest) < 2 or rest[-1] in STAFFING)


def worst_margin(summary: Summary) -> float:
    """Return the smallest distance of a tier's answer rate to its target; infinity if none has a target."""
    return margin(furthest_behind(summary)[1])


def _brief(settings: Mapping[str, object], paths: Sequence[str]) -> str:
    return label(settings[paths[0]]) if len(paths) == 1 else point_label(settings, paths)


def _distance(settings: Mapping[str, object], paths: Sequence[str]) -> float:
    """Add up how far factors are from 1; what is no factor does not count."""
    factors = [_factor(settings[path], path) for path in paths]
    return sum(abs(math.log(factor)) for factor in factors if factor > 0)


def _factor(value: object, path: str) -> float:
    factor = scale(value) if scale(value) is not None else value if path == "demand.volume" else 1.0
    return float(factor) if is_number(factor) else 1.0  # type: ignore[arg-type]
