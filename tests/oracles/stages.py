"""Queues with an IVR before the agents, or callbacks behind them, as Markov chains; times in seconds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tests.oracles.chain import Move, State, flow, long_run


class StageFigures(NamedTuple):
    """Long-run figures behind an IVR; waits in seconds, of the calls that ask for an agent."""

    blocked: float
    """Share of all calls."""
    mean_wait: float
    abandonment: float
    occupancy: float


class IvrBefore(NamedTuple):
    """Calls that pass an IVR of exponential time, and of which some go on to agents; all hold a line.

    A state counts the calls in the IVR and those waiting for or talking to an agent.
    """

    calls_per_hour: float
    ivr: float
    to_agent: float
    aht: float
    agents: int
    lines: int
    patience: float

    def figures(self) -> StageFigures:
        """Figures in the long run."""
        chain = flow([(0, 0)], self.moves)
        chances, (passing, inside) = long_run(chain), chain.states.T
        waiting, busy = (inside - self.agents).clip(0), inside.clip(max=self.agents)
        asked = float(chances @ passing) / self.ivr * self.to_agent
        wait = float(chances @ waiting) / asked
        return StageFigures(
            blocked=float(chances[passing + inside == self.lines].sum()),
            mean_wait=wait,
            abandonment=wait / self.patience,
            occupancy=float(chances @ busy) / self.agents,
        )

    def moves(self, state: State) -> Iterator[Move]:
        """Arrivals, ends of the IVR, ends of calls and abandonments."""
        passing, inside = state
        if passing + inside < self.lines:
            yield (passing + 1, inside), self.calls_per_hour / 3600
        if passing:
            over = passing / self.ivr
            yield (passing - 1, inside + 1), over * self.to_agent
            yield (passing - 1, inside), over * (1 - self.to_agent)
        if inside:
            waiting = max(0, inside - self.agents)
            yield (passing, inside - 1), (inside - waiting) / self.aht + waiting / self.patience


class OfficeFigures(NamedTuple):
    """Long-run figures of callers and callbacks that share agents; shares are those of all callers."""

    callbacks: float
    abandonment: float
    mean_wait: float
    delay: float
    """Mean time from the lost or diverted call to the callback."""
    occupancy: float


class OfficeBehind(NamedTuple):
    """Agents who take callers first, and call back while more than ``keep_idle`` of them are idle.

    Of the callers who find no agent ``diverted`` take a callback, of those who abandon ``owed`` are owed one.
    A state counts busy agents, callers waiting and callbacks owed, up to ``room``.
    """

    calls_per_hour: float
    aht: float
    agents: int
    patience: float
    diverted: float = 0.0
    owed: float = 0.0
    keep_idle: int = 0
    room: tuple[int, int] = (40, 200)

    def figures(self) -> OfficeFigures:
        """Figures in the long run."""
        chain = flow([(0, 0, 0)], self.moves)
        chances = long_run(chain)
        busy, waiting, owed = chain.states.T
        rate, lost = self.calls_per_hour / 3600, float(chances @ waiting) / self.patience
        all_busy = float(chances[busy == self.agents].sum())
        created = rate * all_busy * self.diverted + lost * self.owed
        return OfficeFigures(
            callbacks=created / rate,
            abandonment=lost / rate,
            mean_wait=float(chances @ waiting) / rate,
            delay=float(chances @ owed) / created,
            occupancy=float(chances @ busy) / self.agents,
        )

    def moves(self, state: State) -> Iterator[Move]:
        """Arrivals, abandonments and ends of calls."""
        busy, waiting, owed = state
        rate, idle = self.calls_per_hour / 3600, self.agents - busy
        if idle:
            yield (busy + 1, 0, owed), rate
        else:
            yield from self._diverted(waiting, owed, rate)
        if waiting:
            yield self._with_job(busy, waiting - 1, owed), waiting / self.patience * self.owed
            yield (busy, waiting - 1, owed), waiting / self.patience * (1 - self.owed)
        if busy:
            yield self._freed(busy, waiting, owed), busy / self.aht

    def _diverted(self, waiting: int, owed: int, rate: float) -> Iterator[Move]:
        yield self._with_job(self.agents, waiting, owed), rate * self.diverted
        if waiting < self.room[0]:
            yield (self.agents, waiting + 1, owed), rate * (1 - self.diverted)

    def _with_job(self, busy: int, waiting: int, owed: int) -> State:
        return busy, waiting, min(owed + 1, self.room[1])

    def _freed(self, busy: int, waiting: int, owed: int) -> State:
        """An agent frees: takes a caller, or calls back if more are idle, this one too, than must be."""
        if waiting:
            return busy, waiting - 1, owed
        dials = owed > 0 and self.agents - busy + 1 > self.keep_idle
        return (busy, 0, owed - 1) if dials else (busy - 1, 0, owed)
