"""The scenario as an engine needs it: numbers indexed by tier and pool, and the changes of the day."""

from __future__ import annotations

import math
from threading import local
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Flags, Floats, Indices
from callcenter.calllog import OUTCOMES, Outcome
from callcenter.clock import SECONDS_PER_DAY
from callcenter.demand import mean_handle_time, opening_hours, roster
from callcenter.demand.breaks import Breaks, breaks_of
from callcenter.demand.silence import Silence, silence_of
from callcenter.scenario import Scenario, Tier

NOT_SERVED = -1
"""In place of ``keep_idle``: the pool does not take such calls (or callbacks) at all."""
UNLIMITED = -1
"""In place of a number of lines, or of calls in line before a callback is offered."""


class TierPlan(NamedTuple):
    """How calls of each tier behave; one entry a tier, in file order."""

    stage_priority: Indices
    """Shape (tiers, stages): priority before and after each escalation; smaller is served first."""
    stage_after: Floats
    """Shape (tiers, stages): wait at which a stage begins; 0 for the first, inf where there is none."""
    head_start: Floats
    on_phone: Flags
    """Holds a trunk line."""
    deferred: Flags
    """Waits overnight and is never begun after close."""
    concurrency: Indices
    at_desk: Flags
    """Takes a place of an agent, who may have others taken or wait in vain."""
    slow_down: Floats
    handle_time: Floats
    """Mean, for the announced wait (rule R9)."""
    balk_above: Floats
    """Leaves when the announced wait exceeds this; inf = never."""
    offer_above: Floats
    """A callback is offered when the announced wait exceeds this; inf = never."""
    offer_in_line: Indices
    """Or when at least so many wait; UNLIMITED = never."""
    keeps_place: Flags
    """A callback that was accepted keeps its place in the line."""
    redials: Indices
    """Most redials in one contact."""
    owes_callback: Flags
    """Shape (tiers, outcomes): a call lost this way owes the caller a callback."""


WIDE = ("stage_priority", "stage_after", "owes_callback")
"""Fields of a tier plan that have more than one entry for each tier."""


class ServingPlan(NamedTuple):
    """Who may take what; rows are pools and columns tiers, both in file order."""

    keep_idle: Indices
    """Shape (pools, tiers): a call is taken only while more agents than this are idle, or NOT_SERVED."""
    after: Floats
    """Shape (pools, tiers): and only once it has waited this long, in seconds."""
    speed: Floats
    """Shape (pools, tiers): handle-time factor."""
    priority: Indices
    """Shape (pools, tiers, stages): priority at which the pool takes such calls (rule R5c)."""
    callback_keep_idle: Indices
    """Shape (pools,)."""
    callback_speed: Floats
    """Shape (pools,)."""


class DayPlan(NamedTuple):
    """When the hotline opens and closes, and who is there; seconds since 00:00 of the first day."""

    change_at: Floats
    """Shape (changes,): when staffing levels change."""
    levels: Indices
    """Shape (changes, pools): agents on the phones from then on."""
    rostered: Floats
    """Shape (changes, pools): with those who are absent or otherwise off the phones."""
    opens: Flags
    """Shape (changes,): with this change the hotline opens."""
    closes: Flags
    """Shape (changes,): with this change the hotline closes on those who wait (``drop``)."""
    open_start: Floats
    """Shape (spans,): spans in which the hotline is open, in order."""
    open_end: Floats


class OfficePlan(NamedTuple):
    """How callback jobs are worked."""

    window_start: Floats
    """Shape (windows,): when callbacks may be dialled, in order and without overlap."""
    window_end: Floats
    within: float
    """The promise: first attempt at most this many seconds after the lost call."""
    retry_after: float
    attempts: int
    order: str
    """Order of the callback jobs: due, oldest or tier."""
    cancels: bool
    """A customer who has been served is owed no other callback."""


class FloorPlan(NamedTuple):
    """All that an engine knows besides the callers."""

    tiers: TierPlan
    serving: ServingPlan
    days: DayPlan
    office: OfficePlan
    breaks: Breaks
    silence: Silence
    lines: int
    """Trunk lines, or UNLIMITED."""


def floor_plan(scenario: Scenario, seed: int = 0, replication: int = 0) -> FloorPlan:
    """Lay the scenario out for the engines; seed and replication decide who is absent (rule R18)."""
    latest, days = _LATEST.__dict__, day_plan(scenario, seed, replication)
    if latest.get("scenario") is not scenario:
        latest["scenario"], latest["rules"] = scenario, _rules(scenario, days)
    rules: FloorPlan = latest["rules"]
    return rules._replace(days=days)


_LATEST = local()
"""The scenario asked for last by each thread: its rules are the same in every replication."""


def _rules(scenario: Scenario, days: DayPlan) -> FloorPlan:
    return FloorPlan(
        tiers=_tiers(scenario),
        serving=_serving(scenario),
        days=days,
        office=_office(scenario),
        breaks=breaks_of(scenario),
        silence=silence_of(scenario),
        lines=UNLIMITED if scenario.lines is None else scenario.lines,
    )


