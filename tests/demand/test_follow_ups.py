"""The calls that may follow (rules R13 and R15).  Tolerance: 5 standard errors."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest

from callcenter.calllog import Outcome
from callcenter.clock import TICKS_PER_SECOND
from callcenter.demand import HANGS_UP, SELF_SERVED, TO_AGENT, Awakening, CallTape, draw
from callcenter.demand.arrivals import interval_at
from callcenter.demand.tables import demand_tables
from tests.demand.hotlines import Followed, firsts, following, one_tier, scenario

ABANDONED, BLOCKED = 1 << Outcome.ABANDONED, 1 << Outcome.BLOCKED
LEFT_IVR, BALKED = 1 << Outcome.LEFT_IVR, 1 << Outcome.BALKED


def drawn(calls: float = 20_000, **keys: Any) -> tuple[CallTape, Any]:
    """Return the tape of one tier and what follows its first calls."""
    tape = draw(one_tier(calls, **keys), 3, 1)
    assert tape.coins is not None
    return tape, tape.coins


def generations(calls: float, **keys: Any) -> list[list[Followed]]:
    """Return first calls, those that may follow them, those that may follow these, and so on."""
    tape, _ = drawn(calls, **keys)
    lots = [firsts(tape)]
    while lots[-1]:
        lots.append(following(tape, lots[-1]))
    return lots[:-1]


def redial(attempts: int = 3, **when: str) -> dict[str, Any]:
    """Return a rule of redialling after ten minutes on average."""
    return {"after": {"exponential": "10 min"}, "when": when, "attempts": attempts}


def test_without_rules_nothing_follows() -> None:
    """And where a rule never applies, nothing either."""
    assert draw(one_tier(), 1, 0).coins is None
    _, coins = drawn(repeat={"share": "0%", "after": "1 h"})
    assert not coins.repeats.any()


def test_redials() -> None:
    """One coin for all outcomes: 70 % redial when blocked, 40 % also when they abandoned."""
    tape, coins = drawn(redial=redial(abandoned="40%", blocked="70%"))
    size = tape.tier.size

    assert {0, BLOCKED, BLOCKED | ABANDONED} == set(coins.redials.tolist())
    assert abs((coins.redials == 0).mean() - 0.3) < 5 * math.sqrt(0.21 / size)
    assert abs((coins.redials & ABANDONED > 0).mean() - 0.4) < 5 * math.sqrt(0.24 / size)
    assert ((coins.redials > 0) == (coins.redial_after > 0)).all()


def test_at_most_twenty_calls_follow_the_first() -> None:
    """R13c: who always calls again does so twenty times."""
    lots = generations(100, redial=redial(20, abandoned="100%"), repeat={"share": "100%", "after": "1 h"})

    assert [len(lots[0])] * 21 == [len(lot) for lot in lots]


def test_generations_shrink_by_the_share() -> None:
    """12 % of the answered calls repeat, so a generation has 12 % of the one before."""
    lots = generations(20_000, repeat={"share": "12%", "after": {"exponential": "4 h"}})
    after = np.array([call.repeat_after for lot in lots for _, call in lot if call.repeats])

    for parents, children in itertools.pairwise([len(lot) for lot in lots[:3]]):
        assert abs(children / parents - 0.12) < 5 * math.sqrt(0.12 * 0.88 / parents)
    assert abs(after.mean() - 14_400) < 5 * 14_400 / math.sqrt(after.size)


def test_calls_that_follow_are_drawn_anew() -> None:
    """In whole ticks, of the law of the tier, and independently of the call before."""
    repeat = {"share": "50%", "after": {"exponential": "1 h"}}
    tape, coins = drawn(talk={"exponential": "2 min"}, repeat=repeat)
    talks = np.array([call.talk for _, call in following(tape, firsts(tape))])
    before = tape.talk[coins.repeats]

    assert (talks * TICKS_PER_SECOND == np.rint(talks * TICKS_PER_SECOND)).all()
    assert abs(talks.mean() - 120) < 5 * 120 / math.sqrt(talks.size)
    assert abs(np.corrcoef(before, talks)[0, 1]) < 5 / math.sqrt(talks.size)


def test_the_way_decides_not_when_it_is_asked_for() -> None:
    """What follows a customer's call is the same whoever was asked about before."""
    tape, _ = drawn(100, talk={"exponential": "2 min"}, repeat={"share": "90%", "after": "1 h"})
    calls = firsts(tape)
    forwards, backwards = following(tape, calls), following(tape, calls[::-1])

    assert forwards == sorted(backwards, key=lambda each: each.origin.customer)


