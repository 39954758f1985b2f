"""What a study shows at each of its points: agents on the roster, verdict over all targets, the table."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from callcenter.measure import Summary
from callcenter.scenario import Scenario
from callcenter.scenario.values import round_half_up
from callcenter.study.designs.design import Design
from callcenter.study.designs.labels import label, scale
from callcenter.totals import without_total

if TYPE_CHECKING:
    import pandas as pd


class Judged(Protocol):
    """A study whose points are simulated."""

    @property
    def design(self) -> Design:
        """Its points, and what they vary."""

    @property
    def summaries(self) -> Sequence[Summary]:
        """The summary of each point."""


class Roster(NamedTuple):
    """How many agents a scenario has, all pools together."""

    hours: float
    """Agent-hours on the phones of one day."""
    peak: int
    """Agents on the phones in the fullest interval."""
    rostered_hours: float
    """Agent-hours that are paid, those off the phones included."""
    rostered_peak: float
    """Agents rostered in the fullest interval."""

    @property
    def is_all_on_the_phones(self) -> bool:
        """Whether everybody who is rostered is on the phones."""
        return abs(self.rostered_hours - self.hours) < 1e-6


def roster(scenario: Scenario) -> Roster:
    """Add up the staffing of a scenario's pools."""
    hours = scenario.day.interval / 3600
    staffed, rostered = (
        [math.fsum(agents) for agents in zip(*map(levels, scenario.pools), strict=True)]
        for levels in (scenario.staffed, scenario.rostered)
    )
    return Roster(
        math.fsum(staffed) * hours,
        round_half_up(max(staffed)),
        math.fsum(rostered) * hours,
        round(max(rostered), 6),
    )


def agents_columns(agents: Roster) -> dict[str, float]:
    """Return the agents of a roster by the names of their columns."""
    return {
        "agent_hours": agents.hours,
        "agents_peak": agents.peak,
        "rostered_hours": agents.rostered_hours,
        "rostered_peak": agents.rostered_peak,
    }


def overall_verdict(summary: Summary) -> str | None:
    """Return `missed` if any target is missed, `met` if all are met, else `unclear`; None: no target."""
    verdicts = {target["verdict"] for target in summary["targets"]} - {None}
    for verdict in ("missed", "unclear", "met"):
        if verdict in verdicts:
            return verdict
    return None


def furthest_behind(summary: Summary) -> tuple[str, Mapping[str, Any]]:
    """Return the tier furthest behind its target, and its answer rate; the first if nothing is known."""
    tiers = summary["tiers"]
    levels = {name: tiers[name]["service_level"] for name in without_total(tiers)}
    tier = min(levels, key=lambda name: margin(levels[name]))
    return tier, levels[tier]


def margin(level: Mapping[str, Any]) -> float:
    """Return the distance of an answer rate to its target; infinity if either is missing."""
    value, target = level["value"], level["target"]
    return math.inf if value is None or target is None else float(value - target)


def point_table(
    design: Design, summaries: Sequence[Summary], kept: Sequence[Mapping[str, Any] | None] = ()
) -> pd.DataFrame:
    """Return one row per point and tier, and for all tiers together.

    ``kept`` is the chance to keep so many days at each point, where it is asked for.
    """
    from callcenter.measure.tables import tier_points_table

    columns = []
    has_further = not all(point.scenario.has_short_targets_only for point in design.points)
    for place, (point, summary) in enumerate(zip(design.points, summaries, strict=True)):
        agents = roster(point.scenario)
        varied = {path: _plain(point.settings[path]) for path in design.varied}
        together = _together(summary) if has_further or kept else {}
        chance = _chance(kept[place]) if kept else {}
        columns.append({**varied, **agents_columns(agents), **together, **chance})
    return tier_points_table(columns, summaries)


def _together(summary: Summary) -> dict[str, object]:
    """Return the verdict over all targets, and the share of days on which all hold, by names of columns."""
    days = summary["joint"]["days_met"]
    ends = {f"all_targets_days_{end}": days[end] for end in ("low", "high")}
    return {"all_targets": overall_verdict(summary), "all_targets_days": days["value"], **ends}


def _chance(kept: Mapping[str, Any] | None) -> dict[str, float]:
    """Return the chance to keep so many days by names of columns."""
    ends = {"days_kept": "value", "days_kept_low": "low", "days_kept_high": "high"}
    return {name: math.nan if kept is None or kept[end] is None else kept[end] for name, end in ends.items()}


def _plain(value: object) -> object:
    factor = scale(value)
    if factor is not None:
        return factor
    return value if isinstance(value, int | float | str) else label(value)
