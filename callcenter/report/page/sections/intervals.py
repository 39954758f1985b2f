"""The day interval by interval: answer rates, agents against need, occupancy, callers in line."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from callcenter.language import gettext as _
from callcenter.report import figures
from callcenter.report.figures.rates import common_floor, target_of
from callcenter.report.page.blocks import Block, Details, Gallery, Section, Text
from callcenter.report.page.picture import Picture, picture
from callcenter.report.page.sections.view import View
from callcenter.report.tables.features import has_breaks
from callcenter.report.tables.intervals import interval_table
from callcenter.report.tables.tiers import shown_tiers
from callcenter.study import Result
from callcenter.study.sentences.definitions import definition_of
from callcenter.study.sentences.intervals import (
    more_days,
    required_note,
    short_of_required,
    worst_interval,
)
from callcenter.study.sentences.verdicts import promise

MOST_POOLS = 4
"""Pools with a figure of their own; with more, the heatmap shows them all."""


def section(view: View) -> Section:
    """Return the figures by interval of the point shown."""
    title = _("By interval")
    return Section("intervals", title, title, list(_blocks(view)), view.shown)


def _blocks(view: View) -> Iterator[Block]:
    note = _(
        "Answer rate of each tier: {definition}. Band: 95% interval; dashed line: target; "
        "a gap: nothing offered."
    )
    yield Text(note.format(definition=definition_of(view.scenario)), "note")
    yield Gallery(rate_pictures(view.result), more_days(view.result))
    yield Gallery(day_pictures(view.result))
    staffing = list(staffing_pictures(view.insights.required))
    if staffing:
        yield Text(_("Scheduled against required"), "head")
        yield Gallery(staffing, required_note())
    yield Details(_("All intervals as a table"), [interval_table(view.result)])


def rate_pictures(result: Result) -> list[Picture]:
    """Return the answer rate by interval of each tier, those with a target on one scale."""
    targets = {tier: target_of(result, tier) for tier in shown_tiers(result)}
    intervals = result.intervals
    rows = {tier: intervals[intervals["tier"] == tier] for tier in targets}
    promised = [tier for tier, target in targets.items() if target is not None]
    floor = common_floor([rows[tier] for tier in promised], [targets[tier] for tier in promised])
    return [_rate_picture(result, tier, rows[tier], floor if tier in promised else None) for tier in targets]


def _rate_picture(result: Result, tier: str, rows: pd.DataFrame, floor: float | None) -> Picture:
    ax = figures.answer_rate_by_interval(result, tier, floor=floor)
    number = list(result.scenario.tiers).index(tier)
    level = result.summary["tiers"][tier]["service_level"]
    title = _("{tier}: answer rate, {target}").format(tier=tier, target=promise(level))
    return picture(ax, f"rate-{number}", title, "", worst_interval(rows, target_of(result, tier)))


def day_pictures(result: Result) -> list[Picture]:
    """Return calls, agents, occupancy and queue by interval."""
    return [
        picture(
            figures.calls_by_interval(result),
            "calls",
            _("Calls that asked for a person"),
            _("Hatched: abandoned, closed or still in line."),
        ),
        picture(
            figures.agents_by_interval(result),
            "agents",
            _("Agents staffed and busy, all pools"),
            _("Line: staffed. Area: busy with talk, wrap-up and callbacks; the gap is idle time.")
            if not has_breaks(result.scenario)
            else _("Line: staffed. Area: busy; dotted: on unscheduled breaks; the gap is idle time."),
        ),
        picture(
            figures.occupancy(result),
            "occupancy",
            _("Occupancy: busy ÷ staffed"),
            _("Band: 85 to 90%; above it agents hardly breathe between calls."),
            kind="full" if result.scenario.days > 1 else "",
        ),
        picture(
            figures.queue_by_interval(result, shown_tiers(result)),
            "queue",
            _("Callers in line, mean over each interval"),
            _("The last interval of a day includes those who wait after the close."),
            kind="full" if result.scenario.days > 1 else "",
        ),
    ]


def staffing_pictures(required: pd.DataFrame) -> Iterator[Picture]:
    """Yield agents scheduled against required: one figure per pool where they are few, a heatmap of all."""
    asked = required.dropna(subset=["required"])
    pools = list(dict.fromkeys(asked["pool"]))
    for number, pool in enumerate(pools if len(pools) <= MOST_POOLS else ()):
        ax = figures.staffed_and_required(required, pool)
        title = _("{pool}: agents scheduled and required").format(pool=pool)
        yield picture(
            ax, f"required-{number}", title, "", short_of_required(asked[asked["pool"] == pool]), "full"
        )
    if not pools:
        return
    title = _("Agents over (+) and under (−) the requirement")
    yield picture(figures.over_under(required), "over-under", title, "", short_of_required(asked), "full")
