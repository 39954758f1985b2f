"""From records, or files that hold them, to counts by day and interval: the history of a forecast."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

import numpy as np
import pandas as pd

from callcenter.arrays import Floats
from callcenter.clock import SECONDS_PER_DAY, clock_text
from callcenter.forecast.errors import ForecastError
from callcenter.language import gettext as _
from callcenter.records import Records
from callcenter.records import records as records_of
from callcenter.records.days import GAP, ODD_VOLUME
from callcenter.records.zones import AS_WRITTEN
from callcenter.scenario.errors import ScenarioError

INTERVAL = 1800.0
MOST_DAYS = 800
"""The last days that are learnt from."""
LEAST_SHARE = 0.05
"""Share of days with a call in an interval that counts as open."""
TRICKLE = 0.02
"""Calls over those of the busiest interval below which the first or last one is only early birds."""
NEW_LEVEL = 10
"""Days in a row, more than any holidays last, from which on an odd volume is no longer odd."""
ALL = ""
"""The name of calls whose tier nobody has recorded."""


@dataclass(frozen=True, eq=False)
class Hours:
    """When calls are counted: the first moment of a day, the last, and the interval, in seconds."""

    opening: float
    closing: float
    interval: float

    @property
    def starts(self) -> Floats:
        """The beginning of each interval."""
        return np.arange(self.opening, self.closing - 1e-6, self.interval)


@dataclass(frozen=True, eq=False)
class Counts:
    """Calls of each tier by day and interval, and what is known besides."""

    days: tuple[date, ...]
    """Those with calls that are used, rising."""
    tiers: Mapping[str, Floats]
    """Shape (days, intervals) each; one tier without a name where the history has none."""
    hours: Hours
    left_out: Mapping[date, str]
    """Days that are not used, and why."""
    handle_s: float | None
    """Mean talk and wrap-up of an answered call; None where it is not recorded."""
    notes: tuple[str, ...]


def counts_of(
    given: Any,
    *,
    interval: float | None = None,
    hours: tuple[float, float] | None = None,
    kept: Collection[date] = (),
    time_zone: str | None = None,
    map_: Any = None,
    on_progress: Callable[[int], None] | None = None,
) -> Counts:
    """Return the counts of records, of a directory or file of them, or of a frame with their columns.

    ``kept`` are days that are used although their volume is odd, because it is known why.  ForecastError
    where there are no dates or no calls; ScenarioError where a file cannot be read.
    """
    records, notes = _records(given, time_zone, map_, on_progress)
    origin = records.first_day
    if origin is None:
        raise ForecastError(_("the history has no dates; a forecast is by date"))
    named = {str(day) for day in kept}
    explained = records.days[~records.days["used"] & records.days["reason"].isin((GAP, ODD_VOLUME))]
    back = [name for name in explained["date"] if name in named]
    lately = _new_level(records)
    if lately:
        text = _("the last {days} days have twice or half the calls of before: they are taken as a new level")
        notes.append(text.format(days=len(lately)))
        back = list(dict.fromkeys([*back, *lately]))
    records = records.keeping(*back) if back else records
    left_out = {date.fromisoformat(name): reason for name, reason in records.left_out()}
    long, width = _long(records)
    if not len(long):
        raise ForecastError(_("the history holds no calls"))
    step, more = _interval(interval, width)
    first, last = int(long["day"].min()), int(long["day"].max())
    first = max(first, last - MOST_DAYS + 1)
    long = long[long["day"] >= first]
    names = sorted(long["tier"].unique())
    table = _table(long, names, first, last, step)
    own, dropped = _hours(table.sum(axis=0), step, hours)
    cells = slice(round(own.opening / step), round(own.closing / step))
    inside = table[:, :, cells]
    days = [origin + timedelta(number) for number in range(first, last + 1)]
    used = [row for row, day in enumerate(days) if day not in left_out and inside[:, row].sum() > 0]
    if dropped:
        text = _("{calls:,.0f} calls outside of {opening} to {closing} are left out")
        notes.append(
            text.format(calls=dropped, opening=clock_text(own.opening), closing=clock_text(own.closing))
        )
    return Counts(
        tuple(days[row] for row in used),
        {name: inside[place][used] for place, name in enumerate(names)},
        own,
        left_out,
        _handle_time(records),
        (*notes, *more),
    )


def _new_level(records: Records) -> list[str]:
    """Return the last days, where so many in a row are of odd volume that this is how things are now."""
    days = records.days.sort_values("day")
    is_odd = (~days["used"] & (days["reason"] == ODD_VOLUME)).tolist()
    run = next((number for number, odd in enumerate(reversed(is_odd)) if not odd), len(is_odd))
    return days["date"].tolist()[-run:] if run >= NEW_LEVEL else []


def _records(
    given: Any, time_zone: str | None, map_: Any, on_progress: Callable[[int], None] | None
) -> tuple[Records, list[str]]:
    if isinstance(given, Records):
        return given, []
    if not isinstance(given, str | os.PathLike):
        given = _written(pd.DataFrame(given))
    changes = {} if time_zone is None else {"time_zone": time_zone}
    try:
        return records_of(given, map_, changes=changes, progress=on_progress), []
    except ScenarioError as refused:
        if time_zone is not None or map_ is not None:
            raise
        try:
            read = records_of(given, map_, changes={"time_zone": AS_WRITTEN}, progress=on_progress)
        except ScenarioError:
            raise refused from None
    text = _("times are taken as they are written, without regard to their zone; see --time-zone")
    return read, [text]


def _written(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with its dates and times of day as a file has them: as texts."""
    columns = {}
    for name in frame.columns:
        column = frame[name]
        if pd.api.types.is_datetime64_any_dtype(column) or (
            column.dtype == object and column.map(lambda cell: isinstance(cell, date | time)).all()
        ):
            columns[name] = column.astype(str)
    return frame.assign(**columns)


