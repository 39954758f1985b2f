"""From interval records to what is known of a hotline: less than calls tell, and what is missing is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from callcenter.arrays import Floats
from callcenter.clock import clock_text
from callcenter.fit import arrivals, calibration, day_classes, days
from callcenter.fit.buckets import Buckets, buckets, by_ratio
from callcenter.fit.buckets import candidate as of_buckets
from callcenter.fit.errors import FitError
from callcenter.fit.estimates import Estimate, mean, positive, ratio_error
from callcenter.fit.fitted import Fitted, TierFit
from callcenter.fit.from_calls import Wishes
from callcenter.fit.hours import Hours, hours_of
from callcenter.fit.patience import FEWEST_LOST, Patience, too_few
from callcenter.fit.remarks import with_pooling
from callcenter.fit.reported import Reported, diary
from callcenter.fit.staffing.levels import CALIBRATED, REPORTED, Levels
from callcenter.fit.untold import untold_by_intervals
from callcenter.language import gettext as _
from callcenter.language import noted

POOL = "agents"
_FEWEST_BUCKETS = 2
MOST_ANSWERED = 1.005
"""Answered and abandoned over offered, above which calls are counted where they end."""


def fitted(report: Reported, wishes: Wishes, hours: Hours | None = None) -> Fitted:
    """Return what interval records say; FitError where they cannot say enough."""
    choice, classes = day_classes.chosen(diary(report), wishes.rule, wishes.calendar)
    notes = [days.warning(choice, len(report.days))]
    report = report.on_days(choice.used)
    hours = hours or hours_of(np.nansum(report.figures["answered"], axis=1), report.interval)
    table = _in_hours(np.nan_to_num(report.figures["offered"]), report, hours)
    every = table.sum(axis=1)
    tiers = _tiers(report, table, wishes)
    levels = _levels(report, hours)
    texts = [
        *filter(None, notes),
        *(each.text() for each in classes),
        *_remarks(report, hours, tiers, levels),
    ]
    return Fitted(
        days=report.days,
        choice=choice,
        calls=round(float(table.sum())),
        hours=hours,
        profile=arrivals.profile(table),
        tiers=tiers,
        serves={POOL: report.tiers},
        levels=levels,
        unrest=arrivals.unrest(every, report.weekdays),
        day_cv=arrivals.day_cv(every.sum(axis=1)),
        within=arrivals.within_day(every) if len(every) > 1 else None,
        weekdays=arrivals.weekday_factors(every.sum(axis=1), report.weekdays),
        weekdays_differ=arrivals.weekdays_differ(every.sum(axis=1), report.weekdays),
        classes=classes,
        remarks=tuple(texts),
        cannot_tell=tuple(untold_by_intervals(report, levels)),
    )


def _in_hours(figures: Floats, report: Reported, hours: Hours) -> Floats:
    """Return figures of the cells of the opening hours, summed into planning intervals."""
    first, last = (round(moment / report.interval) for moment in (hours.opening, hours.closing))
    per_interval = max(round(hours.interval / report.interval), 1)
    cells = figures[..., first:last]
    return np.asarray(cells.reshape(*cells.shape[:-1], -1, per_interval).sum(axis=-1))


def _tiers(report: Reported, table: Floats, wishes: Wishes) -> tuple[TierFit, ...]:
    of_all = _patience(_together(report), 0, wishes) if len(report.tiers) > 1 else None
    fits = []
    for number, name in enumerate(report.tiers):
        totals = table[:, number].sum(axis=1)
        calls = mean(totals, np.ones(len(totals)), float((totals**2).sum()), noted("mean of days"))
        own = _patience(report, number, wishes)
        if of_all is not None and own.lost < FEWEST_LOST:
            own = of_all._replace(
                lost=own.lost, is_pooled=True, own_mean=own.chosen.mean if own.chosen else None
            )
        fits.append(TierFit(name, calls, None, own, handle_s=_handle(report, number)))
    return tuple(fits)


def _together(report: Reported) -> Reported:
    """Return the report with its tiers summed."""
    figures = {name: np.nansum(table, axis=1, keepdims=True) for name, table in report.figures.items()}
    return replace(report, tiers=("all",), figures=figures)


def _handle(report: Reported, tier: int) -> Estimate:
    """Return mean talk and wrap-up; FitError where the report has none."""
    if not report.has("handle_s"):
        raise FitError(
            _("the interval records have no handle_s; name its column in the map, or give call records")
        )
    spent, answered = report.daily("handle_s", tier), report.daily("answered", tier)
    value, count = float(spent.sum() / max(answered.sum(), 1)), round(float(answered.sum()))
    error = ratio_error(spent, answered) / value if value > 0 else np.nan
    return positive(value, error, count, noted("reported handle time"), len(spent))


def _patience(report: Reported, tier: int, wishes: Wishes) -> Patience:
    lost = report.daily("abandoned", tier)
    if lost.sum() <= 0:
        return Patience(None, (), None, 0)
    waited = _waited(report, tier)
    seen = _buckets(report, tier, waited)
    if seen is None:
        return Patience(by_ratio(lost, waited), (by_ratio(lost, waited),), None, round(float(lost.sum())))
    candidates = [each for family in wishes.families if (each := of_buckets(family, seen)) is not None]
    if not candidates:
        candidates = [by_ratio(lost, waited)]
    best = min(candidates, key=lambda each: each.bic)
    return Patience(best, tuple(candidates), None, round(float(lost.sum())), reported=tuple(seen.survival))


def _waited(report: Reported, tier: int) -> Floats:
    """Return all waits of a tier by day; who hung up like the answered where the report leaves them out."""
    if not report.has("wait_answered_s"):
        raise FitError(
            _("the interval records have no waits; patience needs wait_answered_s, better with buckets")
        )
    answered_waits = report.daily("wait_answered_s", tier)
    if report.has("wait_abandoned_s"):
        return answered_waits + report.daily("wait_abandoned_s", tier)
    answered, lost = report.daily("answered", tier), report.daily("abandoned", tier)
    return answered_waits * (1 + lost / np.maximum(answered, 1))


def _buckets(report: Reported, tier: int, waited: Floats) -> Buckets | None:
    """Return the wait buckets of a tier; None where the report has none."""
    both = [
        limit
        for limit in report.limits
        if all(report.has(f"{kind}_le_{limit:g}") for kind in ("answered", "abandoned"))
    ]
    if len(both) < _FEWEST_BUCKETS:
        return None

    def within(kind: str) -> Floats:
        columns = [report.daily(f"{kind}_le_{limit:g}", tier) for limit in both]
        return np.stack([*columns, report.daily(kind, tier)], axis=1)

    answered, lost = within("answered"), within("abandoned")
    return buckets(np.array(both), answered, lost, answered[:, -1] + lost[:, -1], waited)


def _levels(report: Reported, hours: Hours) -> Levels:
    """Return agents of all tiers together: reported, else as many as explain the waits."""
    if report.has("staffed"):
        staffed = np.nan_to_num(report.figures["staffed"]).max(axis=1)
        cells = _in_hours(staffed, report, hours) / max(round(hours.interval / report.interval), 1)
        agents, source = cells[:, None, :], REPORTED
    else:
        one_day = _calibrated(report, hours)
        agents, source = np.tile(one_day, (len(report.days), 1, 1)), CALIBRATED
    return Levels(report.days, (POOL,), hours.opening, hours.interval, agents, np.zeros(agents.shape), source)


def _calibrated(report: Reported, hours: Hours) -> Floats:
    """Return agents of an ordinary day; patience is that by which so many hung up of such waits."""
    one = _together(report)

    def usual(name: str) -> Floats:
        return np.asarray(_in_hours(np.nan_to_num(one.figures[name]), report, hours)[:, 0].mean(axis=0))

    offered, answered, handled = usual("offered"), usual("answered"), usual("handle_s")
    waited = usual("wait_answered_s") + (usual("wait_abandoned_s") if report.has("wait_abandoned_s") else 0.0)
    lost = usual("abandoned").sum()
    patience = float(waited.sum() / lost) if lost > 0 else np.inf
    aht = handled.sum() / max(answered.sum(), 1e-9)
    return calibration.levels(offered, handled, waited, np.full(len(offered), aht), patience, hours.interval)


def _remarks(report: Reported, hours: Hours, tiers: Sequence[TierFit], levels: Levels) -> Iterator[str]:
    ended = np.nan_to_num(report.figures["answered"]) + np.nan_to_num(report.figures["abandoned"])
    offered = np.nan_to_num(report.figures["offered"])
    beyond = (ended > offered) & (offered > 0)
    if ended[beyond].sum() > MOST_ANSWERED * offered[beyond].sum():
        yield _(
            "Answered + abandoned = {share:.0%} of offered in {number} intervals: calls are counted where "
            "they end; take a report by arrival."
        ).format(share=ended[beyond].sum() / offered[beyond].sum(), number=int(beyond.sum()))
    for tier in tiers:
        text = too_few(tier.name, tier.patience, len(report.days))
        if text:
            yield with_pooling(text, tier.patience)
        elif tier.patience.lost == 0:
            yield _("Nobody of tier {tier} hung up: patience is taken as endless.").format(tier=tier.name)
    if levels.source == CALIBRATED:
        yield _(
            "Agents are not in the report: {opening} to {closing} they are as many as give its waits by "
            "Erlang A, calibrated and not measured."
        ).format(opening=clock_text(hours.opening), closing=clock_text(hours.closing))
