"""Who is inside now: calls in line and with agents, as a state and the rows of a tape that it begins with."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.calllog import CallbackLog, Kind, Outcome, SessionLog
from callcenter.clock import TICKS_PER_SECOND
from callcenter.demand import TO_AGENT, CallTape, Coins, GivenCalls
from callcenter.demand.streams import uniforms
from callcenter.demand.tables import DemandTables
from callcenter.engine import FloorPlan, State
from callcenter.engine.floorplan import NOT_SERVED
from callcenter.engine.ledger import Ledger
from callcenter.engine.state import Desks
from callcenter.intraday.actuals import Actuals
from callcenter.scenario import Scenario

CANDIDATES = 32
"""Draws of talk for each call with an agent; the first that is not over yet is taken."""
APART = 1 << 30
"""Replications whose chance is that of talks in hand."""
OWN_NUMBERS = 1 << 40
"""Numbers of customers who are inside, far from those of customers who are drawn."""


class Inside(NamedTuple):
    """Calls that are inside, in order of arrival; nan = not yet."""

    tier: Ints
    arrived: Floats
    joined: Floats
    answered: Floats
    pool: Ints


def inside_of(actuals: Actuals, scenario: Scenario, plan: FloorPlan, seed: int) -> Inside | None:
    """Return who is inside; None where the actuals do not tell, so that all of the day is simulated."""
    calls = actuals.calls
    if calls is not None:
        rows = np.flatnonzero(~calls.is_over)
        pool = _with_pools(calls.tier[rows], calls.answered[rows], calls.pool[rows], plan, actuals.now)
        return Inside(calls.tier[rows], calls.arrived[rows], calls.joined[rows], calls.answered[rows], pool)
    if actuals.in_line is None:
        return None
    return _counted(actuals, scenario, plan, seed)


def _levels(plan: FloorPlan, now: float) -> Ints:
    row = int(np.searchsorted(plan.days.change_at, now, side="right")) - 1
    return np.asarray(plan.days.levels[max(row, 0)], np.int64).copy()


def _with_pools(tier: Ints, answered: Floats, pool: Ints, plan: FloorPlan, now: float) -> Ints:
    """Return the pool of each call with an agent; where none is named the one with most agents free."""
    free, serves = _levels(plan, now), plan.serving.keep_idle != NOT_SERVED
    given = pool.copy()
    for row in np.flatnonzero(np.isfinite(answered)):
        able = serves[:, tier[row]]
        if given[row] < 0:
            given[row] = int(np.argmax(np.where(able, free, -1_000_000)))
        free[given[row]] -= 1
    return given


def _counted(actuals: Actuals, scenario: Scenario, plan: FloorPlan, seed: int) -> Inside:
    """Make up who is inside of how many wait and how many are busy: the model says how long since."""
    day, now = scenario.day, actuals.now
    cell = int(np.clip((now - day.open) // day.interval, 0, day.intervals - 1))
    expected = np.array([scenario.demand.expected_on(name)[0][cell] for name in scenario.tiers], np.float64)
    served = (plan.serving.keep_idle != NOT_SERVED).any(axis=0)
    mix = np.where(served, expected + 1e-9, 0.0)
    mix /= mix.sum()
    lining, level = actuals.in_line or 0, int(_levels(plan, now).sum())
    busy = actuals.busy if actuals.busy is not None else (level if lining else round(0.8 * level))
    number = lining + busy
    draws = uniforms(seed, 0, "", "inside now", 2 * number + 1)
    tier = np.searchsorted(np.cumsum(mix), draws[:number], side="right").clip(max=mix.size - 1)
    rate = max(float(expected.sum()) / day.interval, 1e-6)
    joined, answered = np.full(number, now), np.full(number, np.nan)
    joined[:lining] = now - (np.arange(lining)[::-1] + 0.5) / rate
    mean = plan.tiers.handle_time[tier[lining:]]
    answered[lining:] = now - draws[number : number + busy] * mean
    joined[lining:] = answered[lining:]
    joined = np.floor(np.maximum(joined, day.open) * 1024) / 1024
    joined = np.minimum(joined, np.floor(now * 1024 - 1) / 1024)
    answered = np.where(np.isfinite(answered), joined, np.nan)
    order = np.argsort(joined, kind="stable")
    pool = _with_pools(tier[order], answered[order], np.full(number, -1), plan, now)
    return Inside(tier[order], joined[order], joined[order], answered[order], pool)


def opened(
    inside: Inside,
    coming: CallTape,
    scenario: Scenario,
    tables: DemandTables,
    plan: FloorPlan,
    now: float,
) -> tuple[CallTape, State]:
    """Return the tape of who is inside and who will come, and the state now, for one replication.

    What is not known of those inside is drawn: patience beyond their wait, handle time beyond what has gone.
    """
    seed, replication, size = coming.seed, coming.replication, inside.tier.size
    given = GivenCalls(scenario, seed, replication, inside.tier.astype(np.int32), inside.arrived, tables)
    asked, taken = np.isfinite(inside.joined), np.isfinite(inside.answered)
    given.write("ivr_exit", np.full(size, TO_AGENT), asked)
    given.write("ivr_s", np.where(asked, inside.joined - inside.arrived, 0.0), asked)
    elapsed_ivr = now - inside.arrived
    in_ivr = ~asked
    given.write("ivr_s", np.maximum(given.calls["ivr_s"], elapsed_ivr), in_ivr)
    given.outlast(np.where(asked & ~taken, np.maximum(now - inside.joined, 0.0), np.nan))
    given.calls["ordinal"] += OWN_NUMBERS
    left, released = _ends(inside, scenario, tables, plan, now, (seed, replication))
    tape = _joined(given.tape(), coming)
    return tape, _state(inside, left, released, plan, now)


def _ends(
    inside: Inside,
    scenario: Scenario,
    tables: DemandTables,
    plan: FloorPlan,
    now: float,
    of: tuple[int, int],
) -> tuple[Floats, Floats]:
    """Draw when talk and wrap-up end of the calls that agents have in hand."""
    left, released = np.full(inside.tier.size, np.nan), np.full(inside.tier.size, np.nan)
    rows = np.flatnonzero(np.isfinite(inside.answered))
    if not rows.size:
        return left, released
    many = np.repeat(rows, CANDIDATES)
    tier = inside.tier[many].astype(np.int32)
    drawn = GivenCalls(scenario, of[0], of[1] + APART, tier, inside.arrived[many], tables)
    speed = plan.serving.speed[inside.pool[many], inside.tier[many]]
    talk = _in_ticks(drawn.calls["talk"] * speed).reshape(-1, CANDIDATES)
    whole = talk + _in_ticks(drawn.calls["wrap_up"] * speed).reshape(-1, CANDIDATES)
    lasts = whole > (now - inside.answered[rows])[:, None]
    first = np.where(lasts.any(axis=1), lasts.argmax(axis=1), whole.argmax(axis=1))
    own = np.arange(rows.size)
    begun = inside.answered[rows]
    left[rows] = begun + talk[own, first]
    released[rows] = np.maximum(begun + whole[own, first], now)
    return left, released


def _in_ticks(seconds: Floats) -> Floats:
    return np.asarray(np.rint(seconds * TICKS_PER_SECOND) / TICKS_PER_SECOND)


def _joined(first: CallTape, then: CallTape) -> CallTape:
    """Return a tape of some calls and then others, who come later."""
    columns: Any = {
        name: np.concatenate([getattr(first, name), getattr(then, name)]) for name in CallTape._fields[:10]
    }
    coins = None
    if first.coins is not None and then.coins is not None:
        pairs: Any = zip(first.coins, then.coins, strict=True)
        whole: Any = [np.concatenate(pair) for pair in pairs]
        coins = Coins(*whole)
    return then._replace(**columns, coins=coins)


def _state(inside: Inside, left: Floats, released: Floats, plan: FloorPlan, now: float) -> State:
    size, none = inside.tier.size, np.empty(0, np.int64)
    taken = np.isfinite(inside.answered)
    desk, desks = _seats(inside, plan)
    nobody = SessionLog(np.empty(0, np.int32), np.empty(0), np.empty(0))
    return State(
        at=now,
        firsts=size,
        ledger=Ledger(
            tier=inside.tier.astype(np.int32),
            arrived=inside.arrived,
            joined=inside.joined,
            answered=inside.answered,
            left=left,
            released=released,
            outcome=np.where(taken, int(Outcome.ANSWERED), int(Outcome.OPEN)).astype(np.int8),
            pool=np.where(taken, inside.pool, -1).astype(np.int32),
            parent=np.full(size, -1, np.int64),
            attempt=np.ones(size, np.int32),
            kind=np.full(size, int(Kind.FIRST), np.int8),
            customer=np.arange(size),
            solved=taken.copy(),
        ),
        due=np.full(size, np.nan),
        desk=desk,
        callbacks=CallbackLog(
            *(np.empty(0, kind) for kind in (np.int64, np.int32, *[np.float64] * 4, np.int32, np.int8)),
            *(np.empty(0, kind) for kind in (np.int64, np.int32, np.float64, np.float64)),
        ),
        desks=desks,
        sessions=nobody,
        breaks=nobody,
        break_after=none,
        silences=nobody,
        held=none,
        silent_s=np.zeros(size),
    )


def _seats(inside: Inside, plan: FloorPlan) -> tuple[Ints, Desks]:
    """R17: contacts side by side sit together, as many as fit."""
    desk = np.full(inside.tier.size, -1, np.int64)
    used: dict[int, list[list[float]]] = {}
    for row in np.flatnonzero(np.isfinite(inside.answered)):
        tier, pool = int(inside.tier[row]), int(inside.pool[row])
        if not plan.tiers.at_desk[tier]:
            continue
        places = used.setdefault(pool, [])
        room = int(plan.tiers.concurrency[tier])
        number = next((n for n, one in enumerate(places) if one[1] == tier and one[0] < room), len(places))
        if number == len(places):
            places.append([0, tier, float(inside.answered[row])])
        places[number][0] += 1
        places[number][2] = min(places[number][2], float(inside.answered[row]))
        desk[row] = number
    rows = [
        (at, n, int(one[0]), int(one[1]), one[2]) for at, own in used.items() for n, one in enumerate(own)
    ]
    columns = list(zip(*rows, strict=True)) if rows else [()] * 5
    pools, numbers, contacts, tiers = (np.array(column, np.int64) for column in columns[:4])
    return desk, Desks(pools, numbers, contacts, tiers, np.array(columns[4], np.float64))
