"""Queues in the long run that no formula covers, as Markov chains; rates per second, times in seconds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tests.oracles.chain import Move, Moves, State, flow, long_run

Pair = Sequence[float]


class TierFigures(NamedTuple):
    """Long-run figures of a tier; wait in seconds, of all its calls."""

    mean_wait: float
    abandonment: float


def lines(start: State, moves: Moves, *columns: int) -> list[float]:
    """Mean of some columns of the state in the long run."""
    chain = flow([start], moves)
    means: list[float] = (long_run(chain) @ chain.states[:, columns]).tolist()
    return means


def tier_figures(line: float, calls_per_hour: float, patience: float) -> TierFigures:
    """Little's law: the mean wait from the mean number waiting."""
    wait = line / calls_per_hour * 3600
    return TierFigures(wait, wait / patience)


class TwoTiers(NamedTuple):
    """One pool, two tiers in strict priority, each with its own handle time and patience.

    A state counts the agents busy with each handle time and the callers of each tier waiting, up to ``room``.
    """

    calls_per_hour: Pair
    aht: Pair
    agents: int
    patience: Pair
    room: tuple[int, int] = (20, 50)

    def figures(self) -> list[TierFigures]:
        """Figures of both tiers."""
        waiting = lines((0, 0, 0, 0), self.moves, 2, 3)
        return [tier_figures(*row) for row in zip(waiting, self.calls_per_hour, self.patience, strict=True)]

    def moves(self, state: State) -> Iterator[Move]:
        """Arrivals, abandonments and ends of calls."""
        yield from self._arrivals(*state)
        yield from self._abandonments(*state)
        first, second, *waiting = state
        if first:
            yield self._next(first - 1, second, *waiting), first / self.aht[0]
        if second:
            yield self._next(first, second - 1, *waiting), second / self.aht[1]

    def _arrivals(self, first: int, second: int, high: int, low: int) -> Iterator[Move]:
        rates = [calls / 3600 for calls in self.calls_per_hour]
        if first + second < self.agents:
            yield (first + 1, second, 0, 0), rates[0]
            yield self._second_served(first, second, 0), rates[1]
            return
        if high < self.room[0]:
            yield (first, second, high + 1, low), rates[0]
        if low < self.room[1]:
            yield (first, second, high, low + 1), rates[1]

    def _abandonments(self, first: int, second: int, high: int, low: int) -> Iterator[Move]:
        if high:
            yield (first, second, high - 1, low), high / self.patience[0]
        if low:
            yield (first, second, high, low - 1), low / self.patience[1]

    def _next(self, first: int, second: int, high: int, low: int) -> State:
        if high:
            return first + 1, second, high - 1, low
        return self._second_served(first, second, low - 1) if low else (first, second, 0, 0)

    def _second_served(self, first: int, second: int, low: int) -> State:
        """Put a caller of the second tier through; calls of one handle time need not be distinguished."""
        alike = self.aht[0] == self.aht[1]
        return (first + 1, second, 0, low) if alike else (first, second + 1, 0, low)


class NDesign(NamedTuple):
    """A desk for VIPs who overflow to a shared pool; a freed shared agent takes waiting VIPs first.

    A state counts the busy agents of desk and shared pool, and the VIPs and others waiting.
    """

    calls_per_hour: Pair
    aht: float
    desk: int
    shared: int
    patience: Pair
    room: int = 40

    def figures(self) -> list[TierFigures]:
        """Figures of VIPs and others."""
        waiting = lines((0, 0, 0, 0), self.moves, 2, 3)
        return [tier_figures(*row) for row in zip(waiting, self.calls_per_hour, self.patience, strict=True)]

    def moves(self, state: State) -> Iterator[Move]:
        """Arrivals, abandonments and ends of calls."""
        yield from self._vip_arrivals(*state)
        yield from self._other_arrivals(*state)
        desk, shared, vips, others = state
        if vips:
            freed = (desk + shared) / self.aht
            yield (desk, shared, vips - 1, others), vips / self.patience[0] + freed
        elif desk:
            yield (desk - 1, shared, 0, others), desk / self.aht
        if others:
            yield (desk, shared, vips, others - 1), others / self.patience[1]
        if shared and not vips:
            yield (desk, shared, 0, others - 1) if others else (desk, shared - 1, 0, 0), shared / self.aht

    def _vip_arrivals(self, desk: int, shared: int, vips: int, others: int) -> Iterator[Move]:
        rate = self.calls_per_hour[0] / 3600
        if desk < self.desk:
            yield (desk + 1, shared, vips, others), rate
        elif shared < self.shared:
            yield (desk, shared + 1, vips, others), rate
        elif vips < self.room:
            yield (desk, shared, vips + 1, others), rate

    def _other_arrivals(self, desk: int, shared: int, vips: int, others: int) -> Iterator[Move]:
        rate = self.calls_per_hour[1] / 3600
        if shared < self.shared:
            yield (desk, shared + 1, vips, others), rate
        elif others < self.room:
            yield (desk, shared, vips, others + 1), rate


class Phases(NamedTuple):
    """A handle time of two exponential phases of these means.

    A call starts in the first phase with chance ``first``, else in the second; ``onward`` of the first phases
    are followed by the second.
    """

    means: Pair
    first: float = 1.0
    onward: float = 1.0


class TwoPhases(NamedTuple):
    """One pool, one tier; a state counts the calls in each phase and the callers waiting."""

    calls_per_hour: float
    handle: Phases
    agents: int
    patience: float
    room: int = 200

    def figures(self) -> TierFigures:
        """Figures of the tier."""
        (line,) = lines((0, 0, 0), self.moves, 2)
        return tier_figures(line, self.calls_per_hour, self.patience)

    def moves(self, state: State) -> Iterator[Move]:
        """Arrivals, abandonments and ends of phases."""
        first, second, waiting = state
        rate = self.calls_per_hour / 3600
        if first + second < self.agents:
            yield from self._started(first, second, 0, rate)
        elif waiting < self.room:
            yield (first, second, waiting + 1), rate
        if waiting:
            yield (first, second, waiting - 1), waiting / self.patience
        if first:
            over = first / self.handle.means[0]
            yield (first - 1, second + 1, waiting), over * self.handle.onward
            yield from self._freed(first - 1, second, waiting, over * (1 - self.handle.onward))
        if second:
            yield from self._freed(first, second - 1, waiting, second / self.handle.means[1])

    def _freed(self, first: int, second: int, waiting: int, rate: float) -> Iterator[Move]:
        if waiting:
            yield from self._started(first, second, waiting - 1, rate)
        else:
            yield (first, second, 0), rate

    def _started(self, first: int, second: int, waiting: int, rate: float) -> Iterator[Move]:
        yield (first + 1, second, waiting), rate * self.handle.first
        yield (first, second + 1, waiting), rate * (1 - self.handle.first)
