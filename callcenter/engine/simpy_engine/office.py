"""The back office: callback jobs from the lost call to the last attempt (rule R11)."""

from __future__ import annotations

from functools import partial

from simpy import Environment

from callcenter.calllog import JobOutcome
from callcenter.demand import CallTape
from callcenter.engine.floorplan import FloorPlan
from callcenter.engine.rules import Rank
from callcenter.engine.simpy_engine.clock import Steps, Timer, at, scaled
from callcenter.engine.simpy_engine.customers import Customers
from callcenter.engine.simpy_engine.floor import Floor
from callcenter.engine.simpy_engine.jobs import Job
from callcenter.engine.simpy_engine.recorder import Recorder


class BackOffice:
    """Callback jobs of one run."""

    def __init__(
        self, plan: FloorPlan, tape: CallTape, floor: Floor, customers: Customers, record: Recorder
    ) -> None:
        self.env: Environment = floor.env
        self.plan = plan.office
        self.speed: list[float] = plan.serving.callback_speed.tolist()
        self.tape = tape.callbacks
        self.floor = floor
        self.customers = customers
        self.record = record
        floor.on_dial = self.dial

    def owe(self, number: int, tier: int, tape_row: int) -> None:
        """R11: the hotline owes the caller of a lost call a callback."""
        now = self.env.now
        job = Job(number, tier, tape_row, now, now + self.plan.within)
        self.record.job(job)
        self.customers.owe(job)
        self.plan_attempt(job, now)

    def plan_attempt(self, job: Job, earliest: float) -> None:
        """R11a: the job may be worked from the first moment of calling hours on."""
        due = self.floor.jobs.next_time(earliest)
        if due is not None:
            at(self.env, due, Rank.CALLBACK_DUE, job.number, partial(self.list_job, job))

    def list_job(self, job: Job) -> None:
        """R11c: the job enters the list; idle agents look at it when all jobs of this instant are there."""
        if job.outcome is JobOutcome.PENDING:
            self.floor.jobs.add(job)
            at(self.env, self.env.now, Rank.DIAL, job.number, self.floor.dial_while_idle)

    def dial(self, job: Job) -> None:
        """R11: an agent dials; what comes of it is on the tape."""
        now, row = self.env.now, job.tape_row
        reached = job.attempts + 1 == int(self.tape.reached_at[row])
        ended, job.attempt_end = self.dial_times(job, reached)
        self.record.attempt_at(job, now, job.attempt_end)
        if reached or job.attempts == self.plan.attempts:
            job.ended, job.outcome = ended, JobOutcome.REACHED if reached else JobOutcome.UNREACHED
        if reached:
            self.customers.reach(job, now)
        at(self.env, job.attempt_end, Rank.END, job.number, partial(self.attempt_over, job))

    def dial_times(self, job: Job, reached: bool) -> tuple[float, float]:
        """R11d: when the attempt that starts now is over for the customer, and for the agent."""
        now, row, speed = self.env.now, job.tape_row, self.speed[job.pool]
        if not reached:
            free = now + float(self.tape.no_answer[row, job.attempts])
            return free, free
        ended = now + scaled(float(self.tape.talk[row]), speed)
        return ended, ended + scaled(float(self.tape.wrap_up[row]), speed)

    def attempt_over(self, job: Job) -> None:
        """R11: the agent is free; the next attempt of the job may start after a pause."""
        self.floor.release(job.pool)
        if job.outcome is JobOutcome.PENDING:
            self.plan_attempt(job, self.env.now + self.plan.retry_after)

    def calling_hours(self) -> Steps:
        """R11: callbacks are dialled only inside the calling hours."""
        jobs, plan = self.floor.jobs, self.plan
        for start, end in zip(plan.window_start.tolist(), plan.window_end.tolist(), strict=True):
            yield Timer(self.env, start, Rank.CALLBACK_DUE)
            jobs.dial_until = end
            at(self.env, start, Rank.DIAL, 0, self.floor.dial_while_idle)
