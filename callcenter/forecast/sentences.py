"""A forecast in words."""

from __future__ import annotations

import numpy as np

from callcenter import wording
from callcenter.forecast.backtest import chance_alone
from callcenter.forecast.cost import Cost
from callcenter.forecast.result import Forecast
from callcenter.language import gettext as _
from callcenter.scenario.parts.calendar import date_text


def headline(forecast: Forecast) -> str:
    """Return how many calls come, and when."""
    calls, is_open = forecast.totals, forecast.ahead.is_open[: forecast.number]
    mean = float(calls[is_open].mean()) if is_open.any() else 0.0
    return _("{first} to {last}: {calls:,.0f} calls expected, {mean:,.0f} on an open day.").format(
        first=date_text(forecast.days[0]), last=date_text(forecast.days[-1]), calls=calls.sum(), mean=mean
    )


def how_good(forecast: Forecast) -> str:
    """Return the errors one day ahead beside those of chance alone, and what the bands have held."""
    test = forecast.total.one_day
    errors, since = forecast.as_chosen(test), test.judged_from
    if since >= len(test.rows):
        return _("How good it is cannot be told yet: that takes more open days.")
    text = _(
        "One day ahead, the error has been {interval} by interval and {day} by day ({days} past days, each "
        "forecast from those before it); chance alone makes {floor} and {day_floor}."
    ).format(
        interval=wording.percent(errors.interval),
        day=wording.percent(errors.day),
        days=len(test.rows) - since,
        floor=wording.percent(chance_alone(test.as_chosen[since:])),
        day_floor=wording.percent(chance_alone(test.as_chosen[since:].sum(axis=1))),
    )
    held = _("The band of 80% has held {eighty} of the intervals, that of 95% {ninety_five}.").format(
        eighty=wording.percent(test.coverages["80"], 0), ninety_five=wording.percent(test.coverages["95"], 0)
    )
    return wording.together(text, held)


def method(forecast: Forecast) -> str:
    """Return which method was chosen for which days."""
    parts: list[tuple[str, int]] = []
    for row in np.flatnonzero(forecast.ahead.is_open[: forecast.number]):
        lead = forecast.ahead.lead(int(row))
        name = forecast.method_of(lead)
        if not parts or parts[-1][0] != name:
            parts.append((name, lead))
    if len(parts) < 2:
        names = [_(name) for name, _lead in parts] or [wording.NOTHING]
        return _("Method: {method}, the best of late by the backtest.").format(method=names[0])
    texts = [_(parts[0][0])]
    texts += [
        _("{method} from {lead} days ahead").format(method=_(name), lead=lead) for name, lead in parts[1:]
    ]
    return _("Methods, the best of late by the backtest: {methods}.").format(methods=_("; ").join(texts))


def cost(cost: Cost | None) -> str:
    """Return what the error costs in agent-hours; empty where that is not known."""
    if cost is None or cost.chosen != cost.chosen:
        return ""
    text = _(
        "What the error costs: {hours} agent-hours a day keep the promises with this forecast {lead} "
        "ahead, {known} with calls known beforehand. Of the {difference} more ({low} to {high}), chance "
        "alone makes {chance}. Errors a tenth smaller would save {tenth} hours a day. ({days} past days, "
        "simulated.)"
    ).format(
        hours=f"{cost.chosen:,.1f}",
        lead=wording.plural(cost.lead, "day"),
        known=f"{cost.known:,.1f}",
        difference=f"{cost.more.value:,.1f}",
        low=f"{cost.more.low:,.1f}",
        high=f"{cost.more.high:,.1f}",
        chance=f"{min(max(cost.chance, 0.0), max(cost.more.value, 0.0)):,.1f}",
        tenth=f"{max(cost.tenth, 0.0):,.1f}",
        days=cost.days,
    )
    if cost.is_assumed:
        assumed = _("(Handle time as recorded; 80% within 20 s and a patience of 5 min are assumed.)")
        return wording.together(text, assumed)
    return text


def restless(forecast: Forecast) -> str:
    """Return how days and intervals differ from the forecast."""
    factors = forecast.factors
    return _(
        "About the forecast, days differ by {day} and intervals by {interval} (correlation with the next "
        "{correlation:.2f}), chance left out: day_factor_cv and interval_factor of a scenario."
    ).format(
        day=wording.percent(factors.day_cv),
        interval=wording.percents(factors.interval_cv.tolist()),
        correlation=factors.correlation,
    )
