"""R17 on timelines small enough to check by hand: agents with several contacts at a time."""

from __future__ import annotations

from tests.engine.chatting import chat, chatting, sessions
from tests.engine.timeline import Caller, Fate, live


def test_three_at_a_time(engine: str) -> None:
    """0, 10 and 20 are answered at once by one agent; the fourth gets the place that is free at 100."""
    day = live(engine, chatting(), chat(0), chat(10), chat(20), chat(30))

    assert [
        Fate("answered", 0, 100, "desk"),
        Fate("answered", 10, 110, "desk"),
        Fate("answered", 20, 120, "desk"),
        Fate("answered", 100, 200, "desk"),
    ] == day.calls
    assert [100, 110, 120, 200] == day.log.released.tolist()
    assert [(0, 0.0, 200.0)] == sessions(day)


def test_slow_down_is_fixed_when_a_contact_begins(engine: str) -> None:
    """50 % for each contact already in hand.

    0 first: 100 s · 10 second: 150 s, to 160 · 20 third: 200 s, to 220 · 110 two are in hand: 200 s, to 310.
    That the first ends at 100 shortens none of the others.
    """
    day = live(engine, chatting(slow_down=0.5), chat(0), chat(10), chat(20), chat(110))

    assert [100, 160, 220, 310] == [fate.left for fate in day.calls]


def test_slow_down_lengthens_wrap_up_too(engine: str) -> None:
    """R1b: 100 + 20 s become 150 + 30 s; the place is free after the wrap-up, and so is the agent."""
    day = live(
        engine,
        chatting(concurrency=2, slow_down=0.5),
        chat(0, wrap_up=20),
        chat(0, wrap_up=20),
        chat(1),
    )

    assert [100, 150] == [fate.left for fate in day.calls[:2]]
    assert [120, 180] == day.log.released.tolist()[:2]
    assert 120 == day.calls[2].answered


def test_speed_and_slow_down_multiply(engine: str) -> None:
    """Speed 1.5 and a second contact at 50 %: 100 s become 150 s and 225 s."""
    scenario = chatting(slow_down=0.5)
    scenario["pools"]["desk"]["speed"] = 1.5
    day = live(engine, scenario, chat(0), chat(0))

    assert [150, 225] == [fate.left for fate in day.calls]


def test_idle_agents_first(engine: str) -> None:
    """Two agents: the second contact takes the idle one and is not slowed down, the third shares."""
    day = live(engine, chatting(2, slow_down=0.5), chat(0), chat(10), chat(20))

    assert [100, 110, 170] == [fate.left for fate in day.calls]


def test_fewest_in_hand(engine: str) -> None:
    """Two agents with one contact each: the third is one's second, so the fourth is the other's second.

    The fifth is a third contact for either.
    """
    contacts = [chat(at, 1000) for at in (0, 0, 10, 20, 30)]
    day = live(engine, chatting(2, slow_down=0.5), *contacts)

    assert [1000, 1000, 1510, 1520, 2030] == [fate.left for fate in day.calls]


def test_idle_agent_of_a_later_pool_goes_before_a_free_place(engine: str) -> None:
    """The second contact finds pool a busy with places and pool b idle: b; the third shares at a."""
    pools = {name: {"serves": ["chat"], "agents": 1} for name in ("a", "b")}
    pools["phone"] = {"serves": ["vip"], "agents": 1}
    day = live(engine, chatting(pools=pools), chat(0), chat(10), chat(20))

    assert ["a", "b", "a"] == [fate.pool for fate in day.calls]


def test_places_by_pools_in_file_order_even_with_more_in_hand(engine: str) -> None:
    """Both pools have places: a is first in the file and takes third contacts before b takes a second."""
    pools = {name: {"serves": ["chat"], "agents": 1} for name in ("a", "b")}
    pools["phone"] = {"serves": ["vip"], "agents": 1}
    day = live(engine, chatting(pools=pools), *[chat(at) for at in (0, 1, 2, 3, 4, 5, 6)])

    assert ["a", "b", "a", "a", "b", "b"] == [fate.pool for fate in day.calls[:6]]
    assert 100 == day.calls[6].answered


def test_phone_call_waits_for_an_agent_without_contacts(engine: str) -> None:
    """Chats from 0 to 100 and 10 to 110; the VIP waits from 20 to 110 in spite of the better priority."""
    day = live(engine, chatting(), chat(0), chat(10), Caller("vip", 20))

    assert Fate("answered", 110, 170, "desk") == day.calls[2]


def test_free_place_goes_to_chats_although_a_phone_call_waits(engine: str) -> None:
    """A chat that comes at 105 shares with that of 10, and the VIP waits on until 205."""
    day = live(engine, chatting(concurrency=2), chat(0), chat(10), Caller("vip", 20), chat(105))

    assert [0, 10, 205, 105] == day.answered


