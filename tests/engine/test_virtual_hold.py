"""R21 on timelines small enough to check by hand: callbacks that keep their place.  Times are seconds."""

from __future__ import annotations

from typing import Any

import pytest

import callcenter as cc
from callcenter.calllog import CallLog
from callcenter.demand import draw
from callcenter.engine import simulate
from tests.engine.timeline import Caller, Fate, JobFate, hotline, live, tape, tier

HOLD = {"when_in_line": 1, "accepted": "40%", "keeps_place": True}
ALWAYS = HOLD | {"when_in_line": 0}
BUSY = Caller("last", 0, talk=60)


def holding(agents: Any = 1, offer: dict[str, Any] = HOLD, **keys: Any) -> dict[str, Any]:
    """Return a desk that works no callbacks, but for those that keep their place."""
    tiers = {"vip": tier(1, offer=offer, **keys), "last": tier(2)}
    return hotline(tiers=tiers, pools={"desk": {"serves": list(tiers), "agents": agents}})


def willing(at: float, **keys: Any) -> Caller:
    """Return a caller who takes the offer; reached at once for 30 s unless the keys say otherwise."""
    return Caller("vip", at, accepts=True, **{"reached_at": 1} | keys)


def short(name: str, at: float, **keys: Any) -> Caller:
    """Return a caller who talks for 30 s."""
    return Caller(name, at, talk=30, **keys)


def attempts(log: CallLog) -> list[tuple[int, int, float, float]]:
    """Return job, pool, start and end of each attempt."""
    jobs = log.callbacks
    columns = (jobs.attempt_job, jobs.attempt_pool, jobs.attempt_start, jobs.attempt_end)
    return [(int(job), int(pool), start, end) for job, pool, start, end in zip(*columns, strict=True)]


def test_the_place_is_kept(engine: str) -> None:
    """Contract 2.12: busy until 60; A waits since 5, B takes a callback at 10, C joins at 20: 60, 90, 120."""
    day = live(engine, holding(), BUSY, short("vip", 5), willing(10), short("vip", 20))

    assert [60, None, 120] == day.answered[1:]
    assert Fate("diverted", None, 10) == day.calls[2]
    assert [JobFate("reached", 10, 90, 120, 1)] == day.jobs
    assert [(0, 0, 90, 120)] == attempts(day.log)


def test_without_a_place_nobody_dials_at_this_desk(engine: str) -> None:
    """The same offer without `keeps_place`: C is answered at 90, and B is owed a call to the end."""
    plain = {"when_in_line": 1, "accepted": "40%"}
    day = live(engine, holding(offer=plain), BUSY, short("vip", 5), willing(10), short("vip", 20))

    assert [60, None, 90] == day.answered[1:]
    assert [JobFate("pending", 10, None, None, 0)] == day.jobs


def test_an_attempt_in_vain_costs_its_time_and_the_job_goes_on(engine: str) -> None:
    """B is dialled at 60 in vain, until 100; C follows; B's job is listed at 100 + 300 and reached at 400."""
    scenario = holding(offer=ALWAYS) | {"callbacks": {"retry_after": "5 min"}}
    scenario["pools"]["desk"]["callbacks"] = {}
    day = live(engine, scenario, BUSY, willing(10, reached_at=2), short("vip", 20))

    assert 100 == day.answered[2]
    assert [JobFate("reached", 10, 60, 430, 2)] == day.jobs


def test_the_last_attempt_may_be_the_one_from_the_line(engine: str) -> None:
    """One attempt: nobody picks up at 60, so the job has ended when it is over."""
    scenario = holding(offer=ALWAYS) | {"callbacks": {"attempts": 1}}
    day = live(engine, scenario, BUSY, willing(10, reached_at=0))

    assert [JobFate("unreached", 10, 60, 100, 1)] == day.jobs


def test_a_higher_priority_passes_it(engine: str) -> None:
    """R5: two places of a lower tier; VIPs come later and go before both."""
    tiers = {"vip": tier(0), "mid": tier(1, offer=ALWAYS)}
    scenario = hotline(tiers=tiers, pools={"desk": {"serves": list(tiers), "agents": 1}})
    kept = Caller("mid", 10, accepts=True, reached_at=1)
    day = live(engine, scenario, Caller("vip", 0), kept, short("mid", 11), short("vip", 50))

    assert [None, 120, 60] == day.answered[1:]
    assert 90 == day.jobs[0].first_attempt


def test_a_head_start_counts_for_it(engine: str) -> None:
    """R5: joined at 10 with 10 s of head start it goes before who joined at 5."""
    scenario = holding(offer=ALWAYS, head_start="10 s")
    scenario["tiers"]["last"] = tier(1)
    day = live(engine, scenario, BUSY, short("last", 5), willing(10))

    assert [60, 90] == [day.jobs[0].first_attempt, day.answered[1]]


