"""A fit as plain data, ready for JSON (contract 8.5)."""

from __future__ import annotations

from math import isfinite
from typing import Any

from callcenter.clock import clock_text
from callcenter.fit.days import WEEKDAYS
from callcenter.fit.fitted import Fitted, TalkByTime, TierFit
from callcenter.fit.ivr import Ivr
from callcenter.fit.patience import Patience
from callcenter.fit.ranks import Ranks
from callcenter.fit.talk import Talk


def summary(model: Fitted) -> dict[str, Any]:
    """Return every figure of a fit; estimates as value, low, high and n."""
    levels, unrest = model.levels, model.unrest
    return {
        "days": {
            "used": len(model.days),
            "first": model.days[0],
            "last": model.days[-1],
            "names": list(model.days),
            "dropped": {reason: len(days) for reason, days in model.choice.dropped.items()},
            "why": model.choice.dropped,
        },
        "calls": model.calls,
        "hours": {"open": clock_text(model.hours.opening), "close": clock_text(model.hours.closing)},
        "tiers": {tier.name: _tier(tier) for tier in model.tiers},
        "day_factor_cv": unrest.day.plain(),
        "day_cv": model.day_cv.plain(),
        "interval_factor": {"cv": unrest.interval.plain(), "correlation": unrest.correlation.plain()},
        "within_day": None if model.within is None else _within(model),
        "weekdays": {WEEKDAYS[day]: factor.plain() for day, factor in model.weekdays.items()},
        "weekdays_differ_p": model.weekdays_differ,
        "day_classes": {each.kind: each.plain() for each in model.classes},
        "talk_factor_cv": None if model.talk_by_time.day is None else model.talk_by_time.day.plain(),
        "talk_by_time": _talk_by_time(model.talk_by_time),
        "wrap_up_s": _wrap_up(model),
        "head_start_s": {} if model.ranks is None else model.ranks.head_start,
        "routing": None if model.ranks is None else _ranks(model.ranks),
        "serves": {pool: list(tiers) for pool, tiers in model.serves.items()},
        "staffed_hours_per_day": {pool: levels.hours(pool).plain() for pool in model.serves},
        "staffed_hours_in_all": levels.hours().plain(),
        "staffed_hours_with_breaks": None if model.with_breaks is None else model.with_breaks.hours().plain(),
        "staffing_source": levels.source,
        "breaks": None if model.breaks is None else _breaks(model),
        "returns": [
            {
                "within_s": each.within_s,
                "after_lost": each.after_lost.plain(),
                "after_answered": each.after_answered.plain(),
            }
            for each in model.returns
        ],
        "shares": [
            {
                "kind": each.kind,
                "drawn": each.drawn,
                "shares": {tier: part.plain() for tier, part in each.shares.items()},
            }
            for each in model.shares
        ],
        "announcements_s": [list(stretch) for stretch in model.announcements],
        "patience_same_when_busy_p": model.load_p,
        "poisson": None if model.poisson is None else model.poisson._asdict(),
        "remarks": list(model.remarks),
        "cannot_tell": list(map(str, model.cannot_tell)),
    }


def _tier(tier: TierFit) -> dict[str, Any]:
    return {
        "calls_per_day": tier.calls_per_day.plain(),
        "talk": _talk(tier),
        "patience": _patience(tier.patience),
        "ivr": None if tier.ivr is None else _ivr(tier.ivr),
        "wrap_up_s": None if tier.wrap_up is None else tier.wrap_up.mean.plain(),
    }


def _talk(tier: TierFit) -> dict[str, Any] | None:
    talk: Talk | None = tier.talk
    if talk is None:
        return None if tier.handle_s is None else {"family": "exponential", "mean_s": tier.handle_s.plain()}
    return {
        "family": talk.family,
        "mean_s": talk.mean.plain(),
        "cv": talk.cv.plain(),
        "short_share": None if talk.short is None else talk.short.plain(),
        "figures": {name: each.plain() for name, each in talk.figures.items()},
        "distance": talk.distance,
        "is_pooled": tier.is_talk_pooled,
    }


def _patience(patience: Patience) -> dict[str, Any]:
    chosen = patience.chosen
    return {
        "family": "never" if chosen is None else chosen.family,
        "mean_s": None if chosen is None else chosen.mean.plain(),
        "figures": {} if chosen is None else {name: each.plain() for name, each in chosen.figures.items()},
        "survival": [list(point) for point in patience.table()],
        "known_until_s": None if patience.survival is None else patience.survival.known_until,
        "lost": patience.lost,
        "is_pooled": patience.is_pooled,
        "candidates": {
            each.family: {
                "log_likelihood": _finite(each.log_likelihood),
                "bic": _finite(each.bic),
                "mean_s": each.mean.plain(),
            }
            for each in patience.candidates
        },
    }


def _ivr(ivr: Ivr) -> dict[str, Any]:
    return {
        "time_s": ivr.time.plain(),
        "hangs_up": ivr.hangs_up.plain(),
        "self_service": ivr.self_service.plain(),
    }


def _within(model: Fitted) -> dict[str, Any]:
    assert model.within is not None
    starts = model.hours.starts
    return {
        "cv": model.within.cv,
        "lag_one": model.within.lag_one,
        "variance_to_mean": model.within.variance_to_mean,
        "bursts": [
            {"day": model.days[day], "start": clock_text(starts[cell]), "score": score}
            for day, cell, score in model.within.bursts
        ],
    }


def _talk_by_time(talk: TalkByTime) -> dict[str, Any]:
    return {
        "by_hour": {level.label: level.factor.plain() for level in talk.by_hour},
        "by_month": {level.label: level.factor.plain() for level in talk.by_month},
        "per_interval": list(talk.per_interval),
    }


def _wrap_up(model: Fitted) -> dict[str, Any] | None:
    first = next((tier.wrap_up for tier in model.tiers if tier.wrap_up is not None), None)
    return None if first is None else first.mean.plain()


def _ranks(ranks: Ranks) -> dict[str, Any]:
    return {
        "priority": ranks.priority,
        "untold": list(ranks.untold),
        "pick_ups": [
            {
                "first": each.first,
                "second": each.second,
                "head_start_s": _finite(each.head_start),
                "low_s": _finite(each.low),
                "high_s": _finite(each.high),
                "pick_ups": each.pick_ups,
                "explained": each.explained[each.head_start],
                "explained_strict": each.explained[float("inf")],
                "explained_first_come": each.explained[0.0],
            }
            for each in ranks.orders
        ],
    }


def _finite(figure: float) -> float | None:
    """Return a figure; None for a head start of strict priority, and for the likelihood of waits alone."""
    return figure if isfinite(figure) else None


def _breaks(model: Fitted) -> dict[str, Any]:
    assert model.breaks is not None
    breaks = model.breaks
    return {
        "after_call": breaks.after_call.plain(),
        "length_s": breaks.length.plain(),
        "not_while_waiting": breaks.not_while_waiting,
        "by_line": [
            {"waiting_from": begins, "calls": calls, "share": part} for begins, calls, part in breaks.by_line
        ],
    }
