"""Records: call records, interval records and what agents did, checked, with an account of their cleaning."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from callcenter.language import gettext as _
from callcenter.records.columns import AGENT_EVENTS, CALLS, INTERVALS, empty
from callcenter.records.days import name_of

Format = Literal["parquet", "csv"]
Load = Callable[[], pd.DataFrame]


def _none() -> pd.DataFrame:
    return empty(CALLS)


def _no_intervals() -> pd.DataFrame:
    return empty(INTERVALS)


def _no_events() -> pd.DataFrame:
    return empty(AGENT_EVENTS)


@dataclass(frozen=True)
class Records:
    """What was recorded on some days of a hotline.

    Times are seconds since 00:00 of the first day, as in the call log; `first_day` is its date, None where
    the log has no dates.  Days that are not whole or not ordinary are in `days` with the reason, and left
    out of `calls`, `intervals` and `agent_events`.
    """

    days: pd.DataFrame
    """A row for each day: day, date, weekday, calls, first, last, used, reason, detail."""

    cleaning: pd.DataFrame
    """A row for each rule that met any row: rule, effect, rows, share, examples."""

    first_day: date | None = None
    time_zone: str = ""
    remarks: tuple[str, ...] = ()
    """What the records cannot tell or should make you doubt, in words."""

    understood: tuple[str, ...] = ()
    """What was understood of the files, in words."""

    counts: Mapping[str, int] = field(default_factory=dict)
    """Rows read, dropped, calls, days, days used."""

    source: Mapping[str, Any] = field(default_factory=dict)
    """The files, and the map by which they were read."""

    load_calls: Load = _none
    load_intervals: Load = _no_intervals
    load_agent_events: Load = _no_events

    @cached_property
    def calls(self) -> pd.DataFrame:
        """Call records of the days used, in order of arrival (contract 7.1)."""
        return self._of_used_days(self.load_calls())

    @cached_property
    def intervals(self) -> pd.DataFrame:
        """Interval records of the days used (contract 7.2)."""
        return self._of_used_days(self.load_intervals())

    @cached_property
    def agent_events(self) -> pd.DataFrame:
        """Log-ins, log-outs and pauses of the days used; empty where the log does not hold them."""
        return self._of_used_days(self.load_agent_events())

    def _of_used_days(self, frame: pd.DataFrame) -> pd.DataFrame:
        left_out = self.days.loc[~self.days["used"], "day"]
        return frame[~frame["day"].isin(left_out)].reset_index(drop=True) if len(left_out) else frame

    def date_of(self, day: int) -> date | None:
        """Return the date of a day; None where records have no dates."""
        return None if self.first_day is None else self.first_day + timedelta(days=int(day))

    def name_of(self, day: int) -> str:
        """Return the date of a day as text, or its number."""
        return name_of(int(day), self.first_day)

    def left_out(self) -> Iterator[tuple[str, str]]:
        """Yield the name of each day that is left out, and why."""
        for row in self.days[~self.days["used"]].itertuples():
            yield str(row.date), str(row.detail)

    def keeping(self, *names: str) -> Records:
        """Return the same records with days that had been left out, by date or number; `all` for every one.

        ValueError where no day has the name.
        """
        known = set(self.days["date"])
        strange = [name for name in names if name not in known and name != "all"]
        if strange:
            message = _("no day is called {day}; days: {first} to {last}")
            raise ValueError(message.format(day=strange[0], first=min(known), last=max(known)))
        is_named = self.days["date"].isin(names) | ("all" in names)
        return replace(self, days=self.days.assign(used=self.days["used"] | is_named))

    def save(self, folder: str | Path, format: Format = "parquet") -> Path:  # noqa: A002 - as in pandas
        """Write the records into a directory, with `records.json`; return the directory."""
        from callcenter.records.store import save

        return save(self, Path(folder), format)
