"""Which point of a study is shown in detail, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from callcenter.study.answers.fewest import Candidate, candidates
from callcenter.study.answers.points import Judged
from callcenter.study.designs.labels import scale

Merit = Literal["alone", "first", "fewest", "as_written", "closest"]
"""What a point is shown for: it is the only one; the first of one roster, or that of the fewest agents, to
meet every target; or, where none did, the nearest to the scenario as written, or to its targets."""


class Choice(NamedTuple):
    """The point shown in detail, and what it is shown for."""

    number: int
    merit: Merit
    conditions: str = ""
    """Under which it was chosen; empty if these are the conditions of all points."""
    none_met: bool = False
    """Whether no point under these conditions met every target."""


def choose(study: Judged) -> Choice:
    """Return the recommended point near the scenario as written; if there is none, the nearest or best."""
    points = candidates(study)
    if len(points) == 1:
        return Choice(0, "alone")
    nearest = min(point.distance for point in points)
    near = [point for point in points if point.distance == nearest]
    where = _where(near, points)
    met = [point for point in near if point.verdict == "met"]
    if met:
        best = min(met, key=lambda point: (point.roster.hours, point.number))
        is_one_roster = all(point.roster == best.roster for point in met)
        return Choice(best.number, "first" if is_one_roster else "fewest", where)
    none_met = near[0].verdict is not None
    if all(is_factor(study, path) for path in study.design.varied):
        base = min(near, key=lambda point: (point.detour, point.number))
        return Choice(base.number, "as_written", where, none_met)
    best = max(near, key=lambda point: (point.margin, -point.number))
    return Choice(best.number, "closest", where, none_met)


def is_factor(study: Judged, path: str) -> bool:
    """Whether a path multiplies what the scenario says, so that 1 is the scenario as written."""
    settings = [point.settings[path] for point in study.design.points]
    return path == "demand.volume" or all(scale(setting) is not None for setting in settings)


def _where(near: Sequence[Candidate], points: Sequence[Candidate]) -> str:
    """Return the conditions of the points near the scenario, where these are some of all points only."""
    conditions = {point.conditions for point in near}
    return conditions.pop() if len(conditions) == 1 and len(near) < len(points) else ""
