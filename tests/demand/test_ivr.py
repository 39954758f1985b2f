"""Voice self-service.  Tolerance: 5 standard errors."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.testing as npt
import pytest

from callcenter.clock import TICKS_PER_SECOND
from callcenter.demand import HANGS_UP, SELF_SERVED, TO_AGENT, CallTape, draw
from tests.demand.hotlines import one_tier, scenario

MENUS: dict[str, Any] = {
    "main": {
        "time": "10 s",
        "self_service": "10%",
        "choices": {"bills": "50%", "faults": "30%", "agent": "20%"},
    },
    "bills": {"time": "100 s", "self_service": "60%", "hangs_up": "10%"},
    "faults": {"time": "1000 s", "hangs_up": "20%", "choices": {"bills": "25%", "agent": "75%"}},
}


def passed(**ivr: Any) -> CallTape:
    """Return 20,000 calls through an IVR."""
    return draw(one_tier(ivr=ivr), 4, 0)


def test_shares_of_a_tree() -> None:
    """Of 100: 10 solved at once, 45 to bills, 27 to faults, 18 to an agent; of the 27 a fifth hang up; ..."""
    tape = passed(menus=MENUS)
    ways = {
        (10, SELF_SERVED): 0.1,
        (10, TO_AGENT): 0.18,
        (110, SELF_SERVED): 0.45 * 0.6,
        (110, HANGS_UP): 0.45 * 0.1,
        (110, TO_AGENT): 0.45 * 0.3,
        (1010, HANGS_UP): 0.27 * 0.2,
        (1010, TO_AGENT): 0.27 * 0.8 * 0.75,
        (1110, SELF_SERVED): 0.27 * 0.8 * 0.25 * 0.6,
        (1110, HANGS_UP): 0.27 * 0.8 * 0.25 * 0.1,
        (1110, TO_AGENT): 0.27 * 0.8 * 0.25 * 0.3,
    }
    shares = np.array([((tape.ivr_s == s) & (tape.ivr_exit == way)).mean() for s, way in ways])
    expected = np.array(list(ways.values()))

    assert 1 == pytest.approx(shares.sum())
    assert (abs(shares - expected) < 5 * np.sqrt(expected * (1 - expected) / tape.tier.size)).all()


def test_times_of_menus_add_up() -> None:
    """The mean of a random path: 10 + 60 % of 50 s for those who go on, in whole ticks."""
    tape = passed(
        menus={
            "main": {"time": {"exponential": "10 s"}, "self_service": "40%", "choices": {"next": "100%"}},
            "next": {"time": {"exponential": "50 s"}},
        }
    )
    ticks = tape.ivr_s * TICKS_PER_SECOND

    assert (ticks == np.rint(ticks)).all()
    assert abs(tape.ivr_s.mean() - 40) < 5 * tape.ivr_s.std() / math.sqrt(tape.tier.size)
    assert abs(tape.ivr_s[tape.ivr_exit == SELF_SERVED].mean() - 10) < 5 * 10 / math.sqrt(
        0.4 * tape.tier.size
    )


def test_a_menu_draws_in_order_of_its_calls() -> None:
    """By whatever way they come: a detour, wherever it stands in the file, moves no draw behind it."""
    both = {"time": {"exponential": "30 s"}, "hangs_up": "50%"}
    detours = {
        "main": {"time": "0 s", "choices": {"one": "50%", "two": "50%"}},
        "both": both,
        "one": {"time": "0 s", "choices": {"both": "100%"}},
        "two": {"time": "0 s", "choices": {"both": "100%"}},
    }
    straight = passed(menus={"main": {"time": "0 s", "choices": {"both": "100%"}}, "both": both})
    tape = passed(menus=detours)

    npt.assert_array_equal(straight.ivr_s, tape.ivr_s)
    npt.assert_array_equal(straight.ivr_exit, tape.ivr_exit)


def test_authentication() -> None:
    """Only who goes on to a person is authenticated; nothing else moves."""
    without, tape = (
        passed(time="40 s", self_service="30%"),
        passed(time="40 s", self_service="30%", authentication="15 s"),
    )

    assert without.ivr_exit.tolist() == tape.ivr_exit.tolist()
    assert {(TO_AGENT, 55), (SELF_SERVED, 40)} == set(
        zip(tape.ivr_exit.tolist(), tape.ivr_s.tolist(), strict=True)
    )


@pytest.mark.parametrize("channel", ["chat", "deferred"])
def test_only_phone_callers_meet_the_ivr(channel: str) -> None:
    """A chat or an e-mail goes straight to the line."""
    tiers = {"mail": {"priority": 0, "talk": "3 min", "channel": channel}}
    mails = scenario(tiers=tiers, demand={"calls": 100}, pools={"desk": {"serves": ["mail"], "agents": 1}})
    tape = draw(mails, 1, 0)

    assert {0} == set(tape.ivr_s)
    assert {TO_AGENT} == set(tape.ivr_exit)
