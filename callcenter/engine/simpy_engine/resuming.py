"""Going on from a state: all who are inside take their places in a hotline that nobody has called yet."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from callcenter.calllog import JobOutcome, Kind, Outcome
from callcenter.demand import Origin
from callcenter.engine.floorplan import UNLIMITED
from callcenter.engine.ledger import Ledger
from callcenter.engine.rules import Rank
from callcenter.engine.simpy_engine.clock import Steps, Walk, at
from callcenter.engine.simpy_engine.desks import Desk
from callcenter.engine.simpy_engine.jobs import Job
from callcenter.engine.simpy_engine.line import Call, step_to
from callcenter.engine.state import State

if TYPE_CHECKING:
    from simpy import Event

    from callcenter.engine.simpy_engine.hotline import Hotline


class Resumption:
    """Brings a hotline into a state; its clock stands at the moment of it."""

    def __init__(self, hotline: Hotline, state: State) -> None:
        self.hotline, self.state, self.at = hotline, state, state.at
        self._later = hotline.tape.tier.size - state.firsts
        """How far the numbers of calls that follow others lie behind their rows of the state."""
        self._origins: dict[int, Origin] = {}
        self._calls: dict[int, Call] = {}

    def carry_out(self) -> None:
        """Enter what has happened and put everybody in place."""
        self._enter_calls()
        desks = self._sit_down()
        waiting = self._enter_jobs()
        for row in self.state.line(self.hotline.plan).tolist():
            self._stand(row, waiting.get(row))
        for row in self.state.with_agent.tolist():
            self._work_on(row, desks)
        self._hold(desks)
        for row in self._rows(self._are_in_ivr()):
            self._enter_ivr(row)
        for row in self._rows([not math.isnan(due) for due in self.state.due.tolist()]):
            self._call_again(row)
        self._rest()
        floor = self.hotline.floor
        for pool, level in enumerate(floor.level):
            floor.idle[pool] = max(0, level - floor.busy[pool] - floor.resting[pool])

    def number(self, row: int) -> int:
        """Return the number of the call in a row of the state."""
        return row if row < self.state.firsts else row + self._later

    def _rows(self, which: list[bool]) -> Iterator[int]:
        return (row for row, is_one in enumerate(which) if is_one)

    def _enter_calls(self) -> None:
        """What has happened to every call so far."""
        record, ledger = self.hotline.record, self.state.ledger
        columns = {name: getattr(ledger, name).tolist() for name in Ledger._fields}
        for row in range(ledger.tier.size):
            number = self.number(row)
            if row >= self.state.firsts:
                parent, kind = self.number(columns["parent"][row]), Kind(columns["kind"][row])
                record.follow_up(columns["tier"][row], kind, parent)
                record.arrived[number] = columns["arrived"][row]
            for name in ("joined", "answered", "left", "released", "outcome", "pool", "solved"):
                getattr(record, name)[number] = columns[name][row]

    def _are_in_ivr(self) -> list[bool]:
        joined = self.state.ledger.joined.tolist()
        return [
            is_open and math.isnan(since)
            for is_open, since in zip(self.state.is_open.tolist(), joined, strict=True)
        ]

    def origin(self, row: int) -> Origin:
        """Return how the call in a row came about."""
        if row < self.state.firsts:
            return Origin(row, 0, row)
        if row not in self._origins:
            step = step_to(Kind(int(self.state.ledger.kind[row])))
            before = self.origin(int(self.state.ledger.parent[row]))
            self._origins[row] = self.hotline.awakening.after(before, step)
        return self._origins[row]

    def call(self, row: int) -> Call:
        """Return the call in a row, with all that chance decides about it."""
        if row not in self._calls:
            number = self.number(row)
            if row < self.state.firsts:
                call = Call(row, *next(self.hotline.first_calls(row, row + 1))[1:])
            else:
                origin = self.origin(row)
                drawn = self.hotline.awakening.call(origin, int(self.state.ledger.tier[row]))
                call = Call(number, *drawn)
                call.came_about = origin
                call.transferred = bool(self.state.ledger.kind[row] == Kind.TRANSFER)
            self._calls[row] = call
        return self._calls[row]

    def _holds_line(self, row: int) -> bool:
        """R14: whether a call that is inside holds a trunk line."""
        ledger, hotline = self.state.ledger, self.hotline
        if hotline.plan.lines == UNLIMITED or not hotline.on_phone[int(ledger.tier[row])]:
            return False
        if ledger.outcome[row] == Outcome.BLOCKED:
            return False
        return bool(ledger.kind[row] != Kind.TRANSFER) or self._holds_line(int(ledger.parent[row]))

    def _take_line(self, row: int) -> Call:
        call = self.call(row)
        call.holds_line = self._holds_line(row)
        self.hotline.free_lines -= call.holds_line
        return call

    def _sit_down(self) -> dict[tuple[int, int], Desk]:
        """R17: agents with contacts side by side."""
        floor, desks = self.hotline.floor, self.state.desks
        floor.desks.sessions.extend(zip(*(column.tolist() for column in self.state.sessions), strict=True))
        seated = {}
        for pool, number, contacts, tier, since in zip(*(column.tolist() for column in desks), strict=True):
            desk = seated[pool, number] = floor.desks.desk(pool, number)
            desk.contacts, desk.tier, desk.since = contacts, tier, since
            floor.busy[pool] += 1
        return seated

    def _work_on(self, row: int, desks: dict[tuple[int, int], Desk]) -> None:
        """R7a: an agent has the call in hand."""
        hotline, ledger = self.hotline, self.state.ledger
        call, left = self.call(row), float(ledger.left[row])
        call.pool = int(ledger.pool[row])
        if self.state.desk[row] >= 0:
            call.desk = desks[call.pool, int(self.state.desk[row])]
        else:
            hotline.floor.busy[call.pool] += 1
        if left >= self.at:
            self._take_line(row)
        self._serve(call, left, float(ledger.released[row]))

    def _serve(self, call: Call, left: float, released: float) -> None:
        """R7a: an agent has the call in hand until then."""
        hotline = self.hotline
        if hotline.goes_on(call):
            self._at(left, Rank.END, call.number, partial(hotline.hang_up, call))
        at(hotline.env, released, Rank.END, call.number, partial(hotline.floor.finish, call))

    def _hold(self, desks: dict[tuple[int, int], Desk]) -> None:
        """R10a: agents wait in vain for an answer."""
        hotline, silences = self.hotline, self.state.silences
        hotline.silences.extend(zip(*(column.tolist() for column in silences), strict=True))
        for row, (pool, start, end) in zip(self.state.held.tolist(), hotline.silences, strict=False):
            call = self.call(row)
            call.pool, call.silent_s = pool, end - start
            call.desk = desks[pool, int(self.state.desk[row])]
            at(hotline.env, end, Rank.END, call.number, partial(hotline.floor.finish, call))

    def _enter_ivr(self, row: int) -> None:
        call = self._take_line(row)
        out = float(self.state.ledger.arrived[row]) + call.ivr_s
        call.ivr_s = 0.0
        self._at(out, Rank.JOIN, call.number, partial(_walk, self.hotline.caller(call)))

    def _at(self, time: float, rank: Rank, number: int, do: Callable[[], None]) -> None:
        """Do something that is still to come; what is past has been done."""
        if time >= self.at:
            at(self.hotline.env, time, rank, number, do)

    def _stand(self, row: int, job: Job | None) -> None:
        """R5, R10: a call waits in the stage that it has reached; what is still to come of its wait will."""
        hotline = self.hotline
        call = self.call(row)
        since = call.joined = float(self.state.ledger.joined[row])
        call.silent_s = float(self.state.silent_s[row])
        if job is None:
            self._take_line(row)
            Walk(self._wait_on(call, hotline.place(call)))
            if call.patience != math.inf:
                self._at(since + call.patience, Rank.PATIENCE, call.number, partial(hotline.give_up, call))
        else:
            hotline.place(call)
            until = hotline.floor.jobs.hours_end(job.created)
            assert until is not None, "a place is kept in calling hours"
            hotline.office.hold(job, call, until)
        for after in hotline.escalations[call.tier]:
            if since + after < self.at:
                hotline.floor.line.escalate(call)
            self._at(since + after, Rank.ESCALATE, call.number, partial(hotline.escalate, call))
        for after in hotline.later_looks[call.tier]:
            self._at(since + after, Rank.ELIGIBLE, call.number, partial(hotline.floor.look_again, call))

    def _wait_on(self, call: Call, connected: Event) -> Steps:
        if (yield from self.hotline.waiting(call, connected)):
            record = self.hotline.record
            self._serve(call, record.left[call.number], record.released[call.number])

    def _call_again(self, row: int) -> None:
        """R13: a call that is still to be made."""
        hotline, ledger = self.hotline, self.state.ledger
        number, kind, parent = (
            self.number(row),
            Kind(int(ledger.kind[row])),
            self.call(int(ledger.parent[row])),
        )
        dial = partial(hotline.dial, number, kind, parent)
        at(hotline.env, float(self.state.due[row]), Rank.JOIN, number, dial)

    def _enter_jobs(self) -> dict[int, Job]:
        """R11: callbacks that are owed, and attempts; return those that keep a place, by row of the call."""
        hotline, state = self.hotline, self.state
        jobs, office = state.callbacks, hotline.office
        pool, begun, over = (column.tolist() for column in state.last_attempt())
        workable, keeps = state.workable_from(hotline.plan).tolist(), state.keeps_place(hotline.plan).tolist()
        kept = {}
        for row, call in enumerate(jobs.call.tolist()):
            job = self._job(row, call)
            job.pool, job.attempt_end = pool[row], over[row]
            hotline.record.job(job)
            office.origins[job.number] = self.origin(call)
            if job.outcome is JobOutcome.REACHED:
                hotline.customers.was_called(job.customer, begun[row])
            elif job.outcome is JobOutcome.PENDING or over[row] >= self.at:
                hotline.customers.owe(job)
            if over[row] >= self.at:
                hotline.floor.busy[job.pool] += 1
                at(hotline.env, over[row], Rank.END, job.number, partial(office.attempt_over, job))
            if workable[row] < self.at:
                hotline.floor.jobs.add(job)
            elif workable[row] < math.inf:
                due = partial(office.list_job, job)
                at(hotline.env, workable[row], Rank.CALLBACK_DUE, job.number, due)
            if keeps[row]:
                kept[call] = job
        attempts = (jobs.attempt_job, jobs.attempt_pool, jobs.attempt_start, jobs.attempt_end)
        hotline.record.attempts.extend(zip(*(column.tolist() for column in attempts), strict=True))
        return kept

    def _job(self, row: int, call: int) -> Job:
        jobs = self.state.callbacks
        customer = self.origin(call).customer
        times = float(jobs.created[row]), float(jobs.due[row])
        job = Job(self.number(call), int(jobs.tier[row]), customer, *times)
        job.attempts, job.outcome = int(jobs.attempts[row]), JobOutcome(int(jobs.outcome[row]))
        job.first_attempt, job.ended = float(jobs.first_attempt[row]), float(jobs.ended[row])
        return job

    def _rest(self) -> None:
        """R20: agents on breaks."""
        floor, breaks = self.hotline.floor, self.state.breaks
        floor.rests.extend(zip(*(column.tolist() for column in breaks), strict=True))
        for row, (pool, _start, end) in zip(self.state.break_after.tolist(), floor.rests, strict=False):
            floor.resting[pool] += 1
            at(self.hotline.env, end, Rank.END, self.number(row), partial(floor.come_back, pool))


def _walk(steps: Steps) -> None:
    Walk(steps)