def test_escalated_it_passes_a_better_tier(engine: str) -> None:
    """R5a: of priority 1 it would wait behind priority 0; from 42 on it is of priority -1."""
    scenario = holding(offer=ALWAYS, escalate=[{"after": "30 s", "priority": -1}])
    scenario["tiers"]["last"] = tier(0)
    day = live(engine, scenario, BUSY, short("last", 11), willing(12))

    assert [60, 90] == [day.jobs[0].first_attempt, day.answered[1]]


def test_it_becomes_eligible_by_waiting(engine: str) -> None:
    """R6a: the reserve takes such calls after 30 s of waiting, so it dials at 40."""
    scenario = holding(offer=ALWAYS)
    scenario["pools"]["reserve"] = {"serves": {"vip": {"after": "30 s"}}, "agents": 1}
    day = live(engine, scenario, BUSY, willing(10))

    assert [(0, 1, 40, 70)] == attempts(day.log)


def test_it_is_dialled_under_the_conditions_of_its_tier(engine: str) -> None:
    """R21a: the desk keeps one agent idle for others, so nobody dials until the second is idle, too."""
    scenario = holding(agents=2, offer=ALWAYS)
    scenario["pools"]["desk"]["serves"] = {"vip": {"keep_idle": 1}, "last": {}}
    day = live(engine, scenario, BUSY, Caller("last", 0, talk=200), willing(10))

    assert [(0, 0, 200, 230)] == attempts(day.log)


def test_it_takes_the_speed_of_its_tier_at_this_pool(engine: str) -> None:
    """R21a: 30 s of talk and 10 s of wrap-up at speed 2; an attempt in vain takes its 40 s."""
    scenario = holding(offer=ALWAYS)
    scenario["pools"]["desk"]["serves"] = {"vip": {"speed": 2}, "last": {}}
    day = live(engine, scenario, BUSY, willing(10, callback_wrap_up=10), willing(11, reached_at=0))

    assert [(0, 0, 60, 140), (1, 0, 140, 180)] == attempts(day.log)
    assert 120 == day.jobs[0].ended


def test_it_has_no_patience(engine: str) -> None:
    """R21: B would hang up after 20 s; their place is there at 500."""
    day = live(engine, holding(offer=ALWAYS), Caller("last", 0, talk=500), willing(10, patience=20))

    assert 500 == day.jobs[0].first_attempt


def test_it_holds_no_line(engine: str) -> None:
    """R14: of two lines B's is free again at 10, when they hang up, so C gets one; D finds none."""
    scenario = holding(offer=ALWAYS) | {"lines": 2}
    day = live(engine, scenario, BUSY, willing(10), short("last", 20), short("last", 30))

    assert ["answered", "diverted", "answered", "blocked"] == day.outcomes
    assert [60, 90] == [day.jobs[0].first_attempt, day.answered[2]]


def test_it_counts_in_the_line_for_the_next_offer(engine: str) -> None:
    """R21c: one of two who wait has hung up by 20; the other and B's place are two in line for C."""
    waiting = [short("vip", 5), short("vip", 6, patience=10)]
    day = live(engine, holding(offer=HOLD | {"when_in_line": 2}), BUSY, *waiting, willing(10), willing(20))

    assert ["answered", "abandoned", "diverted", "diverted"] == day.outcomes[1:]


@pytest.mark.parametrize(("limit", "outcome"), [("119 s", "balked"), ("120 s", "answered")])
def test_it_is_ahead_in_the_announced_wait(engine: str, limit: str, outcome: str) -> None:
    """R21c: B's place is ahead of C: 2 x 60 s are announced."""
    day = live(engine, holding(offer=ALWAYS, balk_above=limit), BUSY, willing(10), short("vip", 20))

    assert outcome == day.outcomes[2]


@pytest.mark.parametrize(("most", "dialled"), [(1, 60), (2, 90)])
def test_breaks_are_put_off_for_it(engine: str, most: int, dialled: float) -> None:
    """R20, R21c: one place waits as the agent has wrapped up at 60; at 2 they go on a break until 90."""
    scenario = holding(offer=ALWAYS)
    scenario["pools"]["desk"]["breaks"] = {"after_call": "50%", "length": "1 min", "not_while_waiting": most}
    day = live(engine, scenario, BUSY._replace(break_s=30), willing(10))

    assert dialled == day.jobs[0].first_attempt


def test_places_lapse_when_calling_hours_end(engine: str) -> None:
    """R21b: hours end at 600, as the agent frees: C is taken, B called at the next day's begin of hours."""
    scenario = holding(offer=ALWAYS) | {"days": 2, "callbacks": {"hours": "00:00-00:10"}}
    scenario["pools"]["desk"]["callbacks"] = {}
    day = live(engine, scenario, Caller("last", 0, talk=600), willing(10), short("last", 20))

    assert 600 == day.answered[2]
    assert [JobFate("reached", 10, 86_400, 86_430, 1)] == day.jobs


