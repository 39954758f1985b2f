"""A fit as the data of a scenario, with a comment on each figure: estimate, 95% interval, n, method."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from callcenter.clock import clock_text
from callcenter.fit.day_classes import NAMES
from callcenter.fit.days import WEEKDAYS
from callcenter.fit.estimates import Estimate
from callcenter.fit.fitted import Fitted, TierFit
from callcenter.fit.patience import Candidate, Patience
from callcenter.fit.staffing.levels import whole
from callcenter.fit.talk import Talk
from callcenter.fit.weekdays import WEEKDAYS_FILE, do_differ
from callcenter.fit.wording import figure, in_seconds, percent, spoken
from callcenter.language import gettext as _
from callcenter.scenario import Demand

Path = tuple[str, ...]

LANGUAGE = frozenset(Demand.model_fields)
"""The keys of `demand` that scenarios may hold; what is not among them is written as a comment."""


class Written(NamedTuple):
    """The data of a scenario; comments by path: at the end of a line, and lines above it."""

    data: dict[str, Any]
    beside: dict[Path, str]
    above: dict[Path, list[str]]


def written(model: Fitted, name: str) -> Written:
    """Return a fit as a scenario."""
    scenario = Written({}, {}, {})
    scenario.data.update({"name": name, "about": _about(model), "day": _day(model)})
    _demand(model, scenario)
    scenario.data["tiers"] = {tier.name: _tier(model, tier, scenario) for tier in model.tiers}
    scenario.data["pools"] = _pools(model, scenario)
    return scenario


def _about(model: Fitted) -> str:
    return _("Fitted to {calls:,} calls of {days} days, {first} to {last}.").format(
        calls=model.calls, days=len(model.days), first=model.days[0], last=model.days[-1]
    )


def _day(model: Fitted) -> dict[str, str]:
    hours = model.hours
    return {
        "open": clock_text(hours.opening),
        "close": clock_text(hours.closing),
        "interval": f"{hours.interval / 60:g} min",
    }


def _demand(model: Fitted, scenario: Written) -> None:
    calls = {
        tier.name: {"calls": [round(float(mean), 3) for mean in row]}
        for tier, row in zip(model.tiers, model.profile.mean, strict=True)
    }
    demand: dict[str, Any] = {"tiers": calls}
    scenario.data["demand"] = demand
    for tier in model.tiers:
        scenario.beside["demand", "tiers", tier.name] = spoken(_("calls a day"), tier.calls_per_day)
    _restlessness(model, scenario, demand)
    scenario.above["demand", "tiers"] = [*_weekdays(model), *_classes(model)]


def _weekdays(model: Fitted) -> Iterator[str]:
    """Yield how the calls of weekdays differ, and how a scenario takes those of each."""
    if not model.weekdays:
        return
    factors = ", ".join(f"{WEEKDAYS[day]} {each.value:.3f}" for day, each in model.weekdays.items())
    text = _("calls of weekdays over the mean of days: {factors} (all equal: p = {p:.2g})")
    yield text.format(factors=factors, p=model.weekdays_differ)
    if do_differ(model):
        key = f"{{file: {WEEKDAYS_FILE}, column: {model.tiers[0].name}}}"
        text = _("calls of each weekday, where `day` has a `date`: calls: {key}, of each tier its own column")
        yield text.format(key=key)


def _classes(model: Fitted) -> Iterator[str]:
    """Yield the calls of days of a class of their own, as a scenario of such a day has them."""
    for each in model.classes:
        if each.is_apart and each.factor is not None:
            text = _("calls on {name}: volume: {value:.3f} of `demand`")
            yield spoken(text.format(name=_(NAMES[each.kind]), value=each.factor.value), each.factor)


def _restlessness(model: Fitted, scenario: Written, demand: dict[str, Any]) -> None:
    """Write what makes days and intervals differ, as far as the language has words for it."""
    unrest, lines = model.unrest, []
    has_intervals = "interval_factor" in LANGUAGE
    day = unrest.day if has_intervals else beyond_chance(model)
    demand["day_factor_cv"] = min(round(day.value, 4), 1.0)
    scenario.beside["demand", "day_factor_cv"] = spoken(_("busyness of days"), day, percent)
    interval = {
        "cv": min(round(unrest.interval.value, 4), 1.0),
        "correlation": round(float(unrest.correlation.value), 3),
    }
    spoken_interval = "; ".join(
        (
            spoken(_("cv of intervals"), unrest.interval, percent),
            spoken(_("correlation with the next"), unrest.correlation),
        )
    )
    if has_intervals:
        demand["interval_factor"] = interval
        scenario.beside["demand", "interval_factor"] = spoken_interval
    else:
        written = f"interval_factor: {{cv: {interval['cv']}, correlation: {interval['correlation']}}}"
        lines.append(f"{written}  # {spoken_interval}")
    talk = model.talk_by_time.day
    if talk is not None and talk.value > 0:
        if "talk_factor_cv" in LANGUAGE:
            demand["talk_factor_cv"] = round(talk.value, 4)
            scenario.beside["demand", "talk_factor_cv"] = spoken(_("talk of days"), talk, percent)
        else:
            lines.append(f"talk_factor_cv: {talk.value:.4f}  # {spoken(_('talk of days'), talk, percent)}")
    scenario.above["demand", "day_factor_cv"] = lines


def beyond_chance(model: Fitted) -> Estimate:
    """Return the cv of days beyond Poisson chance, whatever part of the day makes it."""
    noise = 1 / max(float(model.profile.total.sum()), 1e-9)
    value, low, high = (max(each**2 - noise, 0.0) ** 0.5 for each in model.day_cv[:3])
    return model.day_cv._replace(value=value, low=low, high=high)


def _tier(model: Fitted, tier: TierFit, scenario: Written) -> dict[str, Any]:
    here = ("tiers", tier.name)
    data: dict[str, Any] = {"priority": 0}
    if model.ranks is not None:
        data["priority"] = model.ranks.priority[tier.name]
        if model.ranks.head_start[tier.name]:
            data["head_start"] = f"{model.ranks.head_start[tier.name]:g} s"
        scenario.above[here] = [_order(model, tier.name)] if _order(model, tier.name) else []
    data["patience"] = tier.patience.chosen.written() if tier.patience.chosen else "never"
    scenario.beside[*here, "patience"] = _patience(tier.patience)
    if tier.talk is not None:
        data["talk"] = tier.talk.written()
        if model.talk_by_time.per_interval and tier.talk.family != "constant":
            data["talk"] |= {"per_interval": list(model.talk_by_time.per_interval)}
        scenario.beside[*here, "talk"] = _talk(tier.talk)
    elif tier.handle_s is not None:
        data["talk"] = {"exponential": f"{tier.handle_s.value:.2f} s"}
        scenario.beside[*here, "talk"] = spoken(_("mean handle time"), tier.handle_s, in_seconds)
    if tier.wrap_up is not None:
        data["wrap_up"] = tier.wrap_up.written()
        scenario.beside[*here, "wrap_up"] = spoken(_("mean"), tier.wrap_up.mean, in_seconds)
    if tier.ivr is not None and tier.ivr.written() != "none":
        data["ivr"] = tier.ivr.written()
        scenario.beside[*here, "ivr"] = "; ".join(
            (
                spoken(_("mean"), tier.ivr.time, in_seconds),
                spoken(_("hang up in it"), tier.ivr.hangs_up, percent),
            )
        )
    return data


def _order(model: Fitted, tier: str) -> str:
    """Return what the pick-ups say of a tier."""
    texts = [
        _("before {other}: {rule} explains {share:.1%} of {n:,} pick-ups with both waiting").format(
            other=each.second,
            rule=rule_text(each.head_start),
            share=each.explained[each.head_start],
            n=each.pick_ups,
        )
        for each in (model.ranks.orders if model.ranks else ())
        if each.first == tier
    ]
    return "; ".join(texts)


def rule_text(head_start: float) -> str:
    """Return a head start in words."""
    if head_start == float("inf"):
        return _("strict priority")
    return (
        _("a head start of {seconds:g} s").format(seconds=head_start)
        if head_start
        else _("first come, first served")
    )


def _patience(patience: Patience) -> str:
    if patience.chosen is None:
        return _("nobody hung up")
    best = _candidate(patience.chosen)
    others = ", ".join(
        f"{each.family} {each.bic - patience.chosen.bic:+,.0f}"
        for each in patience.candidates
        if each != patience.chosen
    )
    beside = _("; BIC of others: {others}").format(others=others) if others else ""
    of_all = (
        _(" (of all callers; {lost} of this tier hung up)").format(lost=patience.lost)
        if patience.is_pooled
        else ""
    )
    return f"{best}{beside}{of_all}"


def _candidate(candidate: Candidate) -> str:
    forms: dict[str, Callable[[float], str]] = {"share": percent, "shape": figure, "cv": figure}
    parts = [
        f"{name} {form(each.value)} ({form(each.low)} to {form(each.high)})"
        for name, each in candidate.figures.items()
        for form in [forms.get(name, in_seconds)]
    ]
    mean = candidate.mean
    return _("{parts}, n = {n:,} hung up, {method}").format(
        parts=", ".join(parts), n=mean.n, method=_(mean.method)
    )


def _talk(talk: Talk) -> str:
    parts = [spoken(_("mean of all"), talk.mean, in_seconds)]
    parts += [f"cv {figure(talk.cv.value)} ({figure(talk.cv.low)} to {figure(talk.cv.high)})"]
    if talk.short is not None:
        parts.append(
            _("below 10 s {share} ({low} to {high})").format(
                share=percent(talk.short.value), low=percent(talk.short.low), high=percent(talk.short.high)
            )
        )
    return "; ".join([*parts, f"{talk.family}, KS {talk.distance:.3f}"])


def _pools(model: Fitted, scenario: Written) -> dict[str, Any]:
    staffed, rests = model.staffed, _breaks(model)
    roster = whole(staffed.roster(model.hours.interval))
    data = {}
    for pool, tiers in model.serves.items():
        agents = [int(level) for level in roster[staffed.pools.index(pool)]]
        data[pool] = {"serves": list(tiers), "agents": agents}
        scenario.beside["pools", pool, "agents"] = spoken(_("hours a day"), staffed.hours(pool))
        if rests is not None and model.with_breaks is not None:
            data[pool]["breaks"] = dict(rests.data)
            scenario.beside["pools", pool, "breaks"] = rests.figures
    lines = [_left_out(rests)] if rests is not None and model.with_breaks is None else []
    if staffed.rosters(model.hours.interval) is not None:
        text = _("a recorded day's agents for each simulated day: agents: {key}")
        lines.append(
            text.format(key=f"{{file: rosters.csv, column: {next(iter(model.serves))}, draw: days}}")
        )
    scenario.above["pools",] = lines
    return data


class _Rests(NamedTuple):
    """Breaks as a scenario has them, and how sure they are."""

    data: dict[str, Any]
    figures: str


def _breaks(model: Fitted) -> _Rests | None:
    """Return the breaks between calls; None where there are none."""
    breaks = model.breaks
    if breaks is None or not breaks.after_call.value > 0:
        return None
    data: dict[str, Any] = {
        "after_call": round(breaks.after_call.value, 4),
        "length": {"exponential": f"{breaks.length.value:.0f} s"},
    }
    if breaks.not_while_waiting:
        data["not_while_waiting"] = breaks.not_while_waiting
    texts = (
        spoken(_("after a call"), breaks.after_call, percent),
        spoken(_("length"), breaks.length, in_seconds),
    )
    return _Rests(data, "; ".join(texts))


def _left_out(rests: _Rests) -> str:
    """Return breaks that the levels leave out, so that they stay a comment."""
    parts = [f"{name}: {value}".replace("'", "") for name, value in rests.data.items()]
    key = f"breaks: {{{', '.join(parts)}}}"
    return _("levels leave breaks out: {key}  # {figures}").format(key=key, figures=rests.figures)
