"""What was fitted: one row for each tier, figures with their intervals."""

from __future__ import annotations

from collections.abc import Mapping

from callcenter.fit.days import Choice, reason_text
from callcenter.fit.fitted import Fitted, TierFit
from callcenter.fit.ranks import Ranks
from callcenter.fit.routing import STRICT
from callcenter.fit.wording import figure, in_seconds, percent
from callcenter.fit.written import rule_text
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.report.tables.layout import Cell, Column, Row, Table, cells
from callcenter.report.tables.units import COUNT, RATIO, SECONDS, SHARE, TEXT, WHOLE

_FAMILIES = {
    "exponential": noted("exponential"),
    "weibull": noted("weibull"),
    "lognormal": noted("lognormal"),
    "gamma": noted("gamma"),
    "mixture": noted("mixture"),
    "empirical": noted("empirical"),
    "constant": noted("constant"),
    "never": noted("never"),
}


def breaks_text(model: Fitted) -> str:
    """Return what breaks agents take, and who is staffed then; empty where there are none."""
    if model.breaks is None or not model.breaks.after_call.value > 0:
        return ""
    text = _("A break follows {share} of calls and lasts {length} on average; the levels leave breaks out.")
    length = in_seconds(model.breaks.length.value)
    line = text.format(share=percent(model.breaks.after_call.value), length=length)
    if model.with_breaks is None:
        return line
    more = _("The scenario staffs {hours} agent-hours a day, breaks among them, and simulates these.")
    return f"{line} {more.format(hours=figure(model.with_breaks.hours().value))}"


def fit_table(model: Fitted) -> Table:
    """Return one row for each tier: calls, talk, patience and place in the line."""
    columns = [
        Column(_("tier"), key="tier"),
        Column(_("calls a day"), COUNT, "calls_per_day", is_exact=True),
        Column(_("talk"), key="talk_family"),
        Column(_("mean talk"), SECONDS, "talk_mean_s", is_exact=True),
        Column(_("cv of talk"), RATIO, "talk_cv"),
        Column(_("talks below 10 s"), SHARE, "short_share"),
        Column(_("patience"), key="patience_family"),
        Column(_("mean patience"), SECONDS, "patience_mean_s", is_exact=True),
        Column(_("hung up"), WHOLE, "lost"),
        Column(_("priority"), WHOLE, "priority"),
        Column(_("head start"), SECONDS, "head_start_s"),
    ]
    return Table(_("Tiers, as fitted"), columns, [_row(model, tier) for tier in model.tiers])


def _row(model: Fitted, tier: TierFit) -> Row:
    talk, patience = tier.talk, tier.patience
    handle = tier.handle_s.plain() if tier.handle_s else None
    family = patience.chosen.family if patience.chosen else "never"
    values = (
        tier.name,
        tier.calls_per_day.plain(),
        _(_FAMILIES[talk.family]) if talk else None,
        talk.mean.plain() if talk else handle,
        talk.cv.plain() if talk else None,
        talk.short.plain() if talk and talk.short else None,
        _(_FAMILIES[family]) + (_(" of all") if patience.is_pooled else ""),
        patience.chosen.mean.plain() if patience.chosen else None,
        patience.lost,
        model.ranks.priority[tier.name] if model.ranks else None,
        model.ranks.head_start[tier.name] if model.ranks else None,
    )
    return Row([Cell(value) for value in values])


def spread_table(model: Fitted) -> Table:
    """Return how much days and intervals differ, one row for each figure."""
    columns = [
        Column(_("figure"), key="figure"),
        Column(_("value"), RATIO, "value", is_exact=True, is_beside=True),
        Column(_("method"), key="method"),
    ]
    figures = [
        (_("cv of the calls of days"), SHARE, model.day_cv),
        (_("cv of the day factor"), SHARE, model.unrest.day),
        (_("cv of the interval factor"), SHARE, model.unrest.interval),
        (_("correlation of an interval with the next"), RATIO, model.unrest.correlation),
        (_("cv of the day factor of talk"), SHARE, model.talk_by_time.day),
    ]
    rows = [
        Row([Cell(name), Cell(each.plain(), unit=unit), Cell(_(each.method))])
        for name, unit, each in figures
        if each is not None
    ]
    return Table(_("How days and intervals differ"), columns, rows)


_RISK_AT = (0.0, 20.0, 60.0, 120.0, 300.0, 600.0)


def at_risk_table(model: Fitted) -> Table:
    """Return how many callers of each tier still waited after some times: what the curves rest on."""
    columns = [Column(_("tier"), key="tier")]
    columns += [Column(_("{seconds:g} s").format(seconds=at), WHOLE, f"at_risk_{at:g}") for at in _RISK_AT]
    rows = []
    for tier in model.tiers:
        survival = tier.patience.survival
        if survival is None or tier.patience.is_pooled:
            continue
        risk = [
            next((r for t, r in zip(survival.times, survival.at_risk, strict=True) if t >= at), 0.0)
            for at in _RISK_AT
        ]
        rows.append(Row([Cell(tier.name), *(Cell(float(number)) for number in risk)]))
    return Table(_("Callers still waiting (number at risk)"), columns, rows)


def order_table(ranks: Ranks) -> Table:
    """Return what the pick-ups say of each two tiers that waited together."""
    columns = [
        Column(_("first"), key="first"),
        Column(_("second"), key="second"),
        Column(_("rule"), TEXT, "rule"),
        Column(_("explained"), SHARE, "explained"),
        Column(_("strict priority"), SHARE, "explained_strict"),
        Column(_("first come, first served"), SHARE, "explained_first_come"),
        Column(_("pick-ups"), WHOLE, "pick_ups"),
    ]
    rows = [
        Row(
            [
                Cell(each.first),
                Cell(each.second),
                Cell(rule_text(each.head_start)),
                *map(Cell, (each.explained[at] for at in (each.head_start, STRICT, 0.0))),
                Cell(each.pick_ups),
            ]
        )
        for each in ranks.orders
    ]
    return Table(_("Who is taken first while both wait"), columns, rows)


def dropped_table(choice: Choice) -> Table:
    """Return the days that are not fitted, one row for each reason."""
    columns = [
        Column(_("reason"), key="reason"),
        Column(_("days"), WHOLE, "days"),
        Column(_("which"), key="which"),
    ]
    rows = [
        Row([Cell(reason_text(reason)), Cell(len(days)), Cell(_listed(days))])
        for reason, days in choice.dropped.items()
    ]
    return Table(_("Days left out"), columns, rows)


_MOST_NAMED = 12


def _listed(days: Mapping[str, str]) -> str:
    """Return days with what was seen of them, no more than a cell holds."""
    named = [f"{day} ({seen})" if seen else day for day, seen in list(days.items())[:_MOST_NAMED]]
    return _(", ").join([*named, *(["..."] if len(days) > _MOST_NAMED else [])])


def untold_table(model: Fitted) -> Table:
    """Return what the records cannot tell, why, and what would tell it."""
    columns = [
        Column(_("what"), key="what"),
        Column(_("why"), key="why"),
        Column(_("what would tell it"), key="remedy"),
    ]
    rows = [Row(cells(*each)) for each in model.cannot_tell]
    return Table(_("What these records cannot tell"), columns, rows, "prose")
