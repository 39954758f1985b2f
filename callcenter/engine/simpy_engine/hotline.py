"""The hotline as SimPy processes: callers from dialling to wrap-up, and the roster (rules R3 to R17)."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from operator import itemgetter
from typing import Any

from simpy import Environment, Event

from callcenter.calllog import CallLog, Kind, Outcome
from callcenter.demand import SELF_SERVED, TO_AGENT, Awakening, CallTape
from callcenter.engine.floorplan import UNLIMITED, FloorPlan
from callcenter.engine.rules import Rank
from callcenter.engine.simpy_engine.announcement import Announcement
from callcenter.engine.simpy_engine.clock import Steps, Timer, Waiting, Walk, at, scaled
from callcenter.engine.simpy_engine.customers import Customers
from callcenter.engine.simpy_engine.floor import Floor
from callcenter.engine.simpy_engine.line import Call, step_to
from callcenter.engine.simpy_engine.office import BackOffice
from callcenter.engine.simpy_engine.recorder import Recorder
from callcenter.engine.simpy_engine.resuming import Resumption
from callcenter.engine.state import State

_ANSWERED, _JOIN, _END = Outcome.ANSWERED, Rank.JOIN, Rank.END
"""To ask an enumeration for its member takes four times as long as to ask a module."""
_ROWS_AT_ONCE = 1024
"""Rows of the tape that become objects of Python together; not more than the processor has at hand."""


class Hotline:
    """One run of the hotline over a call tape."""

    def __init__(
        self,
        plan: FloorPlan,
        tape: CallTape,
        floor: Callable[[Environment, FloorPlan], Floor] = Floor,
        state: State | None = None,
    ) -> None:
        self.env = Environment(state.at if state else 0.0)
        self.state = state
        """That it goes on from, if it does."""
        self.plan = plan
        self.tape = tape
        self.awakening = Awakening(tape, plan.office.attempts)
        self.floor = floor(self.env, plan)
        self.floor.on_answer = self.answer
        self.floor.break_after = self.break_after
        self.record = Recorder(tape)
        self.silences: list[tuple[int, float, float]] = []
        """R10a: (pool, start, end) of each place held in vain."""
        self.customers = Customers(tape, plan.office.cancels)
        self.office = BackOffice(plan, self.awakening, self.floor, self.customers, self.record)
        self.announcement = Announcement(plan, self.floor)
        self.opening_hours = list(
            zip(plan.days.open_start.tolist(), plan.days.open_end.tolist(), strict=True)
        )
        self.closed = False
        self.is_limited = plan.lines != UNLIMITED
        """Whether there are only so many trunk lines."""
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
        for steps in (self.roster(), self.arrivals(), self.office.calling_hours()):
            Walk(steps)
        if self.state is not None:
            Resumption(self, self.state).carry_out()
        self.env.run()
        spells = self.floor.desks.sessions, self.floor.rests, self.silences
        return self.record.call_log(self.plan, self.tape, *spells)

    def arrivals(self) -> Steps:
        """R3: callers come in when the tape says so."""
        begin = self.state.firsts if self.state else 0
        for number, (time, *call) in enumerate(self.first_calls(begin), begin):
            yield Timer(self.env, time, _JOIN, number)
            Walk(self.caller(Call(number, *call)))

    def first_calls(self, begin: int = 0, end: int | None = None) -> Iterator[tuple[Any, ...]]:
        """Return when the first calls of some rows of the tape arrive and what chance decides about them."""
        tape = self.tape
        columns: list[Any] = [tape.arrived, tape.tier, tape.ivr_s, tape.ivr_exit, tape.patience, tape.talk]
        columns += [tape.wrap_up, tape.owed, tape.accepts, *(tape.coins or ())]
        columns = [column[begin:end] for column in columns]
        parts = (slice(row, row + _ROWS_AT_ONCE) for row in range(0, columns[0].size, _ROWS_AT_ONCE))
        return chain.from_iterable(
            zip(*(column[part].tolist() for column in columns), strict=True) for part in parts
        )

    def caller(self, call: Call) -> Steps:
        """One call, from dialling to the end of the agent's wrap-up."""
        number = call.number
        if self.is_limited and not call.holds_line and not self.takes_line(call):
            self.leave(call, Outcome.BLOCKED)
            return
        if call.ivr_s:
            yield Timer(self.env, self.env.now + call.ivr_s, _JOIN, number)
        if call.ivr_exit != TO_AGENT:  # R3b
            self.leave(call, Outcome.SELF_SERVED if call.ivr_exit == SELF_SERVED else Outcome.LEFT_IVR)
            return
        call.joined = self.record.joined[number] = self.env.now
        if self.floor.connect(call) or (yield from self.in_line(call)):
            if self.goes_on(call):
                yield Timer(self.env, self.record.left[number], _END, number)
                self.hang_up(call)
            yield Timer(self.env, self.record.released[number], _END, number)
            self.floor.finish(call)

    def in_line(self, call: Call) -> Waiting:
        """R8c, R9b: a call that finds no agent joins the line or ends; return whether it gets an agent."""
        refusal = self.refusal(call)
        if refusal is None:
            return (yield from self.waiting(call, self.wait(call)))
        self.leave(call, refusal)
        return False

    def waiting(self, call: Call, connected: Event) -> Waiting:
        """R10: a call waits until an agent takes it or it leaves the line; return whether one took it."""
        yield connected
        if call.silent_s:
            yield from self.wait_for_an_answer(call)
            return False
        if call.outcome is not _ANSWERED:
            self.leave(call, call.outcome)
            return False
        return True

    def wait_for_an_answer(self, call: Call) -> Steps:
        """R10a: an agent, if one has taken it, notices in the end that the customer has gone."""
        if call.pool >= 0:
            end = self.env.now + call.silent_s
            self.silences.append((call.pool, self.env.now, end))
            yield Timer(self.env, end, Rank.END, call.number)
            self.floor.finish(call)

    def takes_line(self, call: Call) -> bool:
        """R14: a call from outside takes a trunk line; return whether there was one, or none is needed."""
        if call.transferred or not self.on_phone[call.tier]:
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
        return self.announcement.refusal(call, call.accepts)

    def wait(self, call: Call) -> Event:
        """R10: join the line; the event triggers when an agent takes the call or it leaves the line."""
        connected = self.stand(call)
        if call.patience != math.inf:
            give_up = partial(self.give_up, call)
            at(self.env, self.env.now + call.patience, Rank.PATIENCE, call.number, give_up)
        return connected

    def stand(self, call: Call) -> Event:
        """R5, R5a, R6a: take a place in the line; priority and pools change as time passes."""
        now, connected, number = self.env.now, self.place(call), call.number
        for after in self.escalations[call.tier]:
            at(self.env, now + after, Rank.ESCALATE, number, partial(self.escalate, call))
        for after in self.later_looks[call.tier]:
            at(self.env, now + after, Rank.ELIGIBLE, number, partial(self.floor.look_again, call))
        return connected

    def place(self, call: Call) -> Event:
        """R5: put a call in its place; the event triggers when it leaves it."""
        connected = Event(self.env)
        self.floor.line.join(call, connected)
        return connected

    def escalate(self, call: Call) -> None:
        """R5a: the priority of a call that still waits changes."""
        if call.connected is not None:
            self.floor.line.escalate(call)

    def give_up(self, call: Call) -> None:
        """R10: patience ends; R10a: who leaves without a word seems to wait on."""
        silence = self.plan.silence
        if call.connected is not None and silence.share[call.tier]:
            call.silent_s = self.awakening.noticed_after(call.origin, silence, call.tier)
        if call.silent_s:
            self.leave(call, Outcome.ABANDONED)
        else:
            self.lose(call, Outcome.ABANDONED)

    def lose(self, call: Call, outcome: Outcome) -> None:
        """R10: a caller who still waits leaves the line."""
        if call.connected is not None:
            call.outcome = outcome
            self.floor.line.leave(call).succeed()

    def answer(self, call: Call) -> None:
        """R7a: an agent is busy for talk and wrap-up; R17: slower with other contacts in hand."""
        if call.silent_s:
            return
        record, number, answered = self.record, call.number, self.env.now
        factor = self.speed[call.pool][call.tier]
        if call.in_hand:
            factor *= 1.0 + self.slow_down[call.tier] * call.in_hand
        left = answered + scaled(call.talk, factor)
        released = left + scaled(call.wrap_up, factor)
        record.answered[number], record.left[number], record.released[number] = answered, left, released
        record.pool[number], record.outcome[number] = call.pool, _ANSWERED
        record.solved[number] = call.transfer_to < 0 and not call.repeats
        if self.customers.cancels:
            self.customers.serve(call.origin.customer, answered)

    def break_after(self, call: Call) -> float:
        """R20: how long the agent of a call is away after it; 0 = not at all."""
        return self.awakening.break_after(call.origin, self.plan.breaks, call.pool)

    def goes_on(self, call: Call) -> bool:
        """Whether anything happens when the caller hangs up."""
        return self.is_limited or call.transfer_to >= 0 or call.repeats

    def hang_up(self, call: Call) -> None:
        """R13, R15: at the end of talk the caller is transferred, or hangs up and perhaps calls again."""
        if call.transfer_to >= 0:
            self.transfer(call)
            return
        self.free_lines += call.holds_line
        if call.repeats:
            self.call_again(call, Kind.REPEAT, call.repeat_after)

    def transfer(self, call: Call) -> None:
        """R15: the caller joins the line of another tier; the trunk line goes with a phone call."""
        number = self.record.follow_up(call.transfer_to, Kind.TRANSFER, call.number)
        keeps_line = call.holds_line and self.on_phone[call.transfer_to]
        self.free_lines += call.holds_line - keeps_line
        at(
            self.env,
            self.env.now,
            Rank.JOIN,
            number,
            partial(self.dial, number, Kind.TRANSFER, call, keeps_line),
        )

    def leave(self, call: Call, outcome: Outcome) -> None:
        """R12: a call ends without an agent; R11: its loss may owe a callback; R13: others may follow."""
        number = call.number
        self.record.left[number], self.record.outcome[number] = self.env.now, outcome
        self.free_lines += call.holds_line
        if outcome is Outcome.SELF_SERVED:
            self.record.solved[number] = not call.repeats
            if call.repeats:
                self.call_again(call, Kind.RETURN, call.repeat_after)
        if self.is_owed_callback(call, outcome):
            self.owe_callback(call, outcome)
        if self.redials(call, outcome):
            self.call_again(call, Kind.REDIAL, call.redial_after)

    def is_owed_callback(self, call: Call, outcome: Outcome) -> bool:
        """R11: whether this loss of a call leads to a callback; R10a: of who leaves without a word not."""
        owes = self.plan.tiers.owes_callback[call.tier, outcome]
        return bool(owes) and (outcome is Outcome.DIVERTED or (call.owed and not call.silent_s))

    def owe_callback(self, call: Call, outcome: Outcome) -> None:
        """R11: there is a callback to make; R21: who takes one may keep the place in the line."""
        job = self.office.owe(call)
        until = self.office.place_until(call) if outcome is Outcome.DIVERTED else None
        if until is None:
            self.office.plan_attempt(job, self.env.now)
        else:
            self.office.hold(job, call, until)
            self.stand(call)

    def redials(self, call: Call, outcome: Outcome) -> bool:
        """R13: whether this caller dials again after this loss."""
        most = int(self.plan.tiers.redials[call.tier])
        return bool(call.redials >> outcome & 1) and self.record.attempt[call.number] <= most

    def call_again(self, call: Call, kind: Kind, delay: float) -> None:
        """R13: the customer calls again after a while, unless the hotline has closed for good by then."""
        time = opening_time_after(self.env.now, delay, self.opening_hours)
        if time < math.inf:
            number = self.record.follow_up(call.tier, kind, call.number)
            at(self.env, time, Rank.JOIN, number, partial(self.dial, number, kind, call))

    def dial(self, number: int, kind: Kind, parent: Call, holds_line: bool = False) -> None:
        """R13, R15: a call that follows another comes in; R13d: unless the customer was reached meanwhile."""
        lost_at = self.record.left[parent.number]
        if kind in (Kind.REDIAL, Kind.RETURN) and self.customers.was_reached(parent.origin.customer, lost_at):
            return
        self.record.arrived[number] = self.env.now
        call = self.awakened(number, kind, parent)
        call.transferred, call.holds_line = kind is Kind.TRANSFER, holds_line
        Walk(self.caller(call))

    def awakened(self, number: int, kind: Kind, parent: Call) -> Call:
        """R2: what chance decides about a call that follows another is drawn when it comes in."""
        tier = parent.transfer_to if kind is Kind.TRANSFER else parent.tier
        origin = self.awakening.after(parent.origin, step_to(kind))
        call = Call(number, *self.awakening.call(origin, tier))
        call.came_about = origin
        return call

    def roster(self) -> Steps:
        """R8: staffing levels change; with ``drop``, the hotline closes; R16: it opens."""
        days = self.plan.days
        closings = iter(days.open_end.tolist())
        columns = (days.change_at, days.levels, days.opens, days.closes)
        for time, levels, opens, closes in zip(*(column.tolist() for column in columns), strict=True):
            is_past = time < self.env.now
            if not is_past:
                yield Timer(self.env, time, Rank.STAFFING)
            self.closed = closes
            if opens:
                self.floor.open_until = next(closings)
            if is_past:
                self.floor.level = levels
                continue
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
