"""What a fit reads: records, files that hold them, or a frame with their columns."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pandas as pd

from callcenter.clock import SECONDS_PER_DAY
from callcenter.fit.calls import days_of
from callcenter.records import Records
from callcenter.records import records as records_of
from callcenter.records.days import ODD_VOLUME

_WEEK = pd.Timedelta(days=7)
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Source:
    """Call and interval records, and what agents did besides calls."""

    calls: pd.DataFrame
    intervals: pd.DataFrame
    events: pd.DataFrame | None = None
    first_day: date | None = None
    left_out: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Reason -> day -> what was seen, of days that the records leave out already."""

    @classmethod
    def of(cls, given: Any) -> Source:
        """Return what is read from records, from a directory or a file of them, or from a frame."""
        if isinstance(given, pd.DataFrame):
            is_report = "offered" in given
            return cls(*((given.iloc[:0], given) if is_report else (given, given.iloc[:0])))
        return cls._of_records(records_of(given) if isinstance(given, str | os.PathLike) else given)

    @classmethod
    def _of_records(cls, records: Records) -> Source:
        """Return the records of whole days; which of them are odd in volume is for the fit to say."""
        days = records.days
        odd = days.loc[days["reason"] == ODD_VOLUME, "date"]
        records = records.keeping(*odd) if len(odd) else records
        left_out: dict[str, dict[str, str]] = {}
        for row in records.days[~records.days["used"]].itertuples():
            left_out.setdefault(str(row.reason), {})[str(row.date)] = str(row.detail)
        return cls(records.calls, records.intervals, records.agent_events, records.first_day, left_out)

    def before(self, day: str) -> Source:
        """Return what call records hold of the days before one of them: nothing else is known by then."""
        names, weekdays, number = days_of(self.calls, self.first_day)
        has_dates = weekdays[0] >= 0
        earlier = sum(name < day for name in names) if has_dates else names.index(day)
        is_before, events = number < earlier, self.events
        if events is not None and len(events):
            last = self.calls["arrived"].to_numpy(float)[is_before].max(initial=-1.0)
            events = events[events["day"] <= last // SECONDS_PER_DAY]
        left_out = {
            reason: {name: seen for name, seen in days.items() if name < day}
            for reason, days in self.left_out.items()
        }
        return replace(self, calls=self.calls[is_before], events=events, left_out=left_out)

    def dates(self) -> tuple[date, date] | None:
        """Return a week before the first day, and one after the last; None where days have no dates."""
        frame = self.intervals if self.has_intervals else self.calls
        column = "start" if self.has_intervals else "arrived"
        if not {"day", column} & set(frame):
            return None
        if "day" in frame and not pd.api.types.is_numeric_dtype(frame["day"]):
            days = pd.to_datetime(frame["day"])
        elif self.first_day is not None:
            numbers = frame["day"] if "day" in frame else frame[column] // SECONDS_PER_DAY
            days = pd.Timestamp(self.first_day) + pd.to_timedelta(numbers, unit="D")
        else:
            return None
        return (days.min() - _WEEK).date(), (days.max() + _WEEK).date()

    @property
    def has_intervals(self) -> bool:
        """Whether only an interval report is there."""
        return len(self.calls) == 0 and len(self.intervals) > 0

    @property
    def origin(self) -> int:
        """The number of the first day, counted from 1970; 0 where records have no dates."""
        return 0 if self.first_day is None else self.first_day.toordinal() - _EPOCH
