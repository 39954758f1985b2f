"""The roster in arrays: agents come, look for work and leave; opening and closing (rules R7, R8, R16)."""

from __future__ import annotations

from callcenter.demand.later_calls import Later
from callcenter.engine.compiled.agents import ANSWERED, answer, call_for
from callcenter.engine.compiled.callbacks import dial, dial_in_line, dials, may_dial, plan_attempt
from callcenter.engine.compiled.callers import CLOSED, leave
from callcenter.engine.compiled.customers import PENDING
from callcenter.engine.compiled.desks import fill_places, is_last
from callcenter.engine.compiled.line import ABANDONED, is_alive, is_silent, leave_line, lose
from callcenter.engine.compiled.records import NO_CALL, NOBODY, Floor
from callcenter.engine.compiled.resting import takes_break
from callcenter.engine.floorplan import NOT_SERVED
from callcenter.kernels import hot, inner


@hot
def end_work(floor: Floor, later: Later, call: int, now: float) -> None:
    """R7, R8: an agent has wrapped up, after a call, (R11) a callback or (R10a) in vain; R20: or is back."""
    answered = floor.calls[call]["outcome"] == ANSWERED
    if answered and floor.calls[call]["released"] < now:
        come_back(floor, floor.calls[call]["pool"], now)
        return
    called_back = not answered and floor.calls[call]["job"] != NOBODY
    pool = pool_of(floor, call, answered, called_back)
    agents = floor.pools[pool]
    has_others = False
    if not called_back and floor.tiers[floor.calls[call]["tier"]]["at_desk"]:
        has_others = not is_last(floor, pool, floor.trips[call]["desk"], now)
    if not has_others:
        agents["busy"] -= 1
        if is_short(floor, pool) and not (answered and takes_break(floor, later, pool, call, now)):
            agents["idle"] += 1
            find_work(floor, pool, now)
    if agents["has_desks"]:
        fill_places(floor, pool, now)
    if called_back and floor.jobs[floor.calls[call]["job"]]["outcome"] == PENDING:
        plan_attempt(floor, call, now + floor.office[0]["retry_after"])


@hot
def pool_of(floor: Floor, call: int, answered: bool, called_back: bool) -> int:
    """Return the pool of the agent who worked: on a call, to call back, or (R10a) in vain."""
    if answered:
        return floor.calls[call]["pool"]
    return floor.jobs[floor.calls[call]["job"]]["pool"] if called_back else floor.trips[call]["held_in"]


@hot
def is_short(floor: Floor, pool: int) -> bool:
    """R8: whether an agent who is free is still on duty."""
    agents = floor.pools[pool]
    return agents["busy"] + agents["idle"] + agents["resting"] < agents["level"]


@inner
def come_back(floor: Floor, pool: int, now: float) -> None:
    """R20a: the break is over; the agent looks for work, or leaves if the shift has ended."""
    agents = floor.pools[pool]
    agents["resting"] -= 1
    if is_short(floor, pool):
        agents["idle"] += 1
        find_work(floor, pool, now)
    if agents["has_desks"]:
        fill_places(floor, pool, now)


@hot
def find_work(floor: Floor, pool: int, now: float) -> None:
    """R7: an idle agent takes the first call that the pool may take, else a callback job."""
    call = call_for(floor, pool, now)
    if call != NOBODY:
        take(floor, pool, call, now)
    elif may_dial(floor, now) and dials(floor, pool):
        dial(floor, pool, now)


@inner
def takes_first(floor: Floor, pool: int, now: float) -> bool:
    """R7: an idle agent takes the first call that the pool may take; return whether there was one."""
    call = call_for(floor, pool, now)
    if call != NOBODY:
        take(floor, pool, call, now)
    return call != NOBODY


@hot
def take(floor: Floor, pool: int, call: int, now: float) -> None:
    """R7: an idle agent takes a call of the line; R21: or dials, if a callback keeps its place."""
    if floor.calls[call]["job"] == NOBODY:
        answer(floor, pool, call, now)
    else:
        dial_in_line(floor, pool, call, now)


@inner
def look_again(floor: Floor, call: int, now: float) -> None:
    """R6a: a call has waited long enough for further pools; their agents take calls in line order."""
    if not is_alive(floor, call, now):
        return
    tier, waited = floor.calls[call]["tier"], now - floor.calls[call]["joined"]
    for pool in range(floor.pools.size):
        serves = floor.serving[pool, tier]
        if serves["keep_idle"] == NOT_SERVED or serves["after"] != waited:
            continue
        take_up(floor, pool, now)


@inner
def staff(floor: Floor, change: int, now: float) -> None:
    """R8: idle agents leave at once, busy ones finish; each new agent looks for work."""
    floor.state[0]["closed"] = floor.changes[change]["closes"]
    if floor.changes[change]["opens"]:
        open_until(floor, now)
    for pool in range(floor.pools.size):
        agents, level = floor.pools[pool], floor.levels[change, pool]
        agents["level"] = level
        engaged = agents["busy"] + agents["resting"]
        agents["idle"] = min(agents["idle"], max(0, level - engaged))
        for _ in range(level - engaged - agents["idle"]):
            agents["idle"] += 1
            if not takes_first(floor, pool, now) and may_dial(floor, now) and dials(floor, pool):
                dial(floor, pool, now)
        if agents["has_desks"]:
            fill_places(floor, pool, now)
    if floor.changes[change]["opens"]:
        for pool in range(floor.pools.size):
            take_up(floor, pool, now)  # R16: what waited overnight
    if floor.changes[change]["closes"]:
        close(floor, now)


@inner
def open_until(floor: Floor, now: float) -> None:
    """The hotline opens until the next close."""
    for span in range(len(floor.hours)):
        if floor.hours[span, 0] == now:
            floor.state[0]["open_until"] = floor.hours[span, 1]


@inner
def take_up(floor: Floor, pool: int, now: float) -> None:
    """R7, R17: idle agents take what they may take by now, then free places are filled."""
    while floor.pools[pool]["idle"] > 0 and takes_first(floor, pool, now):
        pass
    if floor.pools[pool]["has_desks"]:
        fill_places(floor, pool, now)


@inner
def close(floor: Floor, now: float) -> None:
    """R8c: the hotline closes on those who wait, the oldest call first; R10: some had left before."""
    calls, state = floor.calls, floor.state[0]
    for call in range(state["lowest"], state["highest"] + 1):
        if calls[call]["waits"] and not floor.tiers[calls[call]["tier"]]["deferred"]:
            if is_silent(floor, call):
                leave_line(floor, call)
            elif is_alive(floor, call, now):
                leave(floor, call, now, CLOSED)
            else:
                lose(floor, call, calls[call]["joined"] + calls[call]["patience"], ABANDONED)
    state["lowest"], state["highest"] = NO_CALL
