"""The sheets of tiers, of pools, and of the definitions of the answer rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.measure import DEFINITIONS
from callcenter.report.workbook.book import Book
from callcenter.report.workbook.cells import PERCENT, Column, Value
from callcenter.report.workbook.figures import AGENTS, POOL, TIER, Figure, columns_of, verdicts
from callcenter.report.workbook.sheet import Area, Sheet
from callcenter.study import Result

TERMS = (
    (
        noted("offered"),
        noted(
            "calls that asked for a person: answered, abandoned, balked, diverted, closed, or open in line"
        ),
    ),
    (noted("answered in time"), noted("waited no longer than the target allows")),
    (noted("balked"), noted("left at once because of the wait that was announced")),
    (noted("days met"), noted("share of the simulated days on which the target was met")),
    (noted("ASA"), noted("mean wait of the answered calls")),
    (noted("mean wait"), noted("mean wait of all offered calls, those who gave up included")),
    (noted("mean excess over the target"), noted("mean wait beyond the time that the target allows")),
    (noted("occupancy"), noted("busy hours ÷ (staffed hours + overtime)")),
    (noted("in line"), noted("callers waiting, on average over the interval")),
    (noted("95% interval"), noted("holds the true mean of many such days in 19 of 20 cases")),
    (noted("required"), noted("agents that the targets together need by Erlang A, interval by interval")),
    (noted("shrinkage"), noted("share of the paid hours that agents are not on the phones")),
)
"""Words of the workbook, and what they mean."""


def tier_sheet(book: Book, result: Result) -> None:
    """Write every figure of the tiers, a row a figure."""
    sheet, tiers = Sheet(book, _("Tiers")), result.summary["tiers"]
    sheet.title(_("Tiers: mean of a replication ({days}), with 95% intervals").format(days=_days(result)))
    found = [_flat(tier) for tier in tiers.values()]
    area = figure_table(sheet, [wording.tier(name) for name in tiers], found, TIER)
    said = [
        (verdict, None, None)
        for verdict in verdicts(tier["service_level"]["verdict"] for tier in tiers.values())
    ]
    sheet.line([_("verdict"), *(value for each in said for value in each)])
    for place in range(len(tiers)):
        sheet.signs(area._replace(first=area.last + 1, last=area.last + 1), 1 + 3 * place)
    sheet.finish()


def _flat(tier: Mapping[str, Any]) -> dict[str, Any]:
    """Return every figure of a tier by name: numbers, and estimates with their intervals."""
    promise = {name: tier["service_level"][name] for name in ("target", "within_s", "days_met")}
    return {**tier, **tier["counts"], **promise}


def figure_table(
    sheet: Sheet, names: Sequence[str], found: Sequence[Mapping[str, Any]], figures: Mapping[str, Figure]
) -> Area:
    """Write a row for each figure, and for each name its value and the ends of its interval."""
    columns = [Column(_("figure"), [_(figure.head) for figure in figures.values()])]
    forms = [figure.form for figure in figures.values()]
    for name, each in zip(names, found, strict=True):
        columns += [
            Column(name, [_end(each[figure], "value") for figure in figures], forms, {"bold": True}),
            Column(
                _("{figure}, low").format(figure=name), [_end(each[key], "low") for key in figures], forms
            ),
            Column(
                _("{figure}, high").format(figure=name), [_end(each[key], "high") for key in figures], forms
            ),
        ]
    return sheet.main_table(columns)


def _end(figure: Mapping[str, float | None] | float | None, end: str) -> float | None:
    """Return the value of a figure or an end of its interval; a mere number has no interval."""
    if isinstance(figure, Mapping):
        return figure[end]
    return figure if end == "value" else None


def kpi_table(sheet: Sheet, names: list[Column], kpis: pd.DataFrame, frozen: int = 1) -> None:
    """Write rows of `kpis` behind their names, the verdict first; so many columns stay in sight."""
    columns = [*names, Column(_("verdict"), verdicts(kpis["verdict"])), *columns_of(kpis, TIER)]
    sheet.signs(sheet.main_table(columns, names=frozen), len(names))


def pool_sheet(book: Book, result: Result) -> None:
    """Write every figure of the pools: hours, occupancy, work."""
    sheet, scenario = Sheet(book, _("Pools")), result.scenario
    sheet.title(_("Pools: mean of a replication ({days}), with 95% intervals").format(days=_days(result)))
    peaks = map(scenario.peak, scenario.pools)
    found = [
        {"agents_peak": most, **figures}
        for most, figures in zip(peaks, result.summary["pools"].values(), strict=True)
    ]
    figures = {"agents_peak": AGENTS["agents_peak"], **POOL}
    figure_table(sheet, list(scenario.pools), found, figures)
    sheet.finish()


def _days(result: Result) -> str:
    return wording.plural(result.scenario.days, "day")


def definition_sheet(book: Book, result: Result) -> None:
    """Write the answer rate of each tier by every definition, and what the words mean."""
    sheet, service = Sheet(book, _("Definitions")), result.scenario.service_level
    sheet.title(_("The same calls by every definition of the answer rate"))
    sheet.note(_("Used in this workbook: {name}").format(name=service.definition))
    names = [service.definition, *(name for name in DEFINITIONS if name != service.definition)]
    formulas = [wording.definition(name, service.short_abandon) for name in names]
    levels = {tier: found["service_level"] for tier, found in result.summary["tiers"].items()}
    rates = [Column(wording.tier(tier), _rates(level, names), PERCENT) for tier, level in levels.items()]
    sheet.table([Column(_("definition"), names), Column(_("formula"), formulas), *rates], names=2)
    sheet.gap()
    sheet.title(_("Words"))
    words, meanings = zip(*((_(word), _(meaning)) for word, meaning in TERMS), strict=True)
    sheet.table([Column(_("word"), words), Column(_("meaning"), meanings)], names=2)
    sheet.finish()


def _rates(level: Mapping[str, Any], names: Sequence[str]) -> list[Value]:
    by_definition = {level["definition"]: level, **level["other_definitions"]}
    return [by_definition[name]["value"] for name in names]
