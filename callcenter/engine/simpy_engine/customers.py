"""What the hotline knows of its customers: who was served, and what it still owes them (rules R11e, R13d)."""

from __future__ import annotations

import math
from collections import defaultdict

from callcenter.calllog import JobOutcome
from callcenter.demand import CallTape
from callcenter.engine.simpy_engine.jobs import Job


class Customers:
    """Open callback jobs by customer, and when a callback reached each."""

    def __init__(self, tape: CallTape, cancels: bool) -> None:
        self._come_back = tape.coins is not None
        self.cancels = self._come_back and cancels
        """Who has been served is owed nothing more."""
        self._jobs: defaultdict[int, list[Job]] = defaultdict(list)
        self._reached_at: dict[int, float] = {}

    def owe(self, job: Job) -> None:
        """The hotline owes a customer a callback."""
        if self._come_back:
            self._jobs[job.customer].append(job)

    def serve(self, customer: int, now: float) -> None:
        """R11e: a call of the customer was answered, so nothing is owed any more."""
        if self.cancels:
            for job in self._jobs.pop(customer, ()):
                _cancel(job, now)

    def reach(self, job: Job, now: float) -> None:
        """R11e, R13d: a callback reaches the customer."""
        if self._come_back:
            self._reached_at[job.customer] = now
            self.serve(job.customer, now)

    def was_reached(self, customer: int, since: float) -> bool:
        """R13d: whether a callback reached the customer from a moment on."""
        return self._reached_at.get(customer, -math.inf) >= since


def _cancel(job: Job, now: float) -> None:
    """An attempt under way is finished; if it reaches nobody, the job ends with it."""
    under_way = job.attempt_end > now
    if job.outcome is JobOutcome.PENDING or (under_way and job.outcome is JobOutcome.UNREACHED):
        job.outcome = JobOutcome.CANCELLED
        job.give_up_place()
        job.ended = job.attempt_end if under_way else now