def _long(records: Records) -> tuple[pd.DataFrame, float | None]:
    """Return rows of day, start, tier and calls, and the width of the intervals if they are of a report."""
    calls = records.calls
    if len(calls):
        parent = calls["parent"].fillna("").astype(str)
        firsts = calls[(parent == "") & (calls["attempt"].fillna(1) <= 1)]
        start = firsts["arrived"] - firsts["day"] * SECONDS_PER_DAY
        frame = pd.DataFrame({"day": firsts["day"], "start": start, "tier": firsts["tier"], "calls": 1.0})
        return _named(frame), None
    rows = records.intervals
    frame = pd.DataFrame(
        {"day": rows["day"], "start": rows["start"], "tier": rows["tier"], "calls": rows["offered"]}
    )
    frame = frame[frame["calls"] > 0]
    if not len(frame):
        return _named(frame), None
    steps = np.diff(np.unique(rows["start"]))
    return _named(frame), float(np.gcd.reduce(np.rint(steps).astype(np.int64))) if steps.size else INTERVAL


def _named(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(tier=frame["tier"].fillna(ALL).astype(str))


def _interval(asked: float | None, width: float | None) -> tuple[float, list[str]]:
    """Return the interval of the forecast, which is no finer than that of the report."""
    step = asked or INTERVAL
    if SECONDS_PER_DAY % step:
        text = _("an interval of {minutes:g} min does not divide the day")
        raise ForecastError(text.format(minutes=step / 60))
    if width is None or step % width == 0:
        return step, []
    if asked is not None or SECONDS_PER_DAY % width:
        text = _("an interval of {minutes:g} min cannot be made of a history by {width:g} min")
        raise ForecastError(text.format(minutes=step / 60, width=width / 60))
    return width, [
        _("the history is by {width:g} min, so that the forecast is, too").format(width=width / 60)
    ]


def _table(long: pd.DataFrame, names: list[str], first: int, last: int, step: float) -> Floats:
    """Return calls of shape (tiers, days, intervals of the whole day)."""
    shape = (len(names), last - first + 1, round(SECONDS_PER_DAY / step))
    place = {name: number for number, name in enumerate(names)}
    tier = np.asarray(long["tier"].map(place), np.int64)
    cell = np.clip(long["start"].to_numpy(np.float64) // step, 0, shape[2] - 1).astype(np.int64)
    flat = np.ravel_multi_index((tier, long["day"].to_numpy(np.int64) - first, cell), shape)
    calls = np.bincount(flat, long["calls"].to_numpy(np.float64), minlength=int(np.prod(shape)))
    return np.asarray(calls.reshape(shape), np.float64)


def _hours(table: Floats, step: float, asked: tuple[float, float] | None) -> tuple[Hours, float]:
    """Return the hours in which calls come on some days, and how many calls are outside of them."""
    whole = float(table.sum())
    if asked is not None:
        own = Hours(*asked, step)
    else:
        busy = table[table.sum(axis=1) > 0]
        mean = busy.mean(axis=0)
        is_open = ((busy > 0).mean(axis=0) >= LEAST_SHARE) & (mean >= TRICKLE * mean.max())
        places = np.flatnonzero(is_open)
        own = Hours(float(places[0] * step), float((places[-1] + 1) * step), step)
    inside = table[:, round(own.opening / step) : round(own.closing / step)]
    return own, whole - float(inside.sum())


def _handle_time(records: Records) -> float | None:
    """Return the mean handle time of the last calls, if it is recorded."""
    if len(records.calls):
        answered = records.calls[records.calls["outcome"] == "answered"]
        times = (answered["talk_s"].fillna(0) + answered["wrap_up_s"].fillna(0))[answered["talk_s"].notna()]
        return float(times.mean()) if len(times) else None
    rows = records.intervals
    known = rows[rows["handle_s"].notna() & (rows["answered"] > 0)]
    return float(known["handle_s"].sum() / known["answered"].sum()) if len(known) else None