def test_phone_call_is_not_shared(engine: str) -> None:
    """The agent is on the phone until 60; then the chats get the agent, both at once."""
    day = live(engine, chatting(), Caller("vip", 0), chat(10), chat(20))

    assert [0, 60, 60] == day.answered
    assert [(0, 60.0, 160.0)] == sessions(day)


def test_agent_who_frees_takes_the_phone_call_first(engine: str) -> None:
    """R7: one at a time: at 100 the agent is idle, and of two chats and a VIP in line the VIP is first."""
    scenario = chatting(concurrency=1)
    day = live(engine, scenario, chat(0), chat(10), chat(20), Caller("vip", 30))

    assert [0, 160, 260, 100] == day.answered


def test_two_chat_tiers_do_not_share_an_agent(engine: str) -> None:
    """The agent chats with a customer of one tier until 100: the other tier waits, the same tier does not."""
    scenario = chatting()
    scenario["tiers"]["other"] = scenario["tiers"]["chat"]
    scenario["demand"]["tiers"]["other"] = {"calls": 0}
    scenario["pools"]["desk"]["serves"] = ["vip", "chat", "other"]
    day = live(engine, scenario, chat(0), Caller("other", 10), chat(20, 80))

    assert [0, 100, 20] == day.answered


def test_keep_idle_does_not_matter_for_places(engine: str) -> None:
    """Two agents, one kept from chats: the second and third chat share the first agent, the fourth waits."""
    scenario = chatting()
    scenario["pools"]["desk"] = {"serves": {"vip": {}, "chat": {"keep_idle": 1}}, "agents": 2}
    day = live(engine, scenario, chat(0), chat(10), chat(20), chat(30), Caller("vip", 40))

    assert [0, 10, 20, 100, 40] == day.answered


def test_after_holds_for_places_too(engine: str) -> None:
    """`after: 30 s`: the first contact is taken at 30, that of 20 at 50, that of 40 not before 70."""
    scenario = chatting()
    scenario["pools"]["desk"]["serves"] = {"vip": {}, "chat": {"after": "30 s"}}
    day = live(engine, scenario, chat(0), chat(20), chat(40))

    assert [30, 50, 70] == day.answered


def test_idle_agents_first_when_a_wait_reaches_after(engine: str) -> None:
    """R6a, R17: two agents, one with a place since 60.  At 90 B takes the idle one and is not slowed down.

    A came with B and is gone by then; A would have been asked before B.
    """
    scenario = chatting(2, slow_down=0.5)
    scenario["pools"]["desk"]["serves"] = {"vip": {}, "chat": {"after": "60 s"}}
    day = live(engine, scenario, chat(0, 300), chat(30, patience=20), chat(30))

    assert [60, None, 90] == day.answered
    assert 190 == day.calls[2].left


def test_idle_agents_first_although_another_may_not_have_them(engine: str) -> None:
    """R6a, R17: at 90 a VIP and B become eligible; the only idle agent is kept from VIPs and serves B."""
    scenario = chatting(2, slow_down=0.5)
    serves = {"vip": {"after": "40 s", "keep_idle": 1}, "chat": {"after": "60 s"}}
    scenario["pools"]["desk"]["serves"] = serves
    day = live(engine, scenario, chat(0, 300), Caller("vip", 20, ivr_s=30), chat(30))

    assert [60, 360, 90] == day.answered
    assert 190 == day.calls[2].left


def test_sessions_end_when_the_agent_has_nobody(engine: str) -> None:
    """Busy from 0 to 110, idle, and from 200 to 300; a phone call is no session."""
    day = live(engine, chatting(), chat(0), chat(10), Caller("vip", 120), chat(200))

    assert [(0, 0.0, 110.0), (0, 200.0, 300.0)] == sessions(day)


def test_patience_ends_as_a_place_frees(engine: str) -> None:
    """R4: the place is free at 100 before the patience of the next one is over."""
    day = live(
        engine, chatting(concurrency=2), chat(0), chat(0), chat(10, patience=90), chat(20, patience=79)
    )

    assert ["answered", "answered", "answered", "abandoned"] == day.outcomes
    assert 100 == day.calls[2].answered


def test_first_in_line_gets_the_place(engine: str) -> None:
    """R5: among chats of one tier the one that was demoted is last."""
    scenario = chatting(concurrency=2)
    scenario["tiers"]["chat"]["escalate"] = [{"after": "60 s", "priority": 5}]
    day = live(engine, scenario, chat(0), chat(0, 200), chat(10), chat(50))

    # At 100 the one of 10 has priority 5 since 70, that of 50 still has 1.
    assert [0, 0, 200, 100] == day.answered
