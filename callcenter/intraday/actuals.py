"""What has come of the day so far: a call log, or a sheet of intervals as planners paste it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from callcenter.arrays import Flags, Floats, Ints
from callcenter.clock import SECONDS_PER_DAY, clock_text
from callcenter.intraday.errors import IntradayError
from callcenter.language import gettext as _
from callcenter.outcomes import OUTCOMES, Outcome
from callcenter.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

CALL_COLUMNS = ("tier", "arrived", "joined", "answered", "left", "released", "outcome", "pool", "parent")
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
MOST_ROWS = 2_000_000


@dataclass(frozen=True, eq=False)
class CallsSoFar:
    """Calls of a log up to a moment, in order of arrival; nan = not yet, or not recorded."""

    tier: Ints
    arrived: Floats
    joined: Floats
    answered: Floats
    left: Floats
    released: Floats
    outcome: Ints
    pool: Ints
    follows: Flags
    """It is no first call, but a redial, a repeat or a transfer."""

    @property
    def is_over(self) -> Any:
        """Whether the call has ended, its wrap-up too."""
        return (self.outcome != Outcome.OPEN) & ~(np.isnan(self.released) & (self.outcome == Outcome.ANSWERED))


class Handling(NamedTuple):
    """Handle time so far: talk and wrap-up."""

    mean: float
    """Seconds."""
    calls: int
    cv: float
    """Of single calls."""


@dataclass(frozen=True, eq=False)
class Actuals:
    """The day so far; intervals as in the scenario, nan where nothing is known."""

    now: float
    counts: Floats
    """Calls that came, of shape (tiers, intervals)."""
    answered: Floats
    in_time: Floats
    """Answered within the tier's own time, of the same shape."""
    handled: Handling | None
    in_line: int | None
    busy: int | None
    calls: CallsSoFar | None
    notes: tuple[str, ...]


def read_actuals(source: Any, scenario: Scenario, now: float) -> Actuals:
    """Return what a file, a frame or rows say of the day up to a moment; IntradayError if they do not tell.

    A file is a call log, with a column ``arrived``, or a sheet with ``start`` and ``calls``.
    """
    heads, rows, name = _table(source)
    if "arrived" in heads:
        return _of_calls(heads, rows, scenario, now, name)
    named = {role: _place(heads, role) for role in SHEET_COLUMNS}
    missing = [role for role in ("start", "calls") if named[role] is None]
    if missing:
        raise IntradayError(
            _(
                "{name} has no column {missing}; a sheet needs start and calls, a call log has arrived, "
                "answered, left and outcome"
            ).format(name=name, missing=_(", ").join(missing))
        )
    return _of_sheet({role: at for role, at in named.items() if at is not None}, rows, scenario, now, name)


def _table(source: Any) -> tuple[list[str], Sequence[Sequence[str]], str]:
    """Return heads in small letters, rows as text, and how to call it."""
    if isinstance(source, str | os.PathLike):
        from pydantic_core import PydanticCustomError

        from callcenter.scenario.files.tables import read_grid

        path = Path(source)
        try:
            grid = [cells for _line, cells in read_grid(path).rows]
        except PydanticCustomError as error:
            raise IntradayError(f"{path}: {error.message()}") from None
        name = str(path)
    elif hasattr(source, "columns"):
        frame: pd.DataFrame = source
        texts = [[_text(cell) for cell in frame[name].astype(object).where(frame[name].notna(), None)] for name in frame]
        grid = [list(map(str, frame.columns)), *zip(*texts, strict=True)]
        name = _("the table")
    else:
        dicts: list[Mapping[str, Any]] = list(source)
        heads = list(dict.fromkeys(head for row in dicts for head in row))
        grid = [heads, *([_text(row.get(head)) for head in heads] for row in dicts)]
        name = _("the table")
    if len(grid) < 2:
        raise IntradayError(_("{name} holds no rows").format(name=name))
    if len(grid) > MOST_ROWS:
        raise IntradayError(_("{name} has more than {most:,} rows").format(name=name, most=MOST_ROWS))
    return [str(head).strip().lower() for head in grid[0]], grid[1:], name


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _place(heads: Sequence[str], role: str) -> int | None:
    return next((heads.index(name) for name in SYNONYMS[role] if name in heads), None)


def _moment(text: str) -> float:
    """Return a time as seconds of its day: seconds, a clock, or a date and a clock; nan if it is empty."""
    text = text.strip().replace("T", " ")
    if not text or text.lower() in {"nan", "nat", "none"}:
        return np.nan
    clock = text.split(" ")[-1]
    if ":" in clock:
        parts = [float(part) for part in clock.split(":")]
        return sum(part * unit for part, unit in zip(parts, (3600.0, 60.0, 1.0), strict=False))
    return float(text) % SECONDS_PER_DAY


def _number(text: str) -> float:
    text = text.strip().replace(",", "").removesuffix("s").strip()
    return float(text) if text and text.lower() not in {"nan", "none", "-"} else np.nan


