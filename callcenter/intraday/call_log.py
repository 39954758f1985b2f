"""The day so far as a call log tells it: calls without an end are in line or with an agent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from callcenter.arrays import Flags, Floats, Ints
from callcenter.clock import clock_text
from callcenter.intraday.actuals import Actuals, CallsSoFar, Handling
from callcenter.intraday.cells import Rows, column, moment, tier_column
from callcenter.intraday.errors import IntradayError
from callcenter.language import gettext as _
from callcenter.outcomes import OUTCOMES, Outcome
from callcenter.scenario import Scenario

CALL_COLUMNS = (
    "call",
    "tier",
    "arrived",
    "joined",
    "answered",
    "left",
    "released",
    "outcome",
    "pool",
    "parent",
)
MOST_STEPS = 100
"""Calls of one customer that are followed back to the first."""
TIMES = ("arrived", "joined", "answered", "left", "released")


def of_calls(heads: Sequence[str], rows: Rows, scenario: Scenario, now: float, name: str) -> Actuals:
    """Return what a call log says; IntradayError if it holds no call before now."""
    at = {role: heads.index(role) for role in CALL_COLUMNS if role in heads}
    times = {
        role: column(rows, at[role], moment, name, role) if role in at else np.full(len(rows), np.nan)
        for role in TIMES
    }
    tier = tier_column(at.get("tier"), rows, list(scenario.tiers), name)
    if tier is None and len(scenario.tiers) > 1:
        raise IntradayError(_("{name} has no column tier, and there are several").format(name=name))
    tier = np.zeros(len(rows), np.int64) if tier is None else tier
    outcome = _outcomes(at, rows, times, now)
    _complete(at, times, outcome, tier, scenario)
    day, arrived = scenario.day, times["arrived"]
    kept = (arrived < now) & (arrived >= day.open) & (arrived < day.close)
    if not kept.any():
        raise IntradayError(
            _("{name} holds no call before {now} of the opening hours").format(name=name, now=clock_text(now))
        )
    order = np.flatnonzero(kept)[np.argsort(arrived[kept], kind="stable")]
    columns: Any = [tier, *(_ticks(times[role]) for role in TIMES), outcome]
    columns += [_pools(at, rows, scenario), _follows(at, rows)]
    columns += _followed(at, rows, kept, outcome)
    known = "parent" in at and "call" in at
    every: Any = [*(each[order] for each in columns), known]
    return _counted(CallsSoFar(*every), scenario, now)


def _outcomes(at: Mapping[str, int], rows: Rows, times: Mapping[str, Floats], now: float) -> Ints:
    """Return how each call has ended by now; what is later nobody knows yet, and it is taken out."""
    for role in TIMES[1:]:
        times[role][~(times[role] < now)] = np.nan
    words = [str(row[at["outcome"]]).strip().lower() if "outcome" in at else "" for row in rows]
    outcome = np.array([OUTCOMES.index(word) if word in OUTCOMES else -1 for word in words], np.int64)
    is_answered = np.isfinite(times["answered"])
    is_lost = ~is_answered & np.isfinite(times["left"])
    unknown = (outcome == -1) | (outcome == Outcome.ANSWERED) | (outcome == Outcome.OPEN)
    outcome = np.where(is_lost & unknown, int(Outcome.ABANDONED), outcome)
    outcome = np.where(is_answered, int(Outcome.ANSWERED), outcome)
    return np.asarray(np.where(~is_answered & ~is_lost, int(Outcome.OPEN), outcome), np.int64)


def _complete(
    at: Mapping[str, int], times: dict[str, Floats], outcome: Ints, tier: Ints, scenario: Scenario
) -> None:
    """Fill in when calls asked for a person, and when agents were free, where the log leaves it out."""
    has_ivr = np.array([scenario.ivr_of(name) is not None for name in scenario.tiers])
    asks = (outcome == Outcome.ANSWERED) | (outcome == Outcome.ABANDONED)
    asks |= (outcome == Outcome.OPEN) & (~has_ivr[tier] | ("joined" not in at))
    times["joined"] = np.where(asks & np.isnan(times["joined"]), times["arrived"], times["joined"])
    if "released" not in at:
        times["released"] = times["left"].copy()


def _pools(at: Mapping[str, int], rows: Rows, scenario: Scenario) -> Ints:
    known = {each.lower(): place for place, each in enumerate(scenario.pools)}
    if "pool" not in at:
        return np.full(len(rows), -1, np.int64)
    return np.array([known.get(str(row[at["pool"]]).strip().lower(), -1) for row in rows], np.int64)


def _follows(at: Mapping[str, int], rows: Sequence[Sequence[str]]) -> Flags:
    """Return which rows name a call that led to them."""
    if "parent" not in at:
        return np.zeros(len(rows), np.bool_)
    texts = [str(row[at["parent"]]).strip().lower() for row in rows]
    return np.array([text not in {"", "-1", "nan", "<na>", "none"} for text in texts])


def _followed(at: Mapping[str, int], rows: Rows, kept: Flags, outcome: Ints) -> tuple[Flags, Flags]:
    """Return which calls have led to others, and which to one that was answered."""
    followed, settled = np.zeros(len(rows), np.bool_), np.zeros(len(rows), np.bool_)
    if "parent" not in at or "call" not in at:
        return followed, settled
    place = {str(row[at["call"]]).strip(): number for number, row in enumerate(rows)}
    parents = [place.get(str(row[at["parent"]]).strip(), -1) for row in rows]
    for number in np.flatnonzero(kept):
        parent, steps = parents[number], 0
        while parent >= 0 and steps < MOST_STEPS:
            followed[parent] = True
            settled[parent] |= outcome[number] == Outcome.ANSWERED
            parent, steps = parents[parent], steps + 1
    return followed, settled


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