def _tiers(scenario: Scenario) -> TierPlan:
    tiers = list(scenario.tiers.values())
    priority, after = _stages(tiers)
    offers = [tier.offer for tier in tiers]
    waits = [offer.when_announced_wait_exceeds if offer else None for offer in offers]
    counts = [offer.when_in_line if offer else None for offer in offers]
    return TierPlan(
        stage_priority=priority,
        stage_after=after,
        head_start=np.array([tier.head_start for tier in tiers]),
        on_phone=np.array([tier.channel == "phone" for tier in tiers]),
        deferred=np.array([tier.channel == "deferred" for tier in tiers]),
        concurrency=np.array([tier.concurrency for tier in tiers], np.int32),
        at_desk=np.array([tier.at_desk for tier in tiers]),
        slow_down=np.array([tier.slow_down for tier in tiers]),
        handle_time=np.array([mean_handle_time(scenario, name) for name in scenario.tiers]),
        balk_above=np.array([tier.balk_above for tier in tiers]),
        offer_above=np.array([math.inf if wait is None else wait for wait in waits]),
        offer_in_line=np.array([UNLIMITED if count is None else count for count in counts], np.int32),
        keeps_place=np.array([tier.keeps_places for tier in tiers]),
        redials=np.array([tier.redial.attempts if tier.redial else 0 for tier in tiers], np.int32),
        owes_callback=_owed(tiers),
    )


def _stages(tiers: list[Tier]) -> tuple[Indices, Floats]:
    most = 1 + max(len(tier.escalate) for tier in tiers)
    priority, after = np.zeros((len(tiers), most), np.int32), np.full((len(tiers), most), np.inf)
    for t, tier in enumerate(tiers):
        steps = [(0.0, tier.priority), *((step.after, step.priority) for step in tier.escalate)]
        for stage, (wait, level) in enumerate(steps):
            after[t, stage], priority[t, stage] = wait, level
    return priority, after


def _owed(tiers: list[Tier]) -> Flags:
    rules = [tier.callback for tier in tiers]
    return np.array(
        [
            [name == Outcome.DIVERTED.word or (rule is not None and name in rule.on) for name in OUTCOMES]
            for rule in rules
        ]
    )


def _serving(scenario: Scenario) -> ServingPlan:
    shape, pools = (len(scenario.pools), len(scenario.tiers)), list(scenario.pools.values())
    keep_idle, after, speed = np.full(shape, NOT_SERVED, np.int32), np.zeros(shape), np.ones(shape)
    for p, pool in enumerate(pools):
        for t, name in enumerate(scenario.tiers):
            if (serve := pool.serves.get(name)) is not None:
                keep_idle[p, t], after[p, t] = serve.keep_idle, serve.after
                speed[p, t] = pool.speed if serve.speed is None else serve.speed
    rules = [pool.callbacks for pool in pools]
    return ServingPlan(
        keep_idle=keep_idle,
        after=after,
        speed=speed,
        priority=_ranks(scenario),
        callback_keep_idle=np.array([rule.keep_idle if rule else NOT_SERVED for rule in rules], np.int32),
        callback_speed=np.array([pool.speed for pool in pools]),
    )


def _ranks(scenario: Scenario) -> Indices:
    own, _ = _stages(list(scenario.tiers.values()))
    ranks: Indices = np.stack([own] * len(scenario.pools))
    for p, pool in enumerate(scenario.pools.values()):
        for t, name in enumerate(scenario.tiers):
            serve = pool.serves.get(name)
            if serve is not None and serve.priority is not None:
                ranks[p, t] = serve.priority
    return ranks


def day_plan(scenario: Scenario, seed: int = 0, replication: int = 0) -> DayPlan:
    """Lay out who is there when: of a floor plan, all that differs between replications and staffings.

    With ``drain`` the last level stays in force after close, for the callers still inside (rule R8).
    """
    at, rostered, staffed = roster(scenario, seed, replication)
    hours = np.array(opening_hours(scenario))
    closes = np.zeros(at.size, np.bool_)
    if scenario.day.after_close == "drop":
        place = np.searchsorted(at, hours[:, 1])
        at, closes = np.insert(at, place, hours[:, 1]), np.insert(closes, place, True)
        rostered, staffed = np.insert(rostered, place, 0, axis=0), np.insert(staffed, place, 0, axis=0)
    return DayPlan(
        change_at=at,
        levels=staffed,
        rostered=rostered,
        opens=np.isin(at, hours[:, 0]) & ~closes,
        closes=closes,
        open_start=hours[:, 0].copy(),
        open_end=hours[:, 1].copy(),
    )


def _office(scenario: Scenario) -> OfficePlan:
    rules = scenario.callbacks
    window_start, window_end = _calling_windows(scenario)
    return OfficePlan(
        window_start=window_start,
        window_end=window_end,
        within=rules.within,
        retry_after=rules.retry_after,
        attempts=rules.attempts,
        order=rules.order,
        cancels=rules.cancel_if_answered,
    )


def _calling_windows(scenario: Scenario) -> tuple[Floats, Floats]:
    """Callbacks are dialled inside the calling hours and while the hotline is open (rule R11)."""
    hours = scenario.callbacks.hours
    length = (hours.end - hours.start) % SECONDS_PER_DAY or SECONDS_PER_DAY
    calling = [(day * SECONDS_PER_DAY + hours.start, length) for day in range(-1, scenario.run_days)]
    spans = [
        (max(start, opens), min(start + span, closes))
        for opens, closes in opening_hours(scenario)
        for start, span in calling
    ]
    merged: list[tuple[float, float]] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return np.array([s for s, _ in merged], np.float64), np.array([e for _, e in merged], np.float64)
