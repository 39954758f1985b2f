"""R4 to R7 and R10 on timelines small enough to check by hand.  Times are seconds."""

from __future__ import annotations

from callcenter.demand import HANGS_UP, SELF_SERVED
from tests.engine.timeline import Caller, Fate, hotline, live, tier

TWO_TIERS = {"vip": tier(0), "regular": tier(1)}
ONE_DESK = {"desk": {"serves": ["vip", "regular"], "agents": 1}}


def test_first_come_first_served(engine: str) -> None:
    """R5: one agent, three calls of a minute each.

    0 answers A until 60 · 10 B waits · 20 C waits · 60 B until 120 · 120 C until 180.
    """
    day = live(engine, hotline(), Caller("vip", 0), Caller("vip", 10), Caller("vip", 20))

    assert [
        Fate("answered", 0, 60, "desk"),
        Fate("answered", 60, 120, "desk"),
        Fate("answered", 120, 180, "desk"),
    ] == day.calls


def test_green_channel_goes_to_the_head_of_the_line(engine: str) -> None:
    """R5: a VIP who joins last is served before the regular callers who wait, but interrupts nobody."""
    day = live(
        engine,
        hotline(tiers=TWO_TIERS, pools=ONE_DESK),
        Caller("regular", 0),
        Caller("regular", 10),
        Caller("regular", 20),
        Caller("vip", 30),
    )

    assert [0, 120, 180, 60] == [fate.answered for fate in day.calls]


def test_equal_priorities_are_one_line(engine: str) -> None:
    """R5: two tiers of one priority are served in order of joining."""
    tiers = {"gold": tier(3), "silver": tier(3)}
    pools = {"desk": {"serves": ["gold", "silver"], "agents": 1}}
    day = live(
        engine,
        hotline(tiers=tiers, pools=pools),
        Caller("gold", 0),
        Caller("silver", 10),
        Caller("gold", 20),
        Caller("silver", 30),
    )

    assert [0, 60, 120, 180] == [fate.answered for fate in day.calls]


def test_order_of_joining_counts_not_order_of_arrival(engine: str) -> None:
    """R5, R3b: A dials first but stays in the IVR until 50; B joins at 10 and is first in line."""
    day = live(
        engine,
        hotline(),
        Caller("vip", 0, talk=100),
        Caller("vip", 1, ivr_s=49),
        Caller("vip", 10),
    )

    assert [0, 160, 100] == [fate.answered for fate in day.calls]


def test_ivr_solves_or_loses_callers(engine: str) -> None:
    """R3b: neither of the two asks for a person."""
    day = live(
        engine,
        hotline(),
        Caller("vip", 0, ivr_s=30, ivr_exit=SELF_SERVED),
        Caller("vip", 5, ivr_s=40, ivr_exit=HANGS_UP),
        Caller("vip", 7, ivr_s=0, ivr_exit=SELF_SERVED),
    )

    assert [
        Fate("self_served", None, 30),
        Fate("left_ivr", None, 45),
        Fate("self_served", None, 7),
    ] == day.calls


def test_patience_ends_as_the_agent_frees(engine: str) -> None:
    """R4: the end of a call comes before the end of patience, so B, patient until 60, is answered at 60."""
    day = live(engine, hotline(), Caller("vip", 0), Caller("vip", 10, patience=50))

    assert Fate("answered", 60, 120, "desk") == day.calls[1]


def test_patience_ends_just_before_the_agent_frees(engine: str) -> None:
    """R10: one tick less and B is gone; C, who came later, is served."""
    tick = 2.0**-20
    day = live(engine, hotline(), Caller("vip", 0), Caller("vip", 10, patience=50 - tick), Caller("vip", 20))

    assert [Fate("abandoned", None, 60 - tick), Fate("answered", 60, 120, "desk")] == day.calls[1:]


def test_agent_frees_before_a_call_joins_at_the_same_instant(engine: str) -> None:
    """R4: at 60 the agent frees first and takes the regular caller; the VIP who joins at 60 waits."""
    day = live(
        engine,
        hotline(tiers=TWO_TIERS, pools=ONE_DESK),
        Caller("regular", 0),
        Caller("regular", 10),
        Caller("vip", 60),
    )

    assert [0, 60, 120] == [fate.answered for fate in day.calls]


def test_ends_of_one_instant_go_by_the_age_of_the_call(engine: str) -> None:
    """R4: two calls end at 100; the older one was answered later, by the second desk, which frees first."""
    pools = {"a": {"serves": ["vip"], "agents": 1}, "b": {"serves": ["vip"], "agents": 1}}
    day = live(
        engine,
        hotline(pools=pools),
        Caller("vip", 0, ivr_s=20, talk=80),
        Caller("vip", 10, talk=90),
        Caller("vip", 30),
        Caller("vip", 40),
    )

    assert ["b", "a", "b", "a"] == [fate.pool for fate in day.calls]


def test_zero_patience_leaves_at_once_unless_an_agent_is_free(engine: str) -> None:
    """R10: A is connected, B leaves the moment they join; C joins as A's agent frees and is connected."""
    day = live(
        engine,
        hotline(),
        Caller("vip", 0, patience=0),
        Caller("vip", 10, patience=0),
        Caller("vip", 60, patience=0),
    )

    assert [
        Fate("answered", 0, 60, "desk"),
        Fate("abandoned", None, 10),
        Fate("answered", 60, 120, "desk"),
    ] == day.calls


def test_patience_starts_in_the_line_not_in_the_ivr(engine: str) -> None:
    """R10: 40 s of IVR do not count: B joins at 50 and abandons at 55."""
    day = live(engine, hotline(), Caller("vip", 0), Caller("vip", 10, ivr_s=40, patience=5))

    assert Fate("abandoned", None, 55) == day.calls[1]


