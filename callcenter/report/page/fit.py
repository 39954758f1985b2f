"""The page of a fit: what was found in records, beside what it was found from."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter.fit import Fit
from callcenter.fit.fitted import Fitted
from callcenter.fit.remarks import poisson_text
from callcenter.fit.wording import figure, in_seconds
from callcenter.language import gettext as _
from callcenter.report.figures import fitted as figures
from callcenter.report.page.blocks import Block, Bullets, Code, Details, Gallery, Page, Section, Text
from callcenter.report.page.picture import Picture, picture
from callcenter.report.tables.fit import (
    at_risk_table,
    breaks_text,
    dropped_table,
    fit_table,
    order_table,
    spread_table,
    untold_table,
)
from callcenter.report.tables.inputs import scenario_yaml


def fit_page(fit: Fit, command: str = "") -> Page:
    """Gather the page of a fit."""
    model = fit.model
    sections = [
        Section("answer", _("What the records say"), _("Answer"), list(_answer(model))),
        Section("demand", _("Calls"), _("Calls"), list(_demand(model))),
        Section("patience", _("Patience"), _("Patience"), list(_patience(model))),
        Section("talk", _("Handle time"), _("Handle time"), list(_talk(model))),
        Section("staffing", _("Agents"), _("Agents"), list(_staffing(model))),
        Section("days", _("Days"), _("Days"), list(_days(model))),
        Section("reproduce", _("How to reproduce it"), _("Reproduce"), list(_reproduce(fit, command))),
    ]
    footer = _("Every figure for programs: fit.json; the scenario: scenario.yaml; agents by day: levels.csv.")
    return Page(fit.name, _subtitle(model), sections, footer)


def _subtitle(model: Fitted) -> str:
    return _("fitted to {calls:,} calls of {days} days, {first} to {last}").format(
        calls=model.calls, days=len(model.days), first=model.days[0], last=model.days[-1]
    )


def _answer(model: Fitted) -> Iterator[Block]:
    yield fit_table(model)
    if model.remarks:
        yield Text(_("Please note:"))
        yield Bullets(model.remarks)
    yield untold_table(model)


def _demand(model: Fitted) -> Iterator[Block]:
    caption = _("Line: mean of days; dark: its 95% interval; light: two standard deviations of days.")
    title = _("Calls by interval")
    yield Gallery([picture(figures.profile(model), "profile", title, caption, kind="full")])
    title = _("How restless intervals are")
    caption = _("Variance over mean of the calls of days; dashed: chance alone (Poisson).")
    yield Gallery([picture(figures.dispersion(model), "dispersion", title, caption)])
    if model.poisson is not None:
        yield Text(poisson_text(model.poisson))
    yield spread_table(model)


def _patience(model: Fitted) -> Iterator[Block]:
    caption = _("Steps: Kaplan and Meier, as far as 30 callers still wait; lines: the family chosen.")
    pictures = [picture(figures.patience_curves(model), "patience-figure", _("Who still waits"), caption)]
    if model.hazard is not None:
        caption = _("Dot: rate; stroke: its 95% interval. A peak is mostly an announcement.")
        pictures.append(picture(figures.hazard(model), "hazard", _("When callers hang up"), caption))
    yield Gallery(pictures)
    if any(tier.patience.survival for tier in model.tiers):
        yield at_risk_table(model)


def _talk(model: Fitted) -> Iterator[Block]:
    pictures: list[Picture] = []
    if any(tier.talk and tier.talk.percentiles for tier in model.tiers):
        caption = _("Percentiles 1 to 99 of talks that are not short; on the diagonal the family fits.")
        pictures.append(
            picture(figures.talk_quantiles(model), "talk-quantiles", _("Talk, as fitted and seen"), caption)
        )
    for name, title, levels in (
        ("talk-hours", _("Talk by hour"), model.talk_by_time.by_hour),
        ("talk-months", _("Talk by month"), model.talk_by_time.by_month),
    ):
        if levels:
            caption = _("Over the mean of each tier; stroke: 95% interval, days as units.")
            pictures.append(picture(figures.talk_levels(levels), name, title, caption))
    if pictures:
        yield Gallery(pictures)
    wrap_up = next((tier.wrap_up for tier in model.tiers if tier.wrap_up), None)
    if wrap_up is not None:
        yield Text(
            _("Wrap-up: {mean} on average ({low} to {high}), {method}.").format(
                mean=in_seconds(wrap_up.mean.value),
                low=in_seconds(wrap_up.mean.low),
                high=in_seconds(wrap_up.mean.high),
                method=_(wrap_up.mean.method),
            ),
            "note",
        )


def _staffing(model: Fitted) -> Iterator[Block]:
    caption = _(
        "Means of days. Who is between two calls may be idle or away: the middle line tells them apart."
    )
    title = _("Agents on a usual day")
    yield Gallery([picture(figures.staffing(model), "staffing-figure", title, caption, kind="full")])
    hours = model.levels.hours()
    yield Text(
        _("{hours} agent-hours a day ({low} to {high}), known by {source}.").format(
            hours=figure(hours.value),
            low=figure(hours.low),
            high=figure(hours.high),
            source=_(model.levels.source),
        ),
        "note",
    )
    if text := breaks_text(model):
        yield Text(text, "note")
    if model.ranks is not None and model.ranks.orders:
        yield order_table(model.ranks)


def _days(model: Fitted) -> Iterator[Block]:
    if model.choice.dropped:
        yield dropped_table(model.choice)
    else:
        yield Text(_("All days of the records are fitted."))


def _reproduce(fit: Fit, command: str) -> Iterator[Block]:
    if command:
        yield Code(command)
    summary = _("The scenario as YAML, nothing left to look up")
    yield Details(summary, [Code(scenario_yaml(fit.scenario))], "screen")
