"""The day so far as planners paste it: a sheet of intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from callcenter.arrays import Flags, Floats, Ints
from callcenter.clock import clock_text
from callcenter.intraday.actuals import Actuals, Handling
from callcenter.intraday.cells import Rows, column, moment, number, tier_column
from callcenter.intraday.errors import IntradayError
from callcenter.language import gettext as _
from callcenter.scenario import Scenario

SHEET_COLUMNS = ("start", "tier", "calls", "answered", "in_time", "handle_time", "in_line", "busy")


SYNONYMS = {
    "start": ("start", "interval", "time", "from", "时段", "开始", "时间"),
    "tier": ("tier", "queue", "等级"),
    "calls": ("calls", "offered", "volume", "来电", "呼入量", "呼叫量"),
    "answered": ("answered", "handled", "接通"),
    "in_time": ("in_time", "in time", "answered_within", "within", "及时接通"),
    "handle_time": ("handle_time", "handle time", "aht", "平均处理时长"),
    "in_line": ("in_line", "in line", "in line now", "waiting", "排队"),
    "busy": ("busy", "busy now", "忙碌"),
}
"""How the heads of a sheet may be written."""


USUAL_CV = 1.0
"""Of handle times, where only their mean is known."""


COUNTS = ("calls", "answered", "in_time")


def of_sheet(heads: Sequence[str], rows: Rows, scenario: Scenario, now: float, name: str) -> Actuals:
    """Return what a sheet says; IntradayError if it has no starts or calls, or none before now."""
    places = _places(heads, name)
    columns = {
        role: column(rows, at, moment if role == "start" else number, name, role)
        for role, at in places.items()
        if role != "tier"
    }
    tier = tier_column(places.get("tier"), rows, list(scenario.tiers), name)
    day = scenario.day
    cell = np.floor((columns["start"] - day.open) / day.interval)
    inside = (cell >= 0) & (cell < day.intervals) & (columns["start"] < now) & np.isfinite(columns["calls"])
    _refuse(columns, inside, scenario, now, name)
    calls, answered, in_time = (_spread(scenario, columns.get(role), cell, inside, tier) for role in COUNTS)
    last = inside & (columns["start"] == columns["start"][inside].max())
    in_line, busy = (_sum(columns.get(role), last) for role in ("in_line", "busy"))
    notes = _notes(scenario, columns, tier, in_line, busy)
    handled = _handled(columns, inside)
    return Actuals(now, calls, answered, in_time, handled, in_line, busy, None, tuple(notes))


def _places(heads: Sequence[str], name: str) -> dict[str, int]:
    places = {
        role: next((heads.index(each) for each in SYNONYMS[role] if each in heads), -1)
        for role in SHEET_COLUMNS
    }
    missing = [role for role in ("start", "calls") if places[role] < 0]
    if missing:
        raise IntradayError(
            _(
                "{name} has no column {missing}; a sheet needs start and calls, a call log has arrived, "
                "answered, left and outcome"
            ).format(name=name, missing=_(", ").join(missing))
        )
    return {role: at for role, at in places.items() if at >= 0}


def _refuse(columns: Mapping[str, Floats], inside: Flags, scenario: Scenario, now: float, name: str) -> None:
    if not inside.any():
        text = _("{name} says nothing of the time before {now}; starts are such as {open}")
        raise IntradayError(text.format(name=name, now=clock_text(now), open=clock_text(scenario.day.open)))
    if np.any(columns["calls"][inside] < 0):
        raise IntradayError(_("{name}: calls below 0").format(name=name))


def _spread(
    scenario: Scenario, values: Floats | None, cell: Floats, inside: Flags, tier: Ints | None
) -> Floats:
    """Return a count by tier and interval; without tiers it is split as the scenario expects calls."""
    table = np.full((len(scenario.tiers), scenario.day.intervals), np.nan)
    if values is None:
        return table
    mix = _mix(scenario)
    for row in np.flatnonzero(inside & np.isfinite(values)):
        place = int(cell[row])
        own = np.nan_to_num(table[:, place])
        if tier is None:
            table[:, place] = own + values[row] * mix[:, place]
        else:
            own[tier[row]] += values[row]
            table[:, place] = own
    return table


def _sum(values: Floats | None, rows: Flags) -> int | None:
    if values is None or not np.isfinite(values[rows]).any():
        return None
    return int(np.nansum(values[rows]))


def _handled(columns: Mapping[str, Floats], inside: Flags) -> Handling | None:
    if "handle_time" not in columns:
        return None
    times, of = columns["handle_time"][inside], columns.get("answered", columns["calls"])[inside]
    of = np.where(np.isfinite(times), np.nan_to_num(of), 0.0)
    if of.sum() <= 0:
        return None
    return Handling(float((np.nan_to_num(times) * of).sum() / of.sum()), int(of.sum()), USUAL_CV)


def _notes(
    scenario: Scenario,
    columns: Mapping[str, Floats],
    tier: Ints | None,
    in_line: int | None,
    busy: int | None,
) -> list[str]:
    """Say what the sheet does not tell, and what stands in its place."""
    notes = []
    if tier is None and len(scenario.tiers) > 1:
        notes.append(_("the sheet does not tell tiers apart; calls are split as the scenario expects them"))
    if "in_time" not in columns:
        notes.append(_("the sheet has no column in_time; how the morning went is simulated"))
    if in_line is None:
        notes.append(_("the last row has no in_line; who waits now and who is busy is simulated"))
    elif busy is None:
        notes.append(_("the last row has no busy; with callers in line everybody on the roster is busy"))
    return notes


def _mix(scenario: Scenario) -> Floats:
    """Return which part of the calls of each interval is expected of each tier."""
    expected = np.array([scenario.demand.expected_on(name)[0] for name in scenario.tiers], np.float64)
    total = expected.sum(axis=0)
    equal = np.full(expected.shape, 1 / len(expected))
    return np.asarray(np.where(total > 0, expected / np.where(total > 0, total, 1.0), equal))
