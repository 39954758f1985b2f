"""R8 and R12 on timelines small enough to check by hand.  Times are seconds, intervals 600 s."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.timeline import Caller, Fate, hotline, live, tier


def desk(*agents: float, **keys: Any) -> dict[str, Any]:
    """Return one pool whose staffing steps through the hour."""
    return {"desk": {"serves": ["vip"], "agents": [*agents, *agents[-1:] * (6 - len(agents))]} | keys}


def test_agent_finishes_his_call_when_staffing_falls(engine: str) -> None:
    """R8: from 600 nobody is staffed; the call and its wrap-up are finished, and nobody takes the next."""
    day = live(
        engine,
        hotline(pools=desk(1, 0)),
        Caller("vip", 590, talk=60, wrap_up=20),
        Caller("vip", 600, patience=100),
    )

    assert [Fate("answered", 590, 650, "desk"), Fate("abandoned", None, 700)] == day.calls
    assert 670 == day.log.released[0]


def test_call_that_ends_as_staffing_falls_frees_its_agent_first(engine: str) -> None:
    """R4: at 600 the agent frees before the shift ends, and takes one more call."""
    day = live(engine, hotline(pools=desk(1, 0)), Caller("vip", 540), Caller("vip", 550))

    assert Fate("answered", 600, 660, "desk") == day.calls[1]


def test_new_agents_take_those_who_wait(engine: str) -> None:
    """R8: two agents start at 600; two of three waiting calls are answered, by priority."""
    tiers = {"vip": tier(0), "regular": tier(1)}
    pools = {"desk": {"serves": ["vip", "regular"], "agents": [0, 2, 2, 2, 2, 2]}}
    day = live(
        engine,
        hotline(tiers=tiers, pools=pools),
        Caller("regular", 100),
        Caller("regular", 200),
        Caller("vip", 300),
    )

    assert [600, 660, 600] == [fate.answered for fate in day.calls]


def test_new_agents_act_one_after_the_other(engine: str) -> None:
    """R8, R7: with 2 to keep idle, the third of three new agents is the first who may take the call."""
    pools = {"desk": {"serves": {"vip": {"keep_idle": 2}}, "agents": [0, 3, 3, 3, 3, 3]}}
    day = live(engine, hotline(pools=pools), Caller("vip", 100), Caller("vip", 200))

    assert [600, 660] == [fate.answered for fate in day.calls]


def test_shift_start_comes_before_a_call_that_joins_then(engine: str) -> None:
    """R4: the new agent at 600 takes the regular caller who waits, not the VIP who joins at 600."""
    tiers = {"vip": tier(0), "regular": tier(1)}
    pools = {"desk": {"serves": ["vip", "regular"], "agents": [0, 1, 1, 1, 1, 1]}}
    day = live(engine, hotline(tiers=tiers, pools=pools), Caller("regular", 500), Caller("vip", 600))

    assert [600, 660] == [fate.answered for fate in day.calls]


def test_shift_start_saves_a_caller_whose_patience_ends_then(engine: str) -> None:
    """R4: staffing comes before patience."""
    day = live(engine, hotline(pools=desk(0, 1)), Caller("vip", 500, patience=100))

    assert Fate("answered", 600, 660, "desk") == day.calls[0]


def test_agent_still_busy_counts_when_staffing_rises_again(engine: str) -> None:
    """R8a: 1, 0, 1 agents.  The first is still busy until 1300, so the level of 1 at 1200 adds nobody."""
    day = live(engine, hotline(pools=desk(1, 0, 1)), Caller("vip", 500, talk=800), Caller("vip", 700))

    assert [500, 1300] == [fate.answered for fate in day.calls]


def test_staffing_falls_by_less_than_are_busy(engine: str) -> None:
    """R8: 3 busy, level 1 from 600: two leave as they finish, the last takes the next call."""
    day = live(
        engine,
        hotline(pools=desk(3, 1)),
        Caller("vip", 500, talk=200),
        Caller("vip", 500, talk=300),
        Caller("vip", 500, talk=400),
        Caller("vip", 650),
    )

    assert 900 == day.calls[3].answered


def test_nobody_ever_staffed_leaves_callers_open(engine: str) -> None:
    """R12: endless patience and nobody there: the call is still inside when the run ends."""
    day = live(engine, hotline(pools=desk(0)), Caller("vip", 100))

    assert [Fate("open")] == day.calls
    assert 3600 == day.log.end


def test_drain_serves_those_inside_at_close(engine: str) -> None:
    """R8b: the last level serves the line and those still in the IVR; the run ends with the last wrap-up."""
    day = live(
        engine,
        hotline(),
        Caller("vip", 3580, talk=60),
        Caller("vip", 3590, talk=60),
        Caller("vip", 3595, talk=60, wrap_up=10, ivr_s=300),
    )

    assert [3580, 3640, 3895] == [fate.answered for fate in day.calls]
    assert 3965 == day.log.end


def test_drop_closes_on_those_who_wait(engine: str) -> None:
    """R8c: the call in progress is finished; the line and a late caller from the IVR end as closed."""
    base = hotline()
    base["day"]["after_close"] = "drop"
    day = live(
        engine,
        base,
        Caller("vip", 3580, talk=60),
        Caller("vip", 3590),
        Caller("vip", 3595, ivr_s=300),
    )

    assert [
        Fate("answered", 3580, 3640, "desk"),
        Fate("closed", None, 3600),
        Fate("closed", None, 3895),
    ] == day.calls


def test_drop_at_the_instant_an_agent_frees(engine: str) -> None:
    """R4: the call that ends at close frees its agent before that; who joins at close is closed."""
    base = hotline()
    base["day"]["after_close"] = "drop"
    day = live(
        engine,
        base,
        Caller("vip", 3540),
        Caller("vip", 3550),
        Caller("vip", 3590, ivr_s=10),
        Caller("vip", 3595),
    )

    assert ["answered", "answered", "closed", "closed"] == [fate.outcome for fate in day.calls]


@pytest.mark.parametrize(("after_close", "outcome"), [("drain", "answered"), ("drop", "closed")])
def test_next_day_starts_with_its_own_level(engine: str, after_close: str, outcome: str) -> None:
    """R8b, R8c: 0 agents in the last interval: who waits at close is served next morning, or dropped."""
    scenario = hotline(days=2, pools=desk(1, 1, 1, 1, 1, 0))
    scenario["day"]["after_close"] = after_close
    day = live(engine, scenario, Caller("vip", 3200))

    assert outcome == day.calls[0].outcome
    assert (86_400 if outcome == "answered" else None) == day.calls[0].answered


def test_round_the_clock_does_not_close_at_midnight(engine: str) -> None:
    """R8d: a caller who waits over midnight is served; only the end of the last day drops them."""
    scenario = hotline(
        days=2, day={"open": "00:00", "close": "24:00", "interval": "24 h", "after_close": "drop"}
    )
    day = live(
        engine,
        scenario,
        Caller("vip", 86_000, talk=600),
        Caller("vip", 86_300),
        Caller("vip", 172_790, ivr_s=10),
    )

    assert [86_000, 86_600, None] == [fate.answered for fate in day.calls]
    assert "closed" == day.calls[2].outcome


def test_shrinkage_takes_agents_off_the_phones(engine: str) -> None:
    """R8e: 30 % of 3 agents leave 2.1, so 2 answer at first."""
    day = live(
        engine, hotline(pools=desk(3, shrinkage="30%")), Caller("vip", 0), Caller("vip", 0), Caller("vip", 0)
    )

    assert [0, 0, 60] == [fate.answered for fate in day.calls]


def test_a_carried_remainder_is_an_agent(engine: str) -> None:
    """R8e: 0.5 agents are 0, 1, 0, 1, 0, 1; whoever talks when the level falls finishes the call (R8)."""
    day = live(engine, hotline(pools=desk(0.5)), Caller("vip", 0, talk=700), Caller("vip", 1, talk=60))

    assert [0, 1, 0, 1, 0, 1] == day.log.staffing.staffed[:, 0].tolist()
    # The first talks until 1300; the next agent comes at 1800.
    assert [600, 1800] == [fate.answered for fate in day.calls]


def test_pools_start_in_file_order(engine: str) -> None:
    """R4a: both pools start at 600; the first in the file takes the first caller."""
    series = [0, 1, 1, 1, 1, 1]
    pools = {name: {"serves": ["vip"], "agents": series} for name in ("b", "a")}
    day = live(engine, hotline(pools=pools), Caller("vip", 100), Caller("vip", 200))

    assert ["b", "a"] == [fate.pool for fate in day.calls]