def test_transfers() -> None:
    """30 % go to the second line and 20 % to the third; they meet no IVR and go no further."""
    tape = draw(lines("30%", "20%"), 1, 0)
    assert tape.coins is not None
    asked = tape.ivr_exit == TO_AGENT
    to, moved = tape.coins.transfer_to, following(tape, firsts(tape))

    for tier, share in ((1, 0.3), (2, 0.2)):
        assert abs((to[asked] == tier).mean() - share) < 5 * math.sqrt(share * (1 - share) / asked.sum())
    assert {-1} == set(to[~asked].tolist())
    assert {(0.0, TO_AGENT)} == {(call.ivr_s, call.ivr_exit) for _, call in moved}
    assert {-1} == {call.transfer_to for _, call in moved}
    assert {(1, 600.0), (2, 1200.0)} == {(call.tier, call.talk) for _, call in moved}


def test_the_last_leg_decides_on_the_repeat() -> None:
    """R15: who is transferred does not repeat the first leg."""
    repeat = {"share": "40%", "after": "1 h"}
    coins = draw(lines("30%", "20%", repeat=repeat, redial=redial(blocked="50%")), 1, 0).coins
    assert coins is not None

    assert not coins.repeats[coins.transfer_to >= 0].any()
    assert ((coins.transfer_to >= 0) & (coins.redials != 0)).any()


def lines(second: str, third: str, **keys: Any) -> Any:
    """Return a hotline whose first line transfers to two others."""
    transfer = [{"share": second, "to": "second"}, {"share": third, "to": "third"}]
    return scenario(
        tiers={
            "first": {"priority": 0, "talk": "1 min", "transfer": transfer} | keys,
            "second": {"priority": 0, "talk": "10 min"},
            "third": {"priority": 0, "talk": "20 min", "channel": "deferred"},
        },
        demand={"tiers": {"first": {"calls": 10_000}}},
        pools={"desk": {"serves": ["first", "second", "third"], "agents": 5}},
    )


def test_what_the_way_out_of_the_ivr_allows() -> None:
    """Who hangs up in the IVR can only have been blocked or left it; who is served there only blocked."""
    when = dict.fromkeys(("abandoned", "blocked", "balked", "left_ivr", "closed"), "100%")
    tape, coins = drawn(
        ivr={"time": "30 s", "self_service": "30%", "hangs_up": "30%"},
        redial=redial(1, **when),
        repeat={"share": "100%", "after": "1 h"},
    )
    agent = BLOCKED | BALKED | ABANDONED | 1 << Outcome.CLOSED
    expected = {HANGS_UP: BLOCKED | LEFT_IVR, SELF_SERVED: BLOCKED, TO_AGENT: agent}

    for way, bits in expected.items():
        assert {bits} == set(coins.redials[tape.ivr_exit == way].tolist())
    assert ((tape.ivr_exit == TO_AGENT) == coins.repeats).all()


MENUS = {
    "main": {"time": "10 s", "choices": {"bills": "50%", "agent": "50%"}},
    "bills": {"time": "20 s", "self_service": "60%"},
}


@pytest.mark.parametrize("ivr", [{"time": "30 s", "self_service": "30%"}, {"menus": MENUS}])
def test_the_ivr_is_passed_anew(ivr: dict[str, Any]) -> None:
    """A repeated call meets the menus again, whatever came of them the first time."""
    tape, _ = drawn(10_000, ivr=ivr, repeat={"share": "50%", "after": "1 h"})
    later = np.array([call.ivr_exit for _, call in following(tape, firsts(tape))])

    assert abs((later == SELF_SERVED).mean() - 0.3) < 5 * math.sqrt(0.21 / later.size)


def test_factors_of_the_first_call() -> None:
    """R13b: all calls of a customer have the factor of the interval in which the first arrived."""
    talk = {"mixture": [{"share": "100%", "of": "60 s"}], "per_interval": [1, 2]}
    rules = {"talk": talk, "repeat": {"share": "50%", "after": "1 h"}}
    tape, _ = drawn(1000, **rules)
    tables = demand_tables(one_tier(1000, **rules))

    for origin, call in following(tape, firsts(tape)):
        assert 60 * (1 + interval_at(tables, tape.arrived[origin.customer])) == call.talk


def test_callbacks_of_later_calls() -> None:
    """Calls that follow owe callbacks of their own, which are others than that of the first call."""
    tape, _ = drawn(
        talk={"exponential": "1 min"},
        callback={"on": ["abandoned"], "share": "50%"},
        redial=redial(abandoned="60%"),
    )
    later, awakening = following(tape, firsts(tape)), Awakening(tape, 3)
    owed = np.array([call.owed for _, call in later])
    origin = later[0].origin
    talks = [awakening.callback(each, 0).talk for each in (origin, origin._replace(path=0))]

    assert abs(owed.mean() - 0.5) < 5 * math.sqrt(0.25 / owed.size)
    assert talks[0] != talks[1]