def test_outside_calling_hours_no_place_is_kept(engine: str) -> None:
    """R21b: hours begin at 600, so B's callback is listed then, and the desk that works none leaves it."""
    scenario = holding(offer=ALWAYS) | {"callbacks": {"hours": "00:10-01:00"}}
    day = live(engine, scenario, Caller("last", 0, talk=900), willing(10), willing(600), short("vip", 601))

    assert [None, 900] == [job.first_attempt for job in day.jobs]
    assert 930 == day.answered[3]


def test_a_place_that_lapsed_is_not_ahead(engine: str) -> None:
    """R21b, R21c: B's place is gone at 600, so D, who joins then, hears of C alone: 2 x 60 s."""
    scenario = holding(offer=ALWAYS, balk_above="2 min") | {"callbacks": {"hours": "00:00-00:10"}}
    people = [willing(10), short("vip", 20), short("vip", 600)]
    day = live(engine, scenario, Caller("last", 0, talk=900), *people)
    before = live(engine, scenario, Caller("last", 0, talk=900), *people[:2], short("vip", 599))

    assert "answered" == day.outcomes[3]
    assert "balked" == before.outcomes[3]


@pytest.mark.parametrize("after_close", ["drain", "drop"])
def test_nobody_is_dialled_after_the_close(engine: str, after_close: str) -> None:
    """R8b, R21b: the agent talks beyond the close at 3600; B's place has lapsed."""
    scenario = holding(offer=ALWAYS)
    scenario["day"]["after_close"] = after_close
    day = live(engine, scenario, Caller("last", 3500, talk=200), willing(3550))

    assert ["answered", "diverted"] == day.outcomes
    assert [JobFate("pending", 3550, None, None, 0)] == day.jobs


def test_who_is_served_meanwhile_gives_the_place_up(engine: str) -> None:
    """R11e: A hangs up at 15; their redial at 100 keeps a place; at 600 the first call is called back."""
    scenario = holding(
        offer=ALWAYS,
        callback={"on": ["abandoned"]},
        redial={"after": "1 min", "when": {"abandoned": "50%"}, "attempts": 2},
    )
    scenario["pools"]["office"] = {"serves": [], "agents": [0, 1, 1, 1, 1, 1], "callbacks": {}}
    redial = willing(float("nan"))
    first = Caller("vip", 5, patience=10, reached_at=1, redials=["abandoned"], redial_after=85, next=redial)
    day = live(engine, scenario, Caller("last", 0, talk=900), first, short("last", 200))

    assert ["abandoned", "diverted", "answered"] == day.outcomes[1:]
    assert [JobFate("reached", 15, 600, 630, 1), JobFate("cancelled", 100, None, 600, 0)] == day.jobs
    assert 900 == day.answered[3]


def test_a_call_that_was_transferred_may_keep_its_place(engine: str) -> None:
    """R15: the agent moves A on at 60 and wraps up until 90, when A's place is first in the line."""
    moved = Caller("vip", accepts=True, reached_at=1)
    first = Caller("last", 0, talk=60, wrap_up=30, transfer=moved)
    day = live(engine, holding(offer=ALWAYS), first, Caller("last", 20))

    assert JobFate("reached", 60, 90, 120, 1) == day.jobs[0]
    assert 120 == day.answered[1]


def test_several_places_in_the_order_of_the_line(engine: str) -> None:
    """R5: three of one instant are dialled in order of their numbers."""
    day = live(engine, holding(offer=ALWAYS), BUSY, willing(10), willing(10), willing(10))

    assert [60, 90, 120] == [job.first_attempt for job in day.jobs]


def test_of_callers_who_never_hang_up_everybody_is_served_as_if_they_waited(engine: str) -> None:
    """R21: with equal talk times nobody is served a tick earlier or later than if all stay in the line."""
    scenario = cc.load(
        holding(agents=2, offer=ALWAYS, talk="70 s", escalate=[{"after": "2 min", "priority": 3}])
    ).with_({"demand.tiers.vip.calls": [30, 0, 25, 0, 20, 0], "demand.tiers.last.calls": [5, 0, 5, 0, 5, 0]})
    people = draw(scenario, 1, 0)
    kept = simulate(scenario, people, engine)
    served = kept.answered.copy()
    served[kept.callbacks.call] = kept.callbacks.first_attempt

    waited = simulate(scenario.with_({"tiers.vip.offer": "none"}), people, engine).answered
    assert kept.callbacks.call.size > 10
    assert waited.tolist() == served.tolist()


class PeopleFirst(cc.Routing):
    """A rule of the user's own: places that callbacks keep come last."""

    def call_for(self, pool: str) -> Any:
        """Return the first caller who waits, else the first place."""
        return min(self.line(pool), key=lambda call: call.keeps_place, default=None)


def test_a_rule_of_ones_own_sees_who_keeps_a_place() -> None:
    """The hand timeline with another order: A at 60, C at 90, B is dialled at 120."""
    scenario = cc.load(holding())
    people = [BUSY, short("vip", 5), willing(10), short("vip", 20)]
    log = simulate(scenario, tape(scenario, *people), routing=PeopleFirst)

    assert [60, 90] == log.answered[[1, 3]].tolist()
    assert [120] == log.callbacks.first_attempt.tolist()
