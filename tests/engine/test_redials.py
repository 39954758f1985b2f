"""R13 on timelines small enough to check by hand: redials and repeats.  Times are seconds."""

from __future__ import annotations

from typing import Any

import pytest

from callcenter.demand import HANGS_UP
from tests.engine.timeline import Caller, Fate, Link, hotline, live, tier

ALWAYS = dict.fromkeys(["abandoned", "blocked", "balked", "left_ivr", "closed"], "50%")


def redialling(attempts: int = 3, agents: Any = 1, **sections: Any) -> dict[str, Any]:
    """Return a hotline whose callers may dial again; the tape says whether and when."""
    keys = {
        "redial": {"after": "1 min", "when": ALWAYS, "attempts": attempts},
        "repeat": {"share": "10%", "after": "1 min"},
    }
    return (
        hotline(tiers={"vip": tier(0, **keys)}, pools={"desk": {"serves": ["vip"], "agents": agents}})
        | sections
    )


def test_redial_after_abandoning(engine: str) -> None:
    """B hangs up at 30 and dials again 10 min later, at 630."""
    day = live(
        engine,
        redialling(),
        Caller("vip", 0, talk=300),
        Caller("vip", 10, patience=20, redials=["abandoned"], redial_after=600, next=Caller("vip")),
    )

    assert [
        Fate("answered", 0, 300, "desk"),
        Fate("abandoned", None, 30),
        Fate("answered", 630, 690, "desk"),
    ] == day.calls
    assert [Link("first"), Link("first"), Link("redial", 1, 2)] == day.links
    assert [0, 1, 1] == day.log.customer.tolist()
    assert [0, 10, 630] == day.log.arrived.tolist()


LOSSES: dict[str, tuple[dict[str, Any], Caller, float]] = {
    "abandoned": ({}, Caller("vip", 10, patience=20), 30),
    "blocked": ({"lines": 1}, Caller("vip", 10), 10),
    "balked": (
        {"tiers": {"vip": tier(0, balk_above="59 s", redial={"after": "1 min", "when": ALWAYS})}},
        Caller("vip", 10),
        10,
    ),
    "left_ivr": ({}, Caller("vip", 10, ivr_s=30, ivr_exit=HANGS_UP), 40),
    "closed": ({"day": "drop"}, Caller("vip", 3300), 3600),
}
"""How to lose a call: sections of the scenario, the caller, and when it is lost."""


@pytest.mark.parametrize("outcome", LOSSES)
@pytest.mark.parametrize("willing", [True, False])
def test_redial_after_each_loss(engine: str, outcome: str, willing: bool) -> None:
    """The coin of that very outcome decides; the delay of 1000 s counts from the loss, nights left out."""
    sections, caller, lost = LOSSES[outcome]
    scenario = redialling(days=2, **sections)
    if sections.get("day"):
        scenario["day"] = hotline()["day"] | {"after_close": "drop"}
    coins = [outcome] if willing else [name for name in LOSSES if name != outcome]
    busy = Caller("vip", 0 if caller.arrived < 3000 else 3200, talk=600)
    day = live(engine, scenario, busy, caller._replace(redials=coins, redial_after=1000, next=Caller("vip")))

    again = lost + 1000 if lost < 3600 else 86_400 + 1000
    expected = [Fate("answered", again, again + 60, "desk")] if willing else []
    assert Fate(outcome, None, lost) == day.calls[1]
    assert expected == day.calls[2:]


def test_attempts_bound_the_redials(engine: str) -> None:
    """Two redials are allowed.  Nobody answers: lost at 10, again at 120, again at 230, and that is all."""
    caller = Caller("vip", patience=10)
    for _ in range(3):
        caller = Caller("vip", patience=10, redials=["abandoned"], redial_after=100, next=caller)
    day = live(engine, redialling(attempts=2, agents=0), caller._replace(arrived=0.0))

    assert [Fate("abandoned", None, at) for at in (10, 120, 230)] == day.calls
    assert [Link("first"), Link("redial", 0, 2), Link("redial", 1, 3)] == day.links


def test_redialled_calls_are_calls_like_any_other(engine: str) -> None:
    """One line, taken until 400: dialled at 10, 110 and 210 in vain; at 410 B meets the IVR and gives up."""
    last = Caller("vip", ivr_s=30, ivr_exit=HANGS_UP)
    caller = last
    for _ in range(3):
        caller = Caller("vip", redials=["blocked"], redial_after=100, next=caller)
    day = live(engine, redialling(lines=1), Caller("vip", 0, talk=310), caller._replace(arrived=10.0))

    assert [
        Fate("answered", 0, 310, "desk"),
        Fate("blocked", None, 10),
        Fate("blocked", None, 110),
        Fate("blocked", None, 210),
        Fate("left_ivr", None, 340),
    ] == day.calls


def test_answered_callers_do_not_redial(engine: str) -> None:
    """Coins for every loss, but the call is answered."""
    day = live(engine, redialling(), Caller("vip", 0, redials=list(LOSSES), next=Caller("vip")))

    assert ["answered"] == day.outcomes
    assert [True] == day.log.solved.tolist()


def test_repeat_counts_from_the_end_of_talk(engine: str) -> None:
    """Talk from 0 to 60, wrap-up to 90; 5 min after 60 they call again, and begin a new contact."""
    day = live(
        engine, redialling(), Caller("vip", 0, wrap_up=30, repeats=True, repeat_after=300, next=Caller("vip"))
    )

    assert [Fate("answered", 0, 60, "desk"), Fate("answered", 360, 420, "desk")] == day.calls
    assert [Link("first"), Link("repeat", 0, 1)] == day.links
    assert [0, 0] == day.log.customer.tolist()
    assert [False, True] == day.log.solved.tolist()