def _cells(rows: Sequence[Sequence[str]], at: int, read: Any, name: str, head: str) -> Floats:
    """Read a column; IntradayError naming the line where a cell cannot be read."""
    texts = [str(row[at]) if at < len(row) else "" for row in rows]
    try:  # plain figures, all at once
        plain = np.array([text or "nan" for text in texts], np.float64)
    except ValueError:
        pass
    else:
        return np.asarray(plain % SECONDS_PER_DAY if read is _moment else plain)
    values = np.empty(len(rows))
    for number, cell in enumerate(texts):
        try:
            values[number] = read(cell)
        except ValueError:
            text = _("{name}, line {line}: {head} cannot be read: {cell!r}; write for example 09:30 or 12")
            raise IntradayError(
                text.format(name=name, line=number + 2, head=head, cell=cell[:40])
            ) from None
    return values


def _of_sheet(
    named: Mapping[str, int], rows: Sequence[Sequence[str]], scenario: Scenario, now: float, name: str
) -> Actuals:
    read = {"start": _moment}
    columns = {
        role: _cells(rows, at, read.get(role, _number), name, role)
        for role, at in named.items()
        if role != "tier"
    }
    intervals, tiers, notes = scenario.day.intervals, list(scenario.tiers), []
    tier = _tier_column(named, rows, tiers, name)
    place = np.floor((columns["start"] - scenario.day.open) / scenario.day.interval)
    inside = (place >= 0) & (place < intervals) & (columns["start"] < now) & np.isfinite(columns["calls"])
    if not inside.any():
        text = _("{name} says nothing of the time before {now}; starts are such as {open}")
        raise IntradayError(
            text.format(name=name, now=clock_text(now), open=clock_text(scenario.day.open))
        )
    shape, nothing = (len(tiers), intervals), np.full((len(tiers), intervals), np.nan)
    parts = _mix(scenario) if tier is None else None
    if tier is None and len(tiers) > 1:
        notes.append(_("the sheet does not tell tiers apart; calls are split as the scenario expects them"))
    got = {}
    for role in ("calls", "answered", "in_time"):
        got[role] = nothing.copy()
        for row in np.flatnonzero(inside) if role in columns else ():
            cell = int(place[row])
            if parts is not None:
                got[role][:, cell] = np.nan_to_num(got[role][:, cell]) + columns[role][row] * parts[:, cell]
            elif tier is not None:
                got[role][tier[row], cell] = np.nan_to_num(got[role][tier[row], cell]) + columns[role][row]
    assert got["calls"].shape == shape, "tiers by intervals"
    whole = columns["calls"][inside]
    handled = None
    if "handle_time" in columns and np.isfinite(columns["handle_time"][inside]).any():
        times, of = columns["handle_time"][inside], columns.get("answered", columns["calls"])[inside]
        of = np.where(np.isfinite(times), np.nan_to_num(of), 0.0)
        if of.sum() > 0:
            handled = Handling(float((np.nan_to_num(times) * of).sum() / of.sum()), int(of.sum()), USUAL_CV)
    last = np.flatnonzero(inside)[np.argmax(columns["start"][inside])]
    now_rows = inside & (columns["start"] == columns["start"][last])
    state = {
        role: int(np.nansum(columns[role][now_rows]))
        if role in columns and np.isfinite(columns[role][now_rows]).any()
        else None
        for role in ("in_line", "busy")
    }
    if "in_time" not in columns:
        notes.append(_("the sheet has no column in_time; how the morning went is simulated"))
    if state["in_line"] is None:
        notes.append(_("the sheet has no column in_line; who waits now and who is busy is simulated"))
    elif state["busy"] is None:
        notes.append(_("the sheet has no column busy; as many agents are busy as the roster has, if anybody waits"))
    if whole.size and np.any(whole < 0):
        raise IntradayError(_("{name}: calls below 0").format(name=name))
    return Actuals(
        now, got["calls"], got["answered"], got["in_time"], handled, state["in_line"], state["busy"], None,
        tuple(notes),
    )  # fmt: skip


def _tier_column(
    named: Mapping[str, int], rows: Sequence[Sequence[str]], tiers: Sequence[str], name: str
) -> Ints | None:
    if "tier" not in named:
        return None
    known = {tier.lower(): place for place, tier in enumerate(tiers)}
    values = [str(row[named["tier"]]).strip().lower() for row in rows]
    strange = sorted({value for value in values if value not in known})
    if strange:
        raise IntradayError(
            _("{name}: there is no tier {tier}; known: {names}").format(
                name=name, tier=strange[0][:40], names=_(", ").join(tiers)
            )
        )
    return np.array([known[value] for value in values], np.int64)


def _mix(scenario: Scenario) -> Floats:
    """Return which part of the calls of each interval is expected of each tier."""
    expected = np.array([scenario.demand.expected_on(name)[0] for name in scenario.tiers], np.float64)
    total = expected.sum(axis=0)
    equal = np.full(expected.shape, 1 / len(expected))
    return np.asarray(np.where(total > 0, expected / np.where(total > 0, total, 1.0), equal))


