"""Who is inside now, and who is owed something: a state, and the rows of a tape that it begins with."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Flags, Floats, Ints
from callcenter.calllog import CallbackLog, JobOutcome, Kind, Outcome, SessionLog
from callcenter.clock import TICKS_PER_SECOND
from callcenter.demand import TO_AGENT, CallTape, Coins, GivenCalls
from callcenter.demand.exits import HANGS_UP
from callcenter.demand.streams import uniforms
from callcenter.demand.tables import DemandTables
from callcenter.engine import FloorPlan, State
from callcenter.engine.floorplan import NOT_SERVED
from callcenter.engine.ledger import Ledger
from callcenter.engine.state import Desks
from callcenter.intraday.actuals import Actuals, CallsSoFar
from callcenter.outcomes import OUTCOMES
from callcenter.scenario import Scenario

LOSSES = [int(outcome) for outcome in Outcome if outcome.is_loss or outcome is Outcome.DIVERTED]
CANDIDATES = 32
"""Draws of talk for each call with an agent; the first that is not over yet is taken."""
APART = 1 << 30
"""Replications whose chance is that of talks in hand."""
OWN_NUMBERS = 1 << 40
"""Numbers of customers who are inside, far from those of customers who are drawn."""


class Inside(NamedTuple):
    """Calls that are inside, and lost ones that something may follow, in order of arrival; nan = not yet."""

    tier: Ints
    arrived: Floats
    joined: Floats
    answered: Floats
    pool: Ints
    lost: Floats
    """When the caller was lost; nan for those who are inside."""
    outcome: Ints
    """How the lost ones ended; open or answered for those who are inside."""
    may_redial: Flags
    """Of each lost call: nobody knows of a call that followed it."""
    knows_redials: bool
    """Whether the log would tell of calls that followed."""


def carried(calls: CallsSoFar, scenario: Scenario, plan: FloorPlan) -> Flags:
    """Return which lost first calls go on after now: a call is owed to them, or they may dial again."""
    is_lost = np.isin(calls.outcome, LOSSES) & np.isfinite(calls.left) & ~calls.follows
    rules = [
        [_goes_on(scenario, plan, tier, outcome) for outcome in range(len(Outcome))]
        for tier in range(len(scenario.tiers))
    ]
    going = np.array(rules, np.bool_)[calls.tier, calls.outcome]
    return np.asarray(is_lost & going & ~calls.is_settled, np.bool_)


def _goes_on(scenario: Scenario, plan: FloorPlan, tier: int, outcome: int) -> bool:
    redial = list(scenario.tiers.values())[tier].redial
    may_redial = redial is not None and redial.when.get(OUTCOMES[outcome], 0.0) > 0
    return bool(plan.tiers.owes_callback[tier, outcome]) or may_redial


def inside_of(actuals: Actuals, scenario: Scenario, plan: FloorPlan, seed: int) -> Inside | None:
    """Return who is inside; None where the actuals do not tell, so that all of the day is simulated."""
    calls = actuals.calls
    if calls is not None:
        goes_on = carried(calls, scenario, plan)
        rows = np.flatnonzero(~calls.is_over | goes_on)
        pool = _with_pools(calls.tier[rows], calls.answered[rows], calls.pool[rows], plan, actuals.now)
        return Inside(
            calls.tier[rows],
            calls.arrived[rows],
            calls.joined[rows],
            calls.answered[rows],
            pool,
            np.where(goes_on[rows], calls.left[rows], np.nan),
            calls.outcome[rows],
            goes_on[rows] & ~calls.is_followed[rows],
            calls.knows_parents,
        )
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
    nobody = np.full(number, np.nan)
    outcome = np.where(np.isfinite(answered[order]), int(Outcome.ANSWERED), int(Outcome.OPEN))
    return Inside(
        tier[order],
        joined[order],
        joined[order],
        answered[order],
        pool,
        nobody,
        outcome,
        np.zeros(number, np.bool_),
        False,
    )


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
    is_lost = np.isfinite(inside.lost)
    given.write("ivr_exit", np.full(size, TO_AGENT), asked)
    given.write("ivr_s", np.where(asked, inside.joined - inside.arrived, 0.0), asked)
    elapsed_ivr = now - inside.arrived
    in_ivr = ~asked & ~is_lost
    given.write("ivr_s", np.maximum(given.calls["ivr_s"], elapsed_ivr), in_ivr)
    given.outlast(np.where(asked & ~taken & ~is_lost, np.maximum(now - inside.joined, 0.0), np.nan))
    given.calls["ordinal"] += OWN_NUMBERS
    left, released = _ends(inside, scenario, tables, plan, now, (seed, replication))
    left = np.where(is_lost, inside.lost, left)
    owed = is_lost & plan.tiers.owes_callback[inside.tier, inside.outcome]
    owed &= np.asarray(given.calls["owed"], np.bool_) | (inside.outcome == Outcome.DIVERTED)
    due = _redials(inside, scenario, tables, now, (seed, replication))
    tape = _joined(given.tape(), coming)
    return tape, _state(inside, left, released, plan, now, Owed(np.flatnonzero(owed), due))


class Owed(NamedTuple):
    """What goes on of lost calls."""

    callbacks: Ints
    """Rows of the calls that are owed one."""
    redials: Floats
    """Of each row: when its customer will dial again; nan if never, or it was before now."""


def _redials(
    inside: Inside, scenario: Scenario, tables: DemandTables, now: float, of: tuple[int, int]
) -> Floats:
    """Draw when customers who were lost dial again.

    Draws of callers who could not be lost in this way are not taken, and where the log would tell of those
    who have dialled again, nor are those that lie before now.
    """
    due = np.full(inside.tier.size, np.nan)
    rows = np.flatnonzero(inside.may_redial)
    if not rows.size or all(tier.redial is None for tier in scenario.tiers.values()):
        return due
    many = np.repeat(rows, CANDIDATES)
    drawn = GivenCalls(
        scenario, of[0], of[1] + 2 * APART, inside.tier[many].astype(np.int32), inside.arrived[many], tables
    ).tape()
    assert drawn.coins is not None
    is_drawn = (drawn.coins.redials.astype(np.int64) >> inside.outcome[many] & 1).astype(np.bool_)
    at = np.where(is_drawn, inside.lost[many] + drawn.coins.redial_after, np.inf)
    way = np.where(inside.outcome[many] == Outcome.LEFT_IVR, HANGS_UP, TO_AGENT)
    fits = (drawn.ivr_exit == way) | (inside.outcome[many] == Outcome.BLOCKED)
    fits &= (at >= now) | (not inside.knows_redials)  # never is to come, too
    fits, at = fits.reshape(-1, CANDIDATES), at.reshape(-1, CANDIDATES)
    chosen = at[np.arange(rows.size), fits.argmax(axis=1)]
    is_due = fits.any(axis=1) & np.isfinite(chosen) & (chosen >= now)
    due[rows] = np.where(is_due, _in_ticks(np.where(is_due, chosen, 0.0)), np.nan)
    return due


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


def _state(inside: Inside, left: Floats, released: Floats, plan: FloorPlan, now: float, owed: Owed) -> State:
    size, none = inside.tier.size, np.empty(0, np.int64)
    taken, again = np.isfinite(inside.answered), np.flatnonzero(np.isfinite(owed.redials))
    is_lost, nothing = np.isfinite(inside.lost), np.full(again.size, np.nan)

    def row(first: Any, later: Any) -> Any:
        return np.concatenate([first, np.asarray(later, np.asarray(first).dtype)])

    desk, desks = _seats(inside, plan)
    nobody = SessionLog(np.empty(0, np.int32), np.empty(0), np.empty(0))
    return State(
        at=now,
        firsts=size,
        ledger=Ledger(
            tier=row(inside.tier.astype(np.int32), inside.tier[again]),
            arrived=row(inside.arrived, nothing),
            joined=row(inside.joined, nothing),
            answered=row(inside.answered, nothing),
            left=row(left, nothing),
            released=row(released, nothing),
            outcome=row(
                np.where(is_lost, inside.outcome, np.where(taken, int(Outcome.ANSWERED), int(Outcome.OPEN))),
                np.full(again.size, int(Outcome.OPEN)),
            ).astype(np.int8),
            pool=row(np.where(taken, inside.pool, -1), np.full(again.size, -1)).astype(np.int32),
            parent=row(np.full(size, -1, np.int64), again),
            attempt=np.ones(size + again.size, np.int32) + (np.arange(size + again.size) >= size),
            kind=row(np.full(size, int(Kind.FIRST), np.int8), np.full(again.size, int(Kind.REDIAL))),
            customer=row(np.arange(size), again),
            solved=row(taken.copy(), np.zeros(again.size, np.bool_)),
        ),
        due=row(np.full(size, np.nan), owed.redials[again]),
        desk=row(desk, np.full(again.size, -1)),
        callbacks=_jobs(inside, owed.callbacks, plan),
        desks=desks,
        sessions=nobody,
        breaks=nobody,
        break_after=none,
        silences=nobody,
        held=none,
        silent_s=np.zeros(size + again.size),
    )


def _jobs(inside: Inside, owed: Ints, plan: FloorPlan) -> CallbackLog:
    """Return the callbacks that are owed, none of them begun, in order of creation."""
    order = owed[np.argsort(inside.lost[owed], kind="stable")]
    created, never = inside.lost[order], np.full(order.size, np.nan)
    none = np.empty(0, np.int64)
    return CallbackLog(
        call=order,
        tier=inside.tier[order].astype(np.int32),
        created=created,
        due=created + plan.office.within,
        first_attempt=never,
        ended=never.copy(),
        attempts=np.zeros(order.size, np.int32),
        outcome=np.full(order.size, int(JobOutcome.PENDING), np.int8),
        attempt_job=none,
        attempt_pool=none.astype(np.int32),
        attempt_start=np.empty(0),
        attempt_end=np.empty(0),
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
