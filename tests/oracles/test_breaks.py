"""Agents who take unscheduled breaks after calls, as a Markov chain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tests.oracles.chain import Move, State, flow, long_run
from tests.oracles.hotline import Tier, assert_agrees, exponential, one_pool, run

SECONDS = 3600.0
ROOM = 60


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
