"""The series of a tier: its backtests, and the calls of the days ahead with their bands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from callcenter.arrays import Flags, Floats
from callcenter.forecast.backtest import ONE_DAY, Backtest, backtests, forecasts_of, linked
from callcenter.forecast.bands import CONFIDENCES, Reach
from callcenter.forecast.history import History
from callcenter.forecast.methods import Method

SCORES = {0.80: 1.2815515655446004, 0.95: 1.959963984540054}
"""How many standard deviations a band of the normal law reaches."""
WEEKS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 52)
"""Weeks ahead that are tried; what lies between takes the longer one."""
LATEST = 7 * WEEKS[-1]


@dataclass(frozen=True, eq=False)
class Ahead:
    """The days to come, and what is known of them."""

    days: tuple[date, ...]
    after: date
    """The last day of the history."""
    is_open: Flags
    factors: Floats
    """Of special days and events, shape (days, intervals)."""
    spreads: Floats
    """How sure these are: standard deviations as shares, of the same shape."""
    next_open: date | None = None
    """The first ordinary open day after the history."""

    def lead(self, row: int) -> int:
        """Return how many days ahead a day is; the next open day is one day ahead, whenever it is."""
        day = self.days[row]
        is_next = self.next_open is not None and day <= self.next_open
        return ONE_DAY if is_next else (day - self.after).days

    @property
    def leads(self) -> tuple[int, ...]:
        """The leads to be tried."""
        furthest = self.lead(len(self.days) - 1)
        if furthest == ONE_DAY:
            return (ONE_DAY,)
        weeks = [7 * week for week in WEEKS]
        needed = next((number for number, lead in enumerate(weeks) if lead >= furthest), len(weeks) - 1)
        return (ONE_DAY, *weeks[: needed + 1])


@dataclass(frozen=True, eq=False)
class Series:
    """Calls ahead of one tier, or of all together."""

    name: str
    history: History
    tests: Mapping[int, Backtest]
    """By lead."""
    ahead: Ahead
    calls: Floats
    """Expected, shape (days, intervals)."""

    def test_of(self, lead: int) -> Backtest:
        """Return the backtest for a lead: the nearest that is not shorter, or the longest there is."""
        return self.tests[min((each for each in self.tests if each >= lead), default=max(self.tests))]

    @property
    def one_day(self) -> Backtest:
        """The backtest of one day ahead."""
        return self.tests[ONE_DAY]

    def _reach(self, row: int) -> Reach:
        lead, later = self.ahead.lead(row), self.test_of(self.ahead.lead(row))
        before = max((each for each in self.tests if each < later.lead), default=later.lead)
        if not before < lead < later.lead:
            return later.reach
        return self.tests[before].reach.between(later.reach, (lead - before) / (later.lead - before))

    @cached_property
    def bands(self) -> dict[float, tuple[Floats, Floats]]:
        """Low and high ends by interval for each confidence, shape (days, intervals)."""
        bands = {}
        for level in CONFIDENCES:
            more = SCORES[level] * self.ahead.spreads
            rows = [
                self._reach(row).band(self.calls[row], level, more[row]) for row in range(len(self.calls))
            ]
            low, high = (np.where(self.calls > 0, np.array(end), 0.0) for end in zip(*rows, strict=True))
            bands[level] = low, high
        return bands

    @cached_property
    def day_bands(self) -> dict[float, tuple[Floats, Floats]]:
        """Low and high ends of the totals of days, shape (days,)."""
        totals = self.calls.sum(axis=1)
        spreads = (self.ahead.spreads * self.calls).sum(axis=1) / np.maximum(totals, 1e-9)
        bands = {}
        for level in CONFIDENCES:
            ends = np.array(
                [
                    self._reach(row).day_band(float(total), level, SCORES[level] * float(spreads[row]))
                    for row, total in enumerate(totals)
                ]
            )
            ends[totals <= 0] = 0.0
            bands[level] = ends[:, 0], ends[:, 1]
        return bands


def series_of(
    name: str,
    history: History,
    ahead: Ahead,
    methods: Mapping[str, Method],
    on_progress: Callable[[int], None] | None = None,
) -> Series:
    """Backtest the methods on the history of a tier; forecast each day ahead by the method of its lead."""
    tests = backtests(history, ahead.leads, methods, on_progress)
    calls = np.zeros(ahead.factors.shape)
    own = Series(name, history, tests, ahead, calls)
    rows = np.flatnonzero(ahead.is_open).tolist()
    if rows:
        forecasts = forecasts_of(history, [ahead.days[row] for row in rows], methods)
        for place, row in enumerate(rows):
            calls[row] = forecasts[own.test_of(ahead.lead(row)).chosen][place]
    np.maximum(calls * ahead.factors, 0.0, out=calls)
    return own


def together(series: Sequence[Series]) -> Series:
    """Return the sum of tiers: what was chosen for each, added up; errors and bands are those of the sum."""
    if len(series) == 1:
        return series[0]
    first = series[0]
    history = History(
        first.history.days,
        np.sum([each.history.counts for each in series], axis=0),
        first.history.ahead,
        first.history.likes,
    )
    tests = {
        lead: Backtest(
            history,
            lead,
            test.rows,
            test.known,
            {
                name: np.sum([each.tests[lead].forecasts[name] for each in series], axis=0)
                for name in test.forecasts
            },
            np.sum([each.tests[lead].as_chosen for each in series], axis=0),
        )
        for lead, test in first.tests.items()
    }
    return Series("", history, linked(tests), first.ahead, np.sum([each.calls for each in series], axis=0))
