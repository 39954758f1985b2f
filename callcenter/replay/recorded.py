"""Recorded calls as a scenario sees them: its tiers, its pools, its opening hours, the days asked for."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from callcenter.arrays import Flags, Indices, Ints
from callcenter.clock import SECONDS_PER_DAY, TICKS_PER_SECOND, clock_text
from callcenter.fit import FitError
from callcenter.fit.calls import Calls, calls_of
from callcenter.fit.days import choose, rule_of
from callcenter.fit.diary import diary
from callcenter.fit.source import Source
from callcenter.fit.staffing.inference import Staffing, staffing
from callcenter.fit.tiers import decided, kinds_of_tiers
from callcenter.language import gettext as _
from callcenter.records import Records
from callcenter.records import records as records_of
from callcenter.replay.attempts import Attempts, attempts
from callcenter.replay.errors import ReplayError
from callcenter.replay.levels import Levels, levels_of
from callcenter.scenario import Scenario
from callcenter.scenario.errors import closest

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d+(\.\d+)?")
_CLOCKS = ("arrived", "joined", "answered", "left", "released")
_LENGTHS = ("wait", "ivr", "talk", "wrap_up")


@dataclass(frozen=True)
class Recorded:
    """Recorded days; tiers and pools are numbered as in the scenario, times are whole ticks."""

    scenario: Scenario
    calls: Calls
    follows: Flags
    """Of each call: it is no first attempt."""
    knows_attempts: bool
    numbers: tuple[int, ...]
    """Number of each day among all days of the records, which decides its chance."""
    events: pd.DataFrame | None
    origin: int
    remarks: tuple[str, ...]
    inferred: _Inferred | None = None
    """Agents there, where they were inferred with other days beside these."""

    def __len__(self) -> int:
        return self.calls.number_of_days

    @cached_property
    def levels(self) -> Levels | None:
        """Agents who were there; None where records name no agents."""
        if self.inferred is not None:
            return self.inferred.levels
        return None if self._staffing is None else levels_of(self.scenario, self._staffing)

    @cached_property
    def roster(self) -> Levels | None:
        """The same as a roster of the recorded calls, under which whoever is busy finishes theirs (R8).

        It belongs to recorded talk; talk that is drawn does not end when agents left, and meets `levels`.
        """
        if self.inferred is not None:
            return self.inferred.roster
        if self._staffing is None:
            return None
        return levels_of(self.scenario, self._staffing, self._staffing.rostered)

    @cached_property
    def _staffing(self) -> Staffing | None:
        calls = self.calls
        named = (calls.agent >= 0).sum() >= 0.5 * max(int(calls.is_answered.sum()), 1)
        if not named:
            return None
        day = self.scenario.day
        return staffing(
            calls,
            kinds_of_tiers(calls),
            (day.open, day.close),
            day.interval,
            self.events,
            first_number=self.origin,
        )

    def day(self, number: int, firsts_only: bool = False) -> Calls:
        """Return the calls of one day, perhaps without those that follow others."""
        own = self.calls.day == number
        return self.calls.only(own & ~self.follows if firsts_only else own)

    def on(self, days: Sequence[int]) -> Recorded:
        """Return some of the days, with the agents that all of them let infer."""
        levels, roster = self.levels, self.roster
        return replace(
            self,
            calls=self.calls.on_days(days),
            follows=self.follows[np.isin(self.calls.day, days)],
            numbers=tuple(self.numbers[day] for day in days),
            inferred=_Inferred(
                None if levels is None else levels.on(days), None if roster is None else roster.on(days)
            ),
        )


class _Inferred(NamedTuple):
    """Agents there, and the same as a roster; None where records name no agents."""

    levels: Levels | None
    roster: Levels | None


class Log(NamedTuple):
    """A call log as it was read: all of its days, of no scenario yet."""

    source: Source
    calls: Calls
    known: Attempts

    def days(self, days: str | None, first: str | None, last: str | None) -> Ints:
        """Return the numbers of the days that are asked for."""
        return _days(self.calls, _named(days), days, first, last)

    def seen_by(self, scenario: Scenario, days: Ints) -> Recorded:
        """Return some of the days as a scenario sees them; ReplayError where they do not fit it."""
        kept = np.isin(self.calls.day, days)
        calls, follows = self.calls.on_days(days.tolist()), self.known.follows[kept]
        calls = _as_in(scenario, decided(calls)[0])
        inside = (calls.arrived >= scenario.day.open) & (calls.arrived < scenario.day.close)
        return Recorded(
            scenario,
            _in_ticks(calls.only(inside)),
            follows[inside],
            self.known.is_known,
            tuple(map(int, days)),
            self.source.events,
            self.source.origin,
            tuple(_outside(scenario, int((~inside).sum()), len(calls))),
        )


def recorded(
    records: Any,
    scenario: Scenario,
    days: str | None = None,
    from_: str | None = None,
    to: str | None = None,
) -> Recorded:
    """Return the days of records that are asked for: all, some by name, or those of a rule as in `fit`.

    Raises ReplayError where records do not fit the scenario, FitError where they hold no calls.
    """
    log = log_of_calls(records, days)
    return log.seen_by(scenario, log.days(days, from_, to))


def log_of_calls(records: Any, days: str | None = None) -> Log:
    """Return a call log; days that the records leave out are in it where they are asked for by name."""
    source, are_told = _source(records, _named(days))
    if source.has_intervals:
        raise ReplayError(_("these are interval reports; a replay needs call records, one row for each call"))
    frame = _sorted(source)
    return Log(source, calls_of(frame, source.first_day), attempts(frame, are_told))


def _named(days: str | None) -> tuple[str, ...]:
    """Return the days that are asked for by name alone; () where a rule chooses."""
    words = [word for word in re.split(r"[,\s]+", days or "") if word]
    return tuple(words) if words and all(map(_DAY.fullmatch, words)) else ()


def _source(records: Any, named: Sequence[str]) -> tuple[Source, bool]:
    """Return what is read, and whether the log has columns that tell which call led to which."""
    if isinstance(records, pd.DataFrame):
        return Source.of(records), False
    given: Records = records_of(records) if isinstance(records, str | os.PathLike) else records
    left_out = set(given.days.loc[~given.days["used"], "date"]) & set(named)
    given = given.keeping(*left_out) if left_out else given
    source = Source(given.calls, given.intervals, given.agent_events, given.first_day)
    columns = given.source.get("map", {}).get("columns", {})
    return source, {"parent", "attempt"} <= set(columns)


def _sorted(source: Source) -> pd.DataFrame:
    """Return call records in the order that their arrays will have."""
    frame = source.calls
    if len(frame) == 0 or "arrived" not in frame:
        return frame
    has_dates = "day" in frame and not pd.api.types.is_numeric_dtype(frame["day"])
    first = ["day"] if has_dates else [name for name in ("replication",) if name in frame]
    by_day = frame.assign(_midnight=np.floor(frame["arrived"] / SECONDS_PER_DAY))
    keys = [*first, *([] if has_dates else ["_midnight"]), "arrived"]
    return by_day.sort_values(keys, kind="stable", ignore_index=True).drop(columns="_midnight")


def _days(calls: Calls, named: Sequence[str], days: str | None, first: str | None, last: str | None) -> Ints:
    for name in named:
        if name not in calls.days:
            text = _("the records hold no day {name}; they go from {first} to {last}")
            raise ReplayError(text.format(name=name, first=calls.days[0], last=calls.days[-1]))
    if days is not None and not named:
        try:
            used: Sequence[int] = choose(diary(calls), rule_of(days, first, last)).used
        except FitError as error:
            raise ReplayError(str(error)) from None
    else:
        used = [
            number
            for number, name in enumerate(calls.days)
            if (not named or name in named) and (first or name) <= name <= (last or name)
        ]
    if not len(used):
        raise ReplayError(_("no day is left; see days, from and to"))
    return np.array(used)


def _as_in(scenario: Scenario, calls: Calls) -> Calls:
    """Return the calls with tiers and pools by their number in the scenario."""
    tiers, pools = list(scenario.tiers), list(scenario.pools)
    if calls.tiers == ("all",) and len(tiers) == 1:
        calls = replace(calls, tiers=tuple(tiers))
    seen = [calls.tiers[number] for number in np.unique(calls.tier)]
    strange = [name for name in seen if name not in tiers]
    if strange:
        near = closest(strange[0], tiers)
        text = _("the records have calls of tier {name}, which the scenario lacks; {remedy}")
        remedy = (
            _("nearest known: `{name}`").format(name=near)
            if near
            else _("known: {names}").format(names=", ".join(tiers))
        )
        raise ReplayError(text.format(name=strange[0], remedy=remedy))
    return replace(
        calls,
        tiers=tuple(tiers),
        tier=_renumbered(calls.tiers, tiers, calls.tier),
        pools=tuple(pools),
        pool=_renumbered(calls.pools, pools, calls.pool),
    )


def _renumbered(names: Sequence[str], among: Sequence[str], codes: Indices) -> Indices:
    """Return codes of names as their places among others, -1 for those that are not among them."""
    places = [among.index(name) if name in among else -1 for name in names]
    return np.array([*places, -1], np.int32)[codes]


def _in_ticks(calls: Calls) -> Calls:
    """Return the calls with times in whole ticks, as rule R1 has them."""
    times = {name: getattr(calls, name) for name in (*_CLOCKS, *_LENGTHS)}
    return replace(
        calls,
        **{name: np.rint(column * TICKS_PER_SECOND) / TICKS_PER_SECOND for name, column in times.items()},
    )


def _outside(scenario: Scenario, left_out: int, calls: int) -> list[str]:
    if not left_out:
        return []
    text = _("{left_out:,} of {calls:,} calls came outside of {opening} to {closing} and are left out.")
    return [
        text.format(
            left_out=left_out,
            calls=calls,
            opening=clock_text(scenario.day.open),
            closing=clock_text(scenario.day.close),
        )
    ]
