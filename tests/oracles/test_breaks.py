"""Agents who take unscheduled breaks after calls, as a Markov chain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pytest

from tests.oracles.chain import Flow, Move, State, flow, long_run, spell
from tests.oracles.hotline import Tier, assert_agrees, exponential, one_pool, run

SECONDS = 3600.0
ROOM = 60

SERVED, GONE = (-1, -1), (-2, -2)
"""How waiting ends."""


class Resting(NamedTuple):
    """M/M/n+M whose agents go on a break of exponential length after a share of the calls; seconds."""

    calls_per_hour: float
    aht: float
    patience: float
    agents: int
    share: float
    length: float

    def moves(self, state: State) -> Iterator[Move]:
        """A state counts the agents away and the calls inside."""
        away, calls = state
        busy = min(calls, self.agents - away)
        if calls < ROOM:
            yield (away, calls + 1), self.calls_per_hour / SECONDS
        if busy:
            yield (away, calls - 1), busy * (1 - self.share) / self.aht
            yield (away + 1, calls - 1), busy * self.share / self.aht
        if calls > busy:
            yield (away, calls - 1), (calls - busy) / self.patience
        if away:
            yield (away - 1, calls), away / self.length

    def answered_within(self, seconds: float) -> float:
        """Return the share of callers who are answered within so many seconds.

        A caller sees the chances of the long run (PASTA).  Who finds nobody free is followed down the line:
        the agents who are away, and those ahead.
        """
        chain = flow([(0, 0)], self.moves)
        away, calls = chain.states.T
        chances, present = long_run(chain), self.agents - away
        at_once = calls < present
        starts = {(int(a), int(c - p)) for a, c, p in zip(away, calls, present, strict=True) if c >= p}
        wait = flow([SERVED, GONE, *sorted(starts)], self.ahead)
        number = {tuple(map(int, state)): place for place, state in enumerate(wait.states)}
        begin = np.zeros(len(number))
        for a, c, p, chance in zip(away, calls, present, chances, strict=True):
            if c >= p:
                begin[number[int(a), int(c - p)]] += chance
        return float(chances[at_once].sum()) + float(spell(Flow(*wait), begin, seconds).after[0])

    def ahead(self, state: State) -> Iterator[Move]:
        """A waiting caller's state counts the agents away and the callers ahead; two states are the end."""
        away, ahead = state
        if state in (SERVED, GONE):
            return
        busy = self.agents - away
        onward = (lambda a: (a, ahead - 1)) if ahead else (lambda _a: SERVED)
        yield GONE, 1 / self.patience
        if busy:
            yield onward(away), busy * (1 - self.share) / self.aht
            yield (away + 1, ahead), busy * self.share / self.aht
        if ahead:
            yield (away, ahead - 1), ahead / self.patience
        if away:
            yield onward(away - 1), away / self.length

    def figures(self) -> tuple[float, float, float]:
        """Return the share that hangs up, the mean wait of all, and the share of time on breaks."""
        chain = flow([(0, 0)], self.moves)
        away, calls = chain.states.T
        chances = long_run(chain)
        waiting = float(chances @ (calls - (calls.clip(max=self.agents - away))))
        wait = waiting / (self.calls_per_hour / SECONDS)
        return wait / self.patience, wait, float(chances @ away) / self.agents


def test_breaks_are_those_of_the_chain(engine: str, length: int) -> None:
    """Abandonment, mean wait and time on breaks; far from those of shorter breaks, and of none."""
    case = Resting(calls_per_hour=70, aht=180, patience=120, agents=5, share=0.2, length=200)
    exact, fewer = case.figures(), case._replace(share=0.1).figures()
    hotline = one_pool({"vip": Tier(70, exponential(180), exponential(120))}, 5, 3 * length)
    hotline["pools"]["floor"]["breaks"] = {"after_call": "20%", "length": exponential(200)}

    result = run(hotline, engine)

    tier, pool = result["tiers"]["vip"], result["pools"]["floor"]
    assert_agrees(tier["abandonment"], exact[0], fewer[0])
    assert_agrees(tier["mean_wait_s"], exact[1], fewer[1])
    away = {key: pool["break_h"][key] / pool["staffed_h"]["value"] for key in ("value", "low", "high")}
    assert_agrees(away, exact[2], fewer[2])


def test_five_percent_of_breaks_cost_nine_points() -> None:
    """Thirty agents, load 0.9, patience 4 min: breaks of 5 % of the time cost about 9 points of answer rate.

    Breaks of a share of 3.5 % and 5 min are 5 % of the time of agents who answer 27 calls in 3 minutes.
    """
    case = Resting(calls_per_hour=540, aht=180, patience=240, agents=30, share=0.035, length=300)
    none = case._replace(share=0.0)

    assert pytest.approx(0.05, abs=0.003) == case.figures()[2]
    assert pytest.approx(0.09, abs=0.01) == none.answered_within(20) - case.answered_within(20)


def test_the_answer_rate_with_breaks_is_that_of_the_chain(length: int) -> None:
    """And without them that of the chain without; each is far from the other."""
    case = Resting(calls_per_hour=540, aht=180, patience=240, agents=30, share=0.035, length=300)
    hotline = one_pool({"vip": Tier(540, exponential(180), exponential(240))}, 30, length)
    rates = [each.answered_within(20) for each in (case, case._replace(share=0.0))]
    breaks = {"after_call": 0.035, "length": exponential(300)}

    for rate, other, rests in zip(rates, reversed(rates), (breaks, "none"), strict=True):
        hotline["pools"]["floor"]["breaks"] = rests
        assert_agrees(run(hotline, "compiled")["tiers"]["vip"]["service_level"], rate, other)