def _of_calls(
    heads: Sequence[str], rows: Sequence[Sequence[str]], scenario: Scenario, now: float, name: str
) -> Actuals:
    at = {role: heads.index(role) for role in CALL_COLUMNS if role in heads}
    times = {
        role: _cells(rows, at[role], _moment, name, role) if role in at else np.full(len(rows), np.nan)
        for role in ("arrived", "joined", "answered", "left", "released")
    }
    tiers, pools = list(scenario.tiers), list(scenario.pools)
    tier = _tier_column(at, rows, tiers, name)
    if tier is None:
        if len(tiers) > 1:
            raise IntradayError(_("{name} has no column tier, and there are several").format(name=name))
        tier = np.zeros(len(rows), np.int64)
    pool = np.full(len(rows), -1, np.int64)
    if "pool" in at:
        known = {each.lower(): place for place, each in enumerate(pools)}
        pool = np.array([known.get(str(row[at["pool"]]).strip().lower(), -1) for row in rows], np.int64)
    words = [str(row[at["outcome"]]).strip().lower() if "outcome" in at else "" for row in rows]
    kept = np.isfinite(times["arrived"]) & (times["arrived"] < now)
    kept &= (times["arrived"] >= scenario.day.open) & (times["arrived"] < scenario.day.close)
    if not kept.any():
        raise IntradayError(
            _("{name} holds no call before {now} of the opening hours").format(name=name, now=clock_text(now))
        )
    outcome = np.array([OUTCOMES.index(word) if word in OUTCOMES else -1 for word in words], np.int64)
    for role in ("joined", "answered", "left", "released"):
        times[role][~(times[role] < now)] = np.nan  # what is later nobody knows yet
    is_answered = np.isfinite(times["answered"])
    is_lost = ~is_answered & np.isfinite(times["left"])
    outcome = np.where(is_answered, int(Outcome.ANSWERED), outcome)
    unknown = (outcome == -1) | (outcome == Outcome.ANSWERED) | (outcome == Outcome.OPEN)
    outcome = np.where(is_lost & unknown, int(Outcome.ABANDONED), outcome)
    outcome = np.where(~is_answered & ~is_lost, int(Outcome.OPEN), outcome)
    has_ivr = np.array([scenario.ivr_of(each) is not None for each in tiers])
    asks = is_answered | (outcome == Outcome.ABANDONED) | ((outcome == Outcome.OPEN) & ~has_ivr[tier])
    if "joined" not in at:
        asks |= outcome == Outcome.OPEN
    times["joined"] = np.where(asks & np.isnan(times["joined"]), times["arrived"], times["joined"])
    if "released" not in at:
        times["released"] = times["left"].copy()
    order = np.flatnonzero(kept)[np.argsort(times["arrived"][kept], kind="stable")]
    so_far = CallsSoFar(
        tier[order],
        *(_ticks(times[role][order]) for role in times),
        outcome[order],
        pool[order],
        _follows(at, rows)[order],
    )
    return _counted(so_far, scenario, now)


def _follows(at: Mapping[str, int], rows: Sequence[Sequence[str]]) -> Flags:
    """Return which rows name a call that led to them."""
    if "parent" not in at:
        return np.zeros(len(rows), np.bool_)
    texts = [str(row[at["parent"]]).strip().lower() for row in rows]
    return np.array([text not in {"", "-1", "nan", "<na>", "none"} for text in texts])


def _handling(calls: CallsSoFar, is_answered: Flags, over: Flags, now: float) -> Handling | None:
    """Return the handle time of calls that are over, with the time that has gone of those in hand.

    Long calls are in hand more often than short ones; without them the mean would be too low.
    """
    times = calls.released[over] - calls.answered[over]
    if times.size < 2 or times.sum() <= 0:
        return None
    gone = now - calls.answered[is_answered & ~over]
    mean = float((times.sum() + gone.sum()) / times.size)
    return Handling(mean, int(times.size), float(times.std(ddof=1) / times.mean()))


def _ticks(seconds: Floats) -> Floats:
    return np.asarray(np.floor(seconds * 1024) / 1024)


def _counted(calls: CallsSoFar, scenario: Scenario, now: float) -> Actuals:
    day, tiers = scenario.day, list(scenario.tiers)
    shape = (len(tiers), day.intervals)
    place = ((calls.arrived - day.open) // day.interval).astype(np.int64)
    counts, answered, in_time = (np.zeros(shape) for _each in range(3))
    first = ~calls.follows
    np.add.at(counts, (calls.tier[first], place[first]), 1)
    is_answered = calls.outcome == Outcome.ANSWERED
    np.add.at(answered, (calls.tier[is_answered], place[is_answered]), 1)
    later = np.arange(day.intervals) * day.interval + day.open >= now
    counts[:, later] = np.nan
    over = is_answered & calls.is_over
    handled = _handling(calls, is_answered, over, now)
    waits = (calls.outcome == Outcome.OPEN) & np.isfinite(calls.joined)
    return Actuals(
        now, counts, answered, in_time, handled, int(waits.sum()), int((is_answered & ~over).sum()), calls, ()
    )
