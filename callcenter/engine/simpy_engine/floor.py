"""The floor: who is idle in each pool, who waits, and who gets whom (rules R5 to R8)."""

from __future__ import annotations

from simpy import Environment

from callcenter.engine.floorplan import NOT_SERVED, FloorPlan
from callcenter.engine.simpy_engine.jobs import JobList
from callcenter.engine.simpy_engine.line import Call, Line

Condition = tuple[int, int, float]
"""(pool or tier, keep_idle, after)."""


class Floor:
    """Agents, line and job list of one run; it hands out agents at once, without the clock.

    Subclass it and override `pool_for` or `call_for` for a routing rule of your own.
    """

    def __init__(self, env: Environment, plan: FloorPlan) -> None:
        self.env = env
        self.line = Line(plan.priority.tolist())
        self.jobs = JobList(plan)
        pools, tiers = plan.keep_idle.shape
        self.level = [0] * pools
        """Agents that should be on the phones."""
        self.busy = [0] * pools
        self.idle = [0] * pools
        self.pools_of: list[list[Condition]] = [[] for _ in range(tiers)]
        self.tiers_of: list[list[Condition]] = [[] for _ in range(pools)]
        for pool in range(pools):
            for tier in range(tiers):
                keep_idle, after = int(plan.keep_idle[pool, tier]), float(plan.after[pool, tier])
                if keep_idle != NOT_SERVED:
                    self.pools_of[tier].append((pool, keep_idle, after))
                    self.tiers_of[pool].append((tier, keep_idle, after))
        self.callback_keep_idle: list[int] = plan.callback_keep_idle.tolist()

    def pool_for(self, call: Call, waited: float) -> int | None:
        """R6: the first pool in file order that may take this call now."""
        for pool, keep_idle, after in self.pools_of[call.tier]:
            if self.idle[pool] > keep_idle and after <= waited:
                return pool
        return None

    def call_for(self, pool: int) -> Call | None:
        """R7: the first call of the line that this pool may take."""
        first, idle, now = None, self.idle[pool], self.env.now
        for tier, keep_idle, after in self.tiers_of[pool]:
            if idle > keep_idle:
                head = self.line.head(tier)
                if head and (first is None or head.place < first.place) and now - head.joined >= after:
                    first = head
        return first

    def connect(self, call: Call, waited: float = 0.0) -> bool:
        """R6: seize an agent for this call if one may take it."""
        pool = self.pool_for(call, waited)
        if pool is None:
            return False
        self.seize(pool)
        call.pool = pool
        return True

    def connect_waiting(self, call: Call) -> None:
        """R6: a call that still waits looks for an agent again, now that it has waited longer."""
        if call.connected is not None and self.connect(call, self.env.now - call.joined):
            self.line.leave(call).succeed()

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

    def release(self, pool: int) -> None:
        """R7, R8: a busy agent is free; he leaves if his shift is over, else looks for work."""
        self.busy[pool] -= 1
        if self.busy[pool] + self.idle[pool] < self.level[pool]:
            self.idle[pool] += 1
            self.find_work(pool)

    def find_work(self, pool: int) -> None:
        """R7: an agent who has become idle takes the first call he may take, else a callback job."""
        call = self.call_for(pool)
        if call:
            self.seize(pool)
            call.pool = pool
            self.line.leave(call).succeed()
        elif self.jobs.may_dial(self.env.now):
            keep_idle = self.callback_keep_idle[pool]
            if keep_idle != NOT_SERVED and self.idle[pool] > keep_idle:
                self.dial(pool)

    def dial(self, pool: int) -> None:
        """R11: an idle agent of this pool works the first job of the list."""
        job = self.jobs.take()
        assert job.dialled is not None
        self.seize(pool)
        job.pool = pool
        job.dialled.succeed()

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
        self.idle[pool] = min(self.idle[pool], max(0, level - self.busy[pool]))
        for _ in range(level - self.busy[pool] - self.idle[pool]):
            self.idle[pool] += 1
            self.find_work(pool)
