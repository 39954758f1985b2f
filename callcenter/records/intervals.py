"""Interval records: from the rows of a report, and from call records."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from callcenter.arrays import Flags, Floats
from callcenter.clock import SECONDS_PER_DAY
from callcenter.records.assembly import dropped_by, tiers_of
from callcenter.records.cleaning import Tally
from callcenter.records.columns import BUCKET, INTERVALS, typed
from callcenter.records.layout import Cells, Layout
from callcenter.records.times import on_days
from callcenter.records.unmapped import Unmapped
from callcenter.scenario.files.columns import is_total

_SUMS = {
    "wait_answered_s": ("mean_wait_answered_s", "answered"),
    "wait_abandoned_s": ("mean_wait_abandoned_s", "abandoned"),
    "handle_s": ("mean_handle_s", "answered"),
}
"""Sums, and the means and counts from which they follow."""

KEY = ["day", "start", "tier"]


def interval_rows(
    layout: Layout, cells: Cells, tally: Tally, unmapped: Unmapped, file: str = ""
) -> tuple[pd.DataFrame, bool]:
    """Return the interval records of a chunk, `day` counted from 1970, and whether they say their days."""
    begun = on_days(cells.times("start"), cells.times("date").seconds if layout.has("date") else None)
    kept = _kept(layout, cells, begun.seconds, tally, file)
    values = {role: _figures(layout, cells, role) for role in _counted(layout)}
    days = np.floor(np.nan_to_num(begun.seconds) / SECONDS_PER_DAY)
    values |= {"day": days, "start": begun.seconds - days * SECONDS_PER_DAY}
    tiers = tiers_of(layout, cells, kept, unmapped)
    frame = typed(INTERVALS, {**_summed(values, len(cells)), "tier": tiers}, len(cells))
    if layout.map.within is not None and layout.has("answered_within"):
        frame["within_s"] = frame["within_s"].fillna(layout.map.within)
    buckets = {role: values[role] for role in sorted(values, key=_bucket) if re.fullmatch(BUCKET, role)}
    frame = frame.assign(**buckets, line=cells.chunk.lines)[kept]
    return frame.reset_index(drop=True), begun.is_dated


def _figures(layout: Layout, cells: Cells, role: str) -> Floats:
    return cells.lengths(role) if role in layout.lengths else cells.figures(role)


def _counted(layout: Layout) -> list[str]:
    return [role for role in layout.at if role not in ("date", "start", "queue", "tier")]


def _bucket(role: str) -> float:
    match = re.fullmatch(BUCKET, role)
    return float(match[2]) if match else 0.0


def _kept(layout: Layout, cells: Cells, begun: Floats, tally: Tally, file: str) -> Flags:
    """Return which rows are intervals, and count the others: totals, rows without a time, the map's own."""
    lines = cells.chunk.lines
    kept = np.ones(len(cells), dtype=np.bool_)
    for name, met in dropped_by(layout, cells).items():
        tally.add(f"drop.{name}", lines[met], file)
        kept &= ~met
    is_timeless = np.isnan(begun) & kept
    totals = is_timeless & _are_totals(cells, is_timeless)
    tally.add("total", lines[totals], file)
    tally.add("no_arrival", lines[is_timeless & ~totals], file)
    return kept & ~is_timeless


def _are_totals(cells: Cells, of: Flags) -> Flags:
    """Return which of some rows add up others, as one of their cells says."""
    met = np.zeros(len(cells), dtype=np.bool_)
    for at in np.flatnonzero(of):
        met[at] = any(isinstance(text, str) and is_total(text) for text in cells.chunk.cells.iloc[at])
    return met


def _summed(values: Mapping[str, Floats], rows: int) -> dict[str, Floats]:
    """Return counts and sums, those that are not there from those that are."""
    summed = dict(values)
    for name, (mean, count) in _SUMS.items():
        if name not in summed and mean in values and count in values:
            summed[name] = np.where(values[count] == 0, 0.0, values[mean] * values[count])
    if "offered" not in summed:
        summed["offered"] = summed["answered"] + summed.get("abandoned", np.zeros(rows))
    return summed


def without_repeated(frame: pd.DataFrame, tally: Tally) -> pd.DataFrame:
    """Return one row for each interval and tier, the last in the files, in order of time."""
    again = frame.duplicated(KEY, keep="last")
    tally.add("duplicate", frame["line"].to_numpy()[again.to_numpy()])
    return frame[~again].sort_values(KEY, kind="stable", ignore_index=True)


def counted_intervals(frame: pd.DataFrame, slots: int) -> pd.DataFrame:
    """Return how many calls were offered by day and slot of the day, with columns `day`, `slot`, `calls`."""
    slot = np.clip(frame["start"] // (SECONDS_PER_DAY / slots), 0, slots - 1).astype(np.int64)
    calls = frame["offered"].fillna(0)
    counts = pd.DataFrame({"day": frame["day"].astype(np.int64), "slot": slot, "calls": calls})
    return counts.groupby(["day", "slot"])["calls"].sum().round().astype(np.int64).reset_index()


def by_interval(
    calls: pd.DataFrame, interval_s: float, within_s: float, buckets: Sequence[float] = ()
) -> pd.DataFrame:
    """Return call records as interval records: who asked for a person, by the interval in which they did.

    Answered and abandoned are counted in the same interval, whenever they ended; `staffed` is not known.
    """
    offered = calls[calls["joined"].notna()]
    outcome = offered["outcome"]
    is_answered, is_abandoned = (outcome == "answered").to_numpy(), (outcome == "abandoned").to_numpy()
    wait = np.where(is_answered, offered["answered"], offered["left"]) - offered["joined"].to_numpy()
    handle = np.nan_to_num(offered["talk_s"]) + np.nan_to_num(offered["wrap_up_s"])
    clock = offered["joined"] - offered["day"] * SECONDS_PER_DAY
    columns: dict[str, Any] = {
        "day": offered["day"],
        "start": np.floor(clock / interval_s) * interval_s,
        "tier": offered["tier"],
        "offered": 1.0,
        "answered": is_answered * 1.0,
        "abandoned": is_abandoned * 1.0,
        "answered_within": (is_answered & (wait <= within_s)) * 1.0,
        "abandoned_within": (is_abandoned & (wait <= within_s)) * 1.0,
        "wait_answered_s": np.where(is_answered, wait, 0.0),
        "wait_abandoned_s": np.where(is_abandoned, wait, 0.0),
        "handle_s": np.where(is_answered, handle, 0.0),
    }
    for seconds in buckets:
        columns[f"answered_le_{seconds:g}"] = (is_answered & (wait <= seconds)) * 1.0
        columns[f"abandoned_le_{seconds:g}"] = (is_abandoned & (wait <= seconds)) * 1.0
    summed = pd.DataFrame(columns).groupby(KEY, dropna=False, sort=True).sum().reset_index()
    values = {str(name): summed[name] for name in summed.columns}
    frame = typed(INTERVALS, {**values, "within_s": np.full(len(summed), within_s)}, len(summed))
    return frame.assign(**{name: column for name, column in values.items() if re.fullmatch(BUCKET, name)})
