"""From files to records: each file by a map or a guess, cleaned, put in order, its days looked at."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pydantic_core import PydanticCustomError

from callcenter.clock import SECONDS_PER_DAY
from callcenter.language import gettext as _
from callcenter.records.assembly import Assembled, assembled
from callcenter.records.cleaning import REFUSE_ABOVE, WARN_ABOVE, Tally, cleaned, is_loss, meaning_of
from callcenter.records.columns import AGENT_EVENTS, CALLS, INTERVALS, empty, typed
from callcenter.records.days import SLOTS, counted, day_table
from callcenter.records.doubts import Doubts
from callcenter.records.gathering import Gathered
from callcenter.records.guess import explained
from callcenter.records.intervals import counted_intervals, interval_rows, without_repeated
from callcenter.records.layout import Cells, Layout, laid_out
from callcenter.records.map import Map
from callcenter.records.maps import files_of, in_words, load_map, with_changes
from callcenter.records.queue_log import AgentEvent, QueueLog
from callcenter.records.records import Format, Load, Records
from callcenter.records.sources import Given, Opened, opened
from callcenter.records.store import describe, is_records, open_records, replaced, write_tables
from callcenter.records.unmapped import Unmapped
from callcenter.records.zones import AS_WRITTEN, local
from callcenter.scenario.errors import Problem, ScenarioError, shown

Progress = Callable[[int], None]

_EPOCH = date(1970, 1, 1)
_NO_COUNTS = pd.DataFrame({"day": [], "slot": [], "calls": []}, dtype="int64")


def records(
    source: Given | Sequence[Given] = (),
    map: Map | str | os.PathLike[str] | Mapping[str, Any] | None = None,  # noqa: A002 - as on the command line
    *,
    out: str | os.PathLike[str] | None = None,
    format: Format = "parquet",  # noqa: A002 - as in pandas
    keep_days: Sequence[str] = (),
    changes: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> Records:
    """Return the records of log files, of a call log as a table, or of a directory of records.

    `map` says what the columns mean (contract 7.3); without one they are guessed, which `understood` tells.
    With `out` the records are written into that directory as they are read, so that memory does not grow with
    the files.  `keep_days` names days to be used although they are odd; `changes` are dotted changes to the
    map.  Raises ScenarioError with everything that is wrong.
    """
    sources = [source] if isinstance(source, str | os.PathLike | pd.DataFrame) else list(source)
    if len(sources) == 1 and not isinstance(sources[0], pd.DataFrame) and is_records(Path(sources[0])):
        stored = open_records(Path(sources[0]))
        stored = stored.keeping(*keep_days) if keep_days else stored
        if out is not None:
            stored.save(Path(out), format)
        return stored
    given, folder = _given(map, changes or {})
    if not sources and isinstance(given, Map):
        sources = list(files_of(given, folder))
    if not sources:
        raise ScenarioError(
            [Problem("", None, None, "", _("no file is named; write for example `calls.csv`"))]
        )
    with Gathered(Tally()) as gathered:
        reading = _Reading(given, gathered, len(sources) > 1, progress)
        for each in sources:
            reading.take(each)
        return reading.finished(None if out is None else Path(out), format, keep_days)


def _given(
    given: Map | str | os.PathLike[str] | Mapping[str, Any] | None, changes: Mapping[str, Any]
) -> tuple[Map | dict[str, Any], Path]:
    """Return the map, or where there is none what the changes say of it; and the folder of its files."""
    if given is None:
        return with_changes({}, changes), Path()
    folder = Path(given).parent if isinstance(given, str | os.PathLike) else Path()
    return load_map(given, changes), folder


@dataclass
class _Reading:
    """What is known while files are read one after another."""

    given: Map | dict[str, Any]
    gathered: Gathered
    are_several: bool
    progress: Progress | None
    unmapped: Unmapped = field(default_factory=Unmapped)
    doubts: Doubts = field(default_factory=Doubts)
    understood: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    used: list[Map] = field(default_factory=list)
    headers: set[tuple[str, ...]] = field(default_factory=set)
    intervals: list[pd.DataFrame] = field(default_factory=list)
    events: list[pd.DataFrame] = field(default_factory=list)
    unreadable: str | None = None
    """What stands for the first arrival that cannot be read."""

    @property
    def tally(self) -> Tally:
        """What cleaning has met."""
        return self.gathered.tally

    def take(self, source: Given) -> None:
        """Read a file or a table to its end."""
        name = "table" if isinstance(source, pd.DataFrame) else str(source)
        try:
            self.unmapped.file = name
            self._take(opened(source, self.given), name)
        except PydanticCustomError as error:
            raise in_words(error, name) from None
        size = None if isinstance(source, pd.DataFrame) else Path(source).stat().st_size
        self.files.append({"name": name, "bytes": size})

    def _take(self, source: Opened, name: str) -> None:
        layout = laid_out(source.table, source.map)
        self.used.append(source.map)
        for number, chunk in enumerate(source.table.chunks()):
            if number == 0 and self._is_new(source):
                self.understood += [*source.table.remarks, *explained(layout, chunk)]
            cells = Cells(layout, chunk)
            self.tally.read += len(cells)
            (self._take_calls if source.map.rows == "calls" else self._take_intervals)(layout, cells, name)
            if self.progress is not None:
                self.progress(self.tally.read)
        if source.events is not None:
            self._take_events(source.events, source.map.time_zone, name)

    def _is_new(self, source: Opened) -> bool:
        """Whether a file has other columns than those before it, so that it must be explained."""
        seen = tuple(source.table.header)
        is_new = seen not in self.headers
        self.headers.add(seen)
        return is_new

    def _short(self, name: str) -> str:
        """Return the name of a file as lines of the table of cleaning have it: none if there is but one."""
        return name if self.are_several else ""

    def _take_calls(self, layout: Layout, cells: Cells, name: str) -> None:
        file = self._short(name)
        part = assembled(layout, cells, self.unmapped)
        for rule, met in part.dropped.items():
            self.tally.add(f"drop.{rule}", part.lines[met], file)
        calls = cleaned(part.calls, self.tally, file)
        self._keep_value(layout, cells, part)
        self.gathered.is_dated |= part.is_dated
        self.doubts.see(calls, name)
        self.gathered.add(calls)

    def _keep_value(self, layout: Layout, cells: Cells, part: Assembled) -> None:
        """Keep what stands for the arrival of the first call whose arrival cannot be read."""
        missing = np.flatnonzero(np.isnan(part.calls["arrived"].to_numpy()))
        if self.unreadable is None and len(missing) and layout.has("arrived"):
            row = int(np.flatnonzero(part.lines == part.calls["line"].iloc[missing[0]])[0])
            cell = cells.merged(layout.at["arrived"]).iloc[row]
            self.unreadable = "" if pd.isna(cell) else str(cell)

    def _take_intervals(self, layout: Layout, cells: Cells, name: str) -> None:
        rows, is_dated = interval_rows(layout, cells, self.tally, self.unmapped, self._short(name))
        self.gathered.is_dated |= is_dated
        self.doubts.see_intervals(rows, name)
        self.intervals.append(rows)

    def _take_events(self, log: QueueLog, zone: str, name: str) -> None:
        """Take what agents did, and count calls without an end and calls of agents marked paused."""
        file = self._short(name)
        self.tally.read += len(log.unfinished)
        self.tally.add("unfinished", np.array(log.unfinished, dtype=np.int64), file)
        self.tally.add("paused", np.array([line for line, _agent in log.paused], dtype=np.int64), file)
        self.doubts.see_paused(log.paused, name)
        events = pd.DataFrame(log.agents, columns=list(AgentEvent._fields))
        at = events["at"].to_numpy(np.float64)
        self.events.append(events.assign(at=at if zone in ("", AS_WRITTEN) else local(at, zone)))

    def finished(self, out: Path | None, format: Format, keep: Sequence[str]) -> Records:  # noqa: A002
        """Return the records, written to a directory if one is named."""
        self._refuse_unmapped()
        counts: list[pd.DataFrame] = []
        intervals, events = self._all_intervals(), self._all_events()
        if len(intervals):
            counts.append(counted_intervals(intervals, SLOTS))
        beside = {"intervals": intervals, "agent_events": events}
        if out is None:
            calls = pd.concat([empty(CALLS), *self._batches(counts)], ignore_index=True)
            loads = {f"load_{name}": partial(_itself, frame) for name, frame in beside.items()}
            return self._described(counts, keep, load_calls=partial(_itself, calls), **loads)
        tables = {name: [frame] for name, frame in beside.items() if len(frame)}
        with replaced(out) as place:
            files = write_tables(place, format, {"calls": self._batches(counts), **tables})
            describe(self._described(counts, keep), place, files)
        return open_records(out)

    def _batches(self, counts: list[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        """Yield the call records in order, and count them by day."""
        for calls in self.gathered.batches():
            counts.append(counted(calls))
            yield calls

    def _all_intervals(self) -> pd.DataFrame:
        """Return the interval records of all files, days counted from the first."""
        if not self.intervals:
            return empty(INTERVALS)
        frame = without_repeated(pd.concat(self.intervals, ignore_index=True), self.tally)
        if self.gathered.is_dated and len(frame):
            self.gathered.further_days.add(int(frame["day"].min()))
        day = (frame["day"] - self.gathered.first).astype("int32")
        return frame.assign(day=day).drop(columns="line")

    def _all_events(self) -> pd.DataFrame:
        """Return what agents did, in seconds since the first day."""
        if not self.events:
            return empty(AGENT_EVENTS)
        frame = pd.concat(self.events, ignore_index=True)
        at = frame["at"] - self.gathered.first * SECONDS_PER_DAY
        frame = frame.assign(at=at, day=np.floor(at / SECONDS_PER_DAY)).replace("", None)
        return typed(AGENT_EVENTS, {str(name): frame[name] for name in frame}, len(frame))

    def _described(self, counts: Sequence[pd.DataFrame], keep: Sequence[str], **loads: Load) -> Records:
        table = self.tally.table()
        self._weigh_dropped(table)
        zone = self.used[0].time_zone
        days = day_table(_summed(counts), self.first_day, zone, keep)
        dropped = int(table.loc[table["effect"] == "dropped", "rows"].sum())
        calls, used = int(days["calls"].sum()), int(days["used"].sum())
        return Records(
            days=days,
            cleaning=table,
            first_day=self.first_day,
            time_zone=zone,
            remarks=(*self.remarks, *self._repeated(), *self.doubts.remarks()),
            understood=tuple(self.understood),
            counts={
                "read": self.tally.read,
                "dropped": dropped,
                "calls": calls,
                "days": len(days),
                "days_used": used,
            },
            source={"files": self.files, "map": self.used[0].model_dump(exclude_defaults=True, mode="json")},
            **loads,
        )

    @property
    def first_day(self) -> date | None:
        """The date of the first day; None where the log has no dates."""
        return _EPOCH + timedelta(days=self.gathered.first) if self.gathered.is_dated else None

    def _refuse_unmapped(self) -> None:
        """Refuse words that mean no outcome or no tier: dropping their rows would be a silent answer."""
        problems = list(self.unmapped.problems(self.used[0].tier_words))
        if problems:
            raise ScenarioError(problems)

    def _repeated(self) -> Iterator[str]:
        count = self.tally.counts.get("duplicate")
        if count is not None and count.rows:
            text = _("{rows} rows repeat another (line {lines}): the newest is kept")
            yield text.format(rows=f"{count.rows:,}", lines=", ".join(count.lines))

    def _weigh_dropped(self, table: pd.DataFrame) -> None:
        """Warn of many rows dropped, refuse too many; what the map says to drop does not count."""
        share = self.tally.dropped / max(1, self.tally.read)
        if share <= WARN_ABOVE:
            return
        worst = table[[is_loss(str(rule)) for rule in table["rule"]]].nlargest(1, "rows").iloc[0]
        text = _("{share} of the rows are dropped, most of them by this rule: {rule} (line {lines})")
        rule = meaning_of(str(worst["rule"]))
        if worst["rule"] == "no_arrival" and self.unreadable is not None:
            rule = _("{rule}, given {given}").format(rule=rule, given=shown(self.unreadable or None))
        text = text.format(share=f"{share:.1%}", rule=rule, lines=worst["examples"])
        if share > REFUSE_ABOVE:
            remedy = _("check the map: is it for another kind of log?")
            message = _("{what}; {remedy}").format(what=text, remedy=remedy)
            raise ScenarioError([Problem(str(self.files[0]["name"]), None, None, "", message)])
        self.remarks.append(f"{self.files[0]['name']}: {text}")


def _summed(counts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return counts by day and slot of several pieces as one."""
    every = pd.concat([_NO_COUNTS, *counts], ignore_index=True)
    return every.groupby(["day", "slot"])["calls"].sum().reset_index()


def _itself(frame: pd.DataFrame) -> pd.DataFrame:
    return frame
