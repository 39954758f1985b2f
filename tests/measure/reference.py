"""The tally once more, slow and plain: every figure straight from its definition, with no pass shared."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from callcenter.calllog import JOB_OUTCOMES, OUTCOMES, CallLog, Kind
from callcenter.measure import Tally
from callcenter.measure.customers import CUSTOMER_COUNTS
from callcenter.measure.jobs import JOB_CELLS, JOB_COUNTS
from callcenter.measure.pools import POOL_SUMS
from callcenter.measure.promises import promises_of
from callcenter.measure.tally import COUNTS, SUMS
from callcenter.measure.thresholds import thresholds_of
from callcenter.measure.waits import WAIT_EDGES
from callcenter.scenario import Scenario

DAY = 86_400.0
ANSWERED, SELF_SERVED = OUTCOMES.index("answered"), OUTCOMES.index("self_served")
ABANDONED, BLOCKED, OPEN = map(OUTCOMES.index, ("abandoned", "blocked", "open"))


class Piece(NamedTuple):
    """A stretch of time without a change; the last one has no end."""

    start: float
    end: float
    is_open: bool


class Reference:
    """One log, measured."""

    def __init__(self, scenario: Scenario, log: CallLog) -> None:
        self.scenario, self.log = scenario, log
        self.tiers, self.pools = list(scenario.tiers.values()), list(scenario.pools.values())
        day = scenario.day
        self.starts = [
            DAY * number + day.open + day.interval * place
            for number in range(scenario.days)
            for place in range(day.intervals)
        ]
        self.since = day.open + scenario.warm_up
        self.until = DAY * scenario.days + day.open if scenario.cool_down else math.inf
        self.counted = (log.arrived >= self.since) & (log.arrived < self.until)
        self.calls = range(log.tier.size)
        self.cells = len(self.starts)

    def tally(self) -> Tally:
        """Return every figure."""
        counts, sums, taken = self._calls()
        job_counts, job_cells, attempts, delays = self._jobs()
        offered = [[w for t, w in self._offered() if t == tier] for tier in range(len(self.tiers))]
        members = promises_of(self.scenario).members
        return Tally(
            counts=counts,
            sums=sums,
            wait_bins=np.stack([_histogram(waits) for waits in offered]),
            wait_points=np.stack(
                [_points(waits) for waits in [*offered, [w for m in members for w in offered[m]]]]
            ),
            pool_counts=np.stack([taken, attempts, self._silent()]),
            pool_sums=self._pools(),
            job_counts=job_counts,
            job_cells=job_cells,
            delay_points=_points(delays),
            customers=self._customers(),
            lines_s=self._lines(),
            thresholds=self._thresholds(),
        )

    def _thresholds(self) -> Any:
        """Return the counts at further thresholds, call by call and job by job."""
        wanted, log, jobs = thresholds_of(self.scenario), self.log, self.log.callbacks
        counts = np.zeros((len(wanted), 3, self.cells), np.int64)
        for place, (measure, tier, within) in enumerate(wanted):
            if measure == "answered":
                for call in self.calls:
                    if self.counted[call] and log.tier[call] == tier and not math.isnan(log.joined[call]):
                        is_in, outcome = self.wait(call) <= within, log.outcome[call]
                        cell = self.cell(float(log.arrived[call]))
                        counts[place, 0, cell] += is_in and outcome == ANSWERED
                        counts[place, 1, cell] += is_in and outcome == ABANDONED
                        counts[place, 2, cell] += not (is_in and outcome == OPEN)
                continue
            for job, call in enumerate(jobs.call):
                if self.counted[call] and jobs.tier[job] == tier:
                    first, ended = jobs.first_attempt[job], jobs.ended[job]
                    cell = self.cell(float(log.arrived[call]))
                    stop = first if not math.isnan(first) else log.end if math.isnan(ended) else ended
                    is_in = stop - jobs.created[job] <= within
                    counts[place, 0, cell] += is_in and not math.isnan(first)
                    counts[place, 2, cell] += not is_in or not math.isnan(first)
        return counts

    def cell(self, time: float) -> int:
        """Return the cell of a time: the last that has begun."""
        return max(sum(start <= time for start in self.starts) - 1, 0)

    def wait(self, call: int) -> float:
        """Return how long a call waited."""
        log = self.log
        for stop in (log.answered[call], log.left[call], log.end):
            if not math.isnan(stop):
                return float(stop - log.joined[call])
        raise AssertionError

    def is_decided(self, call: int) -> bool:
        """Whether it is known what became of a call that asked for a person."""
        own = promises_of(self.scenario).tiers[self.log.tier[call]].within
        return bool(self.log.outcome[call] != OPEN or self.wait(call) > own)

    def _offered(self) -> list[tuple[int, float]]:
        return [
            (int(self.log.tier[call]), self.wait(call))
            for call in self.calls
            if self.counted[call] and not math.isnan(self.log.joined[call]) and self.is_decided(call)
        ]

    def _calls(self) -> tuple[Any, Any, Any]:
        log, promises = self.log, promises_of(self.scenario)
        counts = np.zeros((len(COUNTS), len(self.tiers), self.cells), np.int64)
        sums = np.zeros((len(SUMS), len(self.tiers), self.cells))
        taken = np.zeros((len(self.pools), self.cells), np.int64)
        for call in np.flatnonzero(self.counted).tolist():
            tier, cell, outcome = log.tier[call], self.cell(log.arrived[call]), log.outcome[call]
            rule, kind = self.tiers[tier], log.kind[call]
            wait = self.wait(call) if not math.isnan(log.joined[call]) else math.nan
            gone = log.end if math.isnan(log.left[call]) else log.left[call]
            asked = log.joined[call] if not math.isnan(log.joined[call]) else gone
            name = list(self.scenario.tiers)[tier]
            decided = not math.isnan(wait) and self.is_decided(call)
            own, common = promises.tiers[tier].within, promises.all.within
            in_ivr = self.scenario.ivr_of(name) is not None and kind != Kind.TRANSFER and outcome != BLOCKED
            abandons, answers = decided and outcome == ABANDONED, decided and outcome == ANSWERED
            reaches = outcome == ANSWERED and kind != Kind.TRANSFER
            true = {
                "called": True,
                OUTCOMES[outcome]: True,
                "undecided": outcome == OPEN and not decided,
                "offered": decided,
                "answered_within": answers and wait <= own,
                "answered_within_common": answers and wait <= common,
                "abandoned_within": abandons and wait <= own,
                "abandoned_within_common": abandons and wait <= common,
                "abandoned_short": abandons and wait <= self.scenario.service_level.short_abandon,
                "entered_ivr": in_ivr,
                "reached": reaches,
                "solved": outcome == ANSWERED and log.solved[call],
                "redials": kind == Kind.REDIAL,
                "repeats": kind == Kind.REPEAT,
                "transfers": kind == Kind.TRANSFER,
                "returns": kind == Kind.RETURN,
                "came_back": outcome == SELF_SERVED and not log.solved[call],
                "entered_again": in_ivr and self._insists(call),
            }
            for what, holds in true.items():
                counts[COUNTS.index(what), tier, cell] += bool(holds)
            seconds = {
                "wait_s": wait if decided else 0.0,
                "wait_answered_s": wait if answers else 0.0,
                "excess_s": max(wait - own, 0.0) if decided else 0.0,
                "excess_common_s": max(wait - common, 0.0) if decided else 0.0,
                "ivr_s": asked - log.arrived[call] if in_ivr else 0.0,
                "reach_s": log.answered[call] - log.arrived[call] if reaches else 0.0,
                "line_s": gone - log.arrived[call] if rule.channel == "phone" and outcome != BLOCKED else 0.0,
            }
            for what, time in seconds.items():
                sums[SUMS.index(what), tier, cell] += time
            if outcome == ANSWERED:
                taken[log.pool[call], cell] += 1
        for tier, rule in enumerate(self.tiers):
            asked = np.flatnonzero((log.tier == tier) & ~np.isnan(log.joined)).tolist()
            stays = [(log.joined[call], log.joined[call] + self.wait(call)) for call in asked]
            for piece in self._pieces():
                if piece.is_open or rule.channel != "deferred":
                    seconds_here = self._presence(stays, piece)
                    sums[SUMS.index("waiting_s"), tier, self.cell(piece.start)] += seconds_here
        return counts, sums, taken

    def _pieces(self) -> list[Piece]:
        """Return the spans of the days and nights, cut where staffing changes."""
        day, last = self.scenario.day, DAY * self.scenario.days + self.scenario.day.open
        closes = [DAY * number + day.close for number in range(self.scenario.days)]
        changes = [at for at in self.log.staffing.at.tolist() if self.starts[0] <= at < last]
        cuts = sorted({*self.starts, *closes, *changes})
        return [
            Piece(start, end, any(close - day.length <= start < close for close in closes))
            for start, end in pairwise([*cuts, math.inf])
        ]

    def _presence(self, stays: list[tuple[float, float]], piece: Piece) -> float:
        start, end = max(piece.start, self.since), min(piece.end, self.until)
        return sum(max(min(went, end) - max(came, start), 0.0) for came, went in stays)

    def _level(self, levels: Any, time: float) -> Any:
        rows = np.flatnonzero(self.log.staffing.at <= time)
        return levels[rows[-1]] if rows.size else np.zeros(levels.shape[1])

    def _work(self, pool: int) -> list[tuple[float, float]]:
        log, jobs, sessions = self.log, self.log.callbacks, self.log.sessions
        alone = [
            call for call in self.calls if log.pool[call] == pool and not self.tiers[log.tier[call]].at_desk
        ]
        ended = [log.end if math.isnan(log.released[call]) else log.released[call] for call in alone]
        attempts, own = jobs.attempt_pool == pool, sessions.pool == pool
        return [
            *zip(log.answered[alone], ended, strict=True),
            *zip(jobs.attempt_start[attempts], jobs.attempt_end[attempts], strict=True),
            *zip(sessions.start[own], sessions.end[own], strict=True),
        ]

    def _away(self, pool: int) -> list[tuple[float, float]]:
        breaks = self.log.breaks
        own = breaks.pool == pool
        return list(zip(breaks.start[own].tolist(), breaks.end[own].tolist(), strict=True))

    def _pools(self) -> Any:
        sums = np.zeros((len(POOL_SUMS), len(self.pools), self.cells))
        for pool in range(len(self.pools)):
            work, away = self._work(pool), self._away(pool)
            stays = [*work, *away]
            for piece in self._pieces():
                busy, resting = self._presence(work, piece), self._presence(away, piece)
                staffed = self._level(self.log.staffing.staffed, piece.start)[pool]
                rostered = self._level(self.log.staffing.rostered, piece.start)[pool]
                length = max(min(piece.end, self.until) - max(piece.start, self.since), 0.0)
                seconds = {
                    "staffed_s": staffed * length if piece.is_open else 0.0,
                    "rostered_s": rostered * length if piece.is_open else 0.0,
                    "busy_s": busy,
                    "break_s": resting if piece.is_open else 0.0,
                    "overtime_s": self._beyond(stays, piece, staffed) if piece.is_open else busy,
                    "unrostered_s": self._beyond(stays, piece, math.ceil(rostered))
                    if piece.is_open
                    else busy,
                }
                for name, time in seconds.items():
                    sums[POOL_SUMS.index(name), pool, self.cell(piece.start)] += time
        for pool, start, end in zip(*self.log.silences, strict=True):
            if self.since <= start < self.until:
                sums[POOL_SUMS.index("silent_s"), pool, self.cell(start)] += end - start
        return sums

    def _silent(self) -> Any:
        counts = np.zeros((len(self.pools), self.cells), np.int64)
        for pool, start in zip(self.log.silences.pool, self.log.silences.start, strict=True):
            if self.since <= start < self.until:
                counts[pool, self.cell(start)] += 1
        return counts

    def _beyond(self, stays: list[tuple[float, float]], piece: Piece, level: float) -> float:
        """Of those who are there at the start, the first to finish are too many."""
        present = sorted(went for came, went in stays if came <= piece.start < went)
        return self._presence(
            [(piece.start, went) for went in present[: max(len(present) - math.ceil(level), 0)]], piece
        )

    def _lines(self) -> Any:
        seconds, log = np.zeros(self.cells), self.log
        if self.scenario.lines is None:
            return seconds
        holding = [
            call
            for call in self.calls
            if self.tiers[log.tier[call]].channel == "phone" and log.outcome[call] != BLOCKED
        ]
        gone = [log.end if math.isnan(log.left[call]) else log.left[call] for call in holding]
        stays = list(zip(log.arrived[holding], gone, strict=True))
        for piece in self._pieces():
            seconds[self.cell(piece.start)] += self._presence(stays, piece)
        return seconds

    def _jobs(self) -> tuple[Any, Any, Any, list[float]]:
        jobs, delays = self.log.callbacks, []
        counts, cells = dict.fromkeys(JOB_COUNTS, 0), np.zeros((len(JOB_CELLS), self.cells), np.int64)
        attempts = np.zeros((len(self.pools), self.cells), np.int64)
        counted = [job for job in range(jobs.call.size) if self.counted[jobs.call[job]]]
        for job in counted:
            first, ended, outcome = jobs.first_attempt[job], jobs.ended[job], JOB_OUTCOMES[jobs.outcome[job]]
            attempted = not math.isnan(first)
            known = first if attempted else self.log.end if math.isnan(ended) else ended
            counts["created"] += 1
            counts[outcome] += 1
            in_time = {"pending": "not_due", "cancelled": "cancelled_before", "unreached": "", "reached": ""}
            counts[
                "late" if known > jobs.due[job] else "attempted_within" if attempted else in_time[outcome]
            ] += 1
            if attempted:
                delays.append(first - jobs.created[job])
            if jobs.created[job] < self.until:
                cells[JOB_CELLS.index("created"), self.cell(jobs.created[job])] += 1
        for job, pool, start in zip(jobs.attempt_job, jobs.attempt_pool, jobs.attempt_start, strict=True):
            if job in counted and start < self.until:
                attempts[pool, self.cell(start)] += 1
        cells[JOB_CELLS.index("attempts")] = attempts.sum(axis=0)
        ends = [math.inf if math.isnan(jobs.ended[job]) else jobs.ended[job] for job in counted]
        created = [jobs.created[job] for job in counted]
        for cell in range(self.cells):
            opened = sum(time < self.until and self.cell(time) <= cell for time in created)
            over = sum(time < self.until and self.cell(time) <= cell for time in ends)
            cells[JOB_CELLS.index("backlog"), cell] = opened - over
        at_a_time = [
            sum(other <= time for other in created) - sum(end <= time for end in ends) for time in created
        ]
        counts["backlog_max"] = max([0, *at_a_time])
        return np.array([*counts.values()], np.int64), cells, attempts, delays

    def _customers(self) -> Any:
        log, jobs = self.log, self.log.callbacks
        counts = np.zeros((len(CUSTOMER_COUNTS), len(self.tiers)), np.int64)
        reached = {
            int(log.customer[call])
            for call, outcome in zip(jobs.call, jobs.outcome, strict=True)
            if self.counted[call] and JOB_OUTCOMES[outcome] == "reached"
        }
        for first in self.calls:
            if log.customer[first] == first and self.counted[first]:
                calls = [call for call in self.calls if log.customer[call] == first]
                dialled = [call for call in calls if log.kind[call] != Kind.TRANSFER]
                contacts = [call for call in dialled if log.outcome[call] == ANSWERED]
                helped = any(
                    log.outcome[call] == ANSWERED or (log.outcome[call] == SELF_SERVED and log.solved[call])
                    for call in dialled
                )
                figures = {
                    "customers": 1,
                    "customer_calls": len(dialled),
                    "served": helped or first in reached,
                    "with_answer": bool(contacts),
                    "resolved": bool(contacts)
                    and log.solved[self._last_leg(contacts[0])]
                    and not self._insists(contacts[0]),
                }
                for name, figure in figures.items():
                    counts[CUSTOMER_COUNTS.index(name), log.tier[first]] += int(figure)
        for tier, at, solved in zip(log.online_tier, log.online_at, log.online_solved, strict=True):
            if self.since <= at < self.until:
                counts[CUSTOMER_COUNTS.index("started_online"), tier] += 1
                counts[CUSTOMER_COUNTS.index("solved_online"), tier] += solved
        return counts

    def _insists(self, call: int) -> bool:
        """Whether a call or one that led to it is a return."""
        while call >= 0:
            if self.log.kind[call] == Kind.RETURN:
                return True
            call = self.log.parent[call]
        return False

    def _last_leg(self, call: int) -> int:
        for leg in self.calls:
            if self.log.kind[leg] == Kind.TRANSFER and self.log.parent[leg] == call:
                return self._last_leg(leg)
        return call


def _histogram(waits: list[float]) -> Any:
    bins = np.zeros(WAIT_EDGES.size + 1, np.int64)
    for wait in waits:
        bins[sum(wait > edge for edge in WAIT_EDGES)] += 1
    return bins


def _points(waits: list[float]) -> Any:
    """Interpolate between the two waits of the neighbouring ranks."""
    if not waits:
        return np.full(5, np.nan)
    ordered = sorted(waits)
    points = []
    for share in (0.5, 0.9, 0.95, 0.99, 1.0):
        place = share * (len(ordered) - 1)
        below = math.floor(place)
        low, high = ordered[below], ordered[min(below + 1, len(ordered) - 1)]
        points.append(low + (high - low) * (place - below))
    return np.array(points)


def reference(scenario: Scenario, log: CallLog) -> Tally:
    """Return the tally of a log."""
    return Reference(scenario, log).tally()
