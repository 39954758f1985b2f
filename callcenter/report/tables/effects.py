"""Main effects of a sweep: what each varied path does to the answer rate of each tier."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.report.tables.comparison import unit_of
from callcenter.report.tables.layout import Cell, Column, Row, Table, estimate
from callcenter.report.tables.measure import FILES
from callcenter.report.tables.units import CORRELATION, POINTS, SHARE, Unit
from callcenter.study import SweepResult, main_effects
from callcenter.study.comparisons.main_effects import effect_ends, has_effects
from callcenter.study.designs.labels import short_path
from callcenter.study.differences.promised import JOINT, is_target, key_of
from callcenter.study.sentences.targets import target_name
from callcenter.totals import without_total

NOTE = noted(
    "Effect: from the first value to the last, the other paths on average, in points; R²: how much of the "
    "differences between points the effects explain together. Intervals are those of the simulated days."
)


def tier_effects(study: SweepResult) -> dict[str, pd.DataFrame]:
    """Return the main effects on each tier that is promised something (or on each); empty without any."""
    if not has_effects(study):
        return {}
    effects, tiers = main_effects(study), study.results[0].scenario.tiers
    effects = effects[effects["figure"] == "service_level"]
    promised = [name for name, tier in tiers.items() if tier.target] or [*tiers]
    by_tier = {tier: effects[effects["tier"] == tier] for tier in without_total(promised)}
    return {tier: rows for tier, rows in by_tier.items() if not rows.empty}


class Effects(NamedTuple):
    """What the paths do to one figure."""

    name: str
    """In words."""
    tier: str
    figure: str
    unit: Unit
    paths: pd.DataFrame


def _target_effects(study: SweepResult) -> Iterator[Effects]:
    """Yield the main effects on other targets than answer rates, the last those on all together."""
    if all(point.scenario.has_short_targets_only for point in study.design.points):
        return
    scenario, effects = study.results[0].scenario, main_effects(study)
    keys = [key_of(scenario, goal) for goal in scenario.goals]
    entries = dict(zip(keys, study.summaries[0]["targets"], strict=True))
    for tier, figure in effects[["tier", "figure"]].drop_duplicates().itertuples(index=False):
        if is_target(figure):
            name = _("all targets together") if figure == JOINT else target_name(entries[tier, figure])
            rows = effects[(effects["tier"] == tier) & (effects["figure"] == figure)]
            yield Effects(name, tier, figure, unit_of(figure), rows)


def effects_table(study: SweepResult) -> Table | None:
    """Return one row for each tier and path, the largest effect first; None without any."""
    effects = tier_effects(study)
    if not effects:
        return None
    columns = [
        Column(_("effects on"), key="name", is_group=True),
        Column("", key="tier", on=FILES),
        Column("", key="figure", on=FILES),
        Column(_("path"), key="path"),
        Column(_("from"), key="from"),
        Column(_("to"), key="to"),
        Column(_("at first"), SHARE, "at_first"),
        Column(_("at last"), SHARE, "at_last"),
        Column(_("effect"), POINTS, "effect", is_exact=True, is_beside=True),
        Column(_("rank correlation"), CORRELATION, "rank_correlation"),
        Column("R²", SHARE, "r_squared"),
    ]
    rates = [Effects(tier, tier, "service_level", SHARE, paths) for tier, paths in effects.items()]
    rows = [row for each in rates for row in _rows(each)]
    targets = [row for each in _target_effects(study) for row in _rows(each)]
    caption = _("Main effects on the answer rates, the largest first")
    if targets:
        caption = _("Main effects on answer rates, other targets and days that keep all, the largest first")
    return Table(caption, columns, [*rows, *targets], "compact wide")


def _rows(effects: Effects) -> Iterator[Row]:
    unit = effects.unit
    paths = [path for _path, path in effects.paths.groupby("factor", sort=False)]
    in_order = sorted(paths, key=lambda path: -abs(path["effect"].iloc[0]))
    for place, path in enumerate(in_order):
        first, last = effect_ends(path)
        own, beside = (None, None) if unit is SHARE else (unit, unit.difference)
        cells = [
            *(Cell(effects.name), Cell(effects.tier), Cell(effects.figure)),
            Cell(short_path(first["factor"])),
            *(Cell(str(first["level"])), Cell(str(last["level"]))),
            *(Cell(first["mean"], unit=own), Cell(last["mean"], unit=own)),
            Cell(estimate(first["effect"], first["effect_low"], first["effect_high"]), unit=beside),
            *(Cell(first["rank_correlation"]), Cell(first["r_squared"])),
        ]
        yield Row(cells, "first" if place == 0 else "")
