"""R11e and R13d on timelines small enough to check by hand: callbacks and redials of one customer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.timeline import Caller, Fate, JobFate, hotline, live, tier

LOST: dict[str, Any] = {"patience": 20, "redials": ["abandoned"], "redial_after": 600}


def back_office(hours: str = "00:00-24:00", agents: int = 1, **callbacks: Any) -> dict[str, Any]:
    """Return a hotline whose desk opens at 600, beside a back office; an attempt in vain takes 40 s."""
    return hotline(
        tiers={
            "vip": tier(
                0,
                callback={"on": ["abandoned"]},
                redial={"after": "10 min", "when": {"abandoned": "50%"}},
            )
        },
        pools={
            "desk": {"serves": ["vip"], "agents": [0, 1, 1, 1, 1, 1]},
            "back_office": {"serves": [], "agents": agents, "callbacks": {}},
        },
        callbacks={"attempts": 3, "retry_after": "5 min", "hours": hours} | callbacks,
    )


def test_open_job_is_cancelled_when_the_redial_is_answered(engine: str) -> None:
    """Lost at 30, to be called from 1800 on; redialled at 630, waits, and is answered at 700."""
    day = live(
        engine,
        back_office("00:30-01:00"),
        Caller("vip", 10, reached_at=1, **LOST, next=Caller("vip")),
        Caller("vip", 600, talk=100),
    )

    assert [JobFate("cancelled", 30, None, 700, 0)] == day.jobs
    assert [] == day.log.callbacks.attempt_start.tolist()


def test_flag_keeps_the_job(engine: str) -> None:
    """cancel_if_answered: false: called at 1800 although answered at 630."""
    scenario = back_office("00:30-01:00", cancel_if_answered=False)
    day = live(engine, scenario, Caller("vip", 10, reached_at=1, **LOST, next=Caller("vip")))

    assert [Fate("abandoned", None, 30), Fate("answered", 630, 690, "desk")] == day.calls
    assert [JobFate("reached", 30, 1800, 1830, 1)] == day.jobs


def test_redial_that_is_not_answered_cancels_nothing(engine: str) -> None:
    """The redial is lost as well, at 640, and owes no second callback; the customer is called at 1800."""
    scenario = back_office("00:30-01:00")
    busy = Caller("vip", 600, talk=300)
    day = live(
        engine, scenario, Caller("vip", 10, reached_at=1, **LOST, next=Caller("vip", patience=10)), busy
    )

    assert [JobFate("reached", 30, 1800, 1830, 1)] == day.jobs


def test_jobs_of_other_customers_stay(engine: str) -> None:
    """Two are lost at 30 and 35; only the first is answered before the window opens at 1800."""
    day = live(
        engine,
        back_office("00:30-01:00"),
        Caller("vip", 10, reached_at=1, **LOST, next=Caller("vip")),
        Caller("vip", 15, patience=20, reached_at=1),
    )

    assert [JobFate("cancelled", 30, None, 630, 0), JobFate("reached", 35, 1800, 1830, 1)] == day.jobs


def test_cancelled_between_attempts(engine: str) -> None:
    """Dialled in vain from 30 to 70, to be dialled again at 370; answered at 130, by the desk open from 0."""
    scenario = back_office()
    scenario["pools"]["desk"]["agents"] = 1
    day = live(
        engine,
        scenario,
        Caller("vip", 0, talk=100),
        Caller("vip", 10, reached_at=2, **LOST | {"redial_after": 100}, next=Caller("vip")),
    )

    assert 130 == day.calls[2].answered
    assert [JobFate("cancelled", 30, 30, 130, 1)] == day.jobs
    assert [30.0] == day.log.callbacks.attempt_start.tolist()


def busy_desk(at: float, until: float) -> Caller:
    """Return the caller who keeps the only agent of the desk."""
    return Caller("vip", at, talk=until - at)


def test_attempt_under_way_that_reaches_him_counts(engine: str) -> None:
    """Redialled at 630, waits; dialled at 660 in spite of it, talks until 760; answered meanwhile, at 700."""
    day = live(
        engine,
        back_office("00:11-01:00"),
        Caller("vip", 10, reached_at=1, callback_talk=100, **LOST, next=Caller("vip")),
        busy_desk(600, 700),
    )

    assert Fate("answered", 700, 760, "desk") == day.calls[2]
    assert [JobFate("reached", 30, 660, 760, 1)] == day.jobs


def test_attempt_under_way_that_fails_is_the_last(engine: str) -> None:
    """Dialled in vain from 660 to 700, answered at 690: the job ends as the attempt is over, cancelled."""
    day = live(
        engine,
        back_office("00:11-01:00"),
        Caller("vip", 10, reached_at=2, **LOST, next=Caller("vip")),
        busy_desk(600, 690),
    )

    assert 690 == day.calls[2].answered
    assert [JobFate("cancelled", 30, 660, 700, 1)] == day.jobs
    assert [700.0] == day.log.callbacks.attempt_end.tolist()


def test_last_attempt_under_way_that_fails_is_cancelled_too(engine: str) -> None:
    """Only one attempt is allowed; it fails at 700, after they were answered at 690."""
    day = live(
        engine,
        back_office("00:11-01:00", attempts=1),
        Caller("vip", 10, reached_at=0, **LOST, next=Caller("vip")),
        busy_desk(600, 690),
    )

    assert [JobFate("cancelled", 30, 660, 700, 1)] == day.jobs


def test_back_office_goes_on_to_the_next_job(engine: str) -> None:
    """Two jobs wait for 1800; the first is cancelled, so the second is dialled at 1800 by the only agent."""
    day = live(
        engine,
        back_office("00:30-01:00"),
        Caller("vip", 10, reached_at=1, **LOST, next=Caller("vip")),
        Caller("vip", 10, patience=20, reached_at=1),
    )

    assert ["cancelled", "reached"] == [job.outcome for job in day.jobs]
    assert [1800.0] == day.log.callbacks.attempt_start.tolist()


def test_job_listed_behind_another_is_cancelled(engine: str) -> None:
    """Both are listed at 30, one agent: the first talks from 30 to 830, the second is answered at 630."""
    day = live(
        engine,
        back_office(),
        Caller("vip", 10, patience=20, reached_at=1, callback_talk=800),
        Caller("vip", 10, reached_at=1, **LOST, next=Caller("vip")),
    )

    assert [JobFate("reached", 30, 30, 830, 1), JobFate("cancelled", 30, None, 630, 0)] == day.jobs


def test_other_jobs_end_when_a_callback_reaches_him(engine: str) -> None:
    """Lost at 30 and, redialled, at 150: two jobs.  At 600 the first attempt reaches them."""
    again = Caller("vip", patience=20, reached_at=1)
    day = live(
        engine,
        back_office("00:10-01:00"),
        Caller("vip", 10, reached_at=1, **LOST | {"redial_after": 100}, next=again),
    )

    assert ["abandoned", "abandoned"] == day.outcomes
    assert [JobFate("reached", 30, 600, 630, 1), JobFate("cancelled", 150, None, 600, 0)] == day.jobs


@pytest.mark.parametrize(
    ("redial_after", "reached_at", "calls"),
    [
        pytest.param(600, 1, 1, id="reached-long-ago"),
        pytest.param(91, 1, 1, id="reached-a-second-ago"),
        pytest.param(90, 1, 2, id="dialled-at-that-instant"),
        pytest.param(100, 2, 2, id="not-reached-yet"),
        pytest.param(440, 2, 1, id="reached-by-the-second-attempt"),
    ],
)
def test_redial_is_not_made_once_a_callback_has_reached_him(
    engine: str, redial_after: float, reached_at: int, calls: int
) -> None:
    """R13d: lost at 30, dialled at 120 and, if that failed, at 460; R4: a call comes before a dial."""
    scenario = back_office("00:02-01:00")
    scenario["pools"]["desk"]["agents"] = 0
    lost = LOST | {"redial_after": redial_after}
    caller = Caller("vip", 10, reached_at=reached_at, **lost, next=Caller("vip", patience=5))
    day = live(engine, scenario, caller)

    assert calls == len(day.calls)
    assert ["reached"] == [job.outcome for job in day.jobs]


def test_redial_after_a_loss_that_came_later_than_the_callback(engine: str) -> None:
    """R13d: redialled at 100, reached at 120 while waiting, and lost again at 140: they redial at 200."""
    scenario = back_office("00:02-01:00", cancel_if_answered=False)
    scenario["pools"]["desk"]["agents"] = 0
    again: dict[str, Any] = {"redials": ["abandoned"], "redial_after": 60}
    second = Caller("vip", patience=40, **again, next=Caller("vip", patience=5))
    lost = LOST | {"redial_after": 70}
    day = live(engine, scenario, Caller("vip", 10, reached_at=1, **lost, next=second))

    assert [30, 140, 205] == [fate.left for fate in day.calls]
    assert [JobFate("reached", 30, 120, 150, 1)] == day.jobs


def test_caller_on_the_phone_is_reached_before_he_hangs_up(engine: str) -> None:
    """R13d: reached from 600 on; the attempt is still talking at 630, when they would have dialled again."""
    day = live(
        engine,
        back_office("00:10-01:00"),
        Caller("vip", 10, reached_at=1, callback_talk=100, **LOST, next=Caller("vip")),
    )

    assert ["abandoned"] == day.outcomes
    assert [JobFate("reached", 30, 600, 700, 1)] == day.jobs
