"""Results as tables for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from callcenter.report.effects import NOTE, effects_table, tier_effects
from callcenter.report.terminal_layout import blank_table
from callcenter.report.terminal_sections import sections
from callcenter.report.wording import (
    NOTHING,
    count,
    definition,
    duration,
    interval,
    percent,
    replications,
    target,
)
from callcenter.scenario import Scenario
from callcenter.scenario.staffing import peak, rota
from callcenter.study import Result, SweepResult
from callcenter.study.labels import label, short_path
from callcenter.study.points import roster

Figures = Mapping[str, Any]

STYLES = {"met": "green", "missed": "red", "unclear": "yellow"}

MOST_SETTINGS = 4
"""Varied paths that fit beside the figures of a point; more stand in the files."""

ANSWER_RATE = ("answer rate", "95% interval", "target", "verdict")


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
    owed = ["callbacks late"] if any(map(_owed, study.summaries)) else []
    is_wide = len(study.varied) > MOST_SETTINGS
    names = ["point (see kpis.csv)"] if is_wide else [*map(short_path, study.varied)]
    table = blank_table([*names, "tier"], ["agent-hours", *ANSWER_RATE, *owed])
    for number, (point, found) in enumerate(zip(study.design.points, study.summaries, strict=True)):
        settings = (
            [str(number)] if is_wide else [escape(label(point.settings[path])) for path in study.varied]
        )
        hours = count(roster(point.scenario).hours)
        late = [count(found["callbacks"]["late"]["value"])] if owed else []
        for name, tier in found["tiers"].items():
            if name != "all":
                table.add_row(*settings, name, hours, *_answer_rate(tier["service_level"]), *late)
        table.add_section()
    design = study.design
    parts: list[RenderableType] = [
        table,
        _footnote(design.points[0].scenario, study.replications, design.seed),
    ]
    effects = tier_effects(study)
    return Group(*parts, *((effects_table(effects), Text(f"{NOTE}\n")) if effects else ()))


def _owed(found: Figures) -> bool:
    return bool(found["callbacks"]["created"]["value"])


def _tiers(tiers: Mapping[str, Figures]) -> Table:
    figures = [
        "offered",
        "answered",
        *ANSWER_RATE,
        "days met",
        "abandoned",
        "ASA",
        "p95 wait",
        "longest wait",
    ]
    table = blank_table(["tier"], figures)
    for name, tier in tiers.items():
        level = tier["service_level"]
        counts = [count(tier["counts"][kind]) for kind in ("offered", "answered")]
        shares = [percent(level["days_met"]), percent(tier["abandonment"]["value"])]
        waits = [duration(tier[kpi]["value"]) for kpi in ("asa_s", "p95_wait_s", "max_wait_s")]
        table.add_row(name, *counts, *_answer_rate(level), *shares, *waits)
    return table


def _pools(pools: Mapping[str, Figures], scenario: Scenario) -> Table:
    table = blank_table(["pool"], ["agents at peak", "staffed hours", "occupancy", "overtime hours"])
    for name, pool in pools.items():
        staffed, overtime = (count(pool[kpi]["value"]) for kpi in ("staffed_h", "overtime_h"))
        most = f"{peak(rota(scenario.pools[name], scenario.day, scenario.days)):,}"
        table.add_row(name, most, staffed, percent(pool["occupancy"]["value"]), overtime)
    return table


def _callbacks(callbacks: Mapping[str, Figures]) -> str:
    figures = {name: count(estimate["value"]) for name, estimate in callbacks.items()}
    return (
        "Callbacks: {created} owed, {begun} begun in time, {late} late, {reached} reached, "
        "{unreached} not reached, {cancelled} cancelled, {pending} still open at the end, of which {not_due} "
        "were not due yet."
    ).format(begun=percent(callbacks["on_time"]["value"]), **figures)


def _footnote(scenario: Scenario, numbers: Sequence[int], seed: int) -> Text:
    level = scenario.service_level
    formula = definition(level.definition, level.short_abandon)
    return Text(
        f"Answer rate = {formula} ({level.definition}). Counts are means per replication; "
        f"{replications(numbers)}, seed {seed}.\n"
    )


def _answer_rate(level: Figures) -> list[str | Text]:
    return [percent(level["value"]), interval(level) or NOTHING, target(level), _verdict(level["verdict"])]


def _verdict(verdict: str | None) -> Text:
    return Text(verdict or NOTHING, style=STYLES.get(verdict or "", ""))
