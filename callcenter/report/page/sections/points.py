"""What a sweep tried: its answer rates over what was varied, what moves them, and a table of the points."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report import figures
from callcenter.report.figures.heatmap import is_wide
from callcenter.report.figures.rates import RATE
from callcenter.report.page.blocks import Block, Gallery, Section, Text
from callcenter.report.page.picture import Picture, picture
from callcenter.report.page.sections.view import View
from callcenter.report.tables.effects import NOTE, effects_table, tier_effects
from callcenter.report.tables.points import common_tiers, points_table
from callcenter.report.tables.targets import target_points_table
from callcenter.study import SweepResult
from callcenter.study.answers.axes import Plane, parameters, plane
from callcenter.study.comparisons.main_effects import model_of
from callcenter.study.designs.labels import label
from callcenter.study.sentences.points import range_of_rates
from callcenter.study.sentences.verdicts import promise

MOST_DOTS = 30
"""Points of a sweep in one dot plot."""


def section(view: View) -> Section | None:
    """Return the points of a sweep; None where there is only one."""
    if not view.is_sweep:
        return None
    return Section("points", _("What the sweep tried"), _("Points"), list(_blocks(view.study)))


def _blocks(study: SweepResult) -> Iterator[Block]:
    if study.varied:
        yield sweep_gallery(study)
    effects = effects_table(study)
    if effects is not None:
        yield from (effects, Text(_(NOTE), "note"))
    yield points_table(study)
    targets = target_points_table(study)
    if targets is not None:
        yield targets


def sweep_gallery(study: SweepResult) -> Gallery:
    """Return the answer rates over what was varied (as heatmaps, curves or dots), its effects, its price."""
    effects, shown = tier_effects(study), _rates(study)
    bars = [_tornado(study, tier, rows) for tier, rows in effects.items()]
    is_spread = bool(effects) and not model_of(study.design).is_grid
    rates, note = ([], "") if is_spread else (shown.pictures, shown.note)
    description = wording.in_a_row((_tornado_note() if bars else "", note))
    return Gallery([*bars, *rates, *_frontier(study)], description)


def _frontier(study: SweepResult) -> Iterator[Picture]:
    """Yield what staffing costs against what it keeps, where more than one staffing was tried."""
    if study.points["agent_hours"].nunique() < 3 or study.points["target"].isna().all():
        return
    caption = _("Each dot is a point of the sweep; the line joins those that nothing cheaper beats.")
    title = _("Agent-hours and the tier furthest behind")
    yield picture(figures.frontier(study), "frontier", title, caption)


def _heatmap_note() -> str:
    return _(
        "The thick line parts the points that reach the target from the others; hatched: missed; ?: unclear. "
        "A number behind a staffing is that of the agents at the peak, all pools together."
    )


def _tornado_note() -> str:
    return _(
        "Bars lead from the mean answer rate at one end of a path to that at the other, the other paths on "
        "average; hatched: it falls. Stroke: 95% interval of the effect."
    )


def _tornado(study: SweepResult, tier: str, rows: pd.DataFrame) -> Picture:
    largest = rows.iloc[rows["effect"].abs().argmax()]
    description = _("The largest effect is that of {path}: {effect} points.").format(
        path=largest["factor"], effect=wording.points(largest["effect"])
    )
    title = _("{tier}: what moves the answer rate").format(tier=tier)
    return picture(figures.tornado(rows), f"tornado-{_position(study, tier)}", title, "", description)


def _position(study: SweepResult, tier: str) -> int:
    return list(study.results[0].scenario.tiers).index(tier)


def _rates(study: SweepResult) -> Gallery:
    axes = plane(study)
    if axes is not None:
        return Gallery(list(_heatmaps(study, axes)), _heatmap_note())
    varied, tiers = parameters(study), _tier_rows(study).items()
    if len(varied) == 1 and varied[0].magnitudes is not None:
        note = _("Band: 95% interval; dashed line: target.")
        return Gallery([_curve(study, tier, rows) for tier, rows in tiers], note)
    note = _("Bar: 95% interval; upright stroke: target. Points are numbered as in the table below.")
    return Gallery([_dots(study, tier, rows) for tier, rows in tiers], note)


def _tier_rows(study: SweepResult) -> dict[str, pd.DataFrame]:
    points = study.points
    return {tier: points[points["tier"] == tier] for tier in common_tiers(study)}


def _heatmaps(study: SweepResult, axes: Plane) -> Iterator[Picture]:
    tiers = _tier_rows(study)
    promised = {tier: rows for tier, rows in tiers.items() if rows["target"].notna().any()}
    drawn = promised or tiers
    kind = "full" if is_wide(len(axes.across.values)) else ""
    floor = pd.concat(drawn.values())[RATE[0]].fillna(1.0).min()
    for number, (tier, rows) in enumerate(drawn.items()):
        ax = figures.answer_rate_heatmap(study, tier, floor=floor)
        title = _("{tier}: answer rate in %, {target}").format(tier=tier, target=_common_target(rows))
        yield picture(ax, f"heat-{number}", title, "", range_of_rates(rows), kind)
    if len(promised) > 1:
        ax = figures.margin_heatmap(study)
        title = _("All targets: smallest margin in % points")
        description = _("Distance of the worst tier to its target at each point.")
        yield picture(ax, "heat-margin", title, "", description, kind)


def _curve(study: SweepResult, tier: str, rows: pd.DataFrame) -> Picture:
    position = _position(study, tier)
    ax = figures.answer_rate_curve(rows, parameters(study)[0], position=position)
    title = _("{tier}: answer rate, {target}").format(tier=tier, target=_common_target(rows))
    return picture(ax, f"curve-{position}", title, "", range_of_rates(rows))


def _dots(study: SweepResult, tier: str, rows: pd.DataFrame) -> Picture:
    position = _position(study, tier)
    labels = [_label(study, point) for point in rows["point"]]
    ax = figures.answer_rate_dots(rows[:MOST_DOTS], labels[:MOST_DOTS], position=position)
    more = len(rows) - MOST_DOTS
    caption = _("The first {most} points; {more} more in kpis.csv.").format(most=MOST_DOTS, more=more)
    title = _("{tier}: answer rate by point, {target}").format(tier=tier, target=_common_target(rows))
    return picture(ax, f"dots-{position}", title, caption if more > 0 else "", range_of_rates(rows))


def _label(study: SweepResult, point: int) -> str:
    """Name a point by what it sets if that fits beside an axis, else by its number."""
    texts = [label(study.settings[point][path]) for path in study.varied]
    return ", ".join(texts) if len(texts) == 1 else _("point {number}").format(number=point)


def _common_target(rows: pd.DataFrame) -> str:
    levels = rows[["target", "within_s"]].drop_duplicates()
    return promise(levels.iloc[0].to_dict()) if len(levels) == 1 else _("targets vary")
