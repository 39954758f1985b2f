"""The sheets of what was simulated: tiers, pools, calls and agents by interval, and the origin of it all."""

from __future__ import annotations

import math
from collections.abc import Sequence

from callcenter.clock import clock_text
from callcenter.language import gettext as _
from callcenter.report.figures.names import display_width
from callcenter.report.tables.inputs import distribution, facts, pools_table, scenario_yaml, tiers_table
from callcenter.report.tables.layout import Table
from callcenter.report.workbook.book import Book
from callcenter.report.workbook.cells import (
    COUNT,
    GENERAL,
    PERCENT,
    SECONDS,
    WHOLE,
    Column,
    Value,
)
from callcenter.report.workbook.sheet import Sheet
from callcenter.scenario import Distribution, Scenario
from callcenter.study import Result, SweepResult

MONOSPACED = "Consolas"


def input_sheets(book: Book, scenario: Scenario) -> None:
    """Write what was simulated, in figures where it is figures."""
    sheet = Sheet(book, _("Inputs"))
    sheet.title(_("What was simulated"))
    sheet.note(_("Smaller priorities are served first; a caller goes to the first pool that can take him."))
    for columns in (_tier_columns(scenario), _pool_columns(scenario), _tier_words(scenario)):
        sheet.table(columns)
        sheet.gap()
    sheet.finish()
    _by_interval(book, scenario)


def _tier_columns(scenario: Scenario) -> list[Column]:
    tiers = list(scenario.tiers.values())
    targets = [tier.target for tier in tiers]
    return [
        Column(_("tier"), list(scenario.tiers)),
        Column(_("priority"), [tier.priority for tier in tiers], WHOLE),
        Column(_("target"), [None if target is None else target.share for target in targets], PERCENT),
        Column(
            _("in time: within (s)"),
            [None if target is None else target.within for target in targets],
            SECONDS,
        ),
        Column(
            _("calls a day"), [math.fsum(scenario.demand.expected(name)) for name in scenario.tiers], COUNT
        ),
        Column(_("mean patience (s)"), [_mean(tier.patience) for tier in tiers], SECONDS),
        Column(_("mean talk (s)"), [_mean(tier.talk) for tier in tiers], SECONDS),
        Column(_("mean wrap-up (s)"), [_mean(tier.wrap_up) for tier in tiers], SECONDS),
    ]


def _tier_words(scenario: Scenario) -> list[Column]:
    tiers, told = list(scenario.tiers.values()), tiers_table(scenario)
    wrapped = {"text_wrap": True}
    return [
        Column(_("tier"), list(scenario.tiers)),
        Column(_("patience"), [distribution(tier.patience) for tier in tiers], look=wrapped),
        Column(_("talk"), [distribution(tier.talk) for tier in tiers], look=wrapped),
        Column(_("wrap-up"), [distribution(tier.wrap_up) for tier in tiers], look=wrapped),
        Column(_("IVR"), _texts(told, "ivr"), look=wrapped),
        Column(_("called back"), _texts(told, "callback"), look=wrapped),
    ]


def _mean(times: Distribution) -> float | None:
    return times.mean if math.isfinite(times.mean) else None


def _texts(table: Table, key: str) -> list[Value]:
    place = [column.key for column in table.columns].index(key)
    return [row.cells[place].number for row in table.rows]


def _pool_columns(scenario: Scenario) -> list[Column]:
    pools, told = list(scenario.pools.values()), pools_table(scenario)
    staffed = [scenario.staffed(name) for name in scenario.pools]
    hours = scenario.day.interval / 3600
    return [
        Column(_("pool"), list(scenario.pools)),
        Column(_("fewest agents"), [min(agents) for agents in staffed], COUNT),
        Column(_("most agents"), [max(agents) for agents in staffed], COUNT),
        Column(_("agent-hours a day"), [math.fsum(agents) * hours for agents in staffed], COUNT),
        Column(_("shrinkage"), [pool.shrinkage for pool in pools], PERCENT),
        Column(_("absence"), [pool.absence for pool in pools], PERCENT),
        Column(_("speed"), [pool.speed for pool in pools], GENERAL),
        Column(_("cost per hour"), [pool.cost_per_hour for pool in pools], COUNT),
        Column(_("serves"), _texts(told, "serves"), look={"text_wrap": True}),
        Column(_("works callbacks"), _texts(told, "callbacks")),
    ]


def _by_interval(book: Book, scenario: Scenario) -> None:
    """Write expected calls of each tier and agents on the phones of each pool, interval by interval."""
    sheet, day = Sheet(book, _("Inputs by interval")), scenario.day
    sheet.title(_("Expected calls of each tier, and agents on the phones of each pool"))
    starts = [clock_text(day.open + place * day.interval) for place in range(day.intervals)]
    calls = [
        Column(_("calls: {tier}").format(tier=name), list(scenario.demand.expected(name)), COUNT)
        for name in scenario.tiers
    ]
    agents = [
        Column(_("agents: {pool}").format(pool=name), list(scenario.staffed(name)), COUNT)
        for name in scenario.pools
    ]
    sheet.main_table([Column(_("from"), starts), *calls, *agents])
    sheet.finish()


def origin_sheet(book: Book, study: SweepResult, result: Result) -> None:
    """Write how the figures came about, and the scenario as a file that gives them again."""
    told = [(_("command"), study.origin.command), *facts(study, result)]
    origin_lines(book, told, [(result.scenario.name, result.scenario)])


def origin_lines(
    book: Book, told: Sequence[tuple[str, str]], scenarios: Sequence[tuple[str, Scenario]]
) -> None:
    """Write names and what they are, then the scenarios, with their names, as YAML, a line a row."""
    sheet = Sheet(book, _("Run info"))
    sheet.title(_("How these figures came about"))
    for name, text in told:
        if text:
            sheet.cell(sheet.row, 0, name, bold=True)
            sheet.cell(sheet.row, 1, text)
            sheet.at_least(0, display_width(name) + 2)
            sheet.row += 1
    sheet.gap()
    for name, scenario in scenarios:
        sheet.title(_("{scenario}, to save as a .yaml file").format(scenario=name))
        for text in scenario_yaml(scenario).splitlines():
            sheet.cell(sheet.row, 0, text, font_name=MONOSPACED)
            sheet.row += 1
        sheet.gap()
    sheet.finish()
