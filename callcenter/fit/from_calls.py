"""From call records to what is known of a hotline."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from callcenter.arrays import Flags, Floats, Ints
from callcenter.fit import arrivals, day_classes, days, remarks
from callcenter.fit.calls import Calls
from callcenter.fit.diary import diary
from callcenter.fit.errors import FitError
from callcenter.fit.estimates import Estimate, by_group, mean
from callcenter.fit.fitted import Fitted, TalkByTime, TierFit
from callcenter.fit.hours import Hours, opening_hours
from callcenter.fit.ivr import ivr
from callcenter.fit.laws import Family
from callcenter.fit.patience import FAMILIES, FEWEST_LOST, Patience, patience, sample_of
from callcenter.fit.poisson import poisson_test
from callcenter.fit.ranks import ranks
from callcenter.fit.redial import returns
from callcenter.fit.staffing.inference import Staffing, lines_often_taken, staffing
from callcenter.fit.staffing.skills import months
from callcenter.fit.staffing.spells import Gaps
from callcenter.fit.survival import hazard, logrank, peaks
from callcenter.fit.talk import FEWEST, Talk, day_variation, levels, relative_to_tier, talk
from callcenter.fit.tiers import decided, kinds_of_tiers
from callcenter.fit.wrap_up import WrapUp, from_gaps, recorded
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.special_days.calendar import Calendar

NOTABLE = 0.05
"""By how much an hour's talk must differ from the mean to be worth a factor."""
_EDGES = np.array([0.0, *np.arange(5.0, 65.0, 5.0), *np.arange(75.0, 301.0, 15.0), 360, 420, 480, 600])
HOUR = 3600.0


@dataclass(frozen=True)
class Wishes:
    """How to fit, as far as the user says."""

    rule: days.Rule
    interval: float = 1800.0
    families: Sequence[Family] = FAMILIES
    gaps: Gaps = field(default_factory=Gaps)
    """The rule that tells idle from away, where only calls say who was there."""
    calendar: Calendar | None = None
    """Holidays, where they are known."""


def fitted(
    calls: Calls,
    wishes: Wishes,
    events: pd.DataFrame | None = None,
    first_number: int = 0,
    hours: Hours | None = None,
) -> Fitted:
    """Return what calls say; FitError where they cannot say enough.

    `events` are log-ins and pauses, `first_number` the first day of the records counted from 1970; `hours`
    stand in place of those during which callers are answered.
    """
    choice, classes = day_classes.chosen(diary(calls), wishes.rule, wishes.calendar)
    notes = [days.warning(choice, calls.number_of_days)]
    calls, shares = decided(calls.on_days(choice.used))
    hours = hours or opening_hours(calls, wishes.interval)
    table = arrivals.counts(calls.day, calls.tier, _cells(calls.arrived, hours), _shape(calls, hours))
    kinds = kinds_of_tiers(calls)
    agents = staffing(calls, kinds, hours[:2], hours.interval, events, wishes.gaps, first_number)
    wrap_up = recorded(calls)
    if wrap_up is None and agents.work is not None:
        wrap_up = from_gaps(agents.work, lines_often_taken(calls, agents), calls.number_of_days)
    resolution = _resolution(calls)
    tiers = _tiers(calls, table, wrap_up, wishes, resolution)
    waits = calls.only(calls.is_queued)
    rates = hazard(waits.wait, waits.is_lost, _EDGES) if len(waits) else None
    every = table.sum(axis=1)
    model = Fitted(
        days=calls.days,
        choice=choice,
        calls=int(table.sum()),
        hours=hours,
        profile=arrivals.profile(table),
        tiers=tiers,
        serves=_in_order(agents, calls.tiers),
        levels=agents.levels,
        unrest=arrivals.unrest(every, calls.weekdays),
        day_cv=arrivals.day_cv(every.sum(axis=1)),
        within=arrivals.within_day(every) if len(every) > 1 else None,
        weekdays=arrivals.weekday_factors(every.sum(axis=1), calls.weekdays),
        weekdays_differ=arrivals.weekdays_differ(every.sum(axis=1), calls.weekdays),
        classes=classes,
        talk_by_time=_talk_by_time(calls, hours),
        shares=tuple(shares),
        ranks=ranks(calls, agents.serves, agents.pool),
        breaks=agents.breaks,
        with_breaks=agents.with_breaks,
        busy=agents.busy,
        first_to_last=agents.first_to_last,
        returns=tuple(returns(calls)),
        hazard=rates,
        announcements=tuple(peaks(rates)) if rates is not None else (),
        load_p=_same_when_busy(waits, hours),
        poisson=poisson_test(calls.arrived, calls.day, *hours),
    )
    return remarks.remarked(model, calls, agents.paused, resolution, [note for note in notes if note])


def _shape(calls: Calls, hours: Hours) -> tuple[int, int, int]:
    return calls.number_of_days, len(calls.tiers), hours.intervals


def _cells(times: Floats, hours: Hours) -> Ints:
    return np.floor((times - hours.opening) / hours.interval).astype(np.int64)


