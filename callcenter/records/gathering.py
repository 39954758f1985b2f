"""Chunks of call records put in order of arrival, in memory or, where there are many, on disk meanwhile."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import numpy as np
import pandas as pd

from callcenter.clock import SECONDS_PER_DAY
from callcenter.records.cleaning import Tally, overlapping, without_duplicates
from callcenter.records.columns import CALLS, TIMES

MOST_HELD = 600_000
"""Rows that are held in memory; more go to disk meanwhile."""

_BATCH = 400_000
"""Rows of adjacent days that are put in order at a time."""

_GROUP = 20_000
"""Rows of a piece on disk that are read together."""


@dataclass
class Gathered:
    """Call records as they come, times since 1970 or the first day; `batches` gives them back in order."""

    tally: Tally
    held: list[pd.DataFrame] = field(default_factory=list)
    rows: int = 0
    by_day: dict[int, int] = field(default_factory=dict)
    folder: tempfile.TemporaryDirectory[str] | None = None
    pieces: int = 0
    further_days: set[int] = field(default_factory=set)
    """Days of interval records, of which the first may be earlier."""
    is_dated: bool = False

    def __enter__(self) -> Self:
        """Return itself; what is on disk is removed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove what is on disk."""
        if self.folder is not None:
            self.folder.cleanup()

    def add(self, calls: pd.DataFrame) -> None:
        """Take a chunk."""
        if calls.empty:
            return
        days = np.floor(calls["arrived"].to_numpy() / SECONDS_PER_DAY).astype(np.int64)
        for day, rows in zip(*np.unique(days, return_counts=True), strict=True):
            self.by_day[int(day)] = self.by_day.get(int(day), 0) + int(rows)
        self.held.append(calls.assign(epoch_day=days))
        self.rows += len(calls)
        if self.rows > MOST_HELD:
            self._put_down()

    def _put_down(self) -> None:
        """Move what is held to disk, a file for each chunk, in order of arrival."""
        self.folder = self.folder or tempfile.TemporaryDirectory(prefix="callcenter-records-")
        for calls in self.held:
            piece = Path(self.folder.name) / f"{self.pieces:06}.parquet"
            calls.sort_values("arrived", kind="stable").to_parquet(piece, index=False, row_group_size=_GROUP)
            self.pieces += 1
        self.held.clear()

    @property
    def first(self) -> int:
        """The first day, counted from 1970; 0 where the log has no dates and counts from its own."""
        return min([*self.by_day, *self.further_days], default=0) if self.is_dated else 0

    def batches(self) -> Iterator[pd.DataFrame]:
        """Yield all calls in order of arrival, duplicates left out and overlaps counted."""
        for first, last in self._spans():
            calls = self._between(first, last).sort_values("arrived", kind="stable", ignore_index=True)
            calls = without_duplicates(calls, self.tally).reset_index(drop=True)
            self.tally.add("overlap", calls["line"].to_numpy()[overlapping(calls)])
            yield self._from_first_day(calls)

    def _spans(self) -> Iterator[tuple[int, int]]:
        """Yield the first and last of some adjacent days that fit into memory together."""
        days = sorted(self.by_day)
        begin, rows = 0, 0
        for at, day in enumerate(days):
            if rows and rows + self.by_day[day] > _BATCH and self.folder is not None:
                yield days[begin], days[at - 1]
                begin, rows = at, 0
            rows += self.by_day[day]
        if days:
            yield days[begin], days[-1]

    def _between(self, first: int, last: int) -> pd.DataFrame:
        if self.folder is None:
            return pd.concat(self.held, ignore_index=True)
        self._put_down()
        from pyarrow import dataset

        day = dataset.field("epoch_day")
        pieces = dataset.dataset(self.folder.name, format="parquet")
        return pd.DataFrame(pieces.to_table(filter=(day >= first) & (day <= last)).to_pandas())

    def _from_first_day(self, calls: pd.DataFrame) -> pd.DataFrame:
        """Return the columns of call records, times counted from the first day."""
        calls = calls.copy()
        for name in TIMES:
            calls[name] -= self.first * SECONDS_PER_DAY
        calls["day"] = calls["own_day"] if "own_day" in calls else calls["epoch_day"] - self.first
        return calls[[column.name for column in CALLS]].astype(
            {column.name: column.dtype for column in CALLS}
        )
