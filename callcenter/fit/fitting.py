"""`fit`: records in, a model out."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from callcenter.fit.calls import calls_of
from callcenter.fit.days import rule_of
from callcenter.fit.errors import FitError
from callcenter.fit.from_calls import Wishes, fitted
from callcenter.fit.laws import Family
from callcenter.fit.like import base_of
from callcenter.fit.patience import FAMILIES
from callcenter.fit.result import Fit
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
    wishes = Wishes(rule_of(days, from_, to), seconds(interval), _families(patience))
    base = None if like is None else base_of(like)
    calls, first_day, events = _read(records)
    origin = 0 if first_day is None else first_day.toordinal() - date(1970, 1, 1).toordinal()
    hours = None if base is None else base.hours
    model = fitted(calls_of(calls, first_day), wishes, events, origin, hours)
    return Fit(name, model, base)


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


def _read(records: Any) -> tuple[pd.DataFrame, date | None, pd.DataFrame | None]:
    """Return call records, the date of their first day and what agents did besides calls."""
    if isinstance(records, pd.DataFrame):
        return records, None, None
    if isinstance(records, str | os.PathLike):
        return pd.read_csv(Path(records), low_memory=False), None, None
    return records.calls, records.first_day, records.agent_events
