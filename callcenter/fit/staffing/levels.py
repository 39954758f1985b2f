"""How many agents were there: levels by day, pool and a few minutes, as parts of agents (contract 2.7)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from callcenter.arrays import Floats, Ints
from callcenter.clock import clock_text
from callcenter.fit.calls import APART
from callcenter.fit.estimates import Estimate, positive
from callcenter.fit.staffing.spells import Spells
from callcenter.language import noted

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

STEP = 300.0
"""Seconds of a level."""

LOG_INS, SERVED, TOGETHER, CALIBRATED, REPORTED = (
    noted("log-ins"),
    noted("served calls"),
    noted("calls at a time"),
    noted("calibration to the waits"),
    noted("the report"),
)
"""How levels are known, best first but for the last."""


class Levels(NamedTuple):
    """Mean number of agents there."""

    days: tuple[str, ...]
    pools: tuple[str, ...]
    opening: float
    step: float
    agents: Floats
    """Shape (days, pools, steps)."""
    at_least: Floats
    """Shape (days, pools, steps): 1 where nobody waited, and there may have been more."""
    source: str
    """How they are known, one of the constants above; translated where it is shown."""

    def hours(self, pool: str | None = None) -> Estimate:
        """Return staffed hours a day."""
        chosen = self.agents if pool is None else self.agents[:, [self.pools.index(pool)]]
        daily = chosen.sum(axis=(1, 2)) * self.step / 3600
        days = len(daily)
        error = daily.std(ddof=1) / np.sqrt(days) / daily.mean() if days > 1 and daily.mean() > 0 else np.nan
        return positive(float(daily.mean()), float(error), days, self.source, days)

    def roster(self, interval: float) -> Floats:
        """Return the level of each pool and interval of a usual day, shape (pools, intervals).

        It is the mean of days; where levels may be higher, of those days on which they are known, and the
        highest of all where none is.
        """
        known = 1 - self.at_least
        days = known.sum(axis=0)
        mean = (self.agents * known).sum(axis=0) / np.maximum(days, 1)
        usual = np.where(days > 0, mean, self.agents.max(axis=0))
        steps = round(interval / self.step)
        whole = usual.shape[1] - usual.shape[1] % steps
        return np.asarray(usual[:, :whole].reshape(len(self.pools), -1, steps).mean(axis=2))

    def rosters(self, interval: float) -> pd.DataFrame | None:
        """Return date, start and a column of agents for each pool, one row per day and interval.

        That is what `agents: {file: ..., draw: days}` reads (contract 2.8).  None where days have no dates or
        there is one alone.
        """
        if len(self.days) < 2 or not all(map(_DATE.fullmatch, self.days)):
            return None
        steps = round(interval / self.step)
        days, pools, number = self.agents.shape
        number -= number % steps
        means = self.agents[:, :, :number].reshape(days, pools, -1, steps).mean(axis=3)
        starts = [clock_text(self.opening + place * interval) for place in range(means.shape[2])]
        columns = {name: np.round(means[:, pool].ravel(), 2) for pool, name in enumerate(self.pools)}
        dates = {"date": np.repeat(self.days, len(starts)), "start": starts * days}
        return pd.DataFrame(dates | columns)

    def frame(self) -> pd.DataFrame:
        """Return date, start, pool and agents, whole ones, one row per day, pool and step."""
        days, pools, steps = np.indices(self.agents.shape)
        starts = np.array(
            [clock_text(self.opening + number * self.step) for number in range(steps.max() + 1)]
        )
        return pd.DataFrame(
            {
                "date": np.array(self.days)[days.ravel()],
                "start": starts[steps.ravel()],
                "pool": np.array(self.pools)[pools.ravel()],
                "agents": whole(self.agents).ravel(),
            }
        )


def levels(
    presence: Spells,
    days: Sequence[str],
    pools: Sequence[str],
    hours: tuple[float, float],
    source: str,
    step: float = STEP,
) -> Levels:
    """Return the mean number of agents in each step of the opening hours."""
    opening, closing = hours
    edges = opening + step * np.arange(round((closing - opening) / step) + 1)
    clock = (np.arange(len(days)) * APART)[:, None] + edges
    agents = np.stack(
        [
            _levels(presence.start[presence.pool == pool], presence.end[presence.pool == pool], clock)
            for pool in range(len(pools))
        ],
        axis=1,
    )
    return Levels(tuple(days), tuple(pools), opening, step, agents / step, np.zeros(agents.shape), source)


def _levels(starts: Floats, ends: Floats, clock: Floats) -> Floats:
    """Return seconds of presence between edges of the clock, by day."""
    seconds = _passed(starts, clock) - _passed(ends, clock)
    return np.diff(seconds, axis=1)


def _passed(moments: Floats, clock: Floats) -> Floats:
    """Return the sum over moments of the time since they came, at each place on the clock."""
    ordered = np.sort(moments)
    sums = np.concatenate(([0.0], np.cumsum(ordered)))
    place = np.searchsorted(ordered, clock)
    return place * clock - sums[place]


def whole(agents: Floats) -> Ints:
    """Return whole agents: remainders are carried from step to step, of each pool and of all pools together.

    So all agents of a step are right to within a half, and the hours of each pool over the day to within one.
    `agents` has the shape (..., pools, steps).
    """
    given = np.zeros(agents.shape, np.int64)
    owed = np.zeros(agents.shape[:-1])
    for step in range(agents.shape[-1]):
        owed = owed + agents[..., step]
        number = np.floor(owed.sum(axis=-1) + 0.5)
        given[..., step] = _shared_out(owed, number)
        owed = owed - given[..., step]
    return given


def _shared_out(owed: Floats, number: Floats) -> Ints:
    """Return so many whole agents for the pools that are owed most."""
    base = np.floor(np.maximum(owed, 0.0))
    short = number - base.sum(axis=-1)
    order = np.argsort(np.argsort(-(owed - base), axis=-1, kind="stable"), axis=-1, kind="stable")
    more = (order < short[..., None]).astype(np.int64)
    fewer = (order >= order.shape[-1] + short[..., None]) & (base > 0)
    return np.asarray(base.astype(np.int64) + more - fewer.astype(np.int64))
