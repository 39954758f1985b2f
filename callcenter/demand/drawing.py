"""Drawing the call tape: everything chance decides about every call, before time starts (rule R2)."""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Flags, Ints
from callcenter.demand.arrivals import Arrivals, arrivals, day_factors
from callcenter.demand.callbacks import Jobs, in_order
from callcenter.demand.calls import Calls, Columns, draw_calls, interleaved, put_together
from callcenter.demand.chance import Chance
from callcenter.demand.follow_ups import any_follow, follow
from callcenter.demand.online import Starters, online_tape, through_online
from callcenter.demand.tape import CallTape, FollowUps
from callcenter.scenario import Scenario


def draw(scenario: Scenario, seed: int, replication: int) -> CallTape:
    """Draw the calls of one replication; the same seed and replication meet every staffing variant.

    Returns arrays of fixed dtype; ties in arrival time are kept in file order of the tiers.
    Raises ScenarioError if the calls that may follow would not fit into memory.
    """
    chance = Chance(seed, replication, scenario.day.intervals if scenario.cool_down else 0)
    callers, starters = _callers(scenario, chance)
    rows = _rows_by_arrival(callers)
    firsts = put_together(
        [
            draw_calls(scenario, chance.of(tier), own.times, own.intervals)
            for tier, own in zip(scenario.tiers, callers, strict=True)
        ],
        rows,
    )
    generations, follow_ups = [firsts], None
    if any_follow(scenario):
        intervals = interleaved([own.intervals for own in callers], rows)
        generations, follow_ups = follow(scenario, chance, firsts, intervals)
    return _tape(chance, generations, follow_ups, starters)


def _callers(scenario: Scenario, chance: Chance) -> tuple[list[Arrivals], list[Starters]]:
    factors = day_factors(scenario, chance.seed, chance.replication)
    customers = [
        arrivals(scenario, tier, factors, chance.seed, chance.replication) for tier in scenario.tiers
    ]
    both = [
        through_online(scenario, chance.of(tier), own)
        for tier, own in zip(scenario.tiers, customers, strict=True)
    ]
    return [own for own, _ in both], [own for _, own in both]


def _rows_by_arrival(callers: list[Arrivals]) -> list[Ints]:
    """Return the rows of each tier's calls when all are in order of arrival (rule R3a)."""
    order = np.argsort(np.concatenate([own.times for own in callers]), kind="stable")
    row = np.empty_like(order)
    row[order] = np.arange(order.size)
    return np.split(row, np.cumsum([own.times.size for own in callers])[:-1])


def _tape(
    chance: Chance, generations: list[Calls], follow_ups: FollowUps | None, starters: list[Starters]
) -> CallTape:
    sizes = [calls.columns.tier.size for calls in generations]
    columns, jobs = generations[0]
    if follow_ups is not None:
        parts = zip(*(calls.columns for calls in generations), strict=True)
        columns = Columns(*(np.concatenate(part) for part in parts))
        jobs = _joined_jobs(generations, sizes)
    size, call = sum(sizes), jobs.tape.call
    job = np.full(size, -1, np.int64)
    job[call] = np.arange(call.size)
    return CallTape(
        **columns._asdict(),
        accepts=_scattered(jobs.accepts, call, size),
        owed=_scattered(jobs.owed, call, size),
        job=job,
        callbacks=jobs.tape,
        firsts=sizes[0],
        follow_ups=follow_ups,
        online=online_tape(starters),
        seed=chance.seed,
        replication=chance.replication,
    )


def _joined_jobs(generations: list[Calls], sizes: list[int]) -> Jobs:
    offsets = np.cumsum([0, *sizes[:-1]])
    calls = [own.jobs.tape.call + offset for own, offset in zip(generations, offsets, strict=True)]
    return in_order([own.jobs for own in generations], calls)


def _scattered(flags: Flags, rows: Ints, size: int) -> Flags:
    scattered = np.zeros(size, np.bool_)
    scattered[rows] = flags
    return scattered
