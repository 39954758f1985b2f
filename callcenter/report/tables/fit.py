"""What was fitted: one row for each tier, figures with their intervals."""

from __future__ import annotations

from callcenter.fit.fitted import Fitted, TierFit
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.report.tables.layout import Cell, Column, Row, Table
from callcenter.report.tables.units import COUNT, RATIO, SECONDS, SHARE, WHOLE

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
