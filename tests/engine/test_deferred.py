"""R16 on timelines small enough to check by hand: e-mail and cases, which wait overnight."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.timeline import Caller, Fate, hotline, live, tier

MORNING = 86_400.0


def office(after_close: str = "drain", days: int = 2, **sections: Any) -> dict[str, Any]:
    """Return a hotline open for an hour a day, whose only agent answers calls first and then e-mail."""
    scenario = hotline(
        tiers={"vip": tier(0), "mail": tier(1, channel="deferred")},
        pools={"desk": {"serves": ["vip", "mail"], "agents": 1}},
        days=days,
    )
    scenario["day"]["after_close"] = after_close
    return scenario | sections


def test_mail_is_answered_by_an_idle_agent(engine: str) -> None:
    """During the day it is a call like any other, behind the VIPs."""
    day = live(engine, office(), Caller("mail", 0), Caller("mail", 10), Caller("vip", 20))

    assert [0, 120, 60] == day.answered


@pytest.mark.parametrize("after_close", ["drain", "drop"])
def test_mail_waits_over_night(engine: str, after_close: str) -> None:
    """The agent hangs up at 3690 and may be idle then, but begins no e-mail before the next opening."""
    day = live(engine, office(after_close), Caller("vip", 3590, talk=100), Caller("mail", 3595))

    assert Fate("answered", MORNING, MORNING + 60, "desk") == day.calls[1]


def test_agent_who_was_idle_all_night_begins_at_opening(engine: str) -> None:
    """R8b: with drain the level of 1 stays in force overnight, so nobody is new at opening.

    Two e-mails: one at opening, one when the first is done.
    """
    day = live(
        engine,
        office(),
        Caller("vip", 3500, talk=110),
        Caller("mail", 3510),
        Caller("mail", 3520),
    )

    assert [3500, MORNING, MORNING + 60] == day.answered


@pytest.mark.parametrize("after_close", ["drain", "drop"])
def test_mail_that_was_begun_is_finished(engine: str, after_close: str) -> None:
    """Begun at 3590, done at 3790, and nothing else is begun until the morning."""
    day = live(engine, office(after_close), Caller("mail", 3590, talk=200), Caller("mail", 3591))

    assert Fate("answered", 3590, 3790, "desk") == day.calls[0]
    assert MORNING == day.calls[1].answered


def test_nothing_is_begun_at_the_close_sharp(engine: str) -> None:
    """R16: opening hours are half-open: the agent frees at 3599 and begins, or at 3600 and does not."""
    in_time = live(engine, office(), Caller("vip", 3500, talk=99), Caller("mail", 3510))
    late = live(engine, office(), Caller("vip", 3500, talk=100), Caller("mail", 3510))

    assert [3599, MORNING] == [in_time.calls[1].answered, late.calls[1].answered]


def test_callers_inside_at_close_are_served_before_the_mail_of_the_day(engine: str) -> None:
    """R8b: at 3650 the agent takes the caller who waits; the e-mail joined before and has to wait."""
    scenario = office()
    scenario["tiers"]["mail"]["priority"] = 0
    day = live(engine, scenario, Caller("vip", 3550, talk=100), Caller("mail", 3560), Caller("vip", 3570))

    assert [3550, MORNING, 3650] == day.answered


def test_mail_is_open_when_the_run_ends(engine: str) -> None:
    """R12: neither closed nor abandoned; the run ends with the call."""
    for after_close in ("drain", "drop"):
        day = live(engine, office(after_close, 1), Caller("vip", 3590, talk=100), Caller("mail", 3595))

        assert Fate("open") == day.calls[1]
        assert 3690 == day.log.end


def test_idle_agents_take_mail_in_order_of_the_pools(engine: str) -> None:
    """Both pools were busy at close and are idle at opening: the first in the file begins."""
    pools = {
        "b": {"serves": ["mail", "vip"], "agents": 1},
        "a": {"serves": ["mail", "vip"], "agents": 1},
    }
    busy = [Caller("vip", 3500, talk=200)] * 2
    day = live(
        engine, office(pools=pools), *busy, Caller("mail", 3510), Caller("mail", 3520), Caller("mail", 3530)
    )

    assert [("b", MORNING), ("a", MORNING), ("b", MORNING + 60)] == [
        (fate.pool, fate.answered) for fate in day.calls[2:]
    ]


def test_case_that_comes_after_close_waits_for_the_morning(engine: str) -> None:
    """R15, R16: put through at 3650, although the other agent is idle then."""
    scenario = office(pools={"desk": {"serves": ["vip", "mail"], "agents": 2}})
    scenario["tiers"]["vip"]["transfer"] = {"share": "5%", "to": "mail"}
    day = live(engine, scenario, Caller("vip", 3590, transfer=Caller("mail")))

    assert [3590, MORNING] == day.answered
    assert 3650 == day.log.joined[1]


def test_case_that_comes_after_a_drop_waits_for_the_morning_too(engine: str) -> None:
    """R8c is for callers: `drop` closes no case."""
    scenario = office("drop")
    scenario["tiers"]["vip"]["transfer"] = {"share": "5%", "to": "mail"}
    day = live(engine, scenario, Caller("vip", 3590, transfer=Caller("mail")))

    assert ["answered", "answered"] == day.outcomes
    assert [3590, MORNING] == day.answered


def test_mail_holds_no_line(engine: str) -> None:
    """One line: the e-mail of 0 is worked until 300 and the next one waits; B phones and gets the line."""
    scenario = office(lines=1, pools={"desk": {"serves": ["vip", "mail"], "agents": 1}})
    day = live(
        engine,
        scenario,
        Caller("mail", 0, talk=300),
        Caller("mail", 10),
        Caller("vip", 20),
        Caller("mail", 30),
    )

    assert [0, 360, 300, 420] == day.answered


def test_late_mail_escalates_over_night(engine: str) -> None:
    """Of priority 5, after 12 h 0: in the morning the late one goes before a VIP's e-mail of priority 1."""
    scenario = office()
    scenario["tiers"] |= {
        "late": tier(5, channel="deferred", escalate=[{"after": "12 h", "priority": 0}]),
    }
    scenario["demand"]["tiers"]["late"] = {"calls": 0}
    scenario["pools"]["desk"]["serves"] = ["vip", "mail", "late"]
    day = live(engine, scenario, Caller("vip", 3500, talk=200), Caller("mail", 3510), Caller("late", 3520))

    assert [MORNING + 60, MORNING] == day.answered[1:]


