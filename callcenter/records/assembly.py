"""Call records from the cells of a log: each column as it stands there, or as it follows from others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from callcenter.arrays import Flags, Floats
from callcenter.clock import SECONDS_PER_DAY
from callcenter.outcomes import Outcome, Stage
from callcenter.records.cleaning import ROUNDING
from callcenter.records.columns import CALLS, LENGTHS, TIMES, typed
from callcenter.records.layout import Cells, Layout
from callcenter.records.map import UNKNOWN
from callcenter.records.outcome_words import outcome_of
from callcenter.records.rules import Coded, first_fitting, fits
from callcenter.records.times import on_days

ONLY_TIER = "calls"
"""The tier of a log that knows no tiers."""

_HALF_A_DAY = SECONDS_PER_DAY / 2
_LINE = tuple(outcome.word for outcome in Outcome if outcome.stage is Stage.LINE)
_ENDED_BY_WAIT = tuple(word for word in _LINE if word not in ("answered", "open"))


class Assembled(NamedTuple):
    """Rows as call records, times since 1970 where the log is dated, and what the map drops."""

    calls: pd.DataFrame
    dropped: Mapping[str, Flags]
    """Whether each row of the chunk is dropped by a rule of the map."""

    lines: np.ndarray[tuple[int], np.dtype[np.int64]]
    """The line of each row of the chunk, the dropped ones too."""

    is_dated: bool


@dataclass
class Unmapped:
    """Words that no rule of a map knows, with how often they came."""

    outcomes: Counter[str] = field(default_factory=Counter)
    queues: Counter[str] = field(default_factory=Counter)


def assembled(layout: Layout, cells: Cells, unmapped: Unmapped) -> Assembled:
    """Return the call records of a chunk; words that no rule knows are counted in `unmapped`."""
    given = layout.map
    rows = len(cells)
    dropped = {name: fits(rule, "outcome", cells.coded, rows) for name, rule in given.drop.items()}
    kept = ~np.logical_or.reduce([np.zeros(rows, dtype=np.bool_), *dropped.values()])
    values, is_dated = _times(layout, cells)
    for role in ("wait", *LENGTHS, "hold_s", "handle_s", "duration_s"):
        if layout.has(role):
            values[role] = cells.lengths(role)
    outcome = _outcomes(layout, cells, values, kept, unmapped)
    columns = {**_completed(values, outcome, rows), **_texts(layout, cells)}
    columns |= {"outcome": outcome, "tier": _tiers(layout, cells, kept, unmapped)}
    frame = typed(CALLS, columns, rows)
    frame["line"] = cells.chunk.lines
    if layout.map.times and layout.has("day"):
        frame["own_day"] = _own_days(layout, cells)
    for name, flags in _oddities(layout, values, outcome, rows).items():
        frame[name] = flags
    if "updated" in values:
        frame["updated"] = values["updated"]
    return Assembled(frame[kept].reset_index(drop=True), dropped, cells.chunk.lines, is_dated)


def _times(layout: Layout, cells: Cells) -> tuple[dict[str, Floats], bool]:
    """Return the times of a chunk, and whether they say their days; clock times past midnight are later."""
    days = cells.times("date").seconds if layout.has("date") else None
    read = {role: on_days(cells.times(role), days) for role in (*TIMES, "updated") if layout.has(role)}
    values = {role: times.seconds for role, times in read.items()}
    if days is not None and "arrived" in values:
        for role in TIMES[1:]:
            if role in values:
                values[role] = values[role] + SECONDS_PER_DAY * (
                    values[role] < values["arrived"] - _HALF_A_DAY
                )
    if layout.replication_s:
        apart = cells.figures("replication") * layout.replication_s
        values = {role: times + apart for role, times in values.items()}
    return values, days is not None or any(times.is_dated for times in read.values())


def _own_days(layout: Layout, cells: Cells) -> Floats:
    """Return the days of a simulated log, its replications one after another."""
    days = np.nan_to_num(cells.figures("day"))
    if layout.replication_s:
        days += cells.figures("replication") * layout.replication_s / SECONDS_PER_DAY
    return days


def _outcomes(
    layout: Layout, cells: Cells, values: Mapping[str, Floats], kept: Flags, unmapped: Unmapped
) -> pd.Series[Any]:
    rows = len(cells)
    if layout.map.outcomes:
        names = pd.Series(first_fitting(layout.map.outcomes, "outcome", cells.coded, rows))
    elif layout.has("outcome"):
        texts = cells.texts("outcome")
        names = texts.map({text: outcome_of(str(text)) for text in texts.dropna().unique()})
    else:
        return pd.Series(np.where(_has_answer(values, rows), "answered", "abandoned"), dtype=object)
    strange = names.isna() & kept
    if strange.any():
        column = "outcome" if layout.has("outcome") else next(iter(next(iter(layout.map.outcomes.values()))))
        unmapped.outcomes.update(_words(cells.coded(column), strange))
    return names


def _has_answer(values: Mapping[str, Floats], rows: int) -> Flags:
    for role in ("answered", "talk_s", "handle_s"):
        if role in values:
            return np.isfinite(values[role]) & ((values[role] > 0) | (role == "answered"))
    return np.ones(rows, dtype=np.bool_)


def _tiers(layout: Layout, cells: Cells, kept: Flags, unmapped: Unmapped) -> object:
    """Return the tier of each row: by the rules, else by its column, else the only one there is."""
    about = next((role for role in ("queue", "tier") if layout.has(role)), "")
    if not layout.map.tiers:
        return cells.texts(about) if about else pd.Series([ONLY_TIER] * len(cells), dtype=object)
    names = pd.Series(first_fitting(layout.map.tiers, about or "queue", cells.coded, len(cells)))
    strange = names.isna() & kept
    if strange.any():
        column = about or next(iter(next(iter(layout.map.tiers.values()))), "")
        unmapped.queues.update(_words(cells.coded(column), strange) if column else [""] * int(strange.sum()))
    return names.where(names != UNKNOWN, None)


def _words(cells: Coded, strange: pd.Series[bool]) -> list[str]:
    return [str(word) for word in cells.texts[cells.codes[strange.to_numpy()]]]


def _texts(layout: Layout, cells: Cells) -> dict[str, object]:
    """Return the columns of names, and the attempt."""
    texts: dict[str, object] = {
        role: cells.texts(role)
        for role in ("call", "parent", "pool", "agent", "customer", "menu")
        if layout.has(role)
    }
    if layout.has("attempt"):
        texts["attempt"] = np.nan_to_num(cells.figures("attempt"), nan=1.0)
    return texts


def _completed(values: Mapping[str, Floats], outcome: pd.Series[Any], rows: int) -> dict[str, Floats]:
    """Return times and lengths, each as it stands in the log, else as it follows from others."""
    none = np.full(rows, np.nan)
    got = {
        role: values.get(role, none)
        for role in (*TIMES, *LENGTHS, "wait", "hold_s", "handle_s", "duration_s")
    }
    is_answered = (outcome == "answered").to_numpy()
    asks = outcome.isin(_LINE).to_numpy()
    wait, talk = got["wait"], _first(got["talk_s"], got["handle_s"] - np.nan_to_num(got["wrap_up_s"]))
    talk = talk + np.nan_to_num(got["hold_s"])
    talk = np.where(np.isnan(got["answered"]) & ("answered" in values) & (talk == 0), np.nan, talk)
    arrived = _first(
        got["arrived"], got["left"] - got["duration_s"], got["joined"] - np.nan_to_num(got["ivr_s"])
    )
    joined = _first(got["joined"], arrived + np.nan_to_num(got["ivr_s"]))
    joined = np.where(is_answered & ~_contradicts(got), _first(got["answered"] - wait, joined), joined)
    answered = np.where(is_answered, _first(got["answered"], joined + wait), np.nan)
    ended = _first(got["left"], arrived + got["duration_s"])
    left_answered = _first(ended, answered + talk)
    left_lost = _first(joined + wait, ended)
    left_otherwise = _first(ended, arrived + got["ivr_s"])
    is_lost = outcome.isin(_ENDED_BY_WAIT).to_numpy()
    left = np.where(is_answered, left_answered, np.where(is_lost, left_lost, left_otherwise))
    talk = np.where(is_answered, _first(talk, left - answered), np.nan)
    wrap_up = np.where(is_answered, _first(got["wrap_up_s"], got["released"] - left), np.nan)
    released = np.where(is_answered, _first(got["released"], left + np.nan_to_num(wrap_up)), np.nan)
    return {
        "arrived": arrived,
        "joined": np.where(asks, joined, np.nan),
        "answered": answered,
        "left": left,
        "released": released,
        "ivr_s": _first(got["ivr_s"], np.where(asks, joined - arrived, np.nan)),
        "talk_s": talk,
        "wrap_up_s": wrap_up,
    }


def _contradicts(got: Mapping[str, Floats]) -> Flags:
    """Return where the wait of a call is not, but for rounding, the time from joining to the answer."""
    return (np.abs(got["answered"] - got["wait"] - got["joined"]) > ROUNDING) & (
        got["answered"] >= got["joined"]
    )


def _oddities(
    layout: Layout, values: Mapping[str, Floats], outcome: pd.Series[Any], rows: int
) -> dict[str, Flags]:
    """Return which rows say of an answered call no time of the answer, or of another that it was served."""
    is_answered = (outcome == "answered").to_numpy()
    none = np.full(rows, np.nan)
    answered, talk = values.get("answered", none), values.get("talk_s", none)
    was_served = np.isfinite(answered) | (talk > 0)
    return {
        "unstamped": is_answered & np.isnan(answered) & layout.has("answered"),
        "served": ~is_answered & was_served,
        "wait_differs": is_answered
        & _contradicts({**dict.fromkeys(("answered", "wait", "joined"), none), **values}),
    }


def _first(*choices: Floats) -> Floats:
    """Return the first value that is there."""
    chosen = choices[0]
    for other in choices[1:]:
        chosen = np.where(np.isnan(chosen), other, chosen)
    return chosen
