"""Unscheduled breaks in arrays (rule R20)."""

from __future__ import annotations

from callcenter.demand.breaks import NEVER, break_after
from callcenter.demand.later_calls import Later
from callcenter.engine.compiled.agents import END
from callcenter.engine.compiled.ends import add_end
from callcenter.engine.compiled.records import Floor
from callcenter.engine.floorplan import NOT_SERVED
from callcenter.kernels import hot, inner


@hot
def takes_break(floor: Floor, later: Later, pool: int, call: int, now: float) -> bool:
    """R20: an agent who has wrapped up a call takes a break, if its coin says so and it is not put off."""
    most = floor.breaks.put_off[pool]
    if floor.breaks.share[pool] == 0.0 or (most < NEVER and waiting_for(floor, pool) >= most):
        return False
    length = length_after(floor, later, pool, call)
    if length > 0.0:
        floor.pools[pool]["resting"] += 1
        add_end(floor.ends, now + length, END + call)
        rest = floor.rests[floor.state[0]["rests"]]
        floor.state[0]["rests"] += 1
        rest["pool"] = pool
        rest["start"] = now
        rest["end"] = now + length
    return length > 0.0


@inner
def waiting_for(floor: Floor, pool: int) -> int:
    """Count the waiting calls that a pool may take, whatever its conditions say at the moment."""
    waiting = 0
    for lane_number in range(floor.lanes.size):
        lane = floor.lanes[lane_number]
        if floor.serving[pool, lane["tier"]]["keep_idle"] != NOT_SERVED:
            waiting += lane["waiting"]
    return waiting


@inner
def length_after(floor: Floor, later: Later, pool: int, call: int) -> float:
    """Return how long the agent of a pool is away after a call; 0 = not at all."""
    calls, customer, path, row = floor.calls, call, 0, call
    if floor.state[0]["follows"]:
        follow = floor.follows[call]
        customer, path, row = follow["customer"], follow["path"], follow["row"]
    first = calls[customer]
    root, ordinal, arrived = first["tier"], first["ordinal"], first["arrived"]
    return break_after(later, floor.breaks, root, ordinal, arrived, path, row, pool)
