"""The key figures of one point: tiers, definitions, pools, callbacks."""

from __future__ import annotations

from collections.abc import Callable

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.measure import DEFINITIONS
from callcenter.report.tables.layout import (
    Cell,
    Figures,
    Row,
    Table,
    estimate_cell,
    heads,
    rate_cell,
    text_cells,
)
from callcenter.study import Result
from callcenter.totals import ALL

TIER_FIGURES = (
    noted("offered"),
    noted("answered"),
    noted("answer rate"),
    noted("days met"),
    noted("abandoned"),
)
WAITS = {
    noted("ASA"): "asa_s",
    noted("mean wait"): "mean_wait_s",
    noted("95% waited at most"): "p95_wait_s",
    noted("longest wait"): "max_wait_s",
}
POOL_FIGURES = (
    noted("agents at the peak"),
    noted("staffed"),
    noted("busy"),
    noted("overtime"),
    noted("occupancy"),
    noted("calls answered"),
    noted("callbacks dialled"),
)

CALLBACK_FIGURES: tuple[tuple[str, str, Callable[[float | None], str]], ...] = (
    (noted("callbacks owed"), "created", wording.count),
    (noted("first attempt within the promise"), "on_time", wording.percent),
    (noted("late"), "late", wording.count),
    (noted("neither begun nor due at the end of the run"), "not_due", wording.count),
    (noted("customer reached"), "reached", wording.count),
    (noted("not reached after the last attempt"), "unreached", wording.count),
    (noted("cancelled: the customer called again and was answered"), "cancelled", wording.count),
    (noted("still open at the end of the run"), "pending", wording.count),
    (noted("open at the end of a day, on average"), "open_at_day_end", wording.count),
    (noted("most open at once"), "backlog_max", wording.count),
    (noted("half of the first attempts came within"), "delay_p50_s", wording.wait),
    (noted("95% of the first attempts came within"), "delay_p95_s", wording.wait),
    (noted("longest delay to a first attempt"), "delay_max_s", wording.wait),
)


def tier_table(result: Result) -> Table:
    """Return a row for each tier and the total, with every figure of a planner's table."""
    rows = [_tier_row(name, tier) for name, tier in result.summary["tiers"].items()]
    length = wording.plural(result.scenario.days, "day")
    caption = _("Mean of a replication ({length}), 95% interval below").format(length=length)
    names = [_("tier"), *map(_, TIER_FIGURES), *map(_, WAITS)]
    return Table(caption, heads(names), rows, kind="wide compact")


def _tier_row(name: str, tier: Figures) -> Row:
    level, counts = tier["service_level"], tier["counts"]
    waits = [estimate_cell(tier[key], wording.wait) for key in WAITS.values()]
    cells = [
        Cell(wording.tier(name), wording.target(level)),
        Cell(wording.count(counts["offered"])),
        Cell(wording.count(counts["answered"])),
        rate_cell(level),
        Cell(wording.percent(level["days_met"], 0)),
        estimate_cell(tier["abandonment"], wording.percent),
        *waits,
    ]
    return Row(cells, "first" if name == ALL else "")


def definition_table(result: Result) -> Table:
    """Return the answer rate of each tier by every definition, the chosen one first."""
    chosen, tiers = result.scenario.service_level.definition, result.summary["tiers"]
    names = [chosen, *(name for name in DEFINITIONS if name != chosen)]
    rows = [_definition_row(result, name, "shown" if name == chosen else "") for name in names]
    caption = _(
        "The same calls by every definition of the answer rate; the shaded one is used in this report"
    )
    heading = [_("definition"), _("formula"), *map(wording.tier, tiers)]
    return Table(caption, heads(heading, 2), rows, kind="compact")


def _definition_row(result: Result, name: str, kind: str) -> Row:
    formula = wording.definition(name, result.scenario.service_level.short_abandon)
    levels = [tier["service_level"] for tier in result.summary["tiers"].values()]
    rates = [
        wording.percent({level["definition"]: level, **level["other_definitions"]}[name]["value"])
        for level in levels
    ]
    return Row([*text_cells([name, formula]), *map(Cell, rates)], kind)


def pool_table(result: Result) -> Table:
    """Return a row a pool: hours and occupancy of a replication."""
    rows = [_pool_row(result, name, figures) for name, figures in result.summary["pools"].items()]
    caption = _("Agents: mean of a replication, 95% interval below; h are agent-hours")
    return Table(caption, heads([_("pool"), *map(_, POOL_FIGURES)]), rows, kind="wide compact")


def _pool_row(result: Result, name: str, figures: Figures) -> Row:
    hours = [estimate_cell(figures[key], wording.hours) for key in ("staffed_h", "busy_h", "overtime_h")]
    work = [estimate_cell(figures[key], wording.count) for key in ("calls", "callback_attempts")]
    occupancy = estimate_cell(figures["occupancy"], wording.percent)
    return Row([Cell(name), Cell(f"{result.scenario.peak(name):,}"), *hours, occupancy, *work])


def callback_table(result: Result) -> Table:
    """Return what became of the callbacks, a row a figure."""
    callbacks = result.summary["callbacks"]
    rows = [
        _callback_row(_(name), callbacks[key], form)
        for name, key, form in CALLBACK_FIGURES
        if key != "open_at_day_end" or result.scenario.days > 1
    ]
    names = [_("figure"), _("mean"), _("95% interval")]
    return Table(_("Callbacks of a replication"), heads(names), rows, kind="compact")


def _callback_row(name: str, estimate: Figures, form: Callable[[float | None], str]) -> Row:
    return Row([Cell(name), Cell(form(estimate["value"])), Cell(wording.interval(estimate, form))])
