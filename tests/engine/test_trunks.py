"""R14 on timelines small enough to check by hand: trunk lines, and who holds one.  Times are seconds."""

from __future__ import annotations

import math
from typing import Any

from callcenter.demand import HANGS_UP, SELF_SERVED
from tests.engine.timeline import Caller, Fate, Link, hotline, live, tier


def trunks(lines: int, agents: int = 1, **sections: Any) -> dict[str, Any]:
    """Return a hotline of so many lines and agents."""
    return hotline(pools={"desk": {"serves": ["vip"], "agents": agents}}, lines=lines) | sections


def test_blocked_where_no_line_is_free(engine: str) -> None:
    """One line: A talks from 0 to 60, B finds it taken at 10 and never asks for a person."""
    day = live(engine, trunks(1), Caller("vip", 0), Caller("vip", 10))

    assert [Fate("answered", 0, 60, "desk"), Fate("blocked", None, 10)] == day.calls
    assert math.isnan(day.log.joined[1])


def test_who_waits_holds_a_line(engine: str) -> None:
    """Two lines, one agent: A talks, B waits from 10 to 60, so C is blocked at 20."""
    day = live(engine, trunks(2), Caller("vip", 0), Caller("vip", 10), Caller("vip", 20))

    assert [0, 60, None] == day.answered
    assert ["answered", "answered", "blocked"] == day.outcomes


def test_line_is_free_for_arrivals_of_the_instant_at_which_its_caller_hangs_up(engine: str) -> None:
    """A hangs up at 60; a tick before B is still blocked, at 60 C gets the line."""
    day = live(engine, trunks(1), Caller("vip", 0), Caller("vip", 60 - 2.0**-20), Caller("vip", 60))

    assert [0, None, 60] == day.answered


def test_one_line_goes_to_the_first_of_two_who_dial_at_once(engine: str) -> None:
    """R3a: two calls arrive at 5, one line is left: the call numbered first takes it."""
    day = live(engine, trunks(1, agents=2), Caller("vip", 5), Caller("vip", 5))

    assert ["answered", "blocked"] == day.outcomes


def test_ivr_holds_a_line(engine: str) -> None:
    """A is in the IVR until 30 and talks until 90: B is blocked at 10, C at 40; D gets through at 90."""
    day = live(
        engine,
        trunks(1, agents=5),
        Caller("vip", 0, ivr_s=30),
        Caller("vip", 10, ivr_s=20),
        Caller("vip", 40),
        Caller("vip", 90),
    )

    # B is blocked when dialling, not when they would have come out of the IVR.
    assert [
        Fate("answered", 30, 90, "desk"),
        Fate("blocked", None, 10),
        Fate("blocked", None, 40),
        Fate("answered", 90, 150, "desk"),
    ] == day.calls


def test_who_is_done_in_the_ivr_frees_his_line(engine: str) -> None:
    """One line: the IVR serves A until 30; B gives up in it at 70: C is blocked at 60, D at 71 is not."""
    day = live(
        engine,
        trunks(1),
        Caller("vip", 0, ivr_s=30, ivr_exit=SELF_SERVED),
        Caller("vip", 31, ivr_s=39, ivr_exit=HANGS_UP),
        Caller("vip", 60),
        Caller("vip", 71),
    )

    assert ["self_served", "left_ivr", "blocked", "answered"] == day.outcomes


def test_wrap_up_holds_no_line(engine: str) -> None:
    """A hangs up at 60 and their agent writes until 90: B gets the line at 70, and the agent at 90."""
    day = live(engine, trunks(1), Caller("vip", 0, wrap_up=30), Caller("vip", 70))

    assert [0, 90] == day.answered


def test_who_abandons_frees_his_line(engine: str) -> None:
    """B waits on the second line from 10 until hanging up at 60: C is blocked at 30, D waits from 61."""
    day = live(
        engine,
        trunks(2),
        Caller("vip", 0, talk=300),
        Caller("vip", 10, patience=50),
        Caller("vip", 30),
        Caller("vip", 61),
    )

    assert ["answered", "abandoned", "blocked", "answered"] == day.outcomes
    assert 300 == day.calls[3].answered


