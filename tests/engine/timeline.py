"""Callers written down by hand, and what became of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from callcenter.calllog import JOB_OUTCOMES, OUTCOMES, CallLog
from callcenter.demand import CallbackTape, CallTape
from callcenter.engine import simulate
from callcenter.scenario import Scenario, load

NEVER = None


class Caller(NamedTuple):
    """What the tape knows of a call; seconds."""

    tier: str
    arrived: float
    talk: float = 60.0
    patience: float = math.inf
    wrap_up: float = 0.0
    ivr_s: float = 0.0
    ivr_exit: int = 0
    reached_at: int | None = None
    """Callback attempt that reaches this customer, 0 = none; None = no callback would be owed."""
    callback_talk: float = 30.0
    callback_wrap_up: float = 0.0


class Fate(NamedTuple):
    """What the log says of a call; seconds, None = never."""

    outcome: str
    answered: float | None = None
    left: float | None = None
    pool: str | None = None


class JobFate(NamedTuple):
    """What the log says of a callback job."""

    outcome: str
    created: float
    first_attempt: float | None
    ended: float | None
    attempts: int


NO_ANSWER_S = 40.0


def hotline(**sections: Any) -> dict[str, Any]:
    """Return a small hotline of one hour; demand is there only because it has to be."""
    return {
        "name": "timeline",
        "day": {"open": "00:00", "close": "01:00", "interval": "10 min"},
        "demand": {"tiers": {name: {"calls": 0} for name in sections.get("tiers", {"vip": 0})}},
        "tiers": {"vip": tier(0)},
        "pools": {"desk": {"serves": ["vip"], "agents": 1}},
    } | sections


def tier(priority: int, **keys: Any) -> dict[str, Any]:
    """Return a tier; its distributions never matter, because the tape is written by hand."""
    return {"priority": priority, "talk": "1 min"} | keys


def tape(scenario: Scenario, *callers: Caller) -> CallTape:
    """Make a call tape of callers in order of arrival."""
    names, attempts = list(scenario.tiers), scenario.callbacks.attempts
    owed = [i for i, caller in enumerate(callers) if caller.reached_at is not None]
    job = np.full(len(callers), -1, np.int64)
    job[owed] = np.arange(len(owed))
    callbacks = CallbackTape(
        call=np.array(owed, np.int64),
        reached_at=np.array([callers[i].reached_at for i in owed], np.int32),
        talk=np.array([callers[i].callback_talk for i in owed], np.float64),
        wrap_up=np.array([callers[i].callback_wrap_up for i in owed], np.float64),
        no_answer=np.full((len(owed), attempts), NO_ANSWER_S),
    )
    columns: dict[str, Any] = {
        field: np.array([getattr(caller, field) for caller in callers], np.float64)
        for field in ("arrived", "ivr_s", "patience", "talk", "wrap_up")
    }
    return CallTape(
        tier=np.array([names.index(caller.tier) for caller in callers], np.int32),
        ivr_exit=np.array([caller.ivr_exit for caller in callers], np.int8),
        job=job,
        callbacks=callbacks,
        **columns,
    )


class Day(NamedTuple):
    """A simulated timeline."""

    calls: list[Fate]
    jobs: list[JobFate]
    log: CallLog


def live(engine: str, scenario: Mapping[str, Any], *callers: Caller) -> Day:
    """Let the callers live through the scenario."""
    loaded = load(scenario)
    log = simulate(loaded, tape(loaded, *callers), engine)
    pools = [*loaded.pools, None]
    calls = zip(log.outcome, log.answered, log.left, log.pool, strict=True)
    jobs = log.callbacks
    rows = zip(jobs.outcome, jobs.created, jobs.first_attempt, jobs.ended, jobs.attempts, strict=True)
    return Day(
        [Fate(OUTCOMES[o], _time(answered), _time(left), pools[pool]) for o, answered, left, pool in calls],
        [
            JobFate(JOB_OUTCOMES[o], float(at), _time(first), _time(end), int(n))
            for o, at, first, end, n in rows
        ],
        log,
    )


def _time(seconds: float) -> float | None:
    return None if math.isnan(seconds) else float(seconds)
