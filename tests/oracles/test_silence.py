"""Customers who leave a chat without a word, where a closed form knows them."""

from __future__ import annotations

from callcenter.theory import erlang_c
from tests.oracles.hotline import Tier, assert_agrees, exponential, one_pool, run


def test_silence_as_long_as_a_chat_is_a_line_without_impatience(engine: str, length: int) -> None:
    """All leave without a word, and are noticed after times of the law of the chats: the line is M/M/n.

    So the wait of those offered to the agents is 0 or, with the chance of Erlang C, exponential at the rate
    that is free; who abandons has an exponential patience below it.
    """
    talk, patience, agents, calls = 180.0, 300.0, 6, 100.0
    hotline = one_pool({"chat": Tier(calls, exponential(talk), exponential(patience))}, agents, 3 * length)
    hotline["tiers"]["chat"] |= {
        "channel": "chat",
        "silent": {"share": "100%", "noticed_after": exponential(talk)},
    }

    result = run(hotline, engine)

    tier, pool = result["tiers"]["chat"], result["pools"]["floor"]
    assert_agrees(tier["abandonment"], _abandoning(talk, patience, agents, calls), 0.0)
    assert_agrees(pool["occupancy"], calls / 3600 * talk / agents, calls / 3600 * talk / (agents + 1))


def _abandoning(talk: float, patience: float, agents: int, calls: float) -> float:
    spare = agents / talk - calls / 3600
    waiting = erlang_c(calls, talk, agents).p_wait
    return waiting / patience / (spare + 1 / patience)