def test_wrap_up_keeps_the_agent_but_not_the_caller(engine: str) -> None:
    """R7a: A hangs up at 60, the agent is free at 75."""
    day = live(engine, hotline(), Caller("vip", 0, wrap_up=15), Caller("vip", 10))

    assert [Fate("answered", 0, 60, "desk"), Fate("answered", 75, 135, "desk")] == day.calls
    assert [75, 135] == day.log.released.tolist()


def test_pools_are_asked_in_file_order(engine: str) -> None:
    """R6: the first pool that serves the tier and has an idle agent."""
    pools = {
        "chat": {"serves": ["regular"], "agents": 5},
        "first": {"serves": ["vip"], "agents": 1},
        "second": {"serves": ["vip", "regular"], "agents": 1},
    }
    day = live(
        engine,
        hotline(tiers=TWO_TIERS, pools=pools),
        Caller("vip", 0),
        Caller("vip", 1),
        Caller("vip", 2, patience=5),
        Caller("regular", 3),
    )

    assert ["first", "second", None, "chat"] == [fate.pool for fate in day.calls]


def test_keep_idle_reserves_agents(engine: str) -> None:
    """R6: of two agents one is kept for VIPs: the second regular caller waits until both are idle, at 80."""
    pools = {"desk": {"serves": {"vip": {}, "regular": {"keep_idle": 1}}, "agents": 2}}
    day = live(
        engine,
        hotline(tiers=TWO_TIERS, pools=pools),
        Caller("regular", 0),
        Caller("regular", 10),
        Caller("vip", 20),
    )

    assert [0, 80, 20] == [fate.answered for fate in day.calls]


def test_keep_idle_counts_the_agent_who_becomes_idle(engine: str) -> None:
    """R7: more than 2 idle are needed.  Three talk until 60, 70, 80; only at 80 are three idle."""
    pools = {"desk": {"serves": {"vip": {}, "regular": {"keep_idle": 2}}, "agents": 3}}
    day = live(
        engine,
        hotline(tiers=TWO_TIERS, pools=pools),
        Caller("vip", 0),
        Caller("vip", 10),
        Caller("vip", 20),
        Caller("regular", 30),
    )

    assert 80 == day.calls[3].answered


def test_after_opens_a_further_pool_to_those_who_waited(engine: str) -> None:
    """R6: the VIP desk helps regular callers who have waited 30 s, exactly at 30 s; the VIPs go first."""
    pools = {
        "front": {"serves": ["regular"], "agents": 1},
        "vip_desk": {"serves": {"vip": {}, "regular": {"after": "30 s"}}, "agents": 1},
    }
    day = live(
        engine,
        hotline(tiers=TWO_TIERS, pools=pools),
        Caller("regular", 0, talk=300),
        Caller("regular", 10),
        Caller("regular", 20),
        Caller("vip", 45),
    )

    # 40 second caller has waited 30 s: VIP desk until 100 · 45 VIP waits · 100 VIP first · 160 third caller
    assert [
        Fate("answered", 0, 300, "front"),
        Fate("answered", 40, 100, "vip_desk"),
        Fate("answered", 160, 220, "vip_desk"),
        Fate("answered", 100, 160, "vip_desk"),
    ] == day.calls


def test_becoming_eligible_comes_before_patience_running_out(engine: str) -> None:
    """R4: patience and `after` both end at 30 s; the call is answered."""
    pools = {"desk": {"serves": {"vip": {"after": "30 s"}}, "agents": 1}}
    day = live(engine, hotline(pools=pools), Caller("vip", 0, patience=30), Caller("vip", 1, patience=29.5))

    assert [Fate("answered", 30, 90, "desk"), Fate("abandoned", None, 30.5)] == day.calls


def test_agent_passes_over_a_call_he_may_not_take_yet(engine: str) -> None:
    """R7: at 60 the VIP has waited 10 of the 30 s asked for, so the agent takes the regular caller."""
    pools = {"desk": {"serves": {"vip": {"after": "30 s"}, "regular": {}}, "agents": 1}}
    day = live(
        engine,
        hotline(tiers=TWO_TIERS, pools=pools),
        Caller("regular", 0),
        Caller("vip", 50),
        Caller("regular", 55),
    )

    assert [0, 120, 60] == [fate.answered for fate in day.calls]


def test_blacklist_waits_for_everybody_else(engine: str) -> None:
    """R5: the blacklisted caller who came first is connected last."""
    tiers = {"regular": tier(1), "blacklist": tier(9)}
    pools = {"desk": {"serves": ["regular", "blacklist"], "agents": 1}}
    day = live(
        engine,
        hotline(tiers=tiers, pools=pools),
        Caller("regular", 0),
        Caller("blacklist", 1),
        Caller("regular", 50),
        Caller("regular", 110),
    )

    assert [0, 180, 60, 120] == [fate.answered for fate in day.calls]


def test_slow_pool_takes_longer(engine: str) -> None:
    """R1b: a factor of 1.5 makes 60 s of talk 90 and 10 s of wrap-up 15; a tier's own goes before."""
    pools = {"desk": {"serves": {"vip": {}, "regular": {"speed": 2}}, "agents": 2, "speed": 1.5}}
    day = live(
        engine,
        hotline(tiers=TWO_TIERS, pools=pools),
        Caller("vip", 0, wrap_up=10),
        Caller("regular", 0, wrap_up=10),
    )

    assert [90, 120] == [fate.left for fate in day.calls]
    assert [105, 140] == day.log.released.tolist()
