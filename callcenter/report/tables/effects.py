"""Main effects of a sweep, tier by tier, and their table for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from rich.table import Table

from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.report.terminal.layout import blank_table
from callcenter.study import SweepResult, main_effects
from callcenter.study.comparisons.main_effects import effect_ends, has_effects
from callcenter.study.designs.labels import short_path
from callcenter.totals import ALL
from callcenter.wording import NOTHING, percent, points

NOTE = noted(
    "Effect: from the first value to the last, the other paths on average, in points; R²: how much of the "
    "differences between points the effects explain together. Intervals are those of the simulated days."
)


def tier_effects(study: SweepResult) -> dict[str, pd.DataFrame]:
    """Return the main effects on each tier that is promised something (or on each); empty without any."""
    if not has_effects(study):
        return {}
    effects, tiers = main_effects(study), study.results[0].scenario.tiers
    promised = [name for name, tier in tiers.items() if tier.target] or [*tiers]
    by_tier = {tier: effects[effects["tier"] == tier] for tier in promised if tier != ALL}
    return {tier: rows for tier, rows in by_tier.items() if not rows.empty}


def effects_table(effects: dict[str, pd.DataFrame]) -> Table:
    """Return a row for each tier and path, the largest effect first."""
    figures = [_("at first"), _("at last"), _("effect"), _("95% interval"), _("rank correlation"), "R²"]
    table = blank_table([_("effects on"), _("path"), _("from"), _("to")], figures)
    for tier, rows in effects.items():
        for place, row in enumerate(_by_size(rows)):
            table.add_row(tier if place == 0 else "", *row)
        table.add_section()
    return table


def _by_size(rows: pd.DataFrame) -> Iterator[list[str]]:
    paths = [path for _, path in rows.groupby("factor", sort=False)]
    for path in sorted(paths, key=lambda path: -abs(path["effect"].iloc[0])):
        first, last = effect_ends(path)
        ends = f"{points(first['effect_low'])} … {points(first['effect_high'])}"
        rank = first["rank_correlation"]
        yield [
            short_path(first["factor"]),
            str(first["level"]),
            str(last["level"]),
            percent(first["mean"]),
            percent(last["mean"]),
            points(first["effect"]),
            NOTHING if pd.isna(first["effect_low"]) else ends,
            NOTHING if pd.isna(rank) else f"{rank:+.2f}".replace("-", "−"),
            percent(first["r_squared"], 0),
        ]
