"""R8 and R17 on timelines small enough to check by hand: several contacts at a time as agents come and go."""

from __future__ import annotations

from tests.engine.chatting import chat, chatting, sessions
from tests.engine.timeline import Caller, Fate, live


def test_agent_taken_from_the_line_takes_as_many_as_he_can(engine: str) -> None:
    """Nobody there until 600, then one agent with two places: two of three begin, the second slowed down."""
    scenario = chatting([0, 1, 1, 1, 1, 1], concurrency=2, slow_down=0.5)
    day = live(engine, scenario, chat(500), chat(510), chat(520))

    assert [600, 600, 700] == day.answered
    assert [700, 750, 850] == [fate.left for fate in day.calls]


def test_staffing_falls_below_the_busy(engine: str) -> None:
    """R8: two agents chat when the level falls to 1 at 600: no place is used while two are busy.

    0-700 and 590-690 on the phones · 600 level 1 · 610 a chat waits · 690 the second agent leaves, one is
    busy with places: the chat begins.
    """
    scenario = chatting([2, 1, 1, 1, 1, 1])
    day = live(engine, scenario, chat(0, 700), chat(590, 100), chat(610, 50))

    assert Fate("answered", 690, 740, "desk") == day.calls[2]
    assert [(0, 0.0, 740.0), (0, 590.0, 690.0)] == sessions(day)


def test_place_that_frees_while_too_many_are_busy_stays_empty(engine: str) -> None:
    """Two agents with two places, all four taken; from 600 on one agent is too many.

    650 a place is free, but two are busy · 700 another · 900 the two contacts left end, and the fifth begins,
    whether they were one agent's or each had one.
    """
    scenario = chatting([2, 1, 1, 1, 1, 1], concurrency=2)
    contacts = [chat(500, 400), chat(501, 199), chat(502, 398), chat(503, 147), chat(610, 10)]
    day = live(engine, scenario, *contacts)

    assert 900 == day.calls[4].answered


def test_level_zero_takes_no_new_contacts(engine: str) -> None:
    """From 600 on nobody is staffed: the agent finishes what is in hand, a place does not help."""
    scenario = chatting([1, 0, 0, 0, 0, 0])
    day = live(engine, scenario, chat(590, 100), chat(610, patience=200))

    assert [Fate("answered", 590, 690, "desk"), Fate("abandoned", None, 810)] == day.calls


def test_drop_closes_chats_in_line(engine: str) -> None:
    """R8c: at 3600 both places are taken; who waits is closed, who is served goes on."""
    scenario = chatting(concurrency=2)
    scenario["day"]["after_close"] = "drop"
    day = live(engine, scenario, chat(3550), chat(3560), chat(3570))

    assert [Fate("answered", 3550, 3650, "desk"), Fate("answered", 3560, 3660, "desk")] == day.calls[:2]
    assert Fate("closed", None, 3600) == day.calls[2]


def test_no_place_after_a_drop(engine: str) -> None:
    """R8c: the level is 0 from close on, so the contact put through at 3650 finds no place."""
    scenario = chatting(2)
    scenario["day"]["after_close"] = "drop"
    scenario["tiers"]["vip"]["transfer"] = {"share": "5%", "to": "chat"}
    transferred = Caller("vip", 3590, transfer=Caller("chat"))
    day = live(engine, scenario, chat(3580, 300), transferred)

    assert ["answered", "answered", "closed"] == day.outcomes


def test_places_go_on_after_close_with_drain(engine: str) -> None:
    """R8b: the same, but the agents stay for those inside: the contact shares or takes an idle agent."""
    scenario = chatting(2)
    scenario["tiers"]["vip"]["transfer"] = {"share": "5%", "to": "chat"}
    transferred = Caller("vip", 3590, transfer=Caller("chat"))
    day = live(engine, scenario, chat(3580, 300), transferred)

    assert 3650 == day.calls[2].answered
