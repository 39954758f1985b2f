"""What a fit reads: records, files that hold them, or a frame with their columns."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from callcenter.records import Records
from callcenter.records import records as records_of
from callcenter.records.days import ODD_VOLUME

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

    @property
    def has_intervals(self) -> bool:
        """Whether only an interval report is there."""
        return len(self.calls) == 0 and len(self.intervals) > 0

    @property
    def origin(self) -> int:
        """The number of the first day, counted from 1970; 0 where records have no dates."""
        return 0 if self.first_day is None else self.first_day.toordinal() - _EPOCH
