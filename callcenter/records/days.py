"""The days of records: which are whole and ordinary, and which are left out, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd

from callcenter.arrays import Floats, Ints
from callcenter.clock import SECONDS_PER_DAY, clock_text
from callcenter.language import gettext as _
from callcenter.records.zones import AS_WRITTEN, hours_of

SLOTS = 48
"""Parts of a day in which calls are counted."""

_SLOT = SECONDS_PER_DAY / SLOTS
_FEWEST_DAYS = 4
"""Days of one kind from which on a usual one is known."""

_NEAR = 28
"""Days before and after that a day is compared with."""

_ODD = 2.0
"""A day of more than so many times the usual calls, or of less than that part, is odd."""

_SHORTEST_GAP, _FEWEST_EXPECTED = 2, 20.0
"""Slots without a call, and the calls that are usual in them, from which on something was down."""

CLOCK_CHANGE, GAP, ODD_VOLUME = "clock_change", "gap", "odd_volume"
"""Why a day is left out."""


def counted(calls: pd.DataFrame) -> pd.DataFrame:
    """Return how many calls came by day and slot of the day, with columns `day`, `slot`, `calls`."""
    slots = np.clip((calls["arrived"] - calls["day"] * SECONDS_PER_DAY) // _SLOT, 0, SLOTS - 1).astype(
        np.int64
    )
    frame = pd.DataFrame({"day": calls["day"].astype(np.int64), "slot": slots})
    return frame.value_counts().rename("calls").reset_index()


def day_table(
    counts: pd.DataFrame, first_day: date | None, zone: str, keep: Sequence[str] = ()
) -> pd.DataFrame:
    """Return a row for each day with calls, whether it is used, and why not: `reason`, in words `detail`.

    `keep` names days, by date or number, that are used all the same; `all` keeps every day.
    """
    days = np.sort(counts["day"].unique())
    grid = np.zeros((len(days), SLOTS))
    np.add.at(grid, (np.searchsorted(days, counts["day"]), counts["slot"]), counts["calls"])
    names = [name_of(int(day), first_day) for day in days]
    kept = [name in keep or "all" in keep for name in names]
    reasons = _reasons(days, grid, first_day, zone)
    filled = [np.flatnonzero(row) for row in grid]
    return pd.DataFrame(
        {
            "day": days.astype(np.int32),
            "date": pd.Series(names, dtype="str"),
            "weekday": pd.Series([_weekday(int(day), first_day) for day in days], dtype="int32"),
            "calls": grid.sum(axis=1).astype(np.int64),
            "first": pd.Series(
                [clock_text(row[0] * _SLOT) if len(row) else "" for row in filled], dtype="str"
            ),
            "last": pd.Series(
                [clock_text((row[-1] + 1) * _SLOT) if len(row) else "" for row in filled], dtype="str"
            ),
            "used": [not reason or stays for (reason, _words), stays in zip(reasons, kept, strict=True)],
            "reason": pd.Series([reason for reason, _words in reasons], dtype="str"),
            "detail": pd.Series([words for _reason, words in reasons], dtype="str"),
        }
    )


def name_of(day: int, first_day: date | None) -> str:
    """Return the date of a day in ISO form; its number where records have no dates."""
    return str(day) if first_day is None else str(first_day + timedelta(days=day))


def _weekday(day: int, first_day: date | None) -> int:
    """Return 0 for Monday; days without dates repeat every seven."""
    return day % 7 if first_day is None else (first_day + timedelta(days=day)).weekday()


def _reasons(days: Ints, grid: Floats, first_day: date | None, zone: str) -> list[tuple[str, str]]:
    """Return why each day is left out, and in words; empty where it is not."""
    weekdays = np.array([_weekday(int(day), first_day) for day in days])
    return [
        _clock_change(int(day), first_day, zone) or _unusual(at, days, weekdays, grid)
        for at, day in enumerate(days)
    ]


def _clock_change(day: int, first_day: date | None, zone: str) -> tuple[str, str] | None:
    if first_day is None or zone in ("", AS_WRITTEN):
        return None
    hours = hours_of(first_day + timedelta(days=day), zone)
    if hours == 24:
        return None
    return CLOCK_CHANGE, _("has {hours} hours (clock change)").format(hours=f"{hours:g}")


def _unusual(at: int, days: Ints, weekdays: Ints, grid: Floats) -> tuple[str, str]:
    """Return what is unusual in a day beside those of the same weekday around it, empty if nothing is."""
    is_peer = (weekdays == weekdays[at]) & (np.abs(days - days[at]) <= _NEAR)
    is_peer[at] = False
    peers = grid[is_peer]
    if len(peers) < _FEWEST_DAYS:
        return "", ""
    usual = np.median(peers, axis=0)
    gap = _longest_gap(grid[at], usual)
    if gap is not None:
        first, last = gap
        text = _("no call {start}-{end} while {usual} are usual, perhaps a system was down")
        start, end = clock_text(first * _SLOT), clock_text(last * _SLOT)
        return GAP, text.format(start=start, end=end, usual=f"{usual[first:last].sum():,.0f}")
    total, median = grid[at].sum(), float(np.median(peers.sum(axis=1)))
    if median >= _FEWEST_EXPECTED and not median / _ODD <= total <= median * _ODD:
        text = _("{calls} calls while {usual} are usual: a holiday, or half a log?")
        return ODD_VOLUME, text.format(calls=f"{total:,.0f}", usual=f"{median:,.0f}")
    return "", ""


def _longest_gap(row: Floats, usual: Floats) -> tuple[int, int] | None:
    """Return the longest run of slots without a call in which many are usual."""
    best: tuple[int, int] | None = None
    start = None
    for slot in range(SLOTS + 1):
        is_silent = slot < SLOTS and row[slot] == 0 and usual[slot] > 0
        if is_silent:
            start = slot if start is None else start
            continue
        if (
            start is not None
            and slot - start >= _SHORTEST_GAP
            and usual[start:slot].sum() >= _FEWEST_EXPECTED
        ):
            best = max(best or (0, 0), (start, slot), key=lambda span: span[1] - span[0])
        start = None
    return best