def test_mail_that_becomes_eligible_at_night_is_not_begun(engine: str) -> None:
    """`after: 10 min` is over at 4100, an agent is idle, but the hotline is closed."""
    scenario = office(pools={"desk": {"serves": {"vip": {}, "mail": {"after": "10 min"}}, "agents": 1}})
    day = live(engine, scenario, Caller("mail", 3500))

    assert [MORNING] == day.answered


def test_mail_around_the_clock(engine: str) -> None:
    """R8d: midnight is no close: taken at 86,460; after the last close nothing is begun."""
    scenario = office(day={"open": "00:00", "close": "24:00", "interval": "24 h"})
    day = live(
        engine,
        scenario,
        Caller("vip", 86_340, talk=120),
        Caller("mail", 86_350),
        Caller("vip", 172_780, talk=60),
        Caller("mail", 172_790),
    )

    assert [86_340, 86_460, 172_780, None] == day.answered
    assert "open" == day.outcomes[-1]


def test_third_day_goes_on_with_what_the_second_left(engine: str) -> None:
    """Two e-mails of 1900 s keep the agent until 200 s after the second close; the third waits a day more."""
    mails = [Caller("mail", 3550 + n, talk=1900) for n in range(3)]
    day = live(engine, office(days=3), Caller("vip", 3500, talk=200), *mails)

    assert [MORNING, MORNING + 1900, 2 * MORNING] == day.answered[1:]