def test_calls_arrive_before_patience_runs_out(engine: str) -> None:
    """R4: B's patience ends at 60, C dials at 60: that call comes first, and finds both lines taken."""
    day = live(
        engine,
        trunks(2),
        Caller("vip", 0, talk=300),
        Caller("vip", 10, patience=50),
        Caller("vip", 60),
    )

    assert ["answered", "abandoned", "blocked"] == day.outcomes


def test_who_balks_frees_his_line(engine: str) -> None:
    """Two lines: B hears of 60 s at 10 and balks; C finds B's line free at 20 and balks too."""
    scenario = trunks(2, tiers={"vip": tier(0, balk_above="59 s")})
    day = live(engine, scenario, Caller("vip", 0, talk=300), Caller("vip", 10), Caller("vip", 20))

    assert ["answered", "balked", "balked"] == day.outcomes


def test_who_takes_a_callback_instead_frees_his_line(engine: str) -> None:
    """Two lines: B is diverted at 10, so C gets B's line at 20 and is diverted as well."""
    scenario = trunks(
        2,
        tiers={"vip": tier(0, offer={"when_in_line": 0, "accepted": "50%"})},
        pools={"desk": {"serves": ["vip"], "agents": 1, "callbacks": {}}},
    )
    callers = [Caller("vip", at, accepts=True, reached_at=1) for at in (10, 20)]
    day = live(engine, scenario, Caller("vip", 0, talk=300), *callers)

    assert ["answered", "diverted", "diverted"] == day.outcomes


def test_who_is_dropped_at_close_frees_his_line(engine: str) -> None:
    """R8c: B waits when the hotline closes; next morning both lines are free: C talks, D waits."""
    scenario = trunks(2, days=2)
    scenario["day"]["after_close"] = "drop"
    day = live(
        engine,
        scenario,
        Caller("vip", 3000, talk=700),
        Caller("vip", 3500),
        Caller("vip", 86_400),
        Caller("vip", 86_401),
    )

    assert ["answered", "closed", "answered", "answered"] == day.outcomes


def test_chat_holds_no_line(engine: str) -> None:
    """One line, taken by a phone call from 10: the chats before and after it get through, a call does not."""
    scenario = trunks(
        1,
        tiers={"vip": tier(0), "chat": tier(1, channel="chat")},
        pools={"desk": {"serves": ["vip", "chat"], "agents": 5}},
    )
    day = live(
        engine,
        scenario,
        Caller("chat", 0, talk=300),
        Caller("vip", 10, talk=300),
        Caller("vip", 20),
        Caller("chat", 30),
    )

    assert ["answered", "answered", "blocked", "answered"] == day.outcomes


TWO_LINES_OF_SUPPORT: dict[str, Any] = {
    "tiers": {"vip": tier(1, transfer={"share": "10%", "to": "expert"}), "expert": tier(0)},
    "pools": {"desk": {"serves": ["vip"], "agents": 5}, "experts": {"serves": ["expert"], "agents": 1}},
}


def test_transferred_caller_keeps_his_line(engine: str) -> None:
    """R15: A talks to the desk until 60 and to an expert until 160, on one line: B is blocked, C is not."""
    day = live(
        engine,
        trunks(1, **TWO_LINES_OF_SUPPORT),
        Caller("vip", 0, transfer=Caller("expert", talk=100)),
        Caller("vip", 60),
        Caller("vip", 159),
        Caller("vip", 160),
    )

    assert {"answered": 3, "blocked": 2} == {name: day.outcomes.count(name) for name in set(day.outcomes)}
    assert Fate("answered", 60, 160, "experts") == day.calls[day.links.index(Link("transfer", 0))]
    assert Fate("answered", 160, 220, "desk") == day.calls[-1]


def test_transferred_caller_who_abandons_frees_his_line(engine: str) -> None:
    """The expert talks with another until 400: A hangs up at 90 and frees the first of two lines."""
    day = live(
        engine,
        trunks(2, **TWO_LINES_OF_SUPPORT),
        Caller("expert", 0, talk=400),
        Caller("vip", 0, transfer=Caller("expert", patience=30)),
        Caller("vip", 80),
        Caller("vip", 91),
    )

    assert ["answered", "answered", "abandoned", "blocked", "answered"] == day.outcomes
