"""Pen and paper of the SimPy engine: notes what happens and makes the call log of it."""

from __future__ import annotations

import math

import numpy as np

from callcenter.calllog import CallbackLog, CallLog, Outcome
from callcenter.demand import CallTape
from callcenter.engine.simpy_engine.jobs import Job

NEVER = math.nan


class Recorder:
    """One entry a call, by its number; jobs and attempts in the order in which they happen."""

    def __init__(self, calls: int) -> None:
        self.joined = [NEVER] * calls
        self.answered = [NEVER] * calls
        self.left = [NEVER] * calls
        self.released = [NEVER] * calls
        self.outcome = [int(Outcome.OPEN)] * calls
        self.pool = [-1] * calls
        self._jobs: list[Job] = []
        self._attempts: list[tuple[int, int, float, float]] = []

    def job(self, job: Job) -> None:
        """Enter a callback job when it is created; its row is its place in this list."""
        job.row = len(self._jobs)
        self._jobs.append(job)

    def attempt(self, job: Job, start: float, end: float) -> None:
        """Enter an attempt when its agent dials."""
        job.attempts += 1
        if job.attempts == 1:
            job.first_attempt = start
        self._attempts.append((job.row, job.pool, start, end))

    def call_log(self, tape: CallTape, last_close: float) -> CallLog:
        """Return the finished log."""
        left, released = np.array(self.left, np.float64), np.array(self.released, np.float64)
        callbacks = self._callback_log()
        ends = np.concatenate([left, released, callbacks.attempt_end, [last_close]])
        calls = len(self.joined)
        return CallLog(
            tier=tape.tier,
            arrived=tape.arrived,
            joined=np.array(self.joined, np.float64),
            answered=np.array(self.answered, np.float64),
            left=left,
            released=released,
            outcome=np.array(self.outcome, np.int8),
            pool=np.array(self.pool, np.int32),
            parent=np.full(calls, -1, np.int64),
            attempt=np.ones(calls, np.int32),
            end=float(np.nanmax(ends)),
            callbacks=callbacks,
        )

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
