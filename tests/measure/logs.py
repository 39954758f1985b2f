"""Call logs written by hand: one row per call, times in seconds since 00:00 of the first day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from callcenter.calllog import (
    JOB_OUTCOMES,
    OUTCOMES,
    CallbackLog,
    CallLog,
    Kind,
    SessionLog,
    StaffingLog,
)
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
    kind: Kind = Kind.FIRST
    parent: int = -1
    is_solved: bool = False

    def after(self, parent: int, kind: Kind) -> Row:
        """Return it as a call that another row led to."""
        return self._replace(parent=parent, kind=kind)

    def unsolved(self) -> Row:
        """Return it as an answered call whose customer has reason to call again, or is transferred."""
        return self._replace(is_solved=False)


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
    return Row(tier, at, joined, joined + wait, left, left + wrap_up, "answered", pool, is_solved=True)


def lost(tier: str, at: float, wait: float = 0.0, outcome: str = "abandoned", ivr: float = 0.0) -> Row:
    """Return a call that asked for a person in vain."""
    return Row(tier, at, at + ivr, NEVER, at + ivr + wait, NEVER, outcome, None)


def alone(tier: str, at: float, ivr: float = 0.0, outcome: str = "self_served") -> Row:
    """Return a call that never asked for a person."""
    return Row(tier, at, NEVER, NEVER, at + ivr, NEVER, outcome, None, is_solved=outcome == "self_served")


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


class Online(NamedTuple):
    """A customer who starts on the web or app."""

    tier: str
    at: float
    solved: bool = False


STAFFING = ((0.0, (2, 3)), (3600.0, (1, 3)))
"""When the levels of the pools change to what: as in the base scenario."""

Changes = Sequence[tuple[float, tuple[int, ...]]]


def staffing(changes: Changes, rostered: Sequence[tuple[int, ...]] | None = None) -> StaffingLog:
    """Return the levels; as many are rostered as are staffed unless given."""
    levels = np.array([level for _, level in changes], np.int32).reshape(-1, len(POOLS))
    return StaffingLog(
        np.array([at for at, _ in changes], np.float64),
        levels,
        np.array(levels if rostered is None else rostered, np.float64),
    )


def staffing_of(lines: Scenario) -> StaffingLog:
    """Return the levels of a scenario without shifts or absence, interval by interval."""
    pools = [lines.staffed(name) for name in lines.pools]
    starts = [lines.day.open + lines.day.interval * number for number in range(lines.day.intervals)]
    of_day = list(zip(starts, zip(*(map(round, pool) for pool in pools), strict=True), strict=True))
    return staffing([(86_400 * day + at, levels) for day in range(lines.days) for at, levels in of_day])


def log(
    rows: Sequence[Row],
    end: float = 7200.0,
    jobs: Sequence[Job] = (),
    staffed: StaffingLog | None = None,
    sessions: Sequence[tuple[str, float, float]] = (),
    online: Sequence[Online] = (),
    breaks: Sequence[tuple[str, float, float]] = (),
    silences: Sequence[tuple[str, float, float]] = (),
) -> CallLog:
    """Return the log of a run that ended at ``end``."""
    columns = dict(zip(Row._fields, zip(*rows, strict=True) if rows else [()] * 11, strict=True))
    attempts, customers = _histories(rows)
    times = {name: np.array(columns[name], np.float64) for name in ("arrived", "joined", "answered", "left")}
    return CallLog(
        **times,
        released=np.array(columns["released"], np.float64),
        tier=np.array([TIERS.index(name) for name in columns["tier"]], np.int32),
        outcome=np.array([OUTCOMES.index(name) for name in columns["outcome"]], np.int8),
        pool=np.array([-1 if name is None else POOLS.index(name) for name in columns["pool"]], np.int32),
        parent=np.array(columns["parent"], np.int64),
        attempt=np.array(attempts, np.int32),
        kind=np.array(columns["kind"], np.int8),
        customer=np.array(customers, np.int64),
        solved=np.array(columns["is_solved"], np.bool_),
        end=end,
        callbacks=callback_log(jobs),
        staffing=staffing(STAFFING) if staffed is None else staffed,
        sessions=_spells(sessions),
        breaks=_spells(breaks),
        silences=_spells(silences),
        online_tier=np.array([TIERS.index(one.tier) for one in online], np.int32),
        online_at=np.array([one.at for one in online], np.float64),
        online_solved=np.array([one.solved for one in online], np.bool_),
    )


def _spells(spells: Sequence[tuple[str, float, float]]) -> SessionLog:
    return SessionLog(
        np.array([POOLS.index(pool) for pool, _, _ in spells], np.int32),
        np.array([start for _, start, _ in spells], np.float64),
        np.array([stop for _, _, stop in spells], np.float64),
    )


def _histories(rows: Sequence[Row]) -> tuple[list[int], list[int]]:
    """Return attempt and customer of each row, from its parent's."""
    attempts: list[int] = []
    customers: list[int] = []
    for number, row in enumerate(rows):
        attempts.append(attempts[row.parent] + 1 if row.kind == Kind.REDIAL else 1)
        customers.append(number if row.parent < 0 else customers[row.parent])
    return attempts, customers


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
