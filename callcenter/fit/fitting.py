"""`fit`: records in, a model out."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

from callcenter.clock import SECONDS_PER_DAY
from callcenter.fit import from_calls, from_intervals
from callcenter.fit.asked import Asked
from callcenter.fit.calls import calls_of
from callcenter.fit.days import rule_of
from callcenter.fit.errors import FitError
from callcenter.fit.from_calls import Wishes
from callcenter.fit.hours import Hours
from callcenter.fit.laws import Family
from callcenter.fit.like import base_of
from callcenter.fit.patience import FAMILIES
from callcenter.fit.reported import reported
from callcenter.fit.result import Fit
from callcenter.fit.source import Source
from callcenter.language import gettext as _
from callcenter.scenario import Scenario
from callcenter.scenario.values import seconds
from callcenter.special_days.calendar import Calendar, calendar_file, library_calendar
from callcenter.special_days.errors import SpecialDaysError

INTERVAL = "30 min"


def fit(
    records: Any,
    *,
    like: Scenario | str | os.PathLike[str] | None = None,
    from_: str | None = None,
    to: str | None = None,
    days: str | None = None,
    interval: str = INTERVAL,
    patience: str | None = None,
    holidays: str | None = None,
    calendar: str | os.PathLike[str] | None = None,
    name: str = "fitted",
) -> Fit:
    """Return a scenario fitted to call or interval records, each figure with its interval.

    `records` is what `cc.records` returns, a directory of records, a call log of our own, or a frame with the
    columns of records.  `like` names what is kept; `from_`, `to` and `days` choose days (`mon-fri`, `all`,
    `-2026-10-01`); `patience` is one family in place of the one with the smallest BIC.  `holidays` is a
    country such as `CN` (extra `[forecast]`), `calendar` a table of special days, as in `forecast`: holidays
    and the days beside them are then classes of their own, where their calls say so.  Raises FitError.
    """
    given = Source.of(records)
    special = _calendar(given, holidays, calendar)
    base = None if like is None else base_of(like)
    return as_asked(given, Asked(days, from_, to, interval, patience, base, special), name)


def as_asked(given: Source, asked: Asked, name: str, hours: Hours | None = None) -> Fit:
    """Return a fit by its options; `hours` stand where the base names none.  Raises FitError."""
    wishes = Wishes(
        rule_of(asked.days, asked.first, asked.last),
        _interval(asked.interval),
        _families(asked.patience),
        calendar=asked.calendar,
    )
    own = None if asked.base is None else asked.base.hours
    if given.has_intervals:
        model = from_intervals.fitted(reported(given.intervals, given.first_day), wishes, own or hours)
    else:
        model = from_calls.fitted(
            calls_of(given.calls, given.first_day), wishes, given.events, given.origin, own or hours
        )
    return Fit(name, replace(model, choice=model.choice.also(given.left_out, wishes.rule)), asked)


def _calendar(
    given: Source, holidays: str | None, calendar: str | os.PathLike[str] | None
) -> Calendar | None:
    """Return the special days of the years of the records; None where none are asked for."""
    if holidays is None and calendar is None:
        return None
    span = given.dates()
    if span is None:
        raise FitError(_("the records have no dates; leave --holidays and --calendar out"))
    try:
        own = Calendar() if calendar is None else calendar_file(calendar)
        return own if holidays is None else library_calendar(holidays, *span).and_also(own)
    except SpecialDaysError as error:
        raise FitError(str(error)) from None


def _interval(given: str) -> float:
    try:
        length = seconds(given)
    except ValueError as error:
        raise FitError(f"--interval: {error}") from None
    if not 0 < length <= SECONDS_PER_DAY:
        raise FitError(_("--interval {given}: write a part of a day, such as 30min").format(given=given))
    return length


def _families(patience: str | None) -> tuple[Family, ...]:
    if patience is None:
        return FAMILIES
    chosen = tuple(family for family in FAMILIES if family.name == patience)
    if not chosen:
        known = ", ".join(family.name for family in FAMILIES)
        raise FitError(
            _("--patience {given}: no such family; write {known}").format(given=patience, known=known)
        )
    return chosen
