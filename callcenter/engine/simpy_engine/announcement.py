"""The announced wait, and what a caller makes of it (rule R9)."""

from __future__ import annotations

import math

from callcenter.calllog import Outcome
from callcenter.engine.floorplan import UNLIMITED, FloorPlan
from callcenter.engine.simpy_engine.floor import Floor
from callcenter.engine.simpy_engine.line import Call


class Announcement:
    """Tells callers who find no agent how long they will wait."""

    def __init__(self, plan: FloorPlan, floor: Floor) -> None:
        tiers = range(len(floor.pools_of))
        pools = [{pool for pool, *_ in own} for own in floor.pools_of]
        self.rivals = [
            {other: min(pools[tier] & pools[other]) for other in tiers if pools[tier] & pools[other]}
            for tier in tiers
        ]
        """For each tier, the tiers that some pool of its own serves too, and the first of these pools."""
        self.floor = floor
        self.handle_time: list[float] = plan.tiers.handle_time.tolist()
        self.balk_above: list[float] = plan.tiers.balk_above.tolist()
        self.offer_above: list[float] = plan.tiers.offer_above.tolist()
        self.offer_in_line: list[int] = plan.tiers.offer_in_line.tolist()

    def refusal(self, call: Call, accepts: bool) -> Outcome | None:
        """R9b: how the call ends if the caller does not wait; None if they do."""
        if accepts and self.is_offered(call):
            return Outcome.DIVERTED
        balks = self.balk_above[call.tier] < math.inf and self.wait(call) > self.balk_above[call.tier]
        return Outcome.BALKED if balks else None

    def is_offered(self, call: Call) -> bool:
        """R9b: whether a callback is offered."""
        enough = self.offer_in_line[call.tier]
        if enough != UNLIMITED:
            waiting = self.floor.line.waiting_in
            return sum(waiting[tier] for tier in self.rivals[call.tier]) >= enough
        return self.offer_above[call.tier] < math.inf and self.wait(call) > self.offer_above[call.tier]

    def wait(self, call: Call) -> float:
        """R9: (calls ahead + 1) x mean handle time / agents staffed."""
        floor, line = self.floor, self.floor.line
        ahead = sum(
            1
            for tier, pool in self.rivals[call.tier].items()
            for other in line.calls_of(tier)
            if line.place_in(pool, other) < line.place_in(pool, call)  # R9c
        )
        staffed = sum(floor.level[pool] for pool, *_ in floor.pools_of[call.tier])
        return (ahead + 1) * self.handle_time[call.tier] / staffed if staffed else math.inf
