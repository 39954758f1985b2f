"""What an error of the forecast costs: agent-hours more for the same answer rate, by Erlang A.

Agents are those that the forecast requires, all times one factor that makes the days of the backtest keep the
promise in spite of their errors; what that takes more than calls known beforehand is the cost.  Source: Koole
and Ding, Optimal call center forecasting and staffing, Probability in the Engineering and Informational
Sciences 36 (2022), 254-263.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.demand import Loads
from callcenter.forecast.backtest import Backtest
from callcenter.scenario import Scenario
from callcenter.theory import erlang_a

USUAL = (20.0, 0.80)
USUAL_PATIENCE = 300.0
"""Of callers of whom nobody has said how long they wait, in seconds."""
DAYS = 60
LEVELS, STEPS = 32, 20
"""Of calls and of agents, for which the formula is asked; between them it is nearly straight."""
FACTORS = (0.5, 4.0)
"""Between these lies the factor that is looked for."""
TENTH = 0.1
MOST_LOAD = 20_000.0
"""Erlang; the formula is for lines of people."""


class Promised(NamedTuple):
    """A share of the calls, and how many of them must be answered within some seconds."""

    part: float
    within: float
    share: float


class Line(NamedTuple):
    """The hotline as one line of callers before one group of agents."""

    asking: float
    """Part of the calls that asks for a person."""
    handle_s: float
    patience_s: float
    promises: tuple[Promised, ...]
    is_assumed: bool
    """Whether promise and patience are the usual ones, for want of a scenario."""

    @property
    def share(self) -> float:
        """The share of calls to be answered in time, all promises together."""
        return sum(each.part * each.share for each in self.promises)


class Cost(NamedTuple):
    """Agent-hours a day on the phones, all with the same answer rate."""

    line: Line
    lead: int
    days: int
    known: float
    """With calls known beforehand."""
    chosen: float
    methods: Mapping[str, float]
    """By method; nan where no staffing does."""
    chance: float
    """What chance alone adds, were the forecast exact."""
    tenth: float
    """Saved by errors that are a tenth smaller."""


def line_of(scenario: Scenario | None, handle_s: float | None) -> Line | None:
    """Return the line of a scenario, or of a handle time alone; None where nothing is known or promised."""
    if scenario is None:
        usual = (Promised(1.0, *USUAL),)
        return Line(1.0, handle_s, USUAL_PATIENCE, usual, True) if handle_s else None
    loads = Loads(scenario)
    names, cells = list(scenario.tiers), range(scenario.day.intervals)
    by_day = [scenario.demand.expected_on(name) for name in names]
    calls = sum(sum(map(sum, days)) / len(days) for days in by_day) * loads.factor()
    own = {name: [loads.of(name, cell) for cell in cells] for name in names}
    asked = {name: sum(load.calls for load in own[name]) for name in names}
    whole = sum(asked.values())
    targets = {
        name: tier.target for name, tier in scenario.tiers.items() if tier.target is not None and asked[name]
    }
    if not whole or not calls or not targets:
        return None
    work = sum(load.calls * load.handle_s for name in names for load in own[name])
    leaving = sum(load.calls * load.hazard for name in names for load in own[name]) / whole
    promised = sum(asked[name] for name in targets)
    promises = tuple(
        Promised(asked[name] / promised, target.within, min(target.share, 0.999))
        for name, target in targets.items()
    )
    return Line(whole / calls, work / whole, 1 / leaving if leaving else np.inf, promises, False)


def cost_of(line: Line, test: Backtest, interval: float) -> Cost | None:
    """Return the cost of the errors of a backtest; None where the formula is not asked for so many agents."""
    since = max(len(test.rows) - DAYS, test.judged_from)
    actual, chosen = test.actual[since:], test.as_chosen[since:]
    if not len(actual) or actual.max(initial=0) * line.asking * line.handle_s / interval > MOST_LOAD:
        return None
    chance = np.random.default_rng(len(actual)).poisson(chosen).astype(np.float64)
    most = max(float(each.max(initial=1)) for each in (actual, chance, *test.forecasts.values()))
    formula = _Formula(line, interval, most)
    days = len(actual)

    def hours(forecast: Floats, came: Floats) -> float:
        return formula.hours(np.maximum(forecast, 0.0), came) / days

    known = formula.staffed(actual) / days
    mine = hours(chosen, actual)
    return Cost(
        line,
        test.lead,
        days,
        known,
        mine,
        {name: hours(forecast[since:], actual) for name, forecast in test.forecasts.items()},
        hours(chosen, chance) - formula.staffed(chance) / days,
        mine - hours(chosen + TENTH * (actual - chosen), actual),
    )


class _Formula:
    """Erlang A for calls of an interval and agents, read off a table."""

    def __init__(self, line: Line, interval: float, most: float) -> None:
        self._line, self._interval = line, interval
        self._calls = np.concatenate([[0.0], np.geomspace(min(0.2, most / 2), most, LEVELS - 1)])
        self._loads = self._calls * line.asking * line.handle_s / interval
        self._slack = np.linspace(-3.0, 4.0, STEPS)
        self._rates = np.array(
            [[self._rate(place, slack) for slack in self._slack] for place in range(LEVELS)]
        )
        target = line.share
        self._required = np.array(
            [
                self._agents(place, float(np.interp(target, np.maximum.accumulate(rates), self._slack)))
                for place, rates in enumerate(self._rates)
            ]
        )
        self._required[0] = 0.0

    def _agents(self, place: int, slack: float) -> float:
        load = float(self._loads[place])
        return max(load + slack * max(math.sqrt(load), 1.0), 0.0)

    def _rate(self, place: int, slack: float) -> float:
        """Return the share in time; of agents between two whole numbers what lies between them."""
        line, calls = self._line, self._calls[place] * self._line.asking * 3600 / self._interval
        agents = self._agents(place, slack)
        if calls <= 0:
            return 1.0
        few = int(np.floor(agents))
        both = [self._in_time(float(calls), number, line) for number in (few, few + 1)]
        return both[0] + (agents - few) * (both[1] - both[0])

    @staticmethod
    def _in_time(calls: float, agents: int, line: Line) -> float:
        if agents < 1:
            return 0.0
        rates = (
            each.part * erlang_a(calls, line.handle_s, agents, line.patience_s, each.within).answered_within
            for each in line.promises
        )
        return float(sum(rates))

    def required(self, calls: Floats) -> Floats:
        """Return the agents that calls require."""
        return np.asarray(np.interp(calls, self._calls, self._required))

    def staffed(self, calls: Floats) -> float:
        """Return the agent-hours that calls require."""
        return float(self.required(calls).sum()) * self._interval / 3600

    def hours(self, forecast: Floats, came: Floats) -> float:
        """Return the agent-hours with which the calls that came are answered in time; nan where none do."""
        required = self.required(forecast)
        low, high = FACTORS
        if self._kept(required * high, came) < self._line.share:
            return float("nan")
        for _turn in range(40):
            middle = (low + high) / 2
            enough = self._kept(required * middle, came) >= self._line.share
            low, high = (low, middle) if enough else (middle, high)
        return float(required.sum()) * high * self._interval / 3600

    def _kept(self, agents: Floats, came: Floats) -> float:
        """Return the share of calls in time."""
        loads = came * self._line.asking * self._line.handle_s / self._interval
        slack = np.clip((agents - loads) / np.maximum(np.sqrt(loads), 1.0), self._slack[0], self._slack[-1])
        at = np.interp(slack, self._slack, np.arange(STEPS, dtype=np.float64))
        level = np.interp(came, self._calls, np.arange(LEVELS, dtype=np.float64))
        rows, columns = (
            np.minimum(each.astype(np.int64), most) for each, most in ((level, LEVELS - 2), (at, STEPS - 2))
        )
        down, right = level - rows, at - columns
        table = self._rates
        rates = (1 - down) * (
            (1 - right) * table[rows, columns] + right * table[rows, columns + 1]
        ) + down * ((1 - right) * table[rows + 1, columns] + right * table[rows + 1, columns + 1])
        return float((rates * came).sum() / max(came.sum(), 1e-9))
