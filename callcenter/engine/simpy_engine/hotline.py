"""The hotline as SimPy processes: callers, the roster and callback jobs (rules R3 to R12)."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

from simpy import Environment, Event

from callcenter.calllog import CallLog, JobOutcome, Outcome
from callcenter.demand import SELF_SERVED, TO_AGENT, CallTape
from callcenter.engine.floorplan import FloorPlan
from callcenter.engine.rules import Rank
from callcenter.engine.simpy_engine.clock import Steps, Timer, Walk, scaled
from callcenter.engine.simpy_engine.floor import Floor
from callcenter.engine.simpy_engine.jobs import Job
from callcenter.engine.simpy_engine.line import Call
from callcenter.engine.simpy_engine.recorder import Recorder


class Hotline:
    """One run of the hotline over a call tape."""

    def __init__(self, plan: FloorPlan, tape: CallTape, floor: type[Floor] = Floor) -> None:
        self.env = Environment()
        self.plan = plan
        self.tape = tape
        self.floor = floor(self.env, plan)
        self.record = Recorder(tape.arrived.size)
        self.closed = False
        self.speed: list[list[float]] = plan.speed.tolist()
        self.later_pools = [
            sorted({after for _, _, after in pools if after}) for pools in self.floor.pools_of
        ]
        """For each tier, the waits after which a further pool may take its calls."""

    def run(self) -> CallLog:
        """Let the days pass and return what happened."""
        self.env.process(self.roster())
        self.env.process(self.arrivals())
        self.env.process(self.calling_hours())
        self.env.run()
        return self.record.call_log(self.tape, self.plan.last_close)

    def arrivals(self) -> Steps:
        """R3: callers come in when the tape says so."""
        tape = self.tape
        columns = (tape.tier, tape.ivr_s, tape.ivr_exit, tape.patience, tape.talk, tape.wrap_up)
        calls = zip(tape.arrived.tolist(), *(column.tolist() for column in columns), strict=True)
        for number, (arrived, *call) in enumerate(calls):
            yield Timer(self.env, arrived, Rank.JOIN, number)
            Walk(self.caller(Call(number, *call)))

    def caller(self, call: Call) -> Steps:
        """One call, from the IVR to the end of the agent's wrap-up."""
        if call.ivr_s:
            yield Timer(self.env, self.env.now + call.ivr_s, Rank.JOIN, call.number)
        if call.ivr_exit != TO_AGENT:
            self.leave(call, Outcome.SELF_SERVED if call.ivr_exit == SELF_SERVED else Outcome.LEFT_IVR)
            return
        call.joined = self.record.joined[call.number] = self.env.now
        if not self.floor.connect(call):
            if self.closed:
                self.leave(call, Outcome.CLOSED)
                return
            yield self.wait(call)
            if call.outcome is not Outcome.ANSWERED:
                self.leave(call, call.outcome)
                return
        yield self.talk(call)
        self.floor.release(call.pool)

    def wait(self, call: Call) -> Event:
        """R10: join the line; the event triggers when an agent takes the call or it leaves the line."""
        now, connected = self.env.now, Event(self.env)
        self.floor.line.join(call, connected)
        if call.patience != math.inf:
            self.at(
                now + call.patience, Rank.PATIENCE, call.number, partial(self.lose, call, Outcome.ABANDONED)
            )
        for after in self.later_pools[call.tier]:
            self.at(now + after, Rank.ELIGIBLE, call.number, partial(self.floor.connect_waiting, call))
        return connected

    def at(self, time: float, rank: Rank, number: int, do: Callable[[], None]) -> None:
        """Do something at a time, without a process of its own."""
        timer = Timer(self.env, time, rank, number)
        assert timer.callbacks is not None
        timer.callbacks.append(lambda _: do())

    def lose(self, call: Call, outcome: Outcome) -> None:
        """R10: a caller who still waits leaves the line."""
        if call.connected is not None:
            call.outcome = outcome
            self.floor.line.leave(call).succeed()

    def talk(self, call: Call) -> Event:
        """R7: the agent is busy for talk and wrap-up; the event is the end of wrap-up."""
        record, number, speed = self.record, call.number, self.speed[call.pool][call.tier]
        answered = self.env.now
        left = answered + scaled(call.talk, speed)
        released = left + scaled(call.wrap_up, speed)
        record.answered[number], record.left[number], record.released[number] = answered, left, released
        record.pool[number], record.outcome[number] = call.pool, Outcome.ANSWERED
        return Timer(self.env, released, Rank.END, number)

    def leave(self, call: Call, outcome: Outcome) -> None:
        """R12: a call ends without an agent; R11: its loss may owe the caller a callback."""
        now = self.env.now
        self.record.left[call.number], self.record.outcome[call.number] = now, outcome
        row = int(self.tape.job[call.number])
        if row >= 0 and self.plan.owes_callback[call.tier, outcome]:
            job = Job(call.number, call.tier, now, now + self.plan.within)
            self.record.job(job)
            Walk(self.call_back(job, row))

    def roster(self) -> Steps:
        """R8: staffing levels change; with ``drop``, the hotline closes on those who wait."""
        plan = self.plan
        changes = zip(plan.change_at.tolist(), plan.levels.tolist(), plan.closes.tolist(), strict=True)
        for at, levels, closes in changes:
            yield Timer(self.env, at, Rank.STAFFING)
            self.closed = closes
            for pool, level in enumerate(levels):
                self.floor.staff(pool, level)
            for call in self.floor.line.waiting() if closes else ():
                self.lose(call, Outcome.CLOSED)

    def calling_hours(self) -> Steps:
        """R11: callbacks are dialled only inside the calling hours."""
        jobs, plan = self.floor.jobs, self.plan
        for start, end in zip(plan.window_start.tolist(), plan.window_end.tolist(), strict=True):
            yield Timer(self.env, start, Rank.CALLBACK_DUE)
            jobs.dial_until = end
            self.at(start, Rank.DIAL, 0, self.floor.dial_while_idle)

    def call_back(self, job: Job, row: int) -> Steps:
        """R11: one callback job, until the customer is reached or attempts or calling hours run out."""
        reached_at, due = int(self.tape.callbacks.reached_at[row]), self.floor.jobs.next_time(self.env.now)
        while due is not None:
            yield Timer(self.env, due, Rank.CALLBACK_DUE, job.number)
            yield self.list_job(job)
            start = self.env.now
            reached = job.attempts + 1 == reached_at
            ended, free = self.dial_times(job, row, reached)
            self.record.attempt(job, start, free)
            if reached or job.attempts == self.plan.attempts:
                job.ended, job.outcome = ended, JobOutcome.REACHED if reached else JobOutcome.UNREACHED
            yield Timer(self.env, free, Rank.END, job.number)
            self.floor.release(job.pool)
            if job.outcome is not JobOutcome.PENDING:
                return
            due = self.floor.jobs.next_time(free + self.plan.retry_after)

    def list_job(self, job: Job) -> Event:
        """R11: the job may be worked from now on; the event triggers when an agent dials."""
        job.dialled = Event(self.env)
        self.floor.jobs.add(job)
        self.at(self.env.now, Rank.DIAL, job.number, self.floor.dial_while_idle)
        return job.dialled

    def dial_times(self, job: Job, row: int, reached: bool) -> tuple[float, float]:
        """R11: when the attempt that starts now is over for the customer, and for the agent."""
        now, tape, speed = self.env.now, self.tape.callbacks, float(self.plan.callback_speed[job.pool])
        if not reached:
            free = now + float(tape.no_answer[row, job.attempts])
            return free, free
        ended = now + scaled(float(tape.talk[row]), speed)
        return ended, ended + scaled(float(tape.wrap_up[row]), speed)
