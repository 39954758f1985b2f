"""Results as tables for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.report.tables.effects import NOTE, effects_table, tier_effects
from callcenter.report.terminal.layout import blank_table
from callcenter.report.terminal.sections import sections
from callcenter.scenario import Scenario
from callcenter.study import Result, SweepResult
from callcenter.study.answers.points import roster
from callcenter.study.designs.labels import label, short_path
from callcenter.totals import ALL
from callcenter.wording import (
    NOTHING,
    count,
    definition,
    duration,
    interval,
    percent,
    replications,
    target,
    tier,
    verdict_word,
)

Figures = Mapping[str, Any]

STYLES = {"met": "green", "missed": "red", "unclear": "yellow"}

MOST_SETTINGS = 4
"""Varied paths that fit beside the figures of a point; more stand in the files."""

ANSWER_RATE = (noted("answer rate"), noted("95% interval"), noted("target"), noted("verdict"))


def run_table(result: Result) -> RenderableType:
    """Return the tiers beside their targets, the definition, pools, callbacks, and what else it has."""
    found = result.summary
    parts: list[RenderableType] = [
        _tiers(found["tiers"]),
        _footnote(result.scenario, [result.replications], result.seed),
        _pools(found["pools"], result.scenario),
    ]
    if found["callbacks"]["created"]["value"]:
        parts.append(Text(_callbacks(found["callbacks"])))
    return Group(*parts, *sections(result))


def sweep_table(study: SweepResult) -> RenderableType:
    """Return the answer rate of each tier at each point beside its target."""
    owed = [_("callbacks late")] if any(map(_owed, study.summaries)) else []
    is_wide = len(study.varied) > MOST_SETTINGS
    names = [_("point (see kpis.csv)")] if is_wide else [*map(short_path, study.varied)]
    table = blank_table([*names, _("tier")], [_("agent-hours"), *map(_, ANSWER_RATE), *owed])
    for number, (point, found) in enumerate(zip(study.design.points, study.summaries, strict=True)):
        settings = (
            [str(number)] if is_wide else [escape(label(point.settings[path])) for path in study.varied]
        )
        hours = count(roster(point.scenario).hours)
        late = [count(found["callbacks"]["late"]["value"])] if owed else []
        for name, figures in found["tiers"].items():
            if name != ALL:
                table.add_row(*settings, name, hours, *_answer_rate(figures["service_level"]), *late)
        table.add_section()
    design = study.design
    parts: list[RenderableType] = [
        table,
        _footnote(design.points[0].scenario, study.replications, design.seed),
    ]
    effects = tier_effects(study)
    return Group(*parts, *((effects_table(effects), Text(f"{_(NOTE)}\n")) if effects else ()))


def _owed(found: Figures) -> bool:
    return bool(found["callbacks"]["created"]["value"])


def _tiers(tiers: Mapping[str, Figures]) -> Table:
    heads = [
        *(_("offered"), _("answered"), *map(_, ANSWER_RATE), _("days met")),
        *(_("abandoned"), _("ASA"), _("p95 wait"), _("longest wait")),
    ]
    table = blank_table([_("tier")], heads)
    for name, figures in tiers.items():
        level = figures["service_level"]
        counts = [count(figures["counts"][kind]) for kind in ("offered", "answered")]
        shares = [percent(level["days_met"]), percent(figures["abandonment"]["value"])]
        waits = [duration(figures[kpi]["value"]) for kpi in ("asa_s", "p95_wait_s", "max_wait_s")]
        table.add_row(tier(name), *counts, *_answer_rate(level), *shares, *waits)
    return table


def _pools(pools: Mapping[str, Figures], scenario: Scenario) -> Table:
    heads = [_("agents at peak"), _("staffed hours"), _("occupancy"), _("overtime hours")]
    table = blank_table([_("pool")], heads)
    for name, pool in pools.items():
        staffed, overtime = (count(pool[kpi]["value"]) for kpi in ("staffed_h", "overtime_h"))
        most = f"{scenario.peak(name):,}"
        table.add_row(name, most, staffed, percent(pool["occupancy"]["value"]), overtime)
    return table


def _callbacks(callbacks: Mapping[str, Figures]) -> str:
    figures = {name: count(estimate["value"]) for name, estimate in callbacks.items()}
    return _(
        "Callbacks: {created} owed, {begun} begun in time, {late} late, {reached} reached, "
        "{unreached} not reached, {cancelled} cancelled, {pending} still open at the end, of which {not_due} "
        "were not due yet."
    ).format(begun=percent(callbacks["on_time"]["value"]), **figures)


def _footnote(scenario: Scenario, numbers: Sequence[int], seed: int) -> Text:
    level = scenario.service_level
    formula = definition(level.definition, level.short_abandon)
    note = _(
        "Answer rate = {formula} ({definition}). Counts are means per replication; "
        "{replications}, seed {seed}."
    ).format(formula=formula, definition=level.definition, replications=replications(numbers), seed=seed)
    return Text(f"{note}\n")


def _answer_rate(level: Figures) -> list[str | Text]:
    return [percent(level["value"]), interval(level) or NOTHING, target(level), _verdict(level["verdict"])]


def _verdict(verdict: str | None) -> Text:
    return Text(verdict_word(verdict), style=STYLES.get(verdict or "", ""))
