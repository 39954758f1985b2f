"""The hotline as SimPy processes: callers from dialling to wrap-up, and the roster (rules R3 to R17)."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable
from functools import partial
from operator import itemgetter

from simpy import Environment, Event

from callcenter.calllog import CallLog, Kind, Outcome
from callcenter.demand import SELF_SERVED, TO_AGENT, CallTape, FollowUps
from callcenter.engine.floorplan import UNLIMITED, FloorPlan
from callcenter.engine.rules import Rank
from callcenter.engine.simpy_engine.announcement import Announcement
from callcenter.engine.simpy_engine.clock import Steps, Timer, Walk, at, scaled
from callcenter.engine.simpy_engine.customers import Customers
from callcenter.engine.simpy_engine.floor import Floor
from callcenter.engine.simpy_engine.line import Call
from callcenter.engine.simpy_engine.office import BackOffice
from callcenter.engine.simpy_engine.recorder import Recorder


class Hotline:
    """One run of the hotline over a call tape."""

    def __init__(
        self, plan: FloorPlan, tape: CallTape, floor: Callable[[Environment, FloorPlan], Floor] = Floor
    ) -> None:
        self.env = Environment()
        self.plan = plan
        self.tape = tape
        self.follow_ups: FollowUps | None = tape.follow_ups
        self.floor = floor(self.env, plan)
        self.floor.on_answer = self.answer
        self.record = Recorder(tape)
        self.customers = Customers(tape, plan.office.cancels)
        self.office = BackOffice(plan, tape, self.floor, self.customers, self.record)
        self.announcement = Announcement(plan, self.floor)
        self.opening_hours = list(
            zip(plan.days.open_start.tolist(), plan.days.open_end.tolist(), strict=True)
        )
        self.closed = False
        self.free_lines = plan.lines
        self.speed: list[list[float]] = plan.serving.speed.tolist()
        self.slow_down: list[float] = plan.tiers.slow_down.tolist()
        self.on_phone: list[bool] = plan.tiers.on_phone.tolist()
        self.deferred: list[bool] = plan.tiers.deferred.tolist()
        self.escalations: list[list[float]] = [
            [after for after in stages if after < math.inf]
            for stages in plan.tiers.stage_after[:, 1:].tolist()
        ]
        """For each tier, the waits after which its priority changes."""
        self.later_looks = [self.floor.waits_to_look(tier) for tier in range(len(self.deferred))]
        """For each tier, the waits after which idle agents look at its calls again."""

    def run(self) -> CallLog:
        """Let the days pass and return what happened."""
        self.env.process(self.roster())
        self.env.process(self.arrivals())
        self.env.process(self.office.calling_hours())
        self.env.run()
        return self.record.call_log(self.plan, self.tape, self.floor.desks.sessions)

    def arrivals(self) -> Steps:
        """R3: callers come in when the tape says so."""
        tape, firsts = self.tape, self.tape.firsts
        columns = (tape.tier, tape.ivr_s, tape.ivr_exit, tape.patience, tape.talk, tape.wrap_up)
        calls = zip(tape.arrived[:firsts].tolist(), *(c[:firsts].tolist() for c in columns), strict=True)
        for number, (arrived, *call) in enumerate(calls):
            yield Timer(self.env, arrived, Rank.JOIN, number)
            Walk(self.caller(Call(number, *call)))

    def caller(self, call: Call) -> Steps:
        """One call, from dialling to the end of the agent's wrap-up."""
        if not self.takes_line(call):
            self.leave(call, Outcome.BLOCKED)
            return
        if call.ivr_s:
            yield Timer(self.env, self.env.now + call.ivr_s, Rank.JOIN, call.number)
        if call.ivr_exit != TO_AGENT:
            self.leave(call, Outcome.SELF_SERVED if call.ivr_exit == SELF_SERVED else Outcome.LEFT_IVR)
            return
        call.joined = self.record.joined[call.number] = self.env.now
        if not self.floor.connect(call):
            refusal = self.refusal(call)
            if refusal is not None:
                self.leave(call, refusal)
                return
            yield self.wait(call)
            if call.outcome is not Outcome.ANSWERED:
                self.leave(call, call.outcome)
                return
        if self.goes_on(call):
            yield Timer(self.env, self.record.left[call.number], Rank.END, call.number)
            self.hang_up(call)
        yield Timer(self.env, self.record.released[call.number], Rank.END, call.number)
        self.floor.finish(call)

    def takes_line(self, call: Call) -> bool:
        """R14: a call from outside takes a trunk line; return whether there was one, or none is needed."""
        if self.plan.lines == UNLIMITED or call.transferred or not self.on_phone[call.tier]:
            return True
        call.holds_line = self.free_lines > 0
        self.free_lines -= call.holds_line
        return call.holds_line

    def refusal(self, call: Call) -> Outcome | None:
        """R8c, R9b: how a call ends that joins, finds no agent and does not wait; None if it waits."""
        if self.deferred[call.tier]:
            return None
        if self.closed:
            return Outcome.CLOSED
        return self.announcement.refusal(call, bool(self.tape.accepts[call.number]))

    def wait(self, call: Call) -> Event:
        """R10: join the line; the event triggers when an agent takes the call or it leaves the line."""
        now, connected, number = self.env.now, Event(self.env), call.number
        self.floor.line.join(call, connected)
        if call.patience != math.inf:
            lose = partial(self.lose, call, Outcome.ABANDONED)
            at(self.env, now + call.patience, Rank.PATIENCE, number, lose)
        for after in self.escalations[call.tier]:
            at(self.env, now + after, Rank.ESCALATE, number, partial(self.escalate, call))
        for after in self.later_looks[call.tier]:
            at(self.env, now + after, Rank.ELIGIBLE, number, partial(self.floor.look_again, call))
        return connected

    def escalate(self, call: Call) -> None:
        """R5a: the priority of a call that still waits changes."""
        if call.connected is not None:
            self.floor.line.escalate(call)

    def lose(self, call: Call, outcome: Outcome) -> None:
        """R10: a caller who still waits leaves the line."""
        if call.connected is not None:
            call.outcome = outcome
            self.floor.line.leave(call).succeed()

    def answer(self, call: Call) -> None:
        """R7a: an agent is busy for talk and wrap-up; R17: slower with other contacts in hand."""
        record, number = self.record, call.number
        factor = self.speed[call.pool][call.tier] * (1.0 + self.slow_down[call.tier] * call.in_hand)
        answered = self.env.now
        left = answered + scaled(call.talk, factor)
        released = left + scaled(call.wrap_up, factor)
        record.answered[number], record.left[number], record.released[number] = answered, left, released
        record.pool[number], record.outcome[number] = call.pool, Outcome.ANSWERED
        self.customers.serve(number, answered)

    def goes_on(self, call: Call) -> bool:
        """Whether anything happens when the caller hangs up."""
        after = self.follow_ups
        is_followed = after is not None and (after.transfer[call.number] >= 0 or after.repeats[call.number])
        return self.plan.lines != UNLIMITED or bool(is_followed)

    def hang_up(self, call: Call) -> None:
        """R13, R15: at the end of talk the caller is transferred, or hangs up and perhaps calls again."""
        after, number = self.follow_ups, call.number
        if after is not None and after.transfer[number] >= 0:
            self.transfer(call, int(after.transfer[number]))
            return
        self.free_lines += call.holds_line
        if after is not None and after.repeats[number]:
            self.call_again(call, Kind.REPEAT, float(after.repeat_after[number]))

    def transfer(self, call: Call, number: int) -> None:
        """R15: the caller joins the line of another tier; the trunk line goes with a phone call."""
        leg = self.from_tape(number)
        leg.transferred, leg.holds_line = True, call.holds_line and self.on_phone[leg.tier]
        self.free_lines += call.holds_line - leg.holds_line
        at(self.env, self.env.now, Rank.JOIN, number, partial(self.dial, leg, Kind.TRANSFER, call))

    def leave(self, call: Call, outcome: Outcome) -> None:
        """R12: a call ends without an agent; R11: its loss may owe a callback; R13: or lead to a redial."""
        number = call.number
        self.record.left[number], self.record.outcome[number] = self.env.now, outcome
        self.free_lines += call.holds_line
        if self.is_owed_callback(call, outcome):
            self.office.owe(number, call.tier, int(self.tape.job[number]))
        if self.redials(call, outcome):
            assert self.follow_ups is not None
            self.call_again(call, Kind.REDIAL, float(self.follow_ups.redial_after[number]))

    def is_owed_callback(self, call: Call, outcome: Outcome) -> bool:
        """R11: whether this loss of a call leads to a callback."""
        owes = self.tape.job[call.number] >= 0 and self.plan.tiers.owes_callback[call.tier, outcome]
        return bool(owes) and (outcome is Outcome.DIVERTED or bool(self.tape.owed[call.number]))

    def redials(self, call: Call, outcome: Outcome) -> bool:
        """R13: whether this caller dials again after this loss."""
        if self.follow_ups is None or not self.follow_ups.redials[call.number] >> outcome & 1:
            return False
        return self.record.attempt[call.number] <= int(self.plan.tiers.redials[call.tier])

    def call_again(self, call: Call, kind: Kind, delay: float) -> None:
        """R13: the customer calls again after a while, unless the hotline has closed for good by then."""
        assert self.follow_ups is not None
        number = int(self.follow_ups.next_call[call.number])
        time = opening_time_after(self.env.now, delay, self.opening_hours)
        if time < math.inf:
            at(self.env, time, Rank.JOIN, number, partial(self.dial, self.from_tape(number), kind, call))

    def dial(self, call: Call, kind: Kind, parent: Call) -> None:
        """R13, R15: a call that follows another comes in; R13d: unless the customer was reached meanwhile."""
        lost_at = self.record.left[parent.number]
        if kind is Kind.REDIAL and self.customers.was_reached(call.number, lost_at):
            return
        self.record.follow_up(call.number, self.env.now, kind, parent.number)
        Walk(self.caller(call))

    def from_tape(self, number: int) -> Call:
        """Return a call that may follow another."""
        tape = self.tape
        return Call(
            number,
            int(tape.tier[number]),
            float(tape.ivr_s[number]),
            int(tape.ivr_exit[number]),
            float(tape.patience[number]),
            float(tape.talk[number]),
            float(tape.wrap_up[number]),
        )

    def roster(self) -> Steps:
        """R8: staffing levels change; with ``drop``, the hotline closes; R16: it opens."""
        days = self.plan.days
        closings = iter(days.open_end.tolist())
        columns = (days.change_at, days.levels, days.opens, days.closes)
        for time, levels, opens, closes in zip(*(column.tolist() for column in columns), strict=True):
            yield Timer(self.env, time, Rank.STAFFING)
            self.closed = closes
            if opens:
                self.floor.open_until = next(closings)
            for pool, level in enumerate(levels):
                self.floor.staff(pool, level)
            for pool in range(len(levels)) if opens else ():
                self.floor.take_up(pool)  # R16: what waited overnight
            for call in self.floor.line.waiting() if closes else ():
                if not self.deferred[call.tier]:
                    self.lose(call, Outcome.CLOSED)


def opening_time_after(time: float, delay: float, hours: list[tuple[float, float]]) -> float:
    """R13a: the moment when the hotline has been open for ``delay`` seconds since ``time``; inf if never."""
    for opens, closes in hours[bisect_right(hours, time, key=itemgetter(1)) :]:
        begins = max(opens, time)
        if delay < closes - begins:
            return begins + delay
        delay -= closes - begins
    return math.inf
