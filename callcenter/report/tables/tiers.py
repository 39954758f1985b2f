"""Every figure of the tiers, and their answer rates by every definition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.measure import DEFINITIONS, Summary
from callcenter.report.tables.layout import Cell, Column, Row, Table, cells_of, columns_of, days_met_of
from callcenter.report.tables.measure import EVERYWHERE, Measure
from callcenter.report.tables.measures import TIER, UNDECIDED
from callcenter.report.tables.units import SHARE
from callcenter.study import Result
from callcenter.totals import ALL

MOST_TIERS = 6
"""Tiers beside each other; a report with more shows the first, the CSV files have all."""


def shown_tiers(result: Result) -> list[str]:
    """Return the tiers that fit beside each other in file order, those with a target before others."""
    tiers = result.scenario.tiers
    kept = sorted(tiers, key=lambda name: tiers[name].target is None)[:MOST_TIERS]
    return [name for name in tiers if name in kept]


def tier_table(result: Result) -> Table:
    """Return one row for each tier and the total, with every figure of a planner's table."""
    rows = [_tier_row(name, tier) for name, tier in result.summary["tiers"].items()]
    length = wording.plural(result.scenario.days, "day")
    caption = _("Mean of a replication ({length}), 95% interval below").format(length=length)
    columns = columns_of(with_undecided(TIER, result.summary))
    return Table(caption, [Column(_("tier"), key="tier"), *columns], rows, "wide compact")


def with_undecided(measures: Iterable[Measure], *summaries: Summary) -> list[Measure]:
    """Return the measures; calls that are undecided are shown everywhere if there are any."""
    tiers = [tier for summary in summaries for tier in summary["tiers"].values()]
    on = EVERYWHERE if any(tier["counts"]["undecided"] for tier in tiers) else UNDECIDED.on
    return [each._replace(on=on) if each.key == UNDECIDED.key else each for each in measures]


def _tier_row(name: str, tier: Mapping[str, Any]) -> Row:
    promise = wording.target(tier["service_level"])
    cells = tier_cells(tier)
    return Row([Cell(wording.tier(name), note=promise), *cells], "total" if name == ALL else "")


def tier_cells(tier: Mapping[str, Any]) -> list[Cell]:
    """Return every figure of a tier, its answer rate and its verdict marked as met or missed."""
    verdict = tier["service_level"]["verdict"] or ""
    cells = cells_of(tier_figures(tier), TIER)
    judged = ("service_level", "verdict")
    return [
        cell._replace(kind=verdict) if measure.key in judged else cell
        for cell, measure in zip(cells, TIER, strict=True)
    ]


def tier_figures(tier: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures of a tier of a summary by the keys of their measures."""
    level = tier["service_level"]
    promise = {"target": {name: level[name] for name in ("target", "within_s")}}
    judged = {"verdict": level["verdict"], "days_met": days_met_of(level)}
    return {**tier, **tier["counts"], **promise, **judged}


def definition_table(result: Result) -> Table:
    """Return the answer rate of each tier by every definition, the chosen one first."""
    chosen, tiers = result.scenario.service_level.definition, result.summary["tiers"]
    names = [chosen, *(name for name in DEFINITIONS if name != chosen)]
    rows = [_definition_row(result, name, "shown" if name == chosen else "") for name in names]
    caption = _(
        "The same calls by every definition of the answer rate; the shaded one is used in this report"
    )
    heads = [Column(_("definition"), key="definition"), Column(_("formula"), key="formula")]
    rates = [Column(wording.tier(tier), SHARE, tier) for tier in tiers]
    return Table(caption, [*heads, *rates], rows, "compact")


def _definition_row(result: Result, name: str, kind: str) -> Row:
    formula = wording.definition(name, result.scenario.service_level.short_abandon)
    levels = [tier["service_level"] for tier in result.summary["tiers"].values()]
    rates = [{level["definition"]: level, **level["other_definitions"]}[name]["value"] for level in levels]
    return Row([Cell(name), Cell(formula), *map(Cell, rates)], kind)