def test_repeat_begins_a_new_contact_with_attempts_of_its_own(engine: str) -> None:
    """One redial a contact.

    30 lost · 130 redialled, answered to 190 · 250 calls again, lost at 260 · 300 redialled, lost at 310, and
    that is the end, although the coins say more.
    """
    lost: dict[str, Any] = {"patience": 10, "redials": ["abandoned"], "redial_after": 40}
    repeat = Caller("vip", **lost, next=Caller("vip", **lost, next=Caller("vip")))
    redial = Caller("vip", repeats=True, repeat_after=60, next=repeat)
    day = live(
        engine,
        redialling(attempts=1),
        Caller("vip", 0, talk=100),
        Caller("vip", 10, patience=20, redials=["abandoned"], redial_after=100, next=redial),
        Caller("vip", 200, talk=300),
    )

    # Rows in order of arrival: 0 and 10, the redial at 130, the other caller at 200, then 250 and 300.
    assert [0, 10, 130, 200, 250, 300] == day.log.arrived.tolist()
    assert ["answered", "abandoned", "answered", "answered", "abandoned", "abandoned"] == day.outcomes
    assert [
        Link("first"),
        Link("first"),
        Link("redial", 1, 2),
        Link("first"),
        Link("repeat", 2, 1),
        Link("redial", 4, 2),
    ] == day.links
    assert [0, 1, 1, 3, 1, 1] == day.log.customer.tolist()


def two_days(after_close: str = "drain", days: int = 2, agents: Any = 1, **day: Any) -> dict[str, Any]:
    """Return the hotline open for an hour on each of two days."""
    scenario = redialling(days=days, agents=agents)
    scenario["day"] |= {"after_close": after_close} | day
    return scenario


def lost_at(at: float, redial_after: float) -> Caller:
    """Return a caller who gives up at once, and dials again."""
    again = {"redials": ["abandoned"], "redial_after": redial_after, "next": Caller("vip")}
    return Caller("vip", at, patience=0, **again)  # type: ignore[arg-type]


@pytest.mark.parametrize("after_close", ["drain", "drop"])
def test_delay_runs_only_while_the_hotline_is_open(engine: str, after_close: str) -> None:
    """R13a: lost at 3500, 300 s later would be 3800: 100 s pass before close, 200 s the next morning."""
    day = live(engine, two_days(after_close), Caller("vip", 3400, talk=150), lost_at(3500, 300))

    assert Fate("answered", 86_600, 86_660, "desk") == day.calls[2]


def test_what_falls_on_the_close_happens_at_the_next_opening(engine: str) -> None:
    """R13a: opening hours are half-open: lost at 3500, 100 s later is 3600 and the hotline is closed."""
    day = live(engine, two_days(), Caller("vip", 3400, talk=150), lost_at(3500, 100))

    assert [3500, 86_400] == [day.calls[1].left, day.calls[2].answered]


def test_delay_from_a_call_that_ends_after_close(engine: str) -> None:
    """R13a: answered at 3590, hangs up at 3650; none of the 120 s passes before 86,400."""
    caller = Caller("vip", 3590, repeats=True, repeat_after=120, next=Caller("vip"))
    day = live(engine, two_days(), caller)

    assert [3590, 86_520] == day.answered


def test_delay_longer_than_a_whole_day(engine: str) -> None:
    """R13a: 600 s of the first day, 3600 s of the second, 50 s of the third."""
    day = live(engine, two_days(days=3), Caller("vip", 2900, talk=200), lost_at(3000, 600 + 3600 + 50))

    assert 2 * 86_400 + 50 == day.calls[2].answered


def test_delay_of_a_hotline_that_opens_later(engine: str) -> None:
    """R13a: open from 08:00 to 09:00: lost 100 s before close, redialled 200 s after the next opening."""
    opens = 8 * 3600.0
    scenario = two_days(open="08:00", close="09:00")
    day = live(engine, scenario, Caller("vip", opens + 3400, talk=150), lost_at(opens + 3500, 300))

    assert 86_400 + opens + 200 == day.calls[2].answered


def test_delay_runs_on_over_midnight_around_the_clock(engine: str) -> None:
    """R8d, R13a: a hotline that never closes has no nights: lost at 86,000, dialled again at 86,600."""
    scenario = two_days(close="24:00", interval="24 h")
    day = live(engine, scenario, Caller("vip", 85_900, talk=200), lost_at(86_000, 600))

    assert 86_600 == day.calls[2].answered


@pytest.mark.parametrize(("after_close", "days"), [("drain", 1), ("drop", 1), ("drain", 2)])
def test_nobody_calls_after_the_last_close(engine: str, after_close: str, days: int) -> None:
    """R13a: the redial would be due 200 s into a day that is not simulated any more."""
    last = (days - 1) * 86_400
    busy = Caller("vip", last + 3400, talk=150)
    day = live(engine, two_days(after_close, days), busy, lost_at(last + 3500, 300))

    assert ["answered", "abandoned"] == day.outcomes


def test_repeat_that_the_last_close_prevents_still_means_unsolved(engine: str) -> None:
    """The customer has a reason to call again, although the hotline has closed for good."""
    caller = Caller("vip", 3590, repeats=True, repeat_after=120, next=Caller("vip"))
    day = live(engine, redialling(), caller)

    assert ["answered"] == day.outcomes
    assert [False] == day.log.solved.tolist()
