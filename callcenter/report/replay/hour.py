"""One hour of a simulated day as plain data: who was where and when, for a page that moves."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats, Indices, Ints
from callcenter.calllog import OUTCOMES, CallLog, JobOutcome, Outcome
from callcenter.clock import SECONDS_PER_DAY, clock_text
from callcenter.language import gettext as _
from callcenter.measure.promises import promises_of
from callcenter.measure.waits import waits
from callcenter.report.replay.levels import Levels, Stays, at_work, levels, log_of, staffed
from callcenter.scenario import Scenario
from callcenter.study import Result

HOUR = 3600.0
USUAL = 10 * HOUR
MOST_CALLS = 8000
"""Calls in the hour; more dots are no picture."""

Number = float | None


class Window(NamedTuple):
    """The hour that is shown, in seconds since 00:00 of the first day."""

    begin: float
    end: float

    def after(self, times: Floats) -> list[Number]:
        """Return times as seconds after the beginning, to a hundredth; None for what never happened."""
        return [None if math.isnan(time) else round(float(time - self.begin), 2) for time in times]


def hour_of(result: Result, start: float, replication: int = 0, day: int = 0) -> dict[str, Any]:
    """Return an hour of one simulated day, from `start` seconds after its 00:00, as data for JSON.

    All times in it are seconds after the start. A call is given as tier, arrived, joined, answered, left,
    released, outcome, pool, seat, when it was clear whether it was answered in time, and whether it was; an
    attempt of a callback as tier, start, end, pool, seat; an unscheduled break as start, end, pool, seat. A
    seat is the place of an agent in the pool, the lowest one free; whoever takes a break keeps it.
    ValueError if the hour lies outside the opening hours or is too busy to be shown.
    """
    scenario, log = result.scenario, log_of(result, replication, day)
    check_open(scenario, start)
    begin = SECONDS_PER_DAY * day + start
    window = Window(begin, begin + HOUR)
    rows = _inside(log, window)
    if rows.size > MOST_CALLS:
        raise ValueError(
            _(
                "{calls:,} calls in the hour from {start} are too many to be told apart (most: "
                "{most:,}); take a quieter hour, or a scenario with a smaller demand.volume"
            ).format(calls=rows.size, start=clock_text(start), most=MOST_CALLS)
        )
    attempts = np.flatnonzero(
        (log.callbacks.attempt_end > window.begin) & (log.callbacks.attempt_start < window.end)
    )
    breaks = np.flatnonzero((log.breaks.end > window.begin) & (log.breaks.start < window.end))
    seats = _seats(log, rows, attempts, breaks)
    taken = np.cumsum([rows.size, attempts.size])
    return {
        "name": scenario.name,
        "start": start,
        "length": HOUR,
        "outcomes": list(OUTCOMES),
        "tiers": list(_tiers(scenario)),
        "pools": _pools(scenario, log, window),
        "calls": list(_calls(scenario, log, window, rows, seats[: taken[0]])),
        "attempts": list(_attempts(log, window, attempts, seats[taken[0] : taken[1]])),
        "breaks": list(_breaks(log, window, breaks, seats[taken[1] :])),
        "backlog": _backlog(log, window),
    }


def usual_start(scenario: Scenario) -> float:
    """Return when an hour begins that nobody has chosen: at 10:00, or when the day opens."""
    day = scenario.day
    return USUAL if day.open <= USUAL < day.close else day.open


def check_open(scenario: Scenario, start: float) -> None:
    """Raise ValueError unless an hour begins while the day is open."""
    day = scenario.day
    if not day.open <= start < day.close:
        raise ValueError(
            _("{start} lies outside the opening hours; write a time from {open} to before {close}").format(
                start=clock_text(start), open=clock_text(day.open), close=clock_text(day.close)
            )
        )


def _inside(log: CallLog, window: Window) -> Ints:
    """Return the calls of which something happens in the hour."""
    gone = np.fmax(np.where(np.isnan(log.left), log.end, log.left), log.released)
    rows: Ints = np.flatnonzero((log.arrived < window.end) & (gone >= window.begin))
    return rows


def _tiers(scenario: Scenario) -> Iterator[dict[str, Any]]:
    for (name, tier), promise in zip(scenario.tiers.items(), promises_of(scenario).tiers, strict=True):
        yield {
            "name": name,
            "priority": tier.priority,
            "head_start": tier.head_start,
            "escalate": [[stage.after, stage.priority] for stage in tier.escalate],
            "within": promise.within,
            "target": promise.share,
        }


def _calls(
    scenario: Scenario, log: CallLog, window: Window, rows: Ints, seats: list[int]
) -> Iterator[list[Any]]:
    within = np.array([promise.within for promise in promises_of(scenario).tiers])[log.tier[rows]]
    waited = waits(log)[rows]
    in_time = (log.outcome[rows] == Outcome.ANSWERED) & (waited <= within)
    clear = window.after(log.joined[rows] + np.fmin(waited, within))
    times = (log.arrived, log.joined, log.answered, log.left, log.released)
    columns = (window.after(time[rows]) for time in times)
    codes = (log.tier[rows].tolist(), log.outcome[rows].tolist(), log.pool[rows].tolist())
    for tier, outcome, pool, seat, known, good, *moments in zip(
        *codes, seats, clear, in_time.tolist(), *columns, strict=True
    ):
        yield [tier, *moments, outcome, pool, seat, known, int(good)]


def _attempts(log: CallLog, window: Window, rows: Ints, seats: list[int]) -> Iterator[list[Any]]:
    jobs = log.callbacks
    tiers = jobs.tier[jobs.attempt_job[rows]].tolist()
    times = (window.after(jobs.attempt_start[rows]), window.after(jobs.attempt_end[rows]))
    for row in zip(tiers, *times, jobs.attempt_pool[rows].tolist(), seats, strict=True):
        yield list(row)


def _breaks(log: CallLog, window: Window, rows: Ints, seats: list[int]) -> Iterator[list[Any]]:
    away = log.breaks
    times = (window.after(away.start[rows]), window.after(away.end[rows]))
    for row in zip(*times, away.pool[rows].tolist(), seats, strict=True):
        yield list(row)


def _seats(log: CallLog, rows: Ints, attempts: Ints, breaks: Ints) -> list[int]:
    """Return the seat of each call, -1 if nobody took it, behind them those of attempts and of breaks."""
    jobs, away = log.callbacks, log.breaks
    pool = np.concatenate([log.pool[rows], jobs.attempt_pool[attempts], away.pool[breaks]])
    start = np.concatenate([log.answered[rows], jobs.attempt_start[attempts], away.start[breaks]])
    stop = np.concatenate([log.released[rows], jobs.attempt_end[attempts], away.end[breaks]])
    stop = np.where(np.isnan(stop), log.end, stop)
    before = _calls_before(pool[: rows.size], stop[: rows.size], away.pool[breaks], away.start[breaks])
    for number, call in before.items():
        place = pool.size - breaks.size + number
        stop[call], pool[place] = stop[place], -1
    seats = _lowest(pool, start, stop, int(log.staffing.staffed.shape[1]))
    for number, call in before.items():
        seats[pool.size - breaks.size + number] = seats[call]
    return seats


def _calls_before(pool: Indices, stop: Floats, away_pool: Indices, away_start: Floats) -> dict[int, int]:
    """Return the call after which each break was taken, where it is shown: it ended there and then."""
    ended: dict[tuple[int, float], list[int]] = {}
    for call, place in enumerate(zip(pool.tolist(), stop.tolist(), strict=True)):
        ended.setdefault(place, []).append(call)
    before: dict[int, int] = {}
    for number, place in enumerate(zip(away_pool.tolist(), away_start.tolist(), strict=True)):
        if ended.get(place):
            before[number] = ended[place].pop(0)
    return before


def _lowest(pool: Indices, start: Floats, stop: Floats, pools: int) -> list[int]:
    """Return the lowest free seat of each stay in its pool, -1 where there is none."""
    seats = [-1] * pool.size
    for number in range(pools):
        mine = np.flatnonzero(pool == number)
        mine = mine[np.lexsort((mine, start[mine]))]
        taken = lowest_free(start[mine].tolist(), stop[mine].tolist())
        for place, seat in zip(mine.tolist(), taken, strict=True):
            seats[place] = seat
    return seats


def lowest_free(starts: list[float], stops: list[float]) -> list[int]:
    """Return a place for each stay, the lowest free one; stays come in order of their start."""
    free: list[int] = []
    busy: list[tuple[float, int]] = []
    places = []
    for start, stop in zip(starts, stops, strict=True):
        while busy and busy[0][0] <= start:
            heapq.heappush(free, heapq.heappop(busy)[1])
        place = heapq.heappop(free) if free else len(busy)
        heapq.heappush(busy, (stop, place))
        places.append(place)
    return places


def _pools(scenario: Scenario, log: CallLog, window: Window) -> list[dict[str, Any]]:
    number, away = len(scenario.pools), log.breaks
    kinds = {
        "staffed": staffed(log, *window),
        "busy": levels(at_work(scenario, log), number, *window),
        "away": levels(Stays(away.pool, away.start, away.end), number, *window),
    }
    return [
        {"name": name, **{kind: _steps(known, place, window) for kind, known in kinds.items()}}
        for place, name in enumerate(scenario.pools)
    ]


def _backlog(log: CallLog, window: Window) -> list[list[float]]:
    """Return how many callbacks were open, from each moment on."""
    jobs = log.callbacks
    stop = np.where(np.isnan(jobs.ended) | (jobs.outcome == JobOutcome.PENDING), np.inf, jobs.ended)
    stays = Stays(np.zeros(stop.size, np.int32), jobs.created, stop)
    return _steps(levels(stays, 1, *window), 0, window)


def _steps(levels: Levels, group: int, window: Window) -> list[list[float]]:
    """Return time and level of each change of a group."""
    number = levels.inside[group]
    changes = np.flatnonzero(np.diff(number, prepend=number[0] - 1))
    return [[round(float(levels.at[place] - window.begin), 2), int(number[place])] for place in changes]
