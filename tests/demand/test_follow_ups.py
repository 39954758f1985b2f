"""The calls that may follow (rules R13 and R15).  Tolerance: 5 standard errors."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import numpy.testing as npt
import pytest

from callcenter.calllog import Outcome
from callcenter.clock import TICKS_PER_SECOND
from callcenter.demand import HANGS_UP, SELF_SERVED, TO_AGENT, CallTape, FollowUps, draw
from callcenter.demand import follow_ups as module
from callcenter.scenario import ScenarioError
from tests.demand.hotlines import one_tier, scenario

ABANDONED, BLOCKED = 1 << Outcome.ABANDONED, 1 << Outcome.BLOCKED
LEFT_IVR, BALKED = 1 << Outcome.LEFT_IVR, 1 << Outcome.BALKED


def drawn(calls: float = 20_000, **keys: Any) -> tuple[CallTape, FollowUps]:
    """Return the tape of one tier and what follows its calls."""
    tape = draw(one_tier(calls, **keys), 3, 1)
    assert tape.follow_ups is not None
    return tape, tape.follow_ups


def redial(attempts: int = 3, **when: str) -> dict[str, Any]:
    """Return a rule of redialling after ten minutes on average."""
    return {"after": {"exponential": "10 min"}, "when": when, "attempts": attempts}


def sizes(tape: CallTape) -> list[int]:
    """Return how many calls each generation has, counts by following the links."""
    rows, counts = np.arange(tape.firsts), []
    while rows.size:
        counts.append(rows.size)
        assert tape.follow_ups is not None
        rows = np.concatenate([tape.follow_ups.next_call[rows], tape.follow_ups.transfer[rows]])
        rows = rows[rows >= 0]
    return counts


def test_without_rules_nothing_follows() -> None:
    """Also where a rule never applies."""
    assert draw(one_tier(), 1, 0).follow_ups is None
    assert draw(one_tier(repeat={"share": "0%", "after": "1 h"}), 1, 0).follow_ups is None


def test_redials() -> None:
    """One coin for all outcomes: 70 % redial when blocked, 40 % also when they abandoned."""
    tape, links = drawn(redial=redial(abandoned="40%", blocked="70%"))
    first = links.redials[: tape.firsts]

    assert {0, BLOCKED, BLOCKED | ABANDONED} == set(first.tolist())
    assert abs((first == 0).mean() - 0.3) < 5 * math.sqrt(0.21 / tape.firsts)
    assert abs((first & ABANDONED > 0).mean() - 0.4) < 5 * math.sqrt(0.24 / tape.firsts)
    npt.assert_array_equal(links.redials > 0, links.next_call >= 0)
    npt.assert_array_equal(links.redials > 0, links.redial_after > 0)


def test_attempts_are_bounded() -> None:
    """With three redials of everybody there are four calls of each customer."""
    tape, _ = drawn(calls=100, redial=redial(abandoned="100%"))

    assert [tape.firsts] * 4 == sizes(tape)


def test_a_repeat_begins_a_new_contact() -> None:
    """Who is answered in between may redial as often again: only R13c ends the chain, at 20 calls."""
    tape, _ = drawn(calls=100, redial=redial(1, abandoned="100%"), repeat={"share": "100%", "after": "1 h"})

    assert [tape.firsts] * 21 == sizes(tape)


def test_who_does_not_repeat_has_redialled() -> None:
    """One redial, half of the calls repeat: a second call has a third if it or the first is a reason to."""
    tape, links = drawn(redial=redial(1, abandoned="100%"), repeat={"share": "50%", "after": "1 h"})
    second = np.arange(tape.firsts, 2 * tape.firsts)

    npt.assert_array_equal(links.next_call[: tape.firsts], second)
    npt.assert_array_equal(links.repeats[: tape.firsts] | links.repeats[second], links.next_call[second] >= 0)
    npt.assert_array_equal(links.repeats[: tape.firsts], links.redials[second] != 0)


def test_generations_shrink_by_the_share() -> None:
    """12 % of the answered calls repeat, so a generation has 12 % of the one before."""
    tape, links = drawn(repeat={"share": "12%", "after": {"exponential": "4 h"}})
    counts = sizes(tape)
    after = links.repeat_after[links.repeats]

    for parents, children in itertools.pairwise(counts[:3]):
        assert abs(children / parents - 0.12) < 5 * math.sqrt(0.12 * 0.88 / parents)
    assert sum(counts) == tape.tier.size
    assert abs(after.mean() - 14_400) < 5 * 14_400 / math.sqrt(after.size)


def test_rows_that_may_follow() -> None:
    """They have no arrival yet, draws of their own in whole ticks, and lie behind their parents in order."""
    tape, links = drawn(
        talk={"exponential": "2 min"}, repeat={"share": "50%", "after": {"exponential": "1 h"}}
    )
    parents = np.flatnonzero(links.next_call >= 0)
    children = links.next_call[parents]
    talks = tape.talk[tape.firsts :]

    npt.assert_array_equal(np.arange(tape.firsts, tape.tier.size), children)
    npt.assert_array_equal(links.customer[parents], links.customer[children])
    npt.assert_array_equal(np.arange(tape.firsts), links.customer[: tape.firsts])
    assert np.isnan(tape.arrived[tape.firsts :]).all()
    assert not np.isnan(tape.arrived[: tape.firsts]).any()
    assert (talks * TICKS_PER_SECOND == np.rint(talks * TICKS_PER_SECOND)).all()
    assert abs(talks.mean() - 120) < 5 * 120 / math.sqrt(talks.size)
    assert abs(np.corrcoef(tape.talk[parents], tape.talk[children])[0, 1]) < 5 / math.sqrt(talks.size)


def test_transfers() -> None:
    """30 % go to the second line and 20 % to the third; they meet no IVR and go no further."""
    tape = draw(lines("30%", "20%"), 1, 0)
    links = tape.follow_ups
    assert links is not None
    asked = np.flatnonzero((tape.tier == 0) & (tape.ivr_exit == TO_AGENT))
    to = np.where(links.transfer[asked] < 0, -1, tape.tier[links.transfer[asked]])
    moved = links.transfer[links.transfer >= 0]

    for tier, share in ((1, 0.3), (2, 0.2)):
        assert abs((to == tier).mean() - share) < 5 * math.sqrt(share * (1 - share) / asked.size)
    assert {0} == set(tape.ivr_s[moved])
    assert {TO_AGENT} == set(tape.ivr_exit[moved])
    assert {-1} == set(links.transfer[tape.tier > 0])
    assert {-1} == set(links.transfer[tape.ivr_exit != TO_AGENT])
    assert {600.0} == set(tape.talk[tape.tier == 1])


def test_the_last_leg_decides_on_the_repeat() -> None:
    """R15: who is transferred does not repeat the first leg; redial and transfer of a call are neighbours."""
    tape = draw(
        lines("30%", "20%", repeat={"share": "40%", "after": "1 h"}, redial=redial(blocked="50%")), 1, 0
    )
    links = tape.follow_ups
    assert links is not None
    both = np.flatnonzero((links.transfer >= 0) & (links.next_call >= 0))

    assert not links.repeats[links.transfer >= 0].any()
    assert both.size > 0
    npt.assert_array_equal(links.next_call[both] + 1, links.transfer[both])
    npt.assert_array_equal(tape.tier[both], tape.tier[links.next_call[both]])


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
    tape, links = drawn(
        ivr={"time": "30 s", "self_service": "30%", "hangs_up": "30%"},
        redial=redial(1, **when),
        repeat={"share": "100%", "after": "1 h"},
    )
    agent = BLOCKED | BALKED | ABANDONED | 1 << Outcome.CLOSED
    expected = {HANGS_UP: BLOCKED | LEFT_IVR, SELF_SERVED: BLOCKED, TO_AGENT: agent}

    for way, bits in expected.items():
        assert {bits} == set(links.redials[: tape.firsts][tape.ivr_exit[: tape.firsts] == way].tolist())
    npt.assert_array_equal(tape.ivr_exit[: tape.firsts] == TO_AGENT, links.repeats[: tape.firsts])


def test_the_ivr_is_passed_anew() -> None:
    """A repeated call meets the menus again, whatever came of them the first time."""
    tape, _ = drawn(ivr={"time": "30 s", "self_service": "30%"}, repeat={"share": "50%", "after": "1 h"})
    later = tape.ivr_exit[tape.firsts :]

    assert abs((later == SELF_SERVED).mean() - 0.3) < 5 * math.sqrt(0.21 / later.size)


def test_factors_of_the_first_call() -> None:
    """R13b: all calls of a customer have the factor of the interval in which the first arrived."""
    talk = {"mixture": [{"share": "100%", "of": "60 s"}], "per_interval": [1, 2]}
    tape, links = drawn(talk=talk, repeat={"share": "50%", "after": "1 h"})

    npt.assert_array_equal(tape.talk[links.customer], tape.talk)


def test_jobs_of_later_calls() -> None:
    """Calls that follow have callbacks of their own; all callbacks are in order of their calls."""
    tape, _ = drawn(
        callback={"on": ["abandoned"], "share": "50%"},
        offer={"when_in_line": 3, "accepted": "40%"},
        redial=redial(abandoned="60%"),
    )
    call = tape.callbacks.call
    later = tape.owed[tape.firsts :]

    npt.assert_array_equal(np.arange(call.size), tape.job[call])
    npt.assert_array_equal(np.flatnonzero(tape.owed | tape.accepts), call)
    assert abs(later.mean() - 0.5) < 5 * math.sqrt(0.25 / later.size)


def test_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would eat all memory is refused with the keys to change."""
    monkeypatch.setattr(module, "MOST_ROWS", 150)

    with pytest.raises(
        ScenarioError, match=r"tiers: .*`repeat`.* more than 150 calls .*lower `redial.attempts`"
    ):
        draw(one_tier(100, repeat={"share": "100%", "after": "1 h"}), 1, 0)
