"""Which point of a study is shown in detail, and why."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from callcenter.language import gettext as _
from callcenter.scenario.values import is_number
from callcenter.study import SweepResult
from callcenter.study.answers.answer import is_scattered, is_staffing
from callcenter.study.answers.points import Roster, overall_verdict, roster
from callcenter.study.designs.labels import point_label, scale
from callcenter.totals import ALL


class Candidate(NamedTuple):
    """A point as it competes to be shown."""

    number: int
    conditions: str
    """Text of what is varied beside the staffing."""
    staffing: str
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
    unclear: int
    """Points with fewer agents (or, if none met, points at all) that more replications may clear."""


class Choice(NamedTuple):
    """The point shown in detail, and the reason in words."""

    number: int
    reason: str


def candidates(study: SweepResult) -> list[Candidate]:
    """Return every point of the study, in order."""
    staffing = [path for path in study.varied if is_staffing(path)]
    others = [path for path in study.varied if path not in staffing]
    return [
        Candidate(
            number,
            point_label(point.settings, others),
            point_label(point.settings, staffing),
            _distance(point.settings, others),
            _distance(point.settings, staffing),
            worst_margin(found),
            roster(point.scenario),
            overall_verdict(found),
        )
        for number, (point, found) in enumerate(zip(study.design.points, study.summaries, strict=True))
    ]


def fewest(study: SweepResult) -> list[Fewest]:
    """Return the fewest agents at each of the other conditions.

    Empty where no staffing or target varies, or each of many conditions has one staffing.
    """
    found = candidates(study)
    if not any(point.staffing for point in found) or any(point.verdict is None for point in found):
        return []
    groups: dict[str, list[Candidate]] = {}
    for point in found:
        groups.setdefault(point.conditions, []).append(point)
    if is_scattered([len(group) for group in groups.values()]):
        return []
    return [_fewest(conditions, group) for conditions, group in groups.items()]


def choose(study: SweepResult) -> Choice:
    """Return the recommended point near the scenario as written; if there is none, the nearest or best."""
    found = candidates(study)
    if len(found) == 1:
        return Choice(0, "")
    nearest = min(point.distance for point in found)
    near = [point for point in found if point.distance == nearest]
    met = [point for point in near if point.verdict == "met"]
    if met:
        best = min(met, key=lambda point: (point.roster.hours, point.number))
        return Choice(best.number, _reason(_merit(met, best), near, found))
    if all(is_factor(study, path) for path in study.varied):
        base = min(near, key=lambda point: (point.detour, point.number))
        reason = _("the point nearest to the scenario as written")
        return Choice(base.number, reason + _failure(near, found))
    best = max(near, key=lambda point: (point.margin, -point.number))
    return Choice(best.number, _("the point that came nearest to its targets") + _failure(near, found))


def is_factor(study: SweepResult, path: str) -> bool:
    """Whether a path multiplies what the scenario says, so that 1 is the scenario as written."""
    return path == "demand.volume" or all(scale(settings[path]) is not None for settings in study.settings)


def worst_margin(found: Mapping[str, Any]) -> float:
    """Return the smallest distance of a tier's answer rate to its target; infinity if none has a target."""
    levels = [tier["service_level"] for name, tier in found["tiers"].items() if name != ALL]
    margins = [
        level["value"] - level["target"] for level in levels if None not in (level["value"], level["target"])
    ]
    return min(margins, default=math.inf)


def _merit(met: Sequence[Candidate], best: Candidate) -> str:
    is_alone = all(point.roster == best.roster for point in met)
    if is_alone:
        return _("the first point that met every target")
    return _("the fewest agents that met every target")


def _reason(reason: str, near: Sequence[Candidate], found: Sequence[Candidate]) -> str:
    where = _where(near, found)
    return _("{reason} at {conditions}").format(reason=reason, conditions=where) if where else reason


def _where(near: Sequence[Candidate], found: Sequence[Candidate]) -> str:
    """Return the conditions of the points near the scenario, where these are some of all points only."""
    conditions = {point.conditions for point in near}
    return conditions.pop() if len(conditions) == 1 and len(near) < len(found) else ""


def _failure(near: Sequence[Candidate], found: Sequence[Candidate]) -> str:
    return "" if near[0].verdict is None else "; " + _reason(_("none met every target"), near, found)


def _fewest(conditions: str, group: Sequence[Candidate]) -> Fewest:
    met = [point for point in group if point.verdict == "met"]
    best = min(met, key=lambda point: point.roster.hours, default=None)
    rivals = [point for point in group if best is None or point.roster.hours < best.roster.hours]
    unclear = sum(point.verdict == "unclear" for point in rivals)
    return Fewest(conditions, best, len(group), unclear)


def _distance(settings: Mapping[str, object], paths: Sequence[str]) -> float:
    """Add up how far factors are from 1; what is no factor does not count."""
    return sum(
        abs(math.log(factor)) for factor in map(_factor, [settings[p] for p in paths], paths) if factor > 0
    )


def _factor(value: object, path: str) -> float:
    factor = scale(value) if scale(value) is not None else value if path == "demand.volume" else 1.0
    return float(factor) if is_number(factor) else 1.0  # type: ignore[arg-type]
