"""The floor: who is idle in each pool, who waits, and who gets whom (rules R5 to R8, R16, R17)."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

from simpy import Environment

from callcenter.engine.floorplan import NOT_SERVED, FloorPlan
from callcenter.engine.rules import Rank
from callcenter.engine.simpy_engine.clock import at
from callcenter.engine.simpy_engine.desks import Desk, Desks
from callcenter.engine.simpy_engine.jobs import Job, JobList
from callcenter.engine.simpy_engine.line import Call, Line

Condition = tuple[int, int, float]
"""(pool or tier, keep_idle, after)."""


class Floor:
    """Agents, line and job list of one run; it hands out agents at once, without the clock."""

    def __init__(self, env: Environment, plan: FloorPlan) -> None:
        self.env = env
        self.line = Line(plan.tiers, plan.serving)
        self.jobs = JobList(plan)
        self.open_until = -math.inf
        """End of the opening hours that have begun."""
        serving = plan.serving
        pools, tiers = serving.keep_idle.shape
        self.level = [0] * pools
        """Agents that should be on the phones."""
        self.busy = [0] * pools
        self.idle = [0] * pools
        self.resting = [0] * pools
        """Agents on unscheduled breaks."""
        self.rests: list[tuple[int, float, float]] = []
        """(pool, start, end) of each of these breaks."""
        self.takes_breaks: list[bool] = (plan.breaks.share > 0).tolist()
        """For each pool, whether its agents may take one."""
        self.put_off: list[int] = plan.breaks.put_off.tolist()
        self.pools_of: list[list[Condition]] = [[] for _ in range(tiers)]
        self.tiers_of: list[list[Condition]] = [[] for _ in range(pools)]
        for pool in range(pools):
            for tier in range(tiers):
                keep_idle, after = int(serving.keep_idle[pool, tier]), float(serving.after[pool, tier])
                if keep_idle != NOT_SERVED:
                    self.pools_of[tier].append((pool, keep_idle, after))
                    self.tiers_of[pool].append((tier, keep_idle, after))
        self.callback_keep_idle: list[int] = serving.callback_keep_idle.tolist()
        self.deferred: list[bool] = plan.tiers.deferred.tolist()
        self.concurrency: list[int] = plan.tiers.concurrency.tolist()
        self.at_desk: list[bool] = plan.tiers.at_desk.tolist()
        self.desks = Desks(pools, self.concurrency)
        self.shares_agents = [any(self.concurrency[tier] > 1 for tier, *_ in own) for own in self.tiers_of]
        """For each pool, whether its agents may have several contacts in hand."""
        self.on_answer: Callable[[Call], None] = lambda _: None
        """Called when an agent takes a call."""
        self.on_dial: Callable[[Job], None] = lambda _: None
        """Called when an agent dials."""
        self.break_after: Callable[[Call], float] = lambda _: 0.0
        """Says how long the agent of a call is away after it, in a pool with breaks; 0 = not at all."""

    def pool_for(self, call: Call, waited: float) -> int | None:
        """R6: the first pool in file order that may take this call now."""
        tier, idle = call.tier, self.idle
        if self.deferred[tier] and self.is_put_off(tier):
            return None
        for pool, keep_idle, after in self.pools_of[tier]:
            if idle[pool] > keep_idle and after <= waited:
                return pool
        return None

    def call_for(self, pool: int) -> Call | None:
        """R7: the first call of the line that this pool may take."""
        if not self.line.length:
            return None
        idle, waiting = self.idle[pool], self.line.waiting_in
        calls = [
            call
            for tier, keep_idle, after in self.tiers_of[pool]
            if waiting[tier] and idle > keep_idle
            for call in self.heads(tier, after)
        ]
        return self.first_for(pool, calls)

    def heads(self, tier: int, after: float) -> list[Call]:
        """R5: the calls of a tier that may be next, if they have waited long enough."""
        if self.is_put_off(tier):
            return []
        now = self.env.now
        return [call for call in self.line.heads(tier) if now - call.joined >= after]

    def first_for(self, pool: int, calls: list[Call]) -> Call | None:
        """R5c: of waiting calls, the first in the order of a pool."""
        if len(calls) < 2:
            return calls[0] if calls else None
        return min(calls, key=partial(self.line.place_in, pool))

    def is_put_off(self, tier: int) -> bool:
        """R16: whether contacts of this tier wait for the next opening."""
        return self.deferred[tier] and self.env.now >= self.open_until

    def connect(self, call: Call, waited: float = 0.0) -> bool:
        """R6: an agent takes this call if one may take it; R17: else one with a free place."""
        pool = self.pool_for(call, waited)
        if pool is not None:
            self.take(call, pool)
            return True
        desk = self.desk_for(call, waited) if self.concurrency[call.tier] > 1 else None
        if desk:
            self.take_too(call, desk)
        return desk is not None

    def take(self, call: Call, pool: int) -> None:
        """An idle agent of this pool takes a call; R21: or dials, if a callback keeps its place."""
        self.seize(pool)
        if call.job is not None:
            call.job.pool = pool
            self.on_dial(call.job)
            return
        call.pool = pool
        if self.at_desk[call.tier]:
            call.desk = self.desks.sit_down(pool, call.tier, self.env.now)
        self.answer(call)

    def take_too(self, call: Call, desk: Desk) -> None:
        """R17: an agent takes another contact beside those already in hand."""
        call.pool, call.desk, call.in_hand = desk.pool, desk, desk.contacts
        desk.contacts += 1
        self.answer(call)

    def answer(self, call: Call) -> None:
        """Tell the hotline, and the caller if they wait in the line."""
        self.on_answer(call)
        if call.connected is not None:
            self.line.leave(call).succeed()

    def desk_for(self, call: Call, waited: float) -> Desk | None:
        """R17: an agent of the first pool in file order who has a free place for this call."""
        if self.is_put_off(call.tier):
            return None
        for pool, _, after in self.pools_of[call.tier]:
            if after <= waited and self.busy[pool] <= self.level[pool]:
                for desk in self.desks.with_place(pool):
                    if desk.tier == call.tier:
                        return desk
        return None

    def fill_places(self, pool: int) -> None:
        """R17: free places take waiting contacts of their tier."""
        if not self.shares_agents[pool]:
            return
        after = {tier: wait for tier, _, wait in self.tiers_of[pool]}
        while self.busy[pool] <= self.level[pool]:
            for desk in self.desks.with_place(pool):
                call = self.first_for(pool, self.heads(desk.tier, after[desk.tier]))
                if call:
                    self.take_too(call, desk)
                    break
            else:
                return

    def waits_to_look(self, tier: int) -> list[float]:
        """R6a: the waits after which a further pool may take calls of a tier."""
        return sorted({after for _, _, after in self.pools_of[tier] if after})

    def look_again(self, call: Call) -> None:
        """R6a: a call has waited long enough for further pools; their agents take calls in line order."""
        waited = self.env.now - call.joined
        for pool, _, after in self.pools_of[call.tier] if call.connected is not None else ():
            if after == waited:
                self.take_up(pool)

    def pool_for_job(self) -> int | None:
        """R11: the first pool in file order that works callbacks and has an agent to spare."""
        for pool, keep_idle in enumerate(self.callback_keep_idle):
            if keep_idle != NOT_SERVED and self.idle[pool] > keep_idle:
                return pool
        return None

    def seize(self, pool: int) -> None:
        """An idle agent of this pool becomes busy."""
        self.idle[pool] -= 1
        self.busy[pool] += 1

    def finish(self, call: Call) -> None:
        """R7: an agent has wrapped up a call; R17: others may be in hand."""
        if call.desk is None or self.desks.done(call.desk, self.env.now):
            self.release(call.pool, call)
        else:
            self.fill_places(call.pool)

    def release(self, pool: int, call: Call | None = None) -> None:
        """R7, R8: a busy agent is free, after this call: leaves if the shift is over, else looks for work."""
        self.busy[pool] -= 1
        if self.is_short(pool) and not (self.takes_breaks[pool] and call and self.takes_break(call)):
            self.idle[pool] += 1
            self.find_work(pool)
        if self.shares_agents[pool]:
            self.fill_places(pool)

    def is_short(self, pool: int) -> bool:
        """R8: whether an agent who is free is still on duty."""
        return self.busy[pool] + self.idle[pool] + self.resting[pool] < self.level[pool]

    def takes_break(self, call: Call) -> bool:
        """R20: whether the agent of a call takes a break after it; it is put off while many wait."""
        pool, length = call.pool, 0.0 if call.silent_s else self.break_after(call)
        if not length or self.waiting_for(pool) >= self.put_off[pool]:
            return False
        self.resting[pool] += 1
        end = self.env.now + length
        self.rests.append((pool, self.env.now, end))
        at(self.env, end, Rank.END, call.number, partial(self.come_back, pool))
        return True

    def waiting_for(self, pool: int) -> int:
        """Count the waiting calls that a pool may take, whatever its conditions say at the moment."""
        return sum(self.line.waiting_in[tier] for tier, *_ in self.tiers_of[pool])

    def come_back(self, pool: int) -> None:
        """R20a: a break is over; the agent looks for work, or leaves if the shift has ended."""
        self.resting[pool] -= 1
        if self.is_short(pool):
            self.idle[pool] += 1
            self.find_work(pool)
        self.fill_places(pool)

    def find_work(self, pool: int) -> None:
        """R7: an agent who has become idle takes the first call that the pool may take, or a callback job."""
        if not self.take_first(pool) and self.jobs.may_dial(self.env.now):
            keep_idle = self.callback_keep_idle[pool]
            if keep_idle != NOT_SERVED and self.idle[pool] > keep_idle:
                self.dial(pool)

    def take_first(self, pool: int) -> bool:
        """R7: an idle agent takes the first call that the pool may take; return whether there was one."""
        call = self.call_for(pool)
        if call:
            self.take(call, pool)
        return call is not None

    def dial(self, pool: int) -> None:
        """R11: an idle agent of this pool works the first job of the list."""
        job = self.jobs.take()
        self.seize(pool)
        job.pool = pool
        self.on_dial(job)

    def dial_while_idle(self) -> None:
        """R11: jobs that have just become due go to idle agents, never more than are to spare."""
        while self.jobs.may_dial(self.env.now):
            pool = self.pool_for_job()
            if pool is None:
                return
            self.dial(pool)

    def staff(self, pool: int, level: int) -> None:
        """R8: idle agents leave at once, busy ones finish their call; each new agent looks for work."""
        self.level[pool] = level
        engaged = self.busy[pool] + self.resting[pool]
        self.idle[pool] = min(self.idle[pool], max(0, level - engaged))
        for _ in range(level - engaged - self.idle[pool]):
            self.idle[pool] += 1
            self.find_work(pool)
        self.fill_places(pool)

    def take_up(self, pool: int) -> None:
        """R7, R17: idle agents take what they may take by now, then free places are filled."""
        while self.idle[pool] and self.take_first(pool):
            pass
        self.fill_places(pool)
