"""R11 on timelines small enough to check by hand.  Times are seconds; an unanswered attempt takes 40 s."""

from __future__ import annotations

from typing import Any

from tests.engine.timeline import Caller, JobFate, hotline, live, tier


def back_office(callbacks: dict[str, Any] | None = None, **sections: Any) -> dict[str, Any]:
    """Return a hotline whose VIP desk is empty for the first 10 minutes and whose back office calls back."""
    base = hotline(
        tiers={"vip": tier(0, callback={"on": ["abandoned", "closed"]})},
        pools={
            "desk": {"serves": ["vip"], "agents": 0},
            "back_office": {"serves": [], "agents": 1, "callbacks": {}},
        },
        callbacks={"attempts": 3, "retry_after": "5 min"} | (callbacks or {}),
    )
    return base | sections


def test_lost_call_is_called_back(engine: str) -> None:
    """The call abandons at 30, the idle back office dials at once, talks 30 s and wraps up for 5."""
    day = live(
        engine,
        back_office(),
        Caller("vip", 10, patience=20, reached_at=1, callback_talk=30, callback_wrap_up=5),
    )

    assert [JobFate("reached", 30, 30, 60, 1)] == day.jobs
    assert [30.0] == day.log.callbacks.attempt_start.tolist()
    assert [65.0] == day.log.callbacks.attempt_end.tolist()
    assert [30 + 86_400.0] == day.log.callbacks.due.tolist()


def test_no_job_where_the_coin_says_no(engine: str) -> None:
    """A call that owes no callback (share) and one that was answered create no job."""
    day = live(engine, back_office(), Caller("vip", 10, patience=20))

    assert [] == day.jobs


def test_failed_attempts_are_repeated_after_a_pause(engine: str) -> None:
    """First attempt 30 to 70 fails, second from 370 to 410 fails, third from 710 reaches the customer."""
    day = live(engine, back_office(), Caller("vip", 10, patience=20, reached_at=3))

    assert [JobFate("reached", 30, 30, 740, 3)] == day.jobs
    assert [30.0, 370.0, 710.0] == day.log.callbacks.attempt_start.tolist()


def test_unreached_after_the_last_attempt(engine: str) -> None:
    """Two attempts are allowed: 30 to 70 and 370 to 410."""
    day = live(engine, back_office({"attempts": 2}), Caller("vip", 10, patience=20, reached_at=0))

    assert [JobFate("unreached", 30, 30, 410, 2)] == day.jobs


def test_jobs_are_dialled_only_inside_the_calling_hours(engine: str) -> None:
    """The window opens at 00:20 = 1200; the job lost at 30 is dialled then."""
    day = live(engine, back_office({"hours": "00:20-00:40"}), Caller("vip", 10, patience=20, reached_at=1))

    assert 1200 == day.jobs[0].first_attempt


def test_calling_hours_are_half_open(engine: str) -> None:
    """R11a: lost at 1200 sharp, as the window closes: not dialled; one tick earlier it is, and finished."""
    scenario = back_office({"hours": "00:00-00:20"})
    late = live(engine, scenario, Caller("vip", 1000, patience=200, reached_at=1))
    early = live(engine, scenario, Caller("vip", 1000, patience=200 - 2.0**-20, reached_at=1))

    assert [JobFate("pending", 1200, None, None, 0)] == late.jobs
    assert "reached" == early.jobs[0].outcome


def test_retry_waits_for_the_next_window(engine: str) -> None:
    """Lost at 30 of the first day, dialled at 30, window closes at 60: the retry starts the next day at 0."""
    scenario = back_office({"hours": "00:00-00:01"}, days=2)
    day = live(engine, scenario, Caller("vip", 10, patience=20, reached_at=2))

    assert [30.0, 86_400.0] == day.log.callbacks.attempt_start.tolist()


def test_listed_jobs_wait_for_the_next_window(engine: str) -> None:
    """Two jobs at 30, one agent, who is free at 70 after the window closed at 60: next day for the second."""
    scenario = back_office({"hours": "00:00-00:01", "attempts": 1}, days=2)
    callers = [Caller("vip", 10, patience=20, reached_at=0), Caller("vip", 10, patience=20, reached_at=0)]
    day = live(engine, scenario, *callers)

    assert [30, 86_400] == [job.first_attempt for job in day.jobs]


def test_callers_go_before_callbacks(engine: str) -> None:
    """R7: the agent who frees at 100 takes the waiting call, then the job created at 30."""
    scenario = back_office(pools={"desk": {"serves": ["vip"], "agents": 1, "callbacks": {}}})
    day = live(
        engine,
        scenario,
        Caller("vip", 0, talk=100),
        Caller("vip", 10, patience=20, reached_at=1),
        Caller("vip", 90, talk=60),
    )

    assert 100 == day.calls[2].answered
    assert 160 == day.jobs[0].first_attempt


def test_call_that_joins_goes_before_a_job_that_becomes_due(engine: str) -> None:
    """R4: the window opens at 600 as a call joins: the call gets the only agent."""
    scenario = back_office(
        {"hours": "00:10-01:00"},
        pools={"desk": {"serves": ["vip"], "agents": [0, 1, 1, 1, 1, 1], "callbacks": {}}},
    )
    day = live(engine, scenario, Caller("vip", 10, patience=20, reached_at=1), Caller("vip", 600, talk=60))

    assert 600 == day.calls[1].answered
    assert 660 == day.jobs[0].first_attempt


