"""R10a on timelines: customers who leave a chat without a word.  Times are seconds."""

from __future__ import annotations

from typing import Any

from callcenter.measure import summary, tally
from callcenter.scenario import load
from tests.engine.chatting import chat, chatting, sessions
from tests.engine.timeline import Caller, Day, Fate, live

SILENT = {"share": "50%", "noticed_after": "1 min"}


def quiet(concurrency: int = 2, agents: int = 1, **sections: Any) -> dict[str, Any]:
    """Return a desk for chats whose customers may leave without a word."""
    scenario = chatting(agents, concurrency, **sections)
    scenario["tiers"]["chat"]["silent"] = SILENT
    return scenario


def held(day: Day) -> list[tuple[float, float]]:
    """Return from when to when places were held in vain."""
    return list(zip(day.log.silences.start.tolist(), day.log.silences.end.tolist(), strict=True))


def test_a_place_is_held_in_vain(engine: str) -> None:
    """The third has gone at 40, which nobody knows: taken at 100, noticed at 160; the fourth had to wait."""
    people = chat(0), chat(0, talk=300), chat(10, patience=30, silent_s=60), chat(20)
    day = live(engine, quiet(), *people)

    assert Fate("abandoned", None, 40) == day.calls[2]
    assert [(100, 160)] == held(day)
    assert Fate("answered", 160, 260, "desk") == day.calls[3]


def test_who_closes_the_chat_holds_nothing(engine: str) -> None:
    """The same, but with a word."""
    people = chat(0), chat(0, talk=300), chat(10, patience=30), chat(20)
    day = live(engine, quiet(), *people)

    assert [] == held(day)
    assert [100] == [day.calls[3].answered]


def test_an_agent_with_one_chat_at_a_time(engine: str) -> None:
    """The agent is busy from 0 to 260, 60 s of it in vain; the figures of the pool say so."""
    scenario = quiet(concurrency=1)
    day = live(engine, scenario, chat(0), chat(10, patience=30, silent_s=60), chat(20))
    loaded = load(scenario)
    pool = summary(loaded, [tally(loaded, day.log)])["pools"]["desk"]

    assert [0, 160] == [day.calls[0].answered, day.calls[2].answered]
    assert [(0, 0, 100), (0, 100, 160), (0, 160, 260)] == sessions(day)
    assert [260 / 3600, 60 / 3600, 1, 2] == [
        pool[key]["value"] for key in ("busy_h", "silent_h", "silent", "calls")
    ]


def test_speed_and_other_chats_make_no_silence_longer(engine: str) -> None:
    """Noticed after 60 s whatever the speed; who begins beside the other one is slower, 100 x 1.5."""
    scenario = quiet(concurrency=2, slow_down=0.5)
    scenario["pools"]["desk"]["speed"] = 2
    people = chat(0, talk=50), chat(0, talk=60), chat(10, patience=30, silent_s=60), chat(20, talk=50)
    day = live(engine, scenario, *people)

    assert [(100, 160)] == held(day)
    assert 180 == day.log.left[1]  # 60 s at speed 2, slower by half beside the first
    assert 160 == day.calls[3].answered
    assert 310 == day.calls[3].left  # 50 x 2 x 1.5: another is in hand until 180


def test_in_the_instant_in_which_patience_ends(engine: str) -> None:
    """R4: a place that is free at that moment comes first."""
    people = chat(0), chat(0, talk=300), chat(10, patience=90, silent_s=60)
    day = live(engine, quiet(), *people)

    assert Fate("answered", 100, 200, "desk") == day.calls[2]


def test_no_callback_but_a_redial(engine: str) -> None:
    """Nobody knows that the customer has gone, so nothing is owed; 60 s later the customer writes again."""
    scenario = quiet()
    scenario["tiers"]["chat"] |= {
        "callback": {"on": ["abandoned"]},
        "redial": {"after": "1 min", "when": {"abandoned": "50%"}},
    }
    scenario["pools"]["desk"]["callbacks"] = {}
    again: dict[str, Any] = {"redials": ["abandoned"], "redial_after": 60, "reached_at": 1}
    gone = chat(10, patience=30, silent_s=60, next=Caller("chat"), **again)
    day = live(engine, scenario, chat(0), chat(0, talk=300), gone)

    assert [] == day.jobs
    assert [0, 0, 10, 100] == day.log.arrived.tolist()
    assert [(100, 160)] == held(day)
    assert 160 == day.calls[3].answered


def test_the_close_sweeps_them_away(engine: str) -> None:
    """R8c: nobody is there; who has left stays abandoned, who waits is closed."""
    day = {"open": "00:00", "close": "01:00", "interval": "10 min", "after_close": "drop"}
    people = chat(3500, patience=30, silent_s=60), chat(3510)
    ended = live(engine, quiet(agents=0, day=day), *people)

    assert [Fate("abandoned", None, 3530), Fate("closed", None, 3600)] == ended.calls
    assert [] == held(ended)


def test_who_is_noticed_after_the_close(engine: str) -> None:
    """The run ends when the agent has noticed: 3600 + 60."""
    people = chat(3500), chat(3510, patience=30, silent_s=60)
    day = live(engine, quiet(concurrency=1), *people)

    assert [(3600, 3660)] == held(day)
    assert 3660 == day.log.end
