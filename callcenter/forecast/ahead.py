"""`forecast`: calls by interval for the coming weeks (contract 9.1)."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from callcenter import wording
from callcenter.clock import SECONDS_PER_DAY
from callcenter.forecast.backtest import Backtest
from callcenter.forecast.cost import Cost, cost_of, past_of
from callcenter.forecast.errors import ForecastError, of_tables
from callcenter.forecast.events import Event, event_of, events_file, factors_of
from callcenter.forecast.history import History
from callcenter.forecast.library import library_methods
from callcenter.forecast.methods import METHODS
from callcenter.forecast.played import one_day, shares_of, usual
from callcenter.forecast.reading import Counts, counts_of
from callcenter.forecast.result import Forecast
from callcenter.forecast.series import LATEST, Ahead, Series, series_of, together
from callcenter.forecast.special import SpecialDays, special_days
from callcenter.forecast.unrest import factors_about
from callcenter.language import gettext as _
from callcenter.scenario import Scenario, ScenarioError
from callcenter.scenario.loading import Source, load
from callcenter.special_days.calendar import Calendar, calendar_file, library_calendar

MOST_WEEKS = 52
PLANNED = 7
"""Days ahead whose errors say how restless the days of a plan of weeks are."""
LATE = 14
"""Days between the end of the history and the first day asked for, from which on it is said."""
MOST_TIERS = 30


def forecast(
    history: Any,
    *,
    weeks: int = 4,
    days: int | None = None,
    from_: str | date | None = None,
    interval: float | str | None = None,
    scenario: Source | None = None,
    events: Sequence[str] = (),
    events_from: str | os.PathLike[str] | None = None,
    holidays: str | None = None,
    calendar: str | os.PathLike[str] | None = None,
    map: Any = None,  # noqa: A002 - as on the command line
    time_zone: str | None = None,
    library: bool = False,
    on_progress: Callable[[int], None] | None = None,
) -> Forecast:
    """Forecast the calls of the coming weeks by tier and interval, with bands and a backtest of every method.

    ``days`` stands in place of ``weeks``; 1 is the forecast of tomorrow that `intraday` looks at best.
    ``history`` are records, a directory or a file of them (call logs and interval reports of any shape that
    `records` reads), or a frame with their columns.  ``scenario`` gives interval, opening hours and what an
    error costs.  ``holidays`` is a country such as ``"CN"`` (extra ``[forecast]``), ``calendar`` a table of
    special days, ``events`` are such as ``"2026-12-31 x1.3 +-10%"``.  ``library`` tries AutoETS and
    MSTL, too.  Raises ForecastError, ScenarioError.
    """
    if not 1 <= weeks <= MOST_WEEKS:
        raise ForecastError(_("--weeks {weeks}: write 1 to {most}").format(weeks=weeks, most=MOST_WEEKS))
    number = 7 * weeks if days is None else days
    if not 1 <= number <= 7 * MOST_WEEKS:
        raise ForecastError(_("--days {days}: write 1 to {most}").format(days=number, most=7 * MOST_WEEKS))
    base = None if scenario is None else load(scenario)
    given = [event_of(text) for text in events]
    given += events_file(events_from) if events_from is not None else []
    with of_tables():
        own = calendar_file(calendar) if calendar is not None else Calendar()
    hours, step = _hours_of(base, interval)
    counts = counts_of(
        history, interval=step, hours=hours, map_=map, time_zone=time_zone, on_progress=on_progress
    )
    start = _start(from_, counts)
    more = 0 if base is None else math.ceil(base.cool_down / SECONDS_PER_DAY)
    dates = tuple(start + timedelta(day) for day in range(number + more))
    if holidays is not None:
        with of_tables():
            own = library_calendar(holidays, counts.days[0], dates[-1]).and_also(own)
    kept = {*own.holidays, *own.workdays, *_days_of(given)}
    if kept & set(counts.left_out):
        counts = counts_of(history, interval=step, hours=hours, kept=kept, map_=map, time_zone=time_zone)
    return _forecast(counts, dates, own, given, base, library, on_progress, holidays is not None, number)


def _forecast(
    counts: Counts,
    days: tuple[date, ...],
    calendar: Calendar,
    events: Sequence[Event],
    base: Scenario | None,
    is_wide: bool,
    on_progress: Callable[[int], None] | None,
    knows_holidays: bool,
    number: int,
) -> Forecast:
    if len(counts.tiers) > MOST_TIERS:
        text = _("the history has {tiers} tiers, and at most {most} are forecast; group them with --map")
        raise ForecastError(text.format(tiers=len(counts.tiers), most=MOST_TIERS))
    total = np.sum(list(counts.tiers.values()), axis=0)
    special = special_days(counts.days, total.sum(axis=1), calendar, counts.left_out)
    past, _spread = factors_of(events, counts.days, counts.hours.starts.tolist(), counts.hours.interval)
    ordinary = [row for row, day in enumerate(counts.days) if special.like(day) is None and past[row].all()]
    ahead, likes, further = _ahead(counts, days, special, events)
    tiers = {}
    methods = {**METHODS, **(library_methods() if is_wide else {})}
    for name, table in counts.tiers.items():
        own = History(
            tuple(counts.days[row] for row in ordinary), table[ordinary] / past[ordinary], further, likes
        )
        tiers[name] = series_of(name, own, ahead, methods, on_progress)
    whole = together(list(tiers.values()))
    planned = whole.test_of(min(ahead.lead(number - 1), PLANNED))
    since = planned.learnt_from
    how = factors_about(planned.as_chosen[since:], planned.actual[since:])
    cost, why = _cost(counts, base, tiers, planned)
    notes = [*counts.notes, *_notes(counts, ahead, whole, special, knows_holidays, number)]
    notes += [_("what an error costs is not known: {why}").format(why=why)] if why else []
    return Forecast(counts, whole, tiers, special, tuple(events), how, cost, base, number, tuple(notes))


def _cost(
    counts: Counts, base: Scenario | None, tiers: Mapping[str, Series], planned: Backtest
) -> tuple[Cost | None, str]:
    """Return what errors cost, by simulation, or why it is not known."""
    is_assumed, hours = base is None, counts.hours
    if base is None:
        if not counts.handle_s:
            return None, _("the history has no handle times; name a scenario (--scenario)")
        base = usual(hours.opening, hours.closing, hours.interval, counts.handle_s)
    if not base.goals:
        return None, _("the scenario promises nothing; write a target for a tier")
    own = {name.lower(): series.tests[planned.lead] for name, series in tiers.items()}
    names = [name.lower() for name in base.tiers]
    tests = [own[name] for name in names] if set(own) == set(names) else [planned]
    past = past_of(tests, shares_of(base))
    try:
        cost = cost_of(one_day(base, past.actual.mean(axis=0)), past, planned.lead, is_assumed=is_assumed)
    except ScenarioError as error:
        return None, _("its days cannot be played by the scenario: {problem}").format(
            problem=error.problems[0].message
        )
    is_known = cost is not None and not math.isnan(cost.chosen)
    return cost, "" if is_known else _("no number of agents keeps what the scenario promises")


def _hours_of(
    scenario: Scenario | None, interval: float | str | None
) -> tuple[tuple[float, float] | None, float | None]:
    from callcenter.scenario.values import seconds

    if scenario is not None:
        day = scenario.day
        return (day.open, day.close), day.interval
    if isinstance(interval, str):
        try:
            return None, float(seconds(interval))
        except ValueError as error:
            raise ForecastError(f"--interval {interval}: {error}") from None
    return None, interval


def _start(asked: str | date | None, counts: Counts) -> date:
    last = max((*counts.days, *counts.left_out)) if counts.left_out else counts.days[-1]
    if asked is None:
        return last + timedelta(1)
    try:
        start = date.fromisoformat(asked.strip()) if isinstance(asked, str) else asked
    except ValueError:
        text = _("--from {given}: write a date such as 2026-11-30")
        raise ForecastError(text.format(given=asked)) from None
    if start <= counts.days[-1]:
        text = _("--from {given}: the history goes to {last}; a forecast begins after it")
        raise ForecastError(text.format(given=start, last=counts.days[-1]))
    if (start - counts.days[-1]).days > LATEST:
        text = _("--from {given}: that is more than {days} days after the history ends, on {last}")
        raise ForecastError(text.format(given=start, days=LATEST, last=counts.days[-1]))
    return start


def _days_of(events: Sequence[Event]) -> set[date]:
    return {
        event.first + timedelta(number)
        for event in events
        for number in range((event.last - event.first).days + 1)
    }


def _ahead(
    counts: Counts, days: tuple[date, ...], special: SpecialDays, events: Sequence[Event]
) -> tuple[Ahead, dict[date, int], tuple[date, ...]]:
    """Return the days ahead, which weekday special ones are like, and the ordinary open days to come."""
    usual, last = special.usual, counts.days[-1]
    between = [last + timedelta(number) for number in range(1, (days[-1] - last).days + 1)]
    further = tuple(day for day in between if special.like(day) is None and day.weekday() in usual)
    starts = counts.hours.starts.tolist()
    factors, spreads = factors_of(events, days, starts, counts.hours.interval)
    is_open, likes = np.zeros(len(days), np.bool_), {}
    for row, day in enumerate(days):
        like = special.like(day)
        if like is None:
            is_open[row] = day.weekday() in usual
            continue
        likes[day] = like
        is_open[row] = like in usual and not special.is_closed(day)
        effect = special.effect_of(day)
        factors[row] *= effect.factor
        spreads[row] = np.hypot(spreads[row], effect.spread)
    return Ahead(days, last, is_open, factors, spreads, next(iter(further), None)), likes, further


def _notes(
    counts: Counts,
    ahead: Ahead,
    whole: Series,
    special: SpecialDays,
    knows_holidays: bool,
    number: int,
) -> list[str]:
    notes = []
    if counts.left_out:
        named = sorted(counts.left_out.items())
        shown = "; ".join(f"{day} {reason}" for day, reason in named[:5])
        more = _(" and {number} more").format(number=len(named) - 5) if len(named) > 5 else ""
        notes.append(_("days left out of the history: {days}{more}").format(days=shown, more=more))
    gap = (ahead.days[0] - ahead.after).days
    if gap > LATE:
        text = _("the history ends {days} days before the first day asked for")
        notes.append(text.format(days=gap))
    furthest, longest = ahead.lead(number - 1), max(whole.tests)
    if longest < furthest:
        text = _("the history is too short to try more than {days} ahead; later days have the bands of these")
        notes.append(text.format(days=wording.plural(longest, "day")))
    if not knows_holidays and not special.calendar.holidays:
        notes.append(
            _("public holidays are not known: name the country (--holidays CN) or a table (--calendar)")
        )
    for day in ahead.days[:number]:
        if special.calendar.kind_of(day) == "holiday" and special.like(day) is not None:
            effect = special.effect_of(day)
            if effect.days == 0 and not special.is_closed(day) and day.weekday() in special.usual:
                text = _("{day} ({name}): the history holds no such day, so the factor is a guess, 1 +- 50%")
                notes.append(text.format(day=day, name=special.calendar.name_of(day)))
    return notes