def test_job_left_over_waits_for_the_window_even_if_an_agent_frees_as_it_opens(engine: str) -> None:
    """R4: yesterday's job is listed; at 86,400 an agent starts before a call joins and jobs are due."""
    scenario = back_office(
        {"hours": "00:00-00:01", "attempts": 1},
        days=2,
        pools={"desk": {"serves": ["vip"], "agents": [1, 0, 0, 0, 0, 0], "callbacks": {}}},
    )
    day = live(
        engine,
        scenario,
        Caller("vip", 0, talk=100),
        Caller("vip", 10, patience=20, reached_at=1),
        Caller("vip", 86_400),
    )

    assert 86_400 == day.calls[2].answered
    assert [JobFate("pending", 30, None, None, 0)] == day.jobs


def test_keep_idle_reserves_agents_for_callers(engine: str) -> None:
    """R7: two agents, one to keep idle: the second job waits for the first, although an agent is idle."""
    pools = {
        "desk": {"serves": ["vip"], "agents": 0},
        "back_office": {"serves": [], "agents": 2, "callbacks": {"keep_idle": 1}},
    }
    callers = [Caller("vip", 10, patience=20, reached_at=1), Caller("vip", 10, patience=25, reached_at=1)]
    day = live(engine, back_office(pools=pools), *callers)

    assert [30, 60] == [job.first_attempt for job in day.jobs]


def test_order_due_and_oldest(engine: str) -> None:
    """R11c: A was lost at 400, B, who called later, at 300: B is due first and is called first at 600."""
    for order in ("due", "oldest"):
        scenario = back_office({"hours": "00:10-01:00", "order": order})
        day = live(
            engine,
            scenario,
            Caller("vip", 10, patience=390, reached_at=1),
            Caller("vip", 20, patience=280, reached_at=1),
        )

        assert {300.0: 600.0, 400.0: 630.0} == {job.created: job.first_attempt for job in day.jobs}


def test_order_tier(engine: str) -> None:
    """R11c: the mid-tier job is older, the VIP job is called first."""
    rule = {"on": ["abandoned"]}
    scenario = back_office(
        {"hours": "00:10-01:00", "order": "tier"},
        tiers={"mid": tier(1, callback=rule), "vip": tier(0, callback=rule)},
        demand={"tiers": {"vip": {"calls": 0}, "mid": {"calls": 0}}},
    )
    scenario["pools"]["desk"]["serves"] = ["vip", "mid"]
    day = live(
        engine,
        scenario,
        Caller("mid", 10, patience=20, reached_at=1),
        Caller("vip", 20, patience=80, reached_at=1),
    )

    assert {30.0: 630.0, 100.0: 600.0} == {job.created: job.first_attempt for job in day.jobs}


def test_nobody_dials_after_close(engine: str) -> None:
    """R8b: the job created at 3650, while the last callers are served, stays pending."""
    scenario = back_office()
    scenario["pools"]["desk"]["agents"] = [0, 0, 0, 0, 0, 1]
    day = live(
        engine,
        scenario,
        Caller("vip", 3590, talk=200),
        Caller("vip", 3595, patience=55, reached_at=1),
    )

    assert [JobFate("pending", 3650, None, None, 0)] == day.jobs


def test_closed_calls_are_called_back_next_day(engine: str) -> None:
    """R8c, R11: who is dropped at close is called when the hotline opens again."""
    scenario = back_office(days=2)
    scenario["day"]["after_close"] = "drop"
    day = live(engine, scenario, Caller("vip", 3500, reached_at=1))

    assert [JobFate("reached", 3600, 86_400, 86_430, 1)] == day.jobs


def test_slow_pool_takes_longer_to_talk_but_not_to_ring(engine: str) -> None:
    """R11d: at speed 2, 30 s of talk are 60; the 40 s of an attempt that nobody answers stay 40."""
    scenario = back_office()
    scenario["pools"]["back_office"]["speed"] = 2
    day = live(engine, scenario, Caller("vip", 10, patience=20, reached_at=2, callback_wrap_up=5))

    assert [70.0, 440.0] == day.log.callbacks.attempt_end.tolist()


def test_overnight_calling_hours(engine: str) -> None:
    """Hours past midnight: 23:00 to 00:30 is two windows of the day from 00:00 to 01:00, here one."""
    day = live(
        engine,
        back_office({"hours": "23:00-00:30"}),
        Caller("vip", 10, patience=20, reached_at=1),
        Caller("vip", 1700, patience=100, reached_at=1),
    )

    assert [30, None] == [job.first_attempt for job in day.jobs]


def test_the_next_day_follows_up(engine: str) -> None:
    """R19: lost at 3590, the back office is gone by 3600; with a cool-down it calls the next morning."""
    night = {"close": "01:00", "open": "00:00", "interval": "10 min", "after_close": "drop"}
    waits = Caller("vip", 3550, patience=100, reached_at=1)
    tomorrow = Caller("vip", 86_400 + 60, patience=20, reached_at=1)

    alone = live(engine, back_office(day=night), waits)
    followed = live(engine, back_office(day=night, cool_down="24 h"), waits, tomorrow)

    assert [JobFate("pending", 3600, None, None, 0)] == alone.jobs
    assert [
        JobFate("reached", 3600, 86_400, 86_430, 1),
        JobFate("reached", 86_480, 86_480, 86_510, 1),
    ] == followed.jobs
    assert 90_000 == followed.log.end
