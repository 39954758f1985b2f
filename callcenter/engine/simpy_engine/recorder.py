"""Pen and paper of the SimPy engine: notes what happens and makes the call log of it."""

from __future__ import annotations

import math

import numpy as np

from callcenter.calllog import CallbackLog, CallLog, Kind, Outcome, SessionLog
from callcenter.demand import CallTape
from callcenter.engine.floorplan import FloorPlan
from callcenter.engine.ledger import Ledger, call_log, first_entries, refuse_too_many
from callcenter.engine.simpy_engine.jobs import Job

NEVER = math.nan

Spells = list[tuple[int, float, float]]
"""(pool, start, end)."""


class Recorder:
    """One entry per call, those that follow others behind the first; jobs and attempts as they happen."""

    def __init__(self, tape: CallTape) -> None:
        calls = self._firsts = tape.tier.size
        self.tier: list[int] = tape.tier.tolist()
        self.arrived: list[float] = tape.arrived.tolist()
        self.joined = [NEVER] * calls
        self.answered = [NEVER] * calls
        self.left = [NEVER] * calls
        self.released = [NEVER] * calls
        self.outcome = [int(Outcome.OPEN)] * calls
        self.pool = [-1] * calls
        parent, attempt, kind = first_entries(calls)
        self.parent: list[int] = parent.tolist()
        self.attempt: list[int] = attempt.tolist()
        self.kind: list[int] = kind.tolist()
        self.customer = list(range(calls))
        self.solved = [False] * calls
        self._jobs: list[Job] = []
        self._attempts: list[tuple[int, int, float, float]] = []

    def follow_up(self, tier: int, kind: Kind, parent: int) -> int:
        """Enter a call that will follow another, and return its number."""
        refuse_too_many(len(self.tier) - self._firsts)
        self.tier.append(tier)
        for times in (self.arrived, self.joined, self.answered, self.left, self.released):
            times.append(NEVER)
        self.outcome.append(Outcome.OPEN)
        self.pool.append(-1)
        self.parent.append(parent)
        self.attempt.append(self.attempt[parent] + 1 if kind is Kind.REDIAL else 1)
        self.kind.append(kind)
        self.customer.append(self.customer[parent])
        self.solved.append(False)
        return len(self.tier) - 1

    def job(self, job: Job) -> None:
        """Enter a callback job when it is created; its row is its place in this list."""
        job.row = len(self._jobs)
        self._jobs.append(job)

    def attempt_at(self, job: Job, start: float, end: float) -> None:
        """Enter an attempt when its agent dials."""
        job.attempts += 1
        if job.attempts == 1:
            job.first_attempt = start
        self._attempts.append((job.row, job.pool, start, end))

    def call_log(
        self, plan: FloorPlan, tape: CallTape, sessions: Spells, breaks: Spells, silences: Spells
    ) -> CallLog:
        """Return the finished log."""
        ledger = Ledger(
            tier=np.array(self.tier, np.int32),
            arrived=np.array(self.arrived, np.float64),
            joined=np.array(self.joined, np.float64),
            answered=np.array(self.answered, np.float64),
            left=np.array(self.left, np.float64),
            released=np.array(self.released, np.float64),
            outcome=np.array(self.outcome, np.int8),
            pool=np.array(self.pool, np.int32),
            parent=np.array(self.parent, np.int64),
            attempt=np.array(self.attempt, np.int32),
            kind=np.array(self.kind, np.int8),
            customer=np.array(self.customer, np.int64),
            solved=np.array(self.solved, np.bool_),
        )
        spells = map(_session_log, (sessions, breaks, silences))
        return call_log(plan, tape, ledger, self._callback_log(), *spells)

    def _callback_log(self) -> CallbackLog:
        jobs = self._jobs
        row, pool, start, end = zip(*self._attempts, strict=True) if self._attempts else ((), (), (), ())
        return CallbackLog(
            call=np.array([job.number for job in jobs], np.int64),
            tier=np.array([job.tier for job in jobs], np.int32),
            created=np.array([job.created for job in jobs], np.float64),
            due=np.array([job.due for job in jobs], np.float64),
            first_attempt=np.array([job.first_attempt for job in jobs], np.float64),
            ended=np.array([job.ended for job in jobs], np.float64),
            attempts=np.array([job.attempts for job in jobs], np.int32),
            outcome=np.array([job.outcome for job in jobs], np.int8),
            attempt_job=np.array(row, np.int64),
            attempt_pool=np.array(pool, np.int32),
            attempt_start=np.array(start, np.float64),
            attempt_end=np.array(end, np.float64),
        )


def _session_log(sessions: Spells) -> SessionLog:
    pool, start, end = zip(*sessions, strict=True) if sessions else ((), (), ())
    return SessionLog(np.array(pool, np.int32), np.array(start, np.float64), np.array(end, np.float64))
