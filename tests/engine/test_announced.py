"""R9 on timelines small enough to check by hand: announced waits, callers who balk.  Times are seconds."""

from __future__ import annotations

from typing import Any

import pytest

from callcenter.calllog import Outcome
from tests.engine.timeline import Caller, Fate, hotline, live, tier


def balking(limit: str, agents: Any = 1, **keys: Any) -> dict[str, Any]:
    """Return a hotline whose VIPs leave when more than the limit is announced, and whose others wait.

    Every tier has a mean handle time of 60 s, so one agent is announced as 60 s x (1 + the calls ahead).
    """
    tiers = {"vip": tier(1, balk_above=limit, **keys), "first": tier(0), "last": tier(2)}
    return hotline(tiers=tiers, pools={"desk": {"serves": list(tiers), "agents": agents}})


BUSY = Caller("last", 0, talk=500)


def test_balks_when_too_much_is_announced(engine: str) -> None:
    """B hears of 1 x 60 s and stays; C hears of 2 x 60 s, more than 60, and goes at once."""
    day = live(engine, balking("60 s"), BUSY, Caller("vip", 10), Caller("vip", 20))

    assert [Fate("answered", 500, 560, "desk"), Fate("balked", None, 20)] == day.calls[1:]
    assert 20 == day.log.joined[2]


def test_nothing_is_announced_to_who_finds_an_agent(engine: str) -> None:
    """The agent is idle, so a limit of 1 s does not matter."""
    day = live(engine, balking("1 s"), Caller("vip", 10))

    assert ["answered"] == day.outcomes


def test_who_balks_is_not_ahead_of_the_next(engine: str) -> None:
    """C balks at 20, so D, who comes when B has left the line, hears of 60 s and stays."""
    day = live(
        engine,
        balking("60 s"),
        BUSY,
        Caller("vip", 10, patience=15),
        Caller("vip", 20),
        Caller("vip", 30),
    )

    assert ["answered", "abandoned", "balked", "answered"] == day.outcomes


def test_only_calls_that_go_before_count(engine: str) -> None:
    """R5: three of a lower priority wait, the VIP hears of 60 s; behind one of a higher, of 120 s."""
    behind = live(engine, balking("60 s"), BUSY, *[Caller("last", 5)] * 3, Caller("vip", 10))
    ahead = live(engine, balking("60 s"), BUSY, Caller("first", 5), Caller("vip", 10))

    assert "answered" == behind.outcomes[-1]
    assert "balked" == ahead.outcomes[-1]


def test_those_who_are_served_are_not_ahead(engine: str) -> None:
    """Two agents talk, nobody waits: 60 s / 2 agents are announced."""
    scenario = balking("30 s", agents=2)
    day = live(engine, scenario, BUSY, BUSY, Caller("vip", 10), Caller("vip", 20))

    assert ["answered", "balked"] == day.outcomes[2:]


@pytest.mark.parametrize(("head_start", "outcome"), [("5 s", "balked"), ("6 s", "answered")])
def test_head_start_passes_those_ahead(engine: str, head_start: str, outcome: str) -> None:
    """Joined at 10 and counted as 5 or 4; of equal priority and joined at 5 is one other."""
    scenario = balking("60 s", head_start=head_start)
    scenario["tiers"]["first"]["priority"] = 1
    day = live(engine, scenario, BUSY, Caller("first", 5), Caller("vip", 10))

    assert outcome == day.outcomes[-1]


@pytest.mark.parametrize(("at", "outcome"), [(34, "answered"), (36, "balked")])
def test_escalated_calls_are_ahead(engine: str, at: float, outcome: str) -> None:
    """The last tier joined at 5 and goes before VIPs from 35 on."""
    scenario = balking("60 s")
    scenario["tiers"]["last"]["escalate"] = [{"after": "30 s", "priority": 0}]
    day = live(engine, scenario, BUSY, Caller("last", 5), Caller("vip", at))

    assert outcome == day.outcomes[-1]


def test_calls_that_his_pools_do_not_serve_do_not_count(engine: str) -> None:
    """The higher tier waits for a desk of its own."""
    scenario = balking("60 s")
    scenario["pools"] = {
        "own": {"serves": ["first"], "agents": 0},
        "desk": {"serves": ["vip", "last"], "agents": 1},
    }
    day = live(engine, scenario, BUSY, Caller("first", 5), Caller("first", 6), Caller("vip", 10))

    assert "answered" == day.outcomes[-1]


@pytest.mark.parametrize("condition", [{"after": "1 h"}, {"keep_idle": 5}])
def test_calls_that_his_pools_serve_later_do_count(engine: str, condition: dict[str, Any]) -> None:
    """R9a: what `keep_idle` and `after` say at the moment does not matter."""
    scenario = balking("60 s")
    scenario["pools"]["desk"]["serves"] = {"vip": {}, "last": {}, "first": condition}
    day = live(engine, scenario, BUSY, Caller("first", 5), Caller("vip", 10))

    assert "balked" == day.outcomes[-1]


@pytest.mark.parametrize("condition", [{"after": "1 h"}, {"keep_idle": 5}])
def test_agents_who_may_take_him_later_count_as_staffed(engine: str, condition: dict[str, Any]) -> None:
    """R9a: 1 agent at the desk and 2 at the reserve, which would not take the caller now: 60 s / 3 = 20 s."""
    for limit, outcome in (("20 s", "answered"), ("19 s", "balked")):
        scenario = balking(limit)
        scenario["pools"]["reserve"] = {"serves": {"vip": condition}, "agents": 2}
        day = live(engine, scenario, BUSY, Caller("vip", 10))

        assert outcome == day.outcomes[-1]


