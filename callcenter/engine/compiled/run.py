"""The clock: one event after the other, in the order of rule R4."""

from __future__ import annotations

import numpy as np

from callcenter.calllog import Outcome
from callcenter.engine.compiled.agents import ANSWERED, RANK_STEP, answer, call_for, pool_for
from callcenter.engine.compiled.callbacks import (
    CALLBACK_DUE,
    DIAL,
    PENDING,
    create_job,
    dial,
    dial_while_idle,
    dials,
    list_job,
    may_dial,
    plan_attempt,
)
from callcenter.engine.compiled.heap import pop, push
from callcenter.engine.compiled.jit import hot, kernel
from callcenter.engine.compiled.line import ABANDONED, join_line, lose, settle
from callcenter.engine.compiled.records import NO_CALL, NOBODY, Floor
from callcenter.engine.rules import Rank

CLOSED = int(Outcome.CLOSED)
STAFFING, JOIN = int(Rank.STAFFING) * RANK_STEP, int(Rank.JOIN) * RANK_STEP
ELIGIBLE, PATIENCE = int(Rank.ELIGIBLE) * RANK_STEP, int(Rank.PATIENCE) * RANK_STEP
AN_END, A_CALL, A_TIMER, A_CHANGE, A_WINDOW = range(5)
"""Where the next event comes from."""


@kernel
def run(floor: Floor) -> None:
    """Let the days pass: calls, jobs and attempts are filled in place."""
    joined = change = window = 0
    closed = False
    while True:
        # R4: the earliest comes first, and of one instant the one of the smallest key
        now, key, next_is = floor.ends[1]["time"], floor.ends[1]["key"], AN_END
        if joined < floor.joining.size:
            call = floor.joining[joined]
            if is_before(floor.calls.joined[call], JOIN + call, now, key):
                now, key, next_is = floor.calls.joined[call], JOIN + call, A_CALL
        if is_before(floor.timers[1]["time"], floor.timers[1]["key"], now, key):
            now, key, next_is = floor.timers[1]["time"], floor.timers[1]["key"], A_TIMER
        if change < floor.change_at.size and is_before(floor.change_at[change], STAFFING, now, key):
            now, key, next_is = floor.change_at[change], STAFFING, A_CHANGE
        if window < len(floor.windows) and is_before(floor.windows[window, 0], CALLBACK_DUE, now, key):
            now, key, next_is = floor.windows[window, 0], CALLBACK_DUE, A_WINDOW
        if now == np.inf:
            break
        if next_is == AN_END:
            pop(floor.ends)
            end_work(floor, key % RANK_STEP, now)
        elif next_is == A_CALL:
            joined += 1
            join(floor, key % RANK_STEP, now, closed)
        elif next_is == A_TIMER:
            pop(floor.timers)
            ring(floor, key, now)
        elif next_is == A_CHANGE:
            closed = floor.closes[change]
            staff(floor, change, now)
            change += 1
        else:  # R11: calling hours begin
            floor.office[0]["dial_until"] = floor.windows[window, 1]
            push(floor.timers, now, DIAL)
            window += 1
    settle(floor)


@hot
def is_before(time: float, key: int, other_time: float, other_key: int) -> bool:
    """R4: compare two events."""
    return time < other_time or (time == other_time and key < other_key)


@hot
def end_work(floor: Floor, call: int, now: float) -> None:
    """R7, R8: an agent has wrapped up, after a call or (R11) after an attempt to call back."""
    answered = floor.calls.outcome[call] == ANSWERED
    pool = floor.calls.pool[call] if answered else floor.jobs[floor.calls.job[call]]["pool"]
    agents = floor.pools[pool]
    agents["busy"] -= 1
    if agents["busy"] + agents["idle"] < agents["level"]:
        agents["idle"] += 1
        find_work(floor, pool, now)
    if not answered and floor.jobs[floor.calls.job[call]]["outcome"] == PENDING:
        plan_attempt(floor, call, now + floor.office[0]["retry_after"])


@hot
def find_work(floor: Floor, pool: int, now: float) -> None:
    """R7: an idle agent takes the first call of the line that he may take, else a callback job."""
    call = call_for(floor, pool, now)
    if call != NOBODY:
        answer(floor, pool, call, now)
    elif may_dial(floor, now) and dials(floor, pool):
        dial(floor, pool, now)


@hot
def join(floor: Floor, call: int, now: float, closed: bool) -> None:
    """R6: a call looks for an agent; R8c: after close there is none; R10: else it waits."""
    pool = pool_for(floor, floor.calls.tier[call], 0.0)
    if pool != NOBODY:
        answer(floor, pool, call, now)
    elif closed:
        drop(floor, call, now)
    else:
        join_line(floor, call)
        set_timers(floor, call, now)


@hot
def set_timers(floor: Floor, call: int, now: float) -> None:
    """R10: patience needs a timer only where its end owes a callback; R6: `after` always."""
    calls = floor.calls
    if (
        calls.job[call] >= 0
        and floor.tiers[calls.tier[call]]["owes_abandoned"]
        and calls.patience[call] < np.inf
    ):
        push(floor.timers, now + calls.patience[call], PATIENCE + call)
    for after in floor.further[calls.tier[call]]:
        if after < np.inf:
            push(floor.timers, now + after, ELIGIBLE + call)


@kernel
def drop(floor: Floor, call: int, now: float) -> None:
    """R8c: the hotline is closed."""
    lose(floor, call, now, CLOSED)
    if floor.calls.job[call] >= 0 and floor.tiers[floor.calls.tier[call]]["owes_closed"]:
        create_job(floor, floor.calls.job[call], now)


@kernel
def ring(floor: Floor, key: int, now: float) -> None:
    """R4: what happens at a time of its own."""
    call = key % RANK_STEP
    if key >= DIAL:
        dial_while_idle(floor, now)
    elif key >= CALLBACK_DUE:
        list_job(floor, call, now)
    elif key >= PATIENCE:
        if floor.calls.waits[call]:
            lose(floor, call, now, ABANDONED)
            create_job(floor, floor.calls.job[call], now)
    else:
        look_again(floor, call, now)


@kernel
def look_again(floor: Floor, call: int, now: float) -> None:
    """R6: a call that has waited long enough for a further pool; R4: its patience may end now, not before."""
    calls = floor.calls
    if calls.waits[call] and calls.joined[call] + calls.patience[call] >= now:
        pool = pool_for(floor, calls.tier[call], now - calls.joined[call])
        if pool != NOBODY:
            answer(floor, pool, call, now)


@kernel
def staff(floor: Floor, change: int, now: float) -> None:
    """R8: idle agents leave at once, busy ones finish; each new agent looks for work."""
    for pool in range(floor.pools.size):
        agents, level = floor.pools[pool], floor.levels[change, pool]
        agents["level"] = level
        agents["idle"] = min(agents["idle"], max(0, level - agents["busy"]))
        for _ in range(level - agents["busy"] - agents["idle"]):
            agents["idle"] += 1
            find_work(floor, pool, now)
    if floor.closes[change]:
        close(floor, now)


@kernel
def close(floor: Floor, now: float) -> None:
    """R8c: the hotline closes on those who wait, the oldest call first; R10: some had left before."""
    office = floor.office[0]
    for call in range(office["lowest"], office["highest"] + 1):
        if floor.calls.waits[call]:
            gone = floor.calls.joined[call] + floor.calls.patience[call]
            if gone < now:
                lose(floor, call, gone, ABANDONED)
            else:
                drop(floor, call, now)
    office["lowest"], office["highest"] = NO_CALL