def _resolution(calls: Calls) -> float:
    """Return the step of recorded waits in seconds, 0 where they have none: whole seconds, whole minutes."""
    waits = calls.wait[calls.is_queued & (calls.wait > 0)][:20_000]
    for step in (60.0, 1.0):
        if len(waits) and not (waits % step).any():
            return step
    return 0.0


def _tiers(
    calls: Calls, table: Floats, wrap_up: WrapUp | None, wishes: Wishes, resolution: float
) -> tuple[TierFit, ...]:
    everybody = np.ones(len(calls), bool)
    all_patience = _patience(calls, everybody, wishes, resolution)
    all_talk = _talk(calls, everybody, resolution)
    if all_talk is None:
        raise FitError(_("the records hold hardly any talk; they need `left` or `talk_s` of the answered"))
    fits = []
    for number, name in enumerate(calls.tiers):
        own = calls.tier == number
        own_talk, own_patience = _talk(calls, own, resolution), _patience(calls, own, wishes, resolution)
        fits.append(
            TierFit(
                name,
                _daily(table[:, number].sum(axis=1)),
                own_talk or all_talk,
                _or_of_all(own_patience, all_patience) if len(calls.tiers) > 1 else own_patience,
                ivr(calls, own),
                recorded(calls.only(own)) or wrap_up,
                is_talk_pooled=own_talk is None,
            )
        )
    return tuple(fits)


def _or_of_all(own: Patience, of_all: Patience) -> Patience:
    """Return the patience of a tier, that of all callers where too few of the tier hung up."""
    if own.lost >= FEWEST_LOST:
        return own
    return of_all._replace(lost=own.lost, is_pooled=True, own_mean=own.chosen.mean if own.chosen else None)


def _daily(totals: Floats) -> Estimate:
    squares = float((totals**2).sum())
    return mean(totals, np.ones(len(totals)), squares, noted("mean of days"))


def _patience(calls: Calls, own: Flags, wishes: Wishes, resolution: float) -> Patience:
    own = own & calls.is_queued
    sample = sample_of(calls.wait[own], calls.is_lost[own].astype(float), calls.day[own])
    return patience(sample, wishes.families, resolution)


def _talk(calls: Calls, own: Flags, resolution: float) -> Talk | None:
    own = own & calls.is_answered & (calls.talk >= 0)
    return talk(calls.talk[own], calls.day[own], resolution)


def _in_order(agents: Staffing, tiers: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return whom each pool takes; pools for few kinds stand first, so that callers meet them first."""
    order = sorted(range(len(agents.pools)), key=lambda pool: (int(agents.serves[pool].sum()), pool))
    return {agents.pools[pool]: tuple(itertools.compress(tiers, agents.serves[pool])) for pool in order}


def _talk_by_time(calls: Calls, hours: Hours) -> TalkByTime:
    own = calls.is_answered & (calls.talk >= 0)
    if own.sum() < FEWEST:
        return TalkByTime()
    relative = relative_to_tier(calls.talk[own], calls.tier[own], len(calls.tiers))
    day = calls.day[own]
    first = int(hours.opening // HOUR)
    names = [f"{hour:02}:00" for hour in range(first, int(np.ceil(hours.closing / HOUR)))]
    by_hour = levels(relative, (calls.arrived[own] // HOUR).astype(int) - first, day, names)
    month = months(calls.days, calls.weekdays)
    labels = [calls.days[int(np.argmax(month == number))][:7] for number in range(int(month.max()) + 1)]
    return TalkByTime(
        tuple(by_hour),
        tuple(levels(relative, month[day], day, labels)) if len(labels) > 1 else (),
        day_variation(relative, day),
        _per_interval({level.label: level.factor for level in by_hour}, calls.arrived[own], hours),
    )


def _per_interval(by_hour: dict[str, Estimate], arrived: Floats, hours: Hours) -> tuple[float, ...]:
    """Return a factor for each interval, of mean 1 over calls; () where no hour differs notably."""
    sure = [each for each in by_hour.values() if each.low > 1 or each.high < 1]
    if not any(abs(each.value - 1) > NOTABLE for each in sure):
        return ()
    factors = np.array(
        [
            by_hour[name].value if (name := f"{int(start // HOUR):02}:00") in by_hour else 1.0
            for start in hours.starts
        ]
    )
    cell = np.clip(_cells(arrived, hours), 0, hours.intervals - 1)
    weights = by_group(np.ones(len(cell)), cell.astype(np.int32), hours.intervals)
    return tuple(map(float, np.round(factors / np.average(factors, weights=weights), 4)))


def _same_when_busy(waits: Calls, hours: Hours) -> float | None:
    """Return the p-value that patience is one in the busier and the quieter half of the intervals."""
    if len(waits) < FEWEST_LOST or not waits.is_lost.any():
        return None
    cell = waits.day.astype(np.int64) * hours.intervals + np.clip(
        _cells(waits.joined, hours), 0, hours.intervals - 1
    )
    waiting = np.bincount(cell)[cell]
    return logrank(waits.wait, waits.is_lost, waiting > np.median(waiting))
