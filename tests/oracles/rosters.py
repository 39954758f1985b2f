"""One day with changing arrivals and staffing, as a Markov chain; rates per second, times in seconds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import product
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.theory.line import Prospect
from tests.oracles.chain import Move, State, flow, spell

DRAIN = 4 * 3600.0
"""Seconds after close in which everybody is surely gone."""


class Period(NamedTuple):
    """Part of a day."""

    seconds: float
    calls_per_hour: float
    agents: int


class DayFigures(NamedTuple):
    """Expected figures of a day, waits per call."""

    mean_wait: float
    abandonment: float
    busy_h: float
    overtime_h: float
    """Worked beyond the staffing by agents who finish their call, and by all after close."""
    answered_within: float
    """Within 20 s; right only if staffing never changes."""


class RosterDay(NamedTuple):
    """A day that starts empty and, after the last period, runs on until everybody is gone.

    A state counts the agents busy, more than staffed when staffing has just fallen, and the callers waiting.
    """

    periods: Sequence[Period]
    aht: float
    patience: float
    room: int = 80

    def figures(self) -> DayFigures:
        """Follow the chances through the day and add up."""
        states = np.array(self._states(), dtype=np.float64)
        chances = (states.sum(axis=1) == 0).astype(np.float64)
        closed = Period(DRAIN, 0.0, self.periods[-1].agents)
        total = np.zeros(4)
        for period, on_duty in [*((p, p.agents) for p in self.periods), (closed, 0)]:
            chain = flow(self._states(), partial(self.moves, period))
            chances, spent = spell(chain, self._staffed(chances, period.agents), period.seconds)
            total += self._gains(states, period, on_duty) @ spent
        return self._per_call(*total.tolist())

    def moves(self, period: Period, state: State) -> Iterator[Move]:
        """Arrivals, abandonments and ends of calls; whoever is too many leaves at the end of the call."""
        busy, waiting = state
        rate = period.calls_per_hour / 3600
        if busy < period.agents:
            yield (busy + 1, waiting), rate
        elif waiting < self.room:
            yield (busy, waiting + 1), rate
        if waiting:
            yield (busy, waiting - 1), waiting / self.patience
        if busy:
            takes_next = waiting > 0 and busy <= period.agents
            yield (busy, waiting - 1) if takes_next else (busy - 1, waiting), busy / self.aht

    def _states(self) -> list[State]:
        most = max(period.agents for period in self.periods)
        return list(product(range(most + 1), range(self.room + 1)))

    def _staffed(self, chances: Floats, agents: int) -> Floats:
        """Let the agents who come take the callers waiting."""
        after = np.zeros_like(chances)
        for chance, (busy, waiting) in zip(chances, self._states(), strict=True):
            taken = max(0, min(agents - busy, waiting))
            after[(busy + taken) * (self.room + 1) + waiting - taken] += chance
        return after

    def _gains(self, states: Floats, period: Period, on_duty: int) -> Floats:
        """Seconds waited, worked and worked beyond staffing, and calls to be answered in time, per second."""
        busy, waiting = states.T
        prospect = Prospect(waiting, period.agents / self.aht, self.patience)
        soon = np.where(busy < period.agents, 1.0, prospect.answered_within(20.0))
        return np.array([waiting, busy, np.maximum(busy - on_duty, 0), soon * period.calls_per_hour / 3600])

    def _per_call(self, waited: float, busy: float, overtime: float, in_time: float) -> DayFigures:
        offered = sum(period.seconds * period.calls_per_hour / 3600 for period in self.periods)
        wait = waited / offered
        return DayFigures(wait, wait / self.patience, busy / 3600, overtime / 3600, in_time / offered)
