"""Small hotlines, and what became of callers written down by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from callcenter.calllog import JOB_OUTCOMES, OUTCOMES, CallLog, Kind
from callcenter.engine import simulate
from callcenter.scenario import load
from tests.engine.taping import Caller, tape

__all__ = ["Caller", "Day", "Fate", "JobFate", "Link", "hotline", "live", "tape", "tier"]


class Fate(NamedTuple):
    """What the log says of a call; seconds, None = never."""

    outcome: str
    answered: float | None = None
    left: float | None = None
    pool: str | None = None


class Link(NamedTuple):
    """How a call came about; the parent is a row of the log."""

    kind: str
    parent: int = -1
    attempt: int = 1


class JobFate(NamedTuple):
    """What the log says of a callback job."""

    outcome: str
    created: float
    first_attempt: float | None
    ended: float | None
    attempts: int


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
    """Return a tier; its distributions hardly matter, because the tape is written by hand."""
    return {"priority": priority, "talk": "1 min"} | keys


class Day(NamedTuple):
    """A simulated timeline; calls and links are those that happened, in order of arrival."""

    calls: list[Fate]
    jobs: list[JobFate]
    log: CallLog

    @property
    def links(self) -> list[Link]:
        """How each call came about."""
        rows = zip(self.log.kind, self.log.parent, self.log.attempt, strict=True)
        return [Link(Kind(kind).name.lower(), int(parent), int(attempt)) for kind, parent, attempt in rows]

    @property
    def outcomes(self) -> list[str]:
        """How each call ended."""
        return [fate.outcome for fate in self.calls]

    @property
    def answered(self) -> list[float | None]:
        """When each call was answered."""
        return [fate.answered for fate in self.calls]


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