def test_agents_of_pools_that_do_not_serve_him_do_not_count(engine: str) -> None:
    """Nine agents who only serve others do not shorten 60 s."""
    scenario = balking("59 s")
    scenario["pools"]["others"] = {"serves": ["last"], "agents": 9}
    day = live(engine, scenario, Caller("vip", 0, talk=500), Caller("vip", 10))

    assert "balked" == day.outcomes[-1]


def test_staffing_of_the_moment_counts(engine: str) -> None:
    """One agent until 600, then two; all are busy: 60 s before, 30 s from then on."""
    scenario = balking("59 s", agents=[1, 2, 2, 2, 2, 2])
    day = live(
        engine,
        scenario,
        Caller("last", 0, talk=900),
        Caller("vip", 599),
        Caller("last", 600, talk=300),
        Caller("vip", 601),
    )

    assert ["balked", "answered", "answered"] == day.outcomes[1:]


def test_agents_on_overtime_are_not_staffed(engine: str) -> None:
    """Two agents until 600, then one: both talk on, but 60 s / 1 is announced from 600 on."""
    scenario = balking("59 s", agents=[2, 1, 1, 1, 1, 1])
    day = live(
        engine,
        scenario,
        Caller("last", 0, talk=900),
        Caller("last", 0, talk=900),
        Caller("vip", 599, patience=1),
        Caller("vip", 601),
    )

    assert ["abandoned", "balked"] == day.outcomes[2:]


def test_nobody_staffed_is_an_infinite_wait(engine: str) -> None:
    """A limit of 10 h is exceeded; who never balks waits."""
    day = live(engine, balking("10 h", agents=0), Caller("vip", 10), Caller("last", 20))

    assert ["balked", "open"] == day.outcomes


def test_wrap_up_is_part_of_the_handle_time(engine: str) -> None:
    """60 s of talk and 30 s of wrap-up: 90 s are announced."""
    within = live(engine, balking("90 s", wrap_up="30 s"), BUSY, Caller("vip", 10))
    above = live(engine, balking("89 s", wrap_up="30 s"), BUSY, Caller("vip", 10))

    assert ["answered", "balked"] == [within.outcomes[-1], above.outcomes[-1]]


def test_own_tier_decides_about_the_handle_time(engine: str) -> None:
    """R9: three calls of 10 min wait ahead; each is announced with the VIP's own minute: 4 x 60 s."""
    for limit, outcome in (("4 min", "answered"), ("239 s", "balked")):
        scenario = balking(limit)
        scenario["tiers"]["first"]["talk"] = "10 min"
        day = live(engine, scenario, BUSY, *[Caller("first", 5)] * 3, Caller("vip", 10))

        assert outcome == day.outcomes[-1]


@pytest.mark.parametrize(
    ("talk", "mean"),
    [
        pytest.param({"exponential": "40 s"}, 40, id="mean"),
        pytest.param({"uniform": {"low": "0 s", "high": "120 s"}, "at_most": "60 s"}, 45, id="at-most"),
        pytest.param({"uniform": {"low": "0 s", "high": "120 s"}, "at_least": "60 s"}, 75, id="at-least"),
    ],
)
def test_clipping_is_part_of_the_mean(engine: str, talk: dict[str, Any], mean: float) -> None:
    """R9a: clipped at its middle, a uniform time is 60 s in one half of the cases, 30 or 90 in the other."""
    for limit, outcome in ((mean + 1, "answered"), (mean - 1, "balked")):
        scenario = balking(f"{limit} s")
        scenario["tiers"]["vip"]["talk"] = talk
        day = live(engine, scenario, BUSY, Caller("vip", 10))

        assert outcome == day.outcomes[-1]


def test_speed_of_the_pool_does_not_matter(engine: str) -> None:
    """R9a: at speed 3 a call takes 180 s, 60 s are announced."""
    scenario = balking("60 s")
    scenario["pools"]["desk"]["speed"] = 3
    day = live(engine, scenario, BUSY, Caller("vip", 10))

    assert "answered" == day.outcomes[-1]


def test_closed_comes_before_any_announcement(engine: str) -> None:
    """R8c, R9b: who comes out of the IVR after close hears nothing any more."""
    scenario = balking("1 s")
    scenario["day"]["after_close"] = "drop"
    day = live(engine, scenario, Caller("last", 3500, talk=500), Caller("vip", 3590, ivr_s=20))

    assert Fate("closed", None, 3610) == day.calls[1]


def test_wait_is_announced_when_he_joins_not_when_he_dials(engine: str) -> None:
    """Two wait when B dials at 10, nobody when they come out of the IVR at 40."""
    day = live(
        engine,
        balking("60 s"),
        BUSY,
        *[Caller("first", 5, patience=20)] * 2,
        Caller("vip", 10, ivr_s=30),
    )

    assert "answered" == day.outcomes[-1]


def test_who_balks_may_be_owed_a_callback(engine: str) -> None:
    """R11: the job is created at 10, when the caller goes."""
    scenario = balking("59 s", callback={"on": ["balked"]})
    scenario["pools"]["back_office"] = {"serves": [], "agents": 1, "callbacks": {}}
    day = live(engine, scenario, BUSY, Caller("vip", 10, reached_at=1))

    assert Outcome.BALKED == day.log.outcome[1]
    assert [("reached", 10.0, 10.0)] == [(job.outcome, job.created, job.first_attempt) for job in day.jobs]
