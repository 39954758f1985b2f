"""What insights are made of: plain data, from which a report makes its sentences and figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple, Self

from callcenter.measure import Estimate
from callcenter.measure.estimates import Verdict
from callcenter.study.result import Result

Cause = Literal[
    "too_few_replications",
    "cut_off",
    "nobody_staffed",
    "held_back",
    "outranked",
    "after_peak",
    "skill_split",
    "busy_days",
    "too_few_agents",
    "beyond_formula",
]
"""Why a tier misses its promise; `causes.cause_of` says what each means and how it is decided."""

Reason = Literal[
    "nothing_missed",
    "over_budget",
    "own_rule",
    "no_gain",
    "no_stretch",
    "lesser_miss",
    "no_priorities",
]
"""Why a part was left out: no call is missing; it takes more calls than the budget allows (of gains: the
search ended early, if there are any); a routing rule of the user's own decides, not the scenario; one more
agent in the stretch helps nobody; no stretch stands out; other misses are larger; all tiers are alike."""


class Measured(NamedTuple):
    """A figure with its 95% interval; nan where undefined (one replication has no interval)."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, estimate: Estimate) -> Self:
        """Return an estimate of a single figure as plain floats."""
        return cls(*map(float, estimate))


class Stretch(NamedTuple):
    """Intervals of one day that follow each other, with the calls of one tier in them, per replication."""

    day: int | None
    """Counted from 0 as in the tables; None where a replication has one day."""
    first: int
    last: int
    """First and last interval of the day, counted from 0."""
    start: str
    end: str
    """Clock texts; `end` is when the last interval ends."""
    offered: float
    late: float
    """Calls that count against the promise, by the scenario's definition of the answer rate."""
    share: float
    """Part of all late calls of the tier."""
    rate: float
    """Answer rate of the calls that arrive in it."""
    date: date | None = None
    """Of the day, where the scenario says it."""


class PoolThen(NamedTuple):
    """A pool in the stretches of a miss."""

    pool: str
    occupancy: float
    idle: float
    """Mean agents on the phones without work."""
    scheduled: float
    required: float
    """As of `required_agents`; nan where the formula asks nothing of the pool."""


class BusyDays(NamedTuple):
    """A tier's answer rate on the busier and on the quieter half of the days, by calls offered."""

    busier: float
    quieter: float
    busier_offered: float
    quieter_offered: float
    """Mean calls offered per day."""
    days: int


class Miss(NamedTuple):
    """A promise that is missed, or of which that is unclear."""

    tier: str
    verdict: Verdict
    rate: Measured
    target: float
    within_s: float
    missing: float
    """Calls per replication short of the promise; below 0 where the rate is above it, but unclear."""
    late: float
    """Calls per replication that count against the promise, by the scenario's definition."""
    stretches: tuple[Stretch, ...]
    """Where it goes wrong, worst first, at most five."""
    pools: tuple[PoolThen, ...]
    """Those that serve the tier, over all these stretches."""
    is_held_back: bool
    """Whether agents of these pools were idle while callers waited, because `keep_idle` or `after` held
    them back: without such conditions the rate rises, shown at 95 %, by a point or more."""
    busy_days: BusyDays | None
    """None where there are fewer than four days."""
    cause: Cause
    evidence: Mapping[str, float]
    """The numbers that decided; see `causes`."""


class Trial(NamedTuple):
    """So many more agents, and the answer rate that the tier then has."""

    agents: int
    rate: float
    stretch_rate: float
    """Of the calls that arrive in the stretch, over the replications tried."""


class Gain(NamedTuple):
    """What one more agent in one pool changes, in the worst stretch of a miss only."""

    tier: str
    """Whose miss it is about."""
    pool: str
    stretch: Stretch
    every_day: bool
    """Whether the agent comes on every day, because the pool is rostered by interval of an ordinary day."""
    hours: float
    """Rostered agent-hours per replication that the one agent adds."""
    rises: Mapping[str, Measured]
    """Rise of the answer rate of every tier and of `all`, paired on the same callers."""
    trials: tuple[Trial, ...] = ()
    """Tried to reach the target, fewest first; empty unless this is the pool that earns most, and missed."""
    needed: int | None = None
    """More agents there with which the tier reaches its target; None: not tried, or not reached."""
    needed_rate: float | None = None


class TierEffect(NamedTuple):
    """A tier as it is, and with everybody served first come, first served."""

    tier: str
    rate: float
    rate_without: float
    rate_change: Measured
    """Without priorities less with them, paired on the same callers."""
    wait_s: float
    """Mean wait of everybody who asked for a person."""
    wait_without_s: float
    wait_change_s: Measured


class PriorityEffect(NamedTuple):
    """What priorities do, tier by tier: the same callers first come, first served."""

    tiers: tuple[TierEffect, ...]
    """All tiers in file order, then `all`."""
    removed: tuple[str, ...]
    """Dotted paths of the settings that were removed."""
    before: Result
    """The replications used, as they are."""
    after: Result
    """The same callers without priorities; its tallies hold the waits."""


class SecondOpinion(NamedTuple):
    """The other engine on the same replications, call by call."""

    engines: tuple[str, str]
    """The one that made the result, and the other."""
    replications: tuple[int, ...]
    """Their numbers."""
    calls: int
    """Rows compared, redials and transfers included."""
    columns: int
    identical: bool
    differing: tuple[str, ...]
    """Columns of the logs that are not equal."""
    seconds: tuple[float, float]
    """What each engine took."""


class Conserved(NamedTuple):
    """A sum that must balance, all replications together."""

    kind: Literal["calls", "answers", "agents", "callbacks"]
    name: str
    """A tier, a pool, or `all`."""
    total: float
    parts: Mapping[str, float]
    balanced: bool


class LeftOut(NamedTuple):
    """A part of the insights that is not there, and why."""

    part: str
    """`gains`, `priorities` or `second_opinion`."""
    reason: Reason
    tier: str | None = None
    numbers: Mapping[str, float] = {}
    """Such as the calls it would have taken and the calls allowed."""
