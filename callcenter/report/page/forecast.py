"""The page of a forecast: days ahead with bands, the errors of every method, what an error costs."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter import wording
from callcenter.forecast import Forecast
from callcenter.forecast import sentences as words
from callcenter.forecast.written import SCENARIO, SERIES, factor_lines, series_of
from callcenter.language import gettext as _
from callcenter.report.figures import forecast as figures
from callcenter.report.page.blocks import Block, Bullets, Code, Details, Gallery, Page, Section, Text
from callcenter.report.page.picture import picture
from callcenter.report.tables.forecast import days_table, leads_table, methods_table, special_table


def forecast_page(forecast: Forecast, command: str = "") -> Page:
    """Gather the page of a forecast."""
    sections = [
        Section("answer", _("Calls ahead"), _("Answer"), list(_answer(forecast))),
        Section("errors", _("How good it is"), _("Errors"), list(_errors(forecast))),
        Section("special", _("Special days"), _("Special days"), list(_special(forecast))),
        Section("use", _("What to do with it"), _("Use"), list(_use(forecast))),
        Section("reproduce", _("How to reproduce it"), _("Reproduce"), [Code(command)] if command else []),
    ]
    counts = forecast.counts
    subtitle = _("learnt from {days} days, {first} to {last}").format(
        days=len(counts.days), first=counts.days[0], last=counts.days[-1]
    )
    footer = _("The same figures for a spreadsheet: results.xlsx and {series} beside this file.").format(
        series=SERIES
    )
    title = _("Forecast, {first} to {last}").format(first=forecast.days[0], last=forecast.days[-1])
    return Page(title, subtitle, [each for each in sections if each.blocks], footer)


def _answer(forecast: Forecast) -> Iterator[Block]:
    yield Text(words.headline(forecast), "answer")
    yield Text(wording.together(words.how_good(forecast), words.method(forecast)))
    caption = _("Bars: calls that came; strokes: calls expected; orange: where 80% and 95% of days lie.")
    yield Gallery(
        [picture(figures.days_ahead(forecast), "days-ahead", _("Days past and ahead"), caption, kind="full")]
    )
    week = next((row // 7 for row in range(len(forecast.days)) if forecast.total.calls[row].sum() > 0), 0)
    caption = _("Line: calls expected in each interval; orange: where 80% and 95% of intervals lie.")
    yield Gallery(
        [
            picture(
                figures.week_ahead(forecast, week),
                "week-ahead",
                _("The first week by interval"),
                caption,
                kind="full",
            )
        ]
    )
    yield days_table(forecast)
    if forecast.notes:
        yield Text(_("Please note:"))
        yield Bullets(forecast.notes)


def _errors(forecast: Forecast) -> Iterator[Block]:
    caption = _(
        "Dots: calls that came; strokes: what had been forecast from the days before; orange: the band "
        "of 80%."
    )
    name = _("Forecasts of past days")
    yield Gallery([picture(figures.past_forecasts(forecast), "past-forecasts", name, caption, kind="full")])
    yield methods_table(forecast)
    yield Text(
        _(
            "An error is the sum of what forecasts missed by, over the sum of calls (WAPE). Each past day "
            "was forecast from the days before it alone. The method with the smallest errors of the last 40 "
            "days, by interval and by day, is used for the days ahead."
        ),
        "note",
    )
    if forecast.cost is not None and words.cost(forecast.cost):
        yield Text(words.cost(forecast.cost))
    yield leads_table(forecast)
    if forecast.has_tiers:
        for name, series in forecast.tiers.items():
            yield Details(
                _("Errors of {tier}").format(tier=name or _("other calls")), [methods_table(forecast, series)]
            )


def _special(forecast: Forecast) -> Iterator[Block]:
    if forecast.special.past:
        yield special_table(forecast)
    if forecast.events:
        yield Text(_("Events:"))
        yield Bullets([event.text for event in forecast.events])


def _use(forecast: Forecast) -> Iterator[Block]:
    yield Text(words.restless(forecast))
    if forecast.scenario is not None:
        yield Text(_("The scenario beside this file takes these calls:"))
        yield Code(f"callcenter run {SCENARIO}")
        return
    yield Text(_("In a scenario:"))
    yield Code(scenario_lines(forecast))


def scenario_lines(forecast: Forecast) -> str:
    """Return the lines that make a scenario take the series."""
    lines = [
        f"day: {{date: {forecast.days[0]}}}",
        f"days: {len(forecast.days)}",
        "demand:",
        f"  calls: {series_of('calls')}",
        *factor_lines(forecast.factors),
    ]
    return "\n".join(lines)
