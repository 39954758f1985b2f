"""What a user must know of a fit: what is doubtful, what has changed, and what the records cannot tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from callcenter.clock import clock_text
from callcenter.fit.calls import Calls
from callcenter.fit.estimates import Estimate
from callcenter.fit.fitted import Fitted
from callcenter.fit.patience import Patience, too_few
from callcenter.fit.poisson import PoissonTest
from callcenter.fit.untold import untold_by_calls
from callcenter.fit.weekdays import CERTAIN
from callcenter.language import gettext as _
from callcenter.wording import in_a_row

DRIFT = 0.03
"""By how much talk of the last month may differ from the mean of the fit."""
MINUTE = 60.0


def remarked(
    model: Fitted, calls: Calls, paused: tuple[int, float] | None, resolution: float, notes: Sequence[str]
) -> Fitted:
    """Return a fit of calls with all that must be said of it."""
    texts = [
        *notes,
        *(each.text() for each in model.classes),
        *_of_times(resolution),
        *_of_hours(model, calls),
        *_of_tiers(model),
        *_of_talk(model),
        *_of_arrivals(model),
        *_of_line(model),
        *_of_staffing(model, paused),
    ]
    return replace(model, remarks=tuple(texts), cannot_tell=tuple(untold_by_calls(model, calls)))


def _of_times(resolution: float) -> Iterator[str]:
    if resolution >= MINUTE:
        yield _(
            "Times are whole minutes: waits under 60 s cannot be told apart; service level within 20 s is "
            "not defined by this log."
        )


def _of_hours(model: Fitted, calls: Calls) -> Iterator[str]:
    hours = model.hours
    outside = (calls.arrived < hours.opening) | (calls.arrived >= hours.closing)
    if outside.any():
        yield _(
            "{calls:,} calls arrived outside {opening} to {closing} and are left out of the demand."
        ).format(
            calls=int(outside.sum()), opening=clock_text(hours.opening), closing=clock_text(hours.closing)
        )


def _of_tiers(model: Fitted) -> Iterator[str]:
    for shares in model.shares:
        split = ", ".join(f"{name} {100 * figure.value:.1f}%" for name, figure in shares.shares.items())
        yield _(
            "{drawn:,} calls{kind} have no tier: it was drawn in the shares among those that queued "
            "({split})."
        ).format(drawn=shares.drawn, kind=f" ({shares.kind})" if shares.kind else "", split=split)
    for tier in model.tiers:
        text = too_few(tier.name, tier.patience, len(model.days))
        if text is not None:
            yield with_pooling(text, tier.patience)
        elif tier.patience.lost == 0:
            yield _(
                "Nobody of tier {tier} hung up: patience is taken from all callers, or as endless."
            ).format(tier=tier.name)
        if tier.is_talk_pooled:
            yield _("Tier {tier} has too few talks; those of all tiers are taken.").format(tier=tier.name)


def with_pooling(text: str, patience: Patience) -> str:
    """Return what is said of a tier with too few who hung up, and whose patience is taken meanwhile."""
    pooled = _("Until then the patience of all callers is taken.") if patience.is_pooled else ""
    return in_a_row((text, pooled))


def _of_talk(model: Fitted) -> Iterator[str]:
    months = model.talk_by_time.by_month
    if months and abs(months[-1].factor.value - 1) > DRIFT and not _holds_one(months[-1].factor):
        last = months[-1].factor
        yield _(
            "Handle time has drifted: in {month} it was {change:+.1%} against the mean of the fit "
            "(95 % interval {low:+.1%} to {high:+.1%}); fit the last months alone, or scale talk."
        ).format(month=months[-1].label, change=last.value - 1, low=last.low - 1, high=last.high - 1)


def _holds_one(figure: Estimate) -> bool:
    return figure.low <= 1 <= figure.high


def _of_arrivals(model: Fitted) -> Iterator[str]:
    if model.poisson is not None and model.poisson.p < CERTAIN:
        yield poisson_text(model.poisson)


def poisson_text(test: PoissonTest) -> str:
    """Return whether arrivals are Poisson, given the rate of some minutes."""
    texts = {
        True: _(
            "Given the rate of each {minutes:g} min, arrivals are not quite Poisson (p = {p:.2g}): the gaps "
            "between calls are up to {distance:.1%} away from chance; {refuted} of {days} days refute it "
            "alone. Redials, or bursts."
        ),
        False: _(
            "Given the rate of each {minutes:g} min, arrivals are Poisson (p = {p:.2g}): the gaps between "
            "calls are up to {distance:.1%} away from chance; {refuted} of {days} days refute it alone."
        ),
    }
    return texts[test.p < CERTAIN].format(
        minutes=test.block / MINUTE,
        p=test.p,
        distance=test.distance,
        refuted=test.refuted,
        days=test.days,
    )


def _of_line(model: Fitted) -> Iterator[str]:
    if model.load_p is not None and model.load_p < CERTAIN:
        yield _(
            "Patience changes with load (p = {p:.2g}): callers in busy intervals leave at another pace than "
            "in quiet ones; announcements, or other callers."
        ).format(p=model.load_p)
    if model.announcements:
        where = ", ".join(f"{first:g}-{last:g} s" for first, last in model.announcements)
        yield _(
            "More callers hang up after {where} of waiting than before and after: an announcement?"
        ).format(where=where)
    if model.returns:
        last = model.returns[-1]
        yield _(
            "Of those who hung up at least {lost:.0%} call again within {minutes:.0f} min, of the answered "
            "{answered:.0%}; these calls are in the demand already, so the scenario has no `redial`."
        ).format(lost=last.after_lost.value, minutes=last.within_s / 60, answered=last.after_answered.value)
    if model.within is not None and model.within.bursts:
        day, cell, score = max(model.within.bursts, key=lambda burst: abs(burst[2]))
        yield _(
            "{number} intervals are bursts or gaps beyond chance, the largest on {day} at {time} "
            "({score:+.0f} standard deviations)."
        ).format(
            number=len(model.within.bursts),
            day=model.days[day],
            time=clock_text(model.hours.starts[cell]),
            score=score,
        )


def _of_staffing(model: Fitted, paused: tuple[int, float] | None) -> Iterator[str]:
    if paused is not None and paused[0]:
        yield _("{agents} agents served while marked paused or logged out ({share:.1%} of calls).").format(
            agents=paused[0], share=paused[1]
        )
    yield from _unknown_levels(model)


def _unknown_levels(model: Fitted) -> Iterator[str]:
    """Yield the stretches of the day in which nobody ever waited, pool by pool."""
    levels = model.levels
    never = levels.at_least.min(axis=0) > 0
    for number, pool in enumerate(levels.pools):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], never[number].astype(int), [0])))).reshape(-1, 2)
        for first, last in edges:
            least = levels.agents[:, number, first:last].max()
            start, end = (clock_text(levels.opening + place * levels.step) for place in (first, last))
            yield _(
                "Nobody waited {start}-{end}: staffing of {pool} there is at least {least:.0f}; more cannot "
                "be known from this log."
            ).format(start=start, end=end, pool=pool, least=least)
