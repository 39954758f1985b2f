"""`fit`: records in, a model out."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

from callcenter.clock import SECONDS_PER_DAY
from callcenter.fit import from_calls, from_intervals
from callcenter.fit.calls import calls_of
from callcenter.fit.days import rule_of
from callcenter.fit.errors import FitError
from callcenter.fit.from_calls import Wishes
from callcenter.fit.laws import Family
from callcenter.fit.like import base_of
from callcenter.fit.patience import FAMILIES
from callcenter.fit.reported import reported
from callcenter.fit.result import Fit
from callcenter.fit.source import Source
from callcenter.language import gettext as _
from callcenter.scenario import Scenario
from callcenter.scenario.values import seconds

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
    name: str = "fitted",
) -> Fit:
    """Return a scenario fitted to call or interval records, each figure with its interval.

    `records` is what `cc.records` returns, a directory of records, a call log of our own, or a frame with the
    columns of records.  `like` names what is kept; `from_`, `to` and `days` choose days (`mon-fri`, `all`,
    `-2026-10-01`); `patience` is one family in place of the one with the smallest BIC.  Raises FitError.
    """
    wishes = Wishes(rule_of(days, from_, to), _interval(interval), _families(patience))
    base = None if like is None else base_of(like)
    hours = None if base is None else base.hours
    given = Source.of(records)
    if given.has_intervals:
        model = from_intervals.fitted(reported(given.intervals, given.first_day), wishes, hours)
    else:
        model = from_calls.fitted(
            calls_of(given.calls, given.first_day), wishes, given.events, given.origin, hours
        )
    return Fit(name, replace(model, choice=model.choice.also(given.left_out, wishes.rule)), base)


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
