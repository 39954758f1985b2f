"""Call records from the cells of a log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from callcenter.arrays import Flags, Floats, Ints
from callcenter.clock import SECONDS_PER_DAY
from callcenter.records.columns import CALLS, LENGTHS, TIMES, typed
from callcenter.records.completion import completed, oddities
from callcenter.records.layout import Cells, Layout
from callcenter.records.map import UNKNOWN
from callcenter.records.outcome_words import outcome_of
from callcenter.records.rules import Coded, first_fitting, fits
from callcenter.records.times import on_days
from callcenter.records.unmapped import Unmapped

ONLY_TIER = "calls"
"""The tier of a log that knows no tiers."""

_HALF_A_DAY = SECONDS_PER_DAY / 2
_NAMES = ("call", "parent", "pool", "agent", "customer", "menu")


class Assembled(NamedTuple):
    """Rows as call records, times since 1970 where the log is dated, and what the map drops."""

    calls: pd.DataFrame
    """The columns of 7.1, the `line` of each row, and flags for cleaning."""

    dropped: Mapping[str, Flags]
    """Whether each row of the chunk is dropped by a rule of the map."""

    lines: Ints
    """The line of each row of the chunk, the dropped ones too."""

    is_dated: bool


def assembled(layout: Layout, cells: Cells, unmapped: Unmapped) -> Assembled:
    """Return the call records of a chunk; words that no rule knows are counted in `unmapped`."""
    rows = len(cells)
    dropped = dropped_by(layout, cells)
    kept = ~np.logical_or.reduce([np.zeros(rows, dtype=np.bool_), *dropped.values()])
    values, is_dated = _times(layout, cells)
    for role in ("wait", *LENGTHS, "hold_s", "handle_s", "duration_s"):
        if layout.has(role):
            values[role] = cells.lengths(role)
    outcome = _outcomes(layout, cells, values, kept, unmapped)
    columns = {**completed(values, outcome), **_texts(layout, cells), "outcome": outcome}
    frame = typed(CALLS, {**columns, "tier": tiers_of(layout, cells, kept, unmapped)}, rows)
    extra = {"line": cells.chunk.lines, **oddities(values, outcome), **_further(layout, cells, values)}
    frame = frame.assign(**extra)[kept].reset_index(drop=True)
    return Assembled(frame, dropped, cells.chunk.lines, is_dated)


def dropped_by(layout: Layout, cells: Cells) -> dict[str, Flags]:
    """Return whether each row is dropped by each rule of the map; the first rule that fits counts it."""
    met: dict[str, Flags] = {}
    is_dropped = np.zeros(len(cells), dtype=np.bool_)
    for name, rule in layout.map.drop.items():
        met[name] = fits(rule, "outcome", cells.coded, len(cells)) & ~is_dropped
        is_dropped |= met[name]
    return met


def _times(layout: Layout, cells: Cells) -> tuple[dict[str, Floats], bool]:
    """Return the times of a chunk, and whether they say their days; clock times past midnight are later."""
    days = cells.times("date").seconds if layout.has("date") else None
    read = {role: on_days(cells.times(role), days) for role in (*TIMES, "updated") if layout.has(role)}
    values = {role: times.seconds for role, times in read.items()}
    if days is not None and "arrived" in values:
        for role in TIMES[1:]:
            if role in values:
                is_next_day = values[role] < values["arrived"] - _HALF_A_DAY
                values[role] = values[role] + SECONDS_PER_DAY * is_next_day
    if layout.replication_s:
        apart = cells.figures("replication") * layout.replication_s
        values = {role: times + apart for role, times in values.items()}
    return values, days is not None or any(times.is_dated for times in read.values())


def _further(layout: Layout, cells: Cells, values: Mapping[str, Floats]) -> dict[str, Floats]:
    """Return what orders the versions of a call, and the days that a simulated log counts itself."""
    further = {"updated": values["updated"]} if "updated" in values else {}
    if layout.map.times and layout.has("day"):
        further["own_day"] = np.nan_to_num(cells.figures("day"))
        if layout.replication_s:
            further["own_day"] += cells.figures("replication") * layout.replication_s / SECONDS_PER_DAY
    return further


def _outcomes(
    layout: Layout, cells: Cells, values: Mapping[str, Floats], kept: Flags, unmapped: Unmapped
) -> pd.Series[Any]:
    """Return how each call ended: by the rules, by a known word, else by whether there was an answer."""
    if layout.map.outcomes:
        names = pd.Series(first_fitting(layout.map.outcomes, "outcome", cells.coded, len(cells)))
        about = "outcome" if layout.has("outcome") else _asked_about(layout.map.outcomes)
    elif layout.has("outcome"):
        texts, about = cells.texts("outcome"), "outcome"
        names = texts.map({text: outcome_of(str(text)) for text in texts.dropna().unique()}).astype(object)
    else:
        return pd.Series(np.where(_has_answer(values, len(cells)), "answered", "abandoned"), dtype=object)
    strange = names.isna().to_numpy() & kept
    if strange.any():
        unmapped.see(unmapped.outcomes, _words(cells, about, strange), cells.chunk.lines[strange])
    return names


def _has_answer(values: Mapping[str, Floats], rows: int) -> Flags:
    for role in ("answered", "talk_s", "handle_s"):
        if role in values:
            return np.isfinite(values[role]) & ((values[role] > 0) | (role == "answered"))
    return np.ones(rows, dtype=np.bool_)


def tiers_of(layout: Layout, cells: Cells, kept: Flags, unmapped: Unmapped) -> pd.Series[Any]:
    """Return the tier of each row: by the rules, else by its column, else the only one there is."""
    about = next((role for role in ("queue", "tier") if layout.has(role)), "")
    if not layout.map.tiers:
        return cells.texts(about) if about else pd.Series([ONLY_TIER] * len(cells), dtype=object)
    names = pd.Series(first_fitting(layout.map.tiers, about or "queue", cells.coded, len(cells)))
    strange = names.isna().to_numpy() & kept
    if strange.any():
        words = _words(cells, about or _asked_about(layout.map.tiers), strange)
        unmapped.see(unmapped.queues, words, cells.chunk.lines[strange])
    return names.where(names != UNKNOWN, None)


def _asked_about(rules: Mapping[str, Mapping[str, object]]) -> str:
    """Return the first column that rules speak of."""
    return next((column for conditions in rules.values() for column in conditions if column), "")


def _words(cells: Cells, column: str, strange: Flags) -> list[str]:
    if not column:
        return [""] * int(strange.sum())
    coded: Coded = cells.coded(column)
    return [str(word) for word in coded.written[coded.codes[strange]]]


def _texts(layout: Layout, cells: Cells) -> dict[str, object]:
    """Return the columns of names, and the attempt."""
    texts: dict[str, object] = {role: cells.texts(role) for role in _NAMES if layout.has(role)}
    if layout.map.source == "cms" and layout.has("call") and not layout.has("parent"):
        texts["parent"] = _segment_before(cells.texts("call"))
    if layout.has("attempt"):
        texts["attempt"] = np.nan_to_num(cells.figures("attempt"), nan=1.0)
    return texts


def _segment_before(calls: pd.Series[Any]) -> pd.Series[Any]:
    """Return the segment before each, as `77-1` is before `77-2`; None for the first of a call."""
    parts = [str(call).rpartition("-") for call in calls]
    before = [
        f"{head}-{int(last) - 1}" if last.isdigit() and int(last) > 1 else None for head, _dash, last in parts
    ]
    return pd.Series(before, dtype=object)
