"""The points of a sweep: what each tried and found, and the fewest agents that were enough."""

from __future__ import annotations

from collections.abc import Sequence

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report.tables.layout import (
    Cell,
    Figures,
    Row,
    Table,
    heads,
    left_out,
    rate_cell,
    shown_tiers,
    text_cells,
)
from callcenter.study import SweepResult
from callcenter.study.answers.fewest import Fewest, fewest
from callcenter.study.answers.points import overall_verdict, roster
from callcenter.study.answers.shown_point import choose
from callcenter.study.designs.labels import label, short_path

MOST_POINTS = 60


def fewest_table(study: SweepResult) -> Table | None:
    """Return the fewest agents that met every target, a row a condition; None if no staffing varies."""
    found = fewest(study)
    if not found:
        return None
    names = [
        *(_("conditions"), _("staffing"), _("remark")),
        *(_("agents at the peak"), _("agent-hours a day")),
    ]
    caption = _("The fewest agents that met every target, all pools together")
    more = left_out(len(found) - MOST_POINTS, "condition", "kpis.csv")
    return Table(caption, heads(names, 3), [_fewest_row(entry) for entry in found[:MOST_POINTS]], more)


def _fewest_row(entry: Fewest) -> Row:
    conditions = entry.conditions or _("as in the scenario")
    if entry.best is None:
        doubt = _("{n} unclear: simulate more days").format(n=entry.unclear)
        remark = doubt if entry.unclear else _("all missed")
        texts = [conditions, _("none of the {n} tried").format(n=entry.tried), remark]
        return Row([*text_cells(texts), Cell(wording.NOTHING), Cell(wording.NOTHING)])
    hours, peak = entry.best.roster
    rivals = wording.plural(entry.unclear, "smaller staffing")
    remark = _("{staffings} unclear").format(staffings=rivals) if entry.unclear else ""
    texts = [conditions, entry.best.staffing, remark]
    return Row([*text_cells(texts), Cell(f"{peak:,}"), Cell(f"{hours:,.0f}")])


def common_tiers(study: SweepResult) -> list[str]:
    """Return the tiers that every point has, as many as fit beside each other."""
    tiers = shown_tiers(study.results[0])
    return [tier for tier in tiers if all(tier in found["tiers"] for found in study.summaries)]


def points_table(study: SweepResult) -> Table:
    """Return a row a point: what it sets, its agents, the verdict, and the answer rate of each tier."""
    tiers, shown = common_tiers(study), choose(study).number
    late = [_("callbacks late")] if _owes(study) else []
    settings = [Cell(short_path(path), kind="text") for path in study.varied]
    names = [_("agents at the peak"), _("agent-hours a day"), _("all targets"), *late]
    levels = [found["tiers"] for found in study.summaries]
    targets = [
        Cell(tier, _common_target([level[tier]["service_level"] for level in levels])) for tier in tiers
    ]
    numbers = _kept(len(levels), shown)
    rows = [_point_row(study, number, tiers, "shown" if number == shown else "") for number in numbers]
    caption = _("Answer rate with its 95% interval at each point; the shaded row is the one shown in detail")
    more = left_out(len(levels) - len(rows), "point", "kpis.csv")
    return Table(
        caption, [Cell(_("point")), *settings, *heads(names, 0), *targets], rows, more, "compact wide long"
    )


def _kept(total: int, shown: int) -> list[int]:
    """Return the points that fit into the table, the one shown in detail always among them."""
    first = list(range(min(total, MOST_POINTS)))
    return first if shown in first else [*first[:-1], shown]


def _point_row(study: SweepResult, number: int, tiers: Sequence[str], kind: str) -> Row:
    point, found = study.design.points[number], study.summaries[number]
    hours, peak = roster(point.scenario)
    verdict = overall_verdict(found)
    settings = text_cells([label(point.settings[path]) for path in study.varied])
    agents = [Cell(f"{peak:,}"), Cell(f"{hours:,.0f}"), Cell(wording.verdict(verdict), kind=verdict or "")]
    late = [Cell(wording.count(found["callbacks"]["late"]["value"]))] if _owes(study) else []
    rates = [rate_cell(found["tiers"][tier]["service_level"]) for tier in tiers]
    return Row([Cell(str(number)), *settings, *agents, *late, *rates], kind)


def _common_target(levels: Sequence[Figures]) -> str:
    targets = {wording.target(level) for level in levels}
    return targets.pop() if len(targets) == 1 else _("target varies")


def _owes(study: SweepResult) -> bool:
    return any(found["callbacks"]["created"]["value"] for found in study.summaries)
