"""Interval records as arrays (contract 7.2): counts and sums by day, tier and interval of the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from callcenter.arrays import Floats, Ints
from callcenter.clock import SECONDS_PER_DAY
from callcenter.fit.calls import UNKNOWN_WEEKDAY, name_of
from callcenter.fit.diary import Diary
from callcenter.fit.errors import FitError
from callcenter.language import gettext as _
from callcenter.records.columns import BUCKET

NEEDED = ("day", "start", "offered", "answered", "abandoned")


@dataclass(frozen=True)
class Reported:
    """Figures of shape (days, tiers, cells), cells being intervals of the whole day; nan = not reported."""

    days: tuple[str, ...]
    weekdays: Ints
    tiers: tuple[str, ...]
    interval: float
    figures: dict[str, Floats]
    limits: tuple[float, ...]
    """Seconds of the wait buckets."""

    def on_days(self, numbers: tuple[int, ...]) -> Reported:
        """Return the figures of some days."""
        chosen = list(numbers)
        return Reported(
            tuple(self.days[number] for number in chosen),
            self.weekdays[chosen],
            self.tiers,
            self.interval,
            {name: table[chosen] for name, table in self.figures.items()},
            self.limits,
        )

    def has(self, name: str) -> bool:
        """Whether a figure is reported at all."""
        return name in self.figures and bool(np.isfinite(self.figures[name]).any())

    def daily(self, name: str, tier: int) -> Floats:
        """Return a figure of a tier summed by day."""
        return np.asarray(np.nansum(self.figures[name][:, tier], axis=1))


def reported(frame: pd.DataFrame, first_day: date | None = None) -> Reported:
    """Return the figures of a frame with the columns of contract 7.2; FitError where it has too few."""
    missing = [name for name in NEEDED if name not in frame]
    if missing:
        raise FitError(
            _("the interval records have no column {names}; they need {needed}").format(
                names=", ".join(missing), needed=", ".join(NEEDED)
            )
        )
    numbers, day = np.unique(frame["day"].to_numpy(np.int64), return_inverse=True)
    interval = _interval(frame["start"].to_numpy(float))
    cell = (frame["start"].to_numpy(float) // interval).astype(int)
    names, tier = _tiers(frame)
    shape = (len(numbers), len(names), round(SECONDS_PER_DAY / interval))
    place = (day, tier, np.minimum(cell, shape[2] - 1))
    buckets = {name: float(match[2]) for name in frame.columns if (match := re.fullmatch(BUCKET, str(name)))}
    figures = {
        str(name): _table(frame[name].to_numpy(float), place, shape)
        for name in frame.columns
        if name not in ("day", "start", "tier") and pd.api.types.is_numeric_dtype(frame[name])
    }
    return Reported(
        *_dates(numbers, first_day), names, interval, figures, tuple(sorted(set(buckets.values())))
    )


def _table(values: Floats, place: tuple[Ints, Ints, Ints], shape: tuple[int, int, int]) -> Floats:
    """Return values by their place, summed where several rows have one, nan where none has."""
    known = np.isfinite(values)
    where = tuple(axis[known] for axis in place)
    table, seen = np.zeros(shape), np.zeros(shape, bool)
    np.add.at(table, where, values[known])
    seen[where] = True
    return np.where(seen, table, np.nan)


def _interval(starts: Floats) -> float:
    steps = np.diff(np.unique(starts))
    if not len(steps):
        raise FitError(
            _("the interval records hold one time of the day only; a fit needs the intervals of a day")
        )
    return float(steps.min())


def _tiers(frame: pd.DataFrame) -> tuple[tuple[str, ...], Ints]:
    if "tier" not in frame or frame["tier"].isna().all():
        return ("all",), np.zeros(len(frame), np.int64)
    codes, names = pd.factorize(frame["tier"].fillna("all").astype(str), sort=True)
    return tuple(name_of(str(name)) for name in names), codes.astype(np.int64)


def _dates(numbers: Ints, first_day: date | None) -> tuple[tuple[str, ...], Ints]:
    if first_day is None:
        return tuple(f"{number + 1}" for number in numbers), np.full(len(numbers), UNKNOWN_WEEKDAY)
    dates = pd.Timestamp(first_day) + pd.to_timedelta(numbers, unit="D")
    return tuple(dates.strftime("%Y-%m-%d")), np.asarray(dates.day_of_week, np.int64)


def diary(report: Reported) -> Diary:
    """Return the days of a report."""
    offered = np.nansum(report.figures["offered"], axis=(1, 2))
    answered = np.nansum(report.figures["answered"], axis=1) > 0
    often = answered.mean(axis=0) >= 0.5
    opening = int(np.argmax(often)) if often.any() else 0
    cells = np.arange(answered.shape[1])
    worked = answered & (cells >= opening)
    first = np.where(worked.any(axis=1), worked.argmax(axis=1) * report.interval, np.inf)
    last = answered.shape[1] - answered[:, ::-1].argmax(axis=1)
    return Diary(
        report.days,
        report.weekdays,
        offered,
        first,
        np.where(answered.any(axis=1), last * report.interval, -np.inf),
    )
