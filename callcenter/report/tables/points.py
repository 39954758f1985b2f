"""The points of a sweep: their settings and answer rates, and the fewest agents that were enough."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.report.tables.layout import (
    Cell,
    Column,
    Limit,
    Row,
    Table,
    columns_of,
    rate_cell,
)
from callcenter.report.tables.measure import EVERYWHERE, LISTED, Measure, Rank, Where
from callcenter.report.tables.measures import AGENTS, TIER
from callcenter.report.tables.tiers import shown_tiers, tier_cells, with_undecided
from callcenter.report.tables.units import COUNT, SHARE, TEXT, VERDICT, WHOLE
from callcenter.study import SweepResult
from callcenter.study.answers.callbacks import owes_callbacks
from callcenter.study.answers.fewest import Fewest, fewest
from callcenter.study.answers.points import Roster, agents_columns, overall_verdict, roster
from callcenter.study.answers.shown_point import choose
from callcenter.study.designs.labels import label, scale, short_path
from callcenter.totals import without_total

MOST_POINTS = 60
MOST_SETTINGS = 4
"""Varied paths that fit beside the figures of a point on the terminal; more stand in the files."""

LATE = Measure("late", noted("callbacks late"), COUNT, on=EVERYWHERE)
SCALED = TEXT._replace(text="x{}".format)
POINT_MEASURES = ("service_level", "target", "verdict")
"""What the terminal says of a tier at a point."""


def fewest_table(study: SweepResult) -> Table | None:
    """Return the fewest agents that met every target, a row for each condition; None if none did."""
    answers = fewest(study)
    if all(answer.best is None for answer in answers):
        return None
    columns = [
        Column(_("conditions"), key="conditions"),
        Column(_("staffing"), key="staffing"),
        Column(_("remark"), key="remark"),
        *columns_of(AGENTS),
        Column(_("staffings tried"), WHOLE, "tried", on=Where.BOOK),
        Column(_("unclear ones with fewer agents"), WHOLE, "unclear", on=Where.BOOK),
    ]
    caption = _("The fewest agents that met every target, all pools together")
    limit = Limit(MOST_POINTS, "condition", "kpis.csv")
    return Table(caption, columns, [_fewest_row(answer) for answer in answers], limit=limit)


def _fewest_row(answer: Fewest) -> Row:
    conditions = Cell(answer.conditions or _("as in the scenario"))
    tried = [Cell(answer.tried), Cell(answer.unclear)]
    if answer.best is None:
        doubt = _("{n} unclear: simulate more days").format(n=answer.unclear)
        remark = doubt if answer.unclear else _("all missed")
        none = _("none of the {n} tried").format(n=answer.tried)
        return Row([conditions, Cell(none), Cell(remark), *(Cell() for _measure in AGENTS), *tried])
    agents = _of_roster(answer.best.roster)
    rivals = wording.plural(answer.unclear, "smaller staffing")
    remark = _("{staffings} unclear").format(staffings=rivals) if answer.unclear else ""
    return Row([conditions, Cell(answer.best.staffing), Cell(remark), *agents, *tried])


def common_tiers(study: SweepResult) -> list[str]:
    """Return the tiers that every point has, as many as fit beside each other."""
    tiers = shown_tiers(study.results[0])
    return [tier for tier in tiers if all(tier in summary["tiers"] for summary in study.summaries)]


def points_table(study: SweepResult) -> Table:
    """Return one row for each point: what it sets, its agents, and the answer rate of each tier."""
    tiers, shown = common_tiers(study), choose(study).number
    levels = {
        tier: [summary["tiers"][tier]["service_level"] for summary in study.summaries] for tier in tiers
    }
    columns = [
        Column(_("point"), WHOLE, "point"),
        *(Column(short_path(path), key=path) for path in study.varied),
        *columns_of(AGENTS),
        Column(_("all targets"), VERDICT, "verdict"),
        *_joint_columns(study),
        *columns_of(_late(study)),
        *(_rate_column(tier, levels[tier]) for tier in tiers),
    ]
    rows = [
        Row(
            [
                *(*_settings(study, number), *_agents(study, number), *_lateness(study, number)),
                *(rate_cell(levels[tier][number]) for tier in tiers),
            ],
            "shown" if number == shown else "",
        )
        for number in range(len(study.summaries))
    ]
    caption = _("Answer rate with its 95% interval at each point; the shaded row is the one shown in detail")
    return Table(caption, columns, rows, "compact wide long", Limit(MOST_POINTS, "point", "kpis.csv"))


def _rate_column(tier: str, levels: Sequence[Mapping[str, Any]]) -> Column:
    return Column(tier, SHARE, tier, note=_common_target(levels), ranked=Rank.JUDGED)


def _settings(study: SweepResult, number: int) -> list[Cell]:
    """Return the number of a point and what it sets."""
    settings = study.design.points[number].settings
    return [Cell(number), *(_setting(settings[path]) for path in study.varied)]


def _agents(study: SweepResult, number: int) -> list[Cell]:
    """Return the agents of a point, and whether all targets are met."""
    agents, verdict = roster(study.design.points[number].scenario), overall_verdict(study.summaries[number])
    return [*_of_roster(agents), Cell(verdict, verdict or ""), *_joint(study, number)]


def _joint_columns(study: SweepResult) -> Iterator[Column]:
    """Yield a column of the days on which all targets hold, and of the chance to keep so many as asked."""
    if has_joint(study):
        yield Column(_("days with all targets"), SHARE, "all_targets_days")
    if study.days_asked is not None:
        kept = study.days_asked._asdict()
        yield Column(_("chance of {kept} of {of} days").format(**kept), SHARE, "days_kept")


def _joint(study: SweepResult, number: int) -> Iterator[Cell]:
    if has_joint(study):
        yield Cell(study.summaries[number]["joint"]["days_met"])
    if study.days_asked is not None:
        yield Cell(study.days_kept[number])


def has_joint(study: SweepResult) -> bool:
    """Whether the days on which all targets hold are worth a column."""
    further = not all(point.scenario.has_short_targets_only for point in study.design.points)
    return further or study.days_asked is not None


def _of_roster(agents: Roster) -> list[Cell]:
    columns = agents_columns(agents)
    return [Cell(columns[measure.key]) for measure in AGENTS]


def _lateness(study: SweepResult, number: int) -> list[Cell]:
    """Return the late callbacks of a point, where any is owed."""
    late = study.summaries[number]["callbacks"]["late"]["value"]
    return [Cell(late) for _measure in _late(study)]


def _setting(value: object) -> Cell:
    """Return what a point sets a path to, a number as it is."""
    factor = scale(value)
    if _is_number(factor):
        return Cell(factor, unit=SCALED)
    return Cell(value if _is_number(value) else label(value))


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def tier_points_table(study: SweepResult) -> Table:
    """Return one row for each point and tier with every figure of it, for filters and pivot tables."""
    is_wide = len(study.varied) > MOST_SETTINGS
    narrow = [
        measure if measure.key in POINT_MEASURES else measure._replace(on=Where.BOOK) for measure in TIER
    ]
    narrow = with_undecided(narrow, *study.summaries)
    columns = [
        Column(_("point"), WHOLE, "point", on=LISTED if is_wide else Where.BOOK),
        *(Column(short_path(path), key=path, on=Where.BOOK if is_wide else LISTED) for path in study.varied),
        Column(_("tier"), key="tier", on=LISTED),
        *columns_of(
            measure._replace(on=LISTED if measure.key == "agent_hours" else Where.BOOK) for measure in AGENTS
        ),
        Column(_("all targets"), VERDICT, "all_targets", on=Where.BOOK),
        *(column._replace(on=Where.BOOK) for column in _joint_columns(study)),
        Column(_("replications"), WHOLE, "replications", on=Where.BOOK),
        *columns_of(narrow),
        *columns_of(measure._replace(on=LISTED) for measure in _late(study)),
    ]
    rows = [
        Row(
            [
                *(*_settings(study, number), Cell(wording.tier(name)), *_agents(study, number)),
                *(Cell(study.replications[number]), *tier_cells(figures), *_lateness(study, number)),
            ],
            "first" if place == 0 else "",
            LISTED if name in without_total(summary["tiers"]) else Where.BOOK,
        )
        for number, summary in enumerate(study.summaries)
        for place, (name, figures) in enumerate(summary["tiers"].items())
    ]
    return Table(_("One row for each point and tier, for filters and pivot tables"), columns, rows)


def _late(study: SweepResult) -> list[Measure]:
    owes = any(map(owes_callbacks, study.summaries))
    return [LATE] if owes else []


def _common_target(levels: Sequence[Mapping[str, Any]]) -> str:
    targets = {wording.target(level) for level in levels}
    return targets.pop() if len(targets) == 1 else _("target varies")
