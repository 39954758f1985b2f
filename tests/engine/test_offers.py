"""R9b on timelines small enough to check by hand: callers who take a callback instead of waiting."""

from __future__ import annotations

from typing import Any

from tests.engine.timeline import Caller, Fate, JobFate, Link, hotline, live, tier

LONG_WAIT = {"when_announced_wait_exceeds": "1 min", "accepted": "40%"}


def offering(offer: dict[str, Any], **keys: Any) -> dict[str, Any]:
    """Return a hotline that offers VIPs a callback; mean handle time 60 s, one agent, one in the office."""
    tiers = {"vip": tier(1, offer=offer, **keys), "first": tier(0), "last": tier(2)}
    return hotline(
        tiers=tiers,
        pools={
            "desk": {"serves": list(tiers), "agents": 1},
            "office": {"serves": [], "agents": 1, "callbacks": {}},
        },
    )


def in_line(number: int) -> dict[str, Any]:
    """Return the offer when so many wait."""
    return {"when_in_line": number, "accepted": "40%"}


BUSY = Caller("last", 0, talk=500)


def willing(at: float, **keys: Any) -> Caller:
    """Return a caller who takes the offer and is reached at once."""
    return Caller("vip", at, accepts=True, reached_at=1, **keys)


def test_diverted_when_more_is_announced(engine: str) -> None:
    """B hears of 60 s, not more than 60, and waits; C hears of 120 s, and is called back at 20."""
    day = live(engine, offering(LONG_WAIT), BUSY, willing(10), willing(20))

    assert [Fate("answered", 500, 560, "desk"), Fate("diverted", None, 20)] == day.calls[1:]
    assert [JobFate("reached", 20, 20, 50, 1)] == day.jobs
    assert [2] == day.log.callbacks.call.tolist()
    assert 20 == day.log.joined[2]


def test_who_declines_waits(engine: str) -> None:
    """The offer is made, the coin says no."""
    day = live(engine, offering(LONG_WAIT), BUSY, Caller("vip", 10), Caller("vip", 20, reached_at=1))

    assert 560 == day.calls[2].answered
    assert [] == day.jobs


def test_nothing_is_offered_to_who_finds_an_agent(engine: str) -> None:
    """Even where the offer is always made."""
    day = live(engine, offering(in_line(0)), willing(10))

    assert ["answered"] == day.outcomes


def test_offer_to_everybody_who_finds_no_agent(engine: str) -> None:
    """when_in_line: 0: nobody waits at 10, and yet the offer is made."""
    day = live(engine, offering(in_line(0)), BUSY, willing(10))

    assert [Fate("diverted", None, 10)] == day.calls[1:]


def test_offer_when_so_many_wait(engine: str) -> None:
    """when_in_line: 2: the second VIP finds one, the third two."""
    day = live(engine, offering(in_line(2)), BUSY, willing(10), willing(20), willing(30), willing(40))

    assert ["answered", "answered", "diverted", "diverted"] == day.outcomes[1:]


def test_calls_behind_him_count_in_the_line(engine: str) -> None:
    """when_in_line counts all who wait: two of a lower priority are behind the VIP."""
    day = live(engine, offering(in_line(2)), BUSY, Caller("last", 5), Caller("last", 6), willing(10))

    assert "diverted" == day.outcomes[-1]


def test_calls_behind_him_do_not_lengthen_the_announced_wait(engine: str) -> None:
    """The same two behind them: 60 s are announced."""
    day = live(engine, offering(LONG_WAIT), BUSY, Caller("last", 5), Caller("last", 6), willing(10))

    assert "answered" == day.outcomes[-1]


def test_calls_that_his_pools_do_not_serve_are_not_in_his_line(engine: str) -> None:
    """Two wait for another desk, one for theirs."""
    scenario = offering(in_line(2))
    scenario["pools"]["desk"]["serves"] = ["vip", "last"]
    scenario["pools"]["other"] = {"serves": ["first"], "agents": 0}
    waiting = [Caller("first", 5), Caller("first", 6), Caller("last", 7)]
    day = live(engine, scenario, BUSY, *waiting, willing(10))

    assert "answered" == day.outcomes[-1]


def test_offer_comes_before_balking(engine: str) -> None:
    """Both limits are exceeded: who accepts is diverted, who declines balks."""
    scenario = offering(LONG_WAIT, balk_above="90 s")
    day = live(engine, scenario, BUSY, Caller("vip", 10), willing(20), Caller("vip", 30))

    assert ["answered", "diverted", "balked"] == day.outcomes[1:]


def test_nobody_staffed_is_an_infinite_wait(engine: str) -> None:
    """R9: more than any limit."""
    scenario = offering({"when_announced_wait_exceeds": "20 h", "accepted": "40%"})
    scenario["pools"]["desk"]["agents"] = 0
    day = live(engine, scenario, willing(10))

    assert ["diverted"] == day.outcomes


def test_diverted_callers_always_have_a_job(engine: str) -> None:
    """R9b: the coin of `callback.share` is for losses: B is diverted and called, C abandons and is not."""
    scenario = offering(in_line(0), callback={"on": ["abandoned"], "share": "50%"})
    lost = Caller("vip", 20, patience=10, reached_at=1, owed=False)
    day = live(engine, scenario, BUSY, willing(10, owed=False), lost)

    assert ["diverted", "abandoned"] == day.outcomes[1:]
    assert [JobFate("reached", 10, 10, 40, 1)] == day.jobs


def test_diverted_callers_do_not_redial(engine: str) -> None:
    """R13: being diverted is no loss."""
    scenario = offering(
        in_line(0), redial={"after": "1 min", "when": {"abandoned": "50%", "balked": "50%", "closed": "50%"}}
    )
    coins = ["abandoned", "blocked", "balked", "left_ivr", "closed"]
    day = live(engine, scenario, BUSY, willing(10, redials=coins, redial_after=600, next=Caller("vip")))

    assert ["answered", "diverted"] == day.outcomes


def test_zero_patience_is_offered_a_callback_first(engine: str) -> None:
    """R9b, R10: the offer comes as the caller joins, patience runs out after that."""
    day = live(engine, offering(in_line(0)), BUSY, willing(10, patience=0), Caller("vip", 20, patience=0))

    assert ["diverted", "abandoned"] == day.outcomes[1:]


def test_job_of_a_diverted_caller_waits_for_the_window(engine: str) -> None:
    """R11: diverted at 10, called at 1800; promised by a day later."""
    scenario = offering(in_line(0)) | {"callbacks": {"hours": "00:30-01:00"}}
    day = live(engine, scenario, BUSY, willing(10))

    assert [JobFate("reached", 10, 1800, 1830, 1)] == day.jobs
    assert [86_410] == day.log.callbacks.due.tolist()


def test_diverted_after_a_redial_belongs_to_the_redial(engine: str) -> None:
    """The first call abandons at 20, the redial at 80 accepts: the job is that of the redialled call."""
    scenario = offering(in_line(1), redial={"after": "1 min", "when": {"abandoned": "50%"}})
    redial = Caller("vip", accepts=True, reached_at=1)
    first = Caller("vip", 10, patience=10, redials=["abandoned"], redial_after=60, next=redial)
    day = live(engine, scenario, BUSY, first, Caller("last", 30))

    assert Link("redial", 1, 2) == day.links[3]
    assert ["abandoned", "answered", "diverted"] == day.outcomes[1:]
    assert [3] == day.log.callbacks.call.tolist()
