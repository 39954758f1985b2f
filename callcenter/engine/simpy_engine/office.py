"""The back office: callback jobs from the lost call to the last attempt (rule R11)."""

from __future__ import annotations

from functools import partial

from simpy import Environment

from callcenter.calllog import JobOutcome
from callcenter.demand import Awakening, Callback, Origin
from callcenter.engine.floorplan import FloorPlan
from callcenter.engine.rules import Rank
from callcenter.engine.simpy_engine.clock import Steps, Timer, at, scaled
from callcenter.engine.simpy_engine.customers import Customers
from callcenter.engine.simpy_engine.floor import Floor
from callcenter.engine.simpy_engine.jobs import Job
from callcenter.engine.simpy_engine.line import Call
from callcenter.engine.simpy_engine.recorder import Recorder


class BackOffice:
    """Callback jobs of one run."""

    def __init__(
        self, plan: FloorPlan, awakening: Awakening, floor: Floor, customers: Customers, record: Recorder
    ) -> None:
        self.env: Environment = floor.env
        self.plan = plan.office
        self.speed: list[float] = plan.serving.callback_speed.tolist()
        self.speed_in_line: list[list[float]] = plan.serving.speed.tolist()
        self.keeps_place: list[bool] = plan.tiers.keeps_place.tolist()
        self.awakening = awakening
        self.origins: dict[int, Origin] = {}
        """Of the calls that callbacks are owed for, by number."""
        self.floor = floor
        self.customers = customers
        self.record = record
        floor.on_dial = self.dial

    def owe(self, call: Call) -> Job:
        """R11: the hotline owes the caller of a lost call a callback."""
        now = self.env.now
        job = Job(call.number, call.tier, call.origin.customer, now, now + self.plan.within)
        self.origins[call.number] = call.origin
        self.record.job(job)
        self.customers.owe(job)
        return job

    def place_until(self, call: Call) -> float | None:
        """R21: until when a callback that the caller takes keeps a place in the line; None if it does not."""
        return self.floor.jobs.hours_end(self.env.now) if self.keeps_place[call.tier] else None

    def hold(self, job: Job, call: Call, until: float) -> None:
        """R21: the job keeps the place of the call in the line, until the calling hours end."""
        job.place, call.job = call, job
        at(self.env, until, Rank.LAPSE, call.number, partial(self.lapse, job))

    def lapse(self, job: Job) -> None:
        """R21b: the calling hours end; a job that still keeps its place goes on as any other."""
        if job.place is not None:
            job.give_up_place()
            self.plan_attempt(job, self.env.now)

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
        """R11: an agent dials; what comes of it is drawn."""
        now = self.env.now
        what = job.what = job.what or self.awakening.callback(self.origins[job.number], job.tier)
        reached = job.attempts + 1 == what.reached_at
        ended, job.attempt_end = self.dial_times(job, what, reached)
        job.give_up_place()
        self.record.attempt_at(job, now, job.attempt_end)
        if reached or job.attempts == self.plan.attempts:
            job.ended, job.outcome = ended, JobOutcome.REACHED if reached else JobOutcome.UNREACHED
        if reached:
            self.customers.reach(job, now)
        at(self.env, job.attempt_end, Rank.END, job.number, partial(self.attempt_over, job))

    def dial_times(self, job: Job, what: Callback, reached: bool) -> tuple[float, float]:
        """R11d, R21a: when the attempt that starts now is over for the customer, and for the agent."""
        now = self.env.now
        speed = self.speed_in_line[job.pool][job.tier] if job.place else self.speed[job.pool]
        if not reached:
            free = now + what.no_answer[job.attempts]
            return free, free
        ended = now + scaled(what.talk, speed)
        return ended, ended + scaled(what.wrap_up, speed)

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
