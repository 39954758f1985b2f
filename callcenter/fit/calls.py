"""Call records as arrays (contract 7.1): one entry per call, times in seconds since 00:00 of its day."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from callcenter.arrays import Flags, Floats, Indices, Ints
from callcenter.clock import SECONDS_PER_DAY
from callcenter.fit.errors import FitError
from callcenter.language import gettext as _
from callcenter.outcomes import OUTCOMES, Outcome, Stage

APART = 3 * SECONDS_PER_DAY
"""Between one day and the next on the clock of `moments`: no call of a day reaches the next."""

NOBODY = -1
UNKNOWN_WEEKDAY = -1

_IN_LINE = np.array([outcome.stage is Stage.LINE for outcome in Outcome])


@dataclass(frozen=True)
class Calls:
    """Calls of several days, in order of day and arrival; nan = never, or not recorded."""

    days: tuple[str, ...]
    """Dates as ISO, or the names that the records have for their days."""
    weekdays: Ints
    """Of each day, Monday is 0; -1 where days have no dates."""
    tiers: tuple[str, ...]
    pools: tuple[str, ...]
    agents: tuple[str, ...]
    kinds: tuple[str, ...]
    """What callers chose in the IVR; () where records do not hold it."""
    day: Indices
    tier: Indices
    """-1 = the log does not tell."""
    kind: Indices
    pool: Indices
    """-1 = no pool is named."""
    agent: Indices
    """-1 = no agent is named."""
    customer: Ints
    outcome: Indices
    arrived: Floats
    joined: Floats
    """nan = never asked for a person."""
    wait: Floats
    answered: Floats
    left: Floats
    released: Floats
    ivr: Floats
    talk: Floats
    wrap_up: Floats

    def __len__(self) -> int:
        return len(self.day)

    @property
    def number_of_days(self) -> int:
        """How many days there are."""
        return len(self.days)

    @property
    def is_offered(self) -> Flags:
        """Whether the caller asked for a person."""
        return np.asarray(_IN_LINE[self.outcome])

    @property
    def is_answered(self) -> Flags:
        """Whether an agent took the call."""
        return np.asarray(self.outcome == Outcome.ANSWERED)

    @property
    def is_lost(self) -> Flags:
        """Whether the caller hung up in the line."""
        return np.asarray(self.outcome == Outcome.ABANDONED)

    @property
    def is_queued(self) -> Flags:
        """Whether the call waited at all, answered or not."""
        return np.asarray(self.is_offered & ((self.wait > 0) | self.is_lost))

    def moments(self, times: Floats) -> Floats:
        """Return times of the day on one clock, on which days are far apart."""
        return self.day * APART + times

    def only(self, chosen: Flags) -> Calls:
        """Return some of the calls; the days stay, though some may then have none."""
        size = len(self)
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        per_call: dict[str, Any] = {
            name: value[chosen]
            for name, value in values.items()
            if isinstance(value, np.ndarray) and name != "weekdays" and len(value) == size
        }
        return replace(self, **per_call)

    def on_days(self, numbers: Sequence[int]) -> Calls:
        """Return the calls of some days, which are then all the days there are."""
        place = np.full(len(self.days), -1)
        place[list(numbers)] = np.arange(len(numbers))
        kept = self.only(place[self.day] >= 0)
        days = tuple(self.days[number] for number in numbers)
        return replace(
            kept, days=days, weekdays=self.weekdays[list(numbers)], day=place[kept.day].astype(np.int32)
        )

    def with_tiers(self, tiers: Sequence[str], tier: Indices) -> Calls:
        """Return the same calls under other tiers."""
        return replace(self, tiers=tuple(tiers), tier=tier)


def calls_of(frame: pd.DataFrame, first_day: date | None = None) -> Calls:
    """Return the calls of a frame with the columns of contract 7.1; FitError where it has too few of them.

    `first_day` is the date of the day from whose 00:00 times are counted.
    """
    missing = [name for name in ("arrived", "outcome") if name not in frame]
    if missing or not ({"answered", "wait"} & set(frame)):
        lacking = ", ".join(missing or ["answered"])
        raise FitError(
            _(
                "the records have no column {names}; call records need arrived, outcome and answered or wait"
            ).format(names=lacking)
        )
    if len(frame) == 0:
        raise FitError(_("the records hold no calls"))
    days, weekdays, day = days_of(frame, first_day)
    order = np.lexsort((_floats(frame, "arrived"), day))
    return _calls(frame.iloc[order], days, weekdays, day[order])


def _calls(frame: pd.DataFrame, days: tuple[str, ...], weekdays: Ints, day: Indices) -> Calls:
    named = {key: _coded(frame, key) for key in ("tier", "pool", "agent", "menu")}
    tiers = named["tier"][0] or ("all",)
    clock = {name: _floats(frame, name) for name in ("arrived", "joined", "answered", "left", "released")}
    midnight = np.floor(clock["arrived"] / SECONDS_PER_DAY) * SECONDS_PER_DAY
    clock = {name: times - midnight for name, times in clock.items()}
    outcome = _outcomes(frame["outcome"])
    times = _completed(clock, _floats(frame, "wait"), outcome)
    return Calls(
        days=days,
        weekdays=weekdays,
        tiers=tiers,
        pools=named["pool"][0],
        agents=named["agent"][0],
        kinds=named["menu"][0],
        day=day,
        tier=named["tier"][1] if named["tier"][0] else np.zeros(len(frame), np.int32),
        kind=named["menu"][1],
        pool=named["pool"][1],
        agent=named["agent"][1],
        customer=_customers(frame),
        outcome=outcome,
        **times,
        ivr=_ivr(frame, times),
        **_handling(frame, times, outcome),
    )


def _completed(clock: Mapping[str, Floats], wait: Floats, outcome: Indices) -> dict[str, Floats]:
    """Return the times, those that follow from others filled in."""
    joined = np.where(np.isnan(clock["joined"]) & _IN_LINE[outcome], clock["arrived"], clock["joined"])
    joined = np.where(_IN_LINE[outcome], joined, np.nan)
    is_answered = outcome == Outcome.ANSWERED
    ended = np.where(is_answered, clock["answered"], clock["left"])
    wait = np.where(np.isnan(wait), np.maximum(ended - joined, 0.0), wait)
    answered = np.where(
        is_answered, np.where(np.isnan(clock["answered"]), joined + wait, clock["answered"]), np.nan
    )
    left = np.where(np.isnan(clock["left"]) & ~is_answered, joined + wait, clock["left"])
    return {
        "arrived": clock["arrived"],
        "joined": joined,
        "wait": np.where(_IN_LINE[outcome], wait, np.nan),
        "answered": answered,
        "left": left,
        "released": clock["released"],
    }


def _handling(frame: pd.DataFrame, times: dict[str, Floats], outcome: Indices) -> dict[str, Floats]:
    """Return talk and wrap-up of answered calls: their columns, else what lies between the times.

    Records whose wrap-up is not known have an empty column of it, and agents who are free as talk ends.
    """
    is_answered = outcome == Outcome.ANSWERED
    with np.errstate(invalid="ignore"):
        talk = _or(_floats(frame, "talk_s"), times["left"] - times["answered"])
        wrap_up = _floats(frame, "wrap_up_s")
        wrap_up = wrap_up if "wrap_up_s" in frame else times["released"] - times["left"]
        talk, wrap_up = (
            np.where(is_answered & (figures >= 0), figures, np.nan) for figures in (talk, wrap_up)
        )
    return {"talk": talk, "wrap_up": wrap_up}


def _ivr(frame: pd.DataFrame, times: dict[str, Floats]) -> Floats:
    ended = np.where(np.isnan(times["joined"]), times["left"], times["joined"])
    return np.maximum(_or(_floats(frame, "ivr_s"), ended - times["arrived"]), 0.0)


def _or(figures: Floats, others: Floats) -> Floats:
    return np.where(np.isnan(figures), others, figures)


def _floats(frame: pd.DataFrame, name: str) -> Floats:
    if name not in frame:
        return np.full(len(frame), np.nan)
    return np.asarray(pd.to_numeric(frame[name], errors="coerce"), float)


def _outcomes(column: pd.Series[Any]) -> Indices:
    codes = pd.Index(OUTCOMES).get_indexer(pd.Index(column.astype(str)))
    if (codes < 0).any():
        strange = sorted(set(column[codes < 0].astype(str)))[:3]
        raise FitError(
            _("the records have outcomes that nobody knows: {names}; known are {known}").format(
                names=", ".join(strange), known=", ".join(OUTCOMES)
            )
        )
    return codes.astype(np.int32)


def _coded(frame: pd.DataFrame, name: str) -> tuple[tuple[str, ...], Indices]:
    """Return the names of a column in the order of the alphabet, and the number of each row; -1 = none."""
    if name not in frame:
        return (), np.full(len(frame), -1, np.int32)
    column = frame[name]
    codes, names = pd.factorize(column.where(column.notna() & (column.astype(str) != "")), sort=True)
    return tuple(name_of(str(each)) for each in names), codes.astype(np.int32)


def name_of(given: str) -> str:
    """Return a name as scenarios can hold it."""
    return re.sub(r"[^\w -]", "_", given)[:60] or "_"


def _customers(frame: pd.DataFrame) -> Ints:
    return _coded(frame, "customer")[1].astype(np.int64)


def days_of(frame: pd.DataFrame, first_day: date | None) -> tuple[tuple[str, ...], Ints, Indices]:
    """Return the names of the days, their weekdays, and the day of each call."""
    if "day" in frame and not pd.api.types.is_numeric_dtype(frame["day"]):
        codes, dates = pd.factorize(pd.to_datetime(frame["day"]), sort=True)
        return *_dated(pd.DatetimeIndex(dates)), codes.astype(np.int32)
    day = np.floor(_floats(frame, "arrived") / SECONDS_PER_DAY).astype(np.int64)
    if first_day is not None:
        numbers, codes = np.unique(day, return_inverse=True)
        dates = pd.Timestamp(first_day) + pd.to_timedelta(numbers, unit="D")
        return *_dated(dates), codes.astype(np.int32)
    is_simulated = "replication" in frame
    run = frame["replication"].to_numpy(np.int64) if is_simulated else np.zeros(len(frame), np.int64)
    keys, codes = np.unique(np.stack((run, day)), axis=1, return_inverse=True)
    names = tuple(f"{number + 1}.{place + 1}" if is_simulated else f"{place + 1}" for number, place in keys.T)
    return names, np.full(len(names), UNKNOWN_WEEKDAY), codes.ravel().astype(np.int32)


def _dated(dates: pd.DatetimeIndex) -> tuple[tuple[str, ...], Ints]:
    return tuple(dates.strftime("%Y-%m-%d")), np.asarray(dates.day_of_week, np.int64)
