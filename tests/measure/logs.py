"""Call logs written by hand: a row a call, times in seconds since 00:00 of the first day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from callcenter.calllog import JOB_OUTCOMES, OUTCOMES, CallbackLog, CallLog
from callcenter.scenario import Scenario, load

TICK = 2.0**-20
NEVER = float("nan")

TIERS = ("vip", "mid", "spam")
POOLS = ("desk", "office")

BASE: dict[str, Any] = {
    "name": "by-hand",
    "day": {"open": "00:00", "close": "02:00", "interval": "1 h"},
    "demand": {"calls": 10, "mix": {"vip": "50%", "mid": "30%", "spam": "20%"}},
    "tiers": {
        "vip": {"priority": 0, "talk": "60 s", "target": {"within": "20 s", "share": "90%"}},
        "mid": {
            "priority": 1,
            "talk": "60 s",
            "target": {"within": "30 s", "share": "85%"},
            "callback": {"on": ["abandoned"]},
        },
        "spam": {"priority": 2, "talk": "60 s", "target": "none"},
    },
    "pools": {
        "desk": {"serves": ["vip"], "agents": [2, 1]},
        "office": {"serves": ["vip", "mid", "spam"], "agents": [3, 3], "callbacks": {}},
    },
}
"""Two intervals, cells 0 and 1: 0 s to 3600 s and 3600 s to 7200 s."""


def scenario(changes: Mapping[str, object] | None = None) -> Scenario:
    """Return the base scenario with dotted changes."""
    return load(BASE, changes)


class Row(NamedTuple):
    """One call of a log."""

    tier: str
    arrived: float
    joined: float
    answered: float
    left: float
    released: float
    outcome: str
    pool: str | None


def answered(
    tier: str,
    at: float,
    wait: float = 0.0,
    talk: float = 60.0,
    wrap_up: float = 0.0,
    ivr: float = 0.0,
    pool: str = "office",
) -> Row:
    """Return a call that an agent took."""
    joined = at + ivr
    left = joined + wait + talk
    return Row(tier, at, joined, joined + wait, left, left + wrap_up, "answered", pool)


def lost(tier: str, at: float, wait: float = 0.0, outcome: str = "abandoned", ivr: float = 0.0) -> Row:
    """Return a call that asked for a person in vain."""
    return Row(tier, at, at + ivr, NEVER, at + ivr + wait, NEVER, outcome, None)


def alone(tier: str, at: float, ivr: float = 0.0, outcome: str = "self_served") -> Row:
    """Return a call that never asked for a person."""
    return Row(tier, at, NEVER, NEVER, at + ivr, NEVER, outcome, None)


def inside(tier: str, at: float, joined: float = NEVER) -> Row:
    """Return a call that was in the IVR, or in line, when the run ended."""
    return Row(tier, at, joined, NEVER, NEVER, NEVER, "open", None)


class Job(NamedTuple):
    """One callback job of a log and its attempts as (pool, start, end)."""

    call: int
    created: float
    due: float
    outcome: str = "pending"
    ended: float = NEVER
    attempts: tuple[tuple[str, float, float], ...] = ()
    tier: str = "mid"


def log(rows: Sequence[Row], end: float = 7200.0, jobs: Sequence[Job] = ()) -> CallLog:
    """Return the log of a run that ended at ``end``."""
    tier, arrived, joined, answer, left, released, outcome, pool = (
        zip(*rows, strict=True) if rows else [()] * 8
    )
    return CallLog(
        tier=np.array([TIERS.index(name) for name in tier], np.int32),
        arrived=np.array(arrived, np.float64),
        joined=np.array(joined, np.float64),
        answered=np.array(answer, np.float64),
        left=np.array(left, np.float64),
        released=np.array(released, np.float64),
        outcome=np.array([OUTCOMES.index(name) for name in outcome], np.int8),
        pool=np.array([-1 if name is None else POOLS.index(name) for name in pool], np.int32),
        parent=np.full(len(rows), -1, np.int64),
        attempt=np.ones(len(rows), np.int32),
        end=end,
        callbacks=callback_log(jobs),
    )


def callback_log(jobs: Sequence[Job]) -> CallbackLog:
    """Return the jobs and, in order of their start, the attempts."""
    tries = sorted(
        (start, number, pool, end) for number, job in enumerate(jobs) for pool, start, end in job.attempts
    )
    return CallbackLog(
        call=np.array([job.call for job in jobs], np.int64),
        tier=np.array([TIERS.index(job.tier) for job in jobs], np.int32),
        created=np.array([job.created for job in jobs], np.float64),
        due=np.array([job.due for job in jobs], np.float64),
        first_attempt=np.array([job.attempts[0][1] if job.attempts else NEVER for job in jobs], np.float64),
        ended=np.array([job.ended for job in jobs], np.float64),
        attempts=np.array([len(job.attempts) for job in jobs], np.int32),
        outcome=np.array([JOB_OUTCOMES.index(job.outcome) for job in jobs], np.int8),
        attempt_job=np.array([number for _, number, _, _ in tries], np.int64),
        attempt_pool=np.array([POOLS.index(pool) for _, _, pool, _ in tries], np.int32),
        attempt_start=np.array([start for start, _, _, _ in tries], np.float64),
        attempt_end=np.array([end for _, _, _, end in tries], np.float64),
    )
