"""What must hold in every run, over random hotlines on a grid of whole seconds (ties everywhere)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callcenter.calllog import CallLog, JobOutcome, Outcome
from callcenter.engine import floor_plan, simulate
from callcenter.scenario import Scenario, load
from tests.engine.timeline import Caller, hotline, tape, tier

TIERS = ("vip", "mid", "regular")
HOUR = 3600


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Draw a hotline: up to three tiers and pools, staffing steps, conditions, callbacks, drain or drop."""
    names = TIERS[: draw(st.integers(1, 3))]
    rule = {"on": ["abandoned", "closed"]}
    tiers = {
        name: tier(draw(st.integers(0, 2)), callback=draw(st.sampled_from([rule, "none"]))) for name in names
    }
    pools = {f"pool{p}": draw(a_pool(names)) for p in range(draw(st.integers(1, 3)))}
    pools["last"] = {
        "serves": list(names),
        "agents": draw(levels),
        "callbacks": {"keep_idle": draw(st.integers(0, 1))},
    }
    day = {
        "open": "00:00",
        "close": "01:00",
        "interval": "10 min",
        "after_close": draw(st.sampled_from(["drain", "drop"])),
    }
    hours = draw(st.sampled_from(["00:00-24:00", "00:10-00:30", "00:50-00:05"]))
    callbacks = {
        "attempts": 2,
        "retry_after": "5 min",
        "hours": hours,
        "order": draw(st.sampled_from(["due", "tier"])),
    }
    return load(hotline(tiers=tiers, pools=pools, day=day, callbacks=callbacks, days=draw(st.integers(1, 2))))


levels = st.lists(st.integers(0, 3), min_size=6, max_size=6)


@st.composite
def a_pool(draw: st.DrawFn, names: tuple[str, ...]) -> dict[str, Any]:
    """Draw a pool with conditions on some tiers."""
    condition = st.fixed_dictionaries(
        {"keep_idle": st.integers(0, 2), "after": st.sampled_from(["0 s", "30 s", "60 s"])}
    )
    serves = draw(st.dictionaries(st.sampled_from(names), condition, min_size=1))
    speed = draw(st.sampled_from([1, 1.5]))
    return {"serves": serves, "agents": draw(levels), "speed": speed}


@st.composite
def callers(draw: st.DrawFn, names: tuple[str, ...], days: int) -> list[Caller]:
    """Draw callers on whole multiples of 10 s."""
    ten = st.integers(0, 30).map(lambda x: 10.0 * x)
    one = st.builds(
        Caller,
        tier=st.sampled_from(names),
        arrived=st.tuples(st.integers(0, days - 1), st.integers(0, 359)).map(
            lambda x: x[0] * 86_400 + 10.0 * x[1]
        ),
        talk=ten,
        patience=st.one_of(ten, st.just(math.inf)),
        wrap_up=st.sampled_from([0.0, 20.0]),
        ivr_s=st.sampled_from([0.0, 0.0, 30.0]),
        ivr_exit=st.sampled_from([0, 0, 0, 1, 2]),
        reached_at=st.sampled_from([None, 0, 1, 2]),
        callback_talk=ten,
        callback_wrap_up=st.sampled_from([0.0, 20.0]),
    )
    return sorted(draw(st.lists(one, max_size=40)), key=lambda caller: caller.arrived)


@st.composite
def runs(draw: st.DrawFn) -> tuple[Scenario, list[Caller]]:
    """Draw a scenario and its callers."""
    scenario = draw(scenarios())
    return scenario, draw(callers(tuple(scenario.tiers), scenario.days))


def busy_at(log: CallLog, pool: int, time: float) -> int:
    """Count the agents of a pool at work just after an instant."""
    calls = (log.pool == pool) & (log.answered <= time) & (time < log.released)
    jobs = log.callbacks
    dialled = (jobs.attempt_pool == pool) & (jobs.attempt_start <= time) & (time < jobs.attempt_end)
    return int(calls.sum() + dialled.sum())


def instants(log: CallLog, changes: Any) -> list[float]:
    """Return every moment at which something happened."""
    jobs = log.callbacks
    times = np.concatenate(
        [log.joined, log.answered, log.left, log.released, jobs.attempt_start, jobs.attempt_end, changes]
    )
    return sorted(set(times[~np.isnan(times)].tolist()))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(run=runs())
def test_every_run_keeps_the_rules(engine: str, run: tuple[Scenario, list[Caller]]) -> None:
    """Calls and agents are conserved, waits end when they must, and no agent idles while he could work."""
    scenario, people = run
    call_tape = tape(scenario, *people)
    log = simulate(scenario, call_tape, engine)

    calls_are_conserved(log, people)
    agents_are_conserved(scenario, log)
    waits_end_when_they_must(log, call_tape.patience)
    nobody_waits_beside_an_idle_agent(scenario, log)
    jobs_are_conserved(scenario, log, call_tape.job)


def calls_are_conserved(log: CallLog, people: list[Caller]) -> None:
    """R12: every call has one outcome, and the times that go with it."""
    assert len(people) == log.outcome.size
    answered = log.outcome == Outcome.ANSWERED
    in_ivr = np.isin(log.outcome, [Outcome.SELF_SERVED, Outcome.LEFT_IVR])
    still_inside = log.outcome == Outcome.OPEN
    assert (~np.isnan(log.answered) == answered).all()
    assert ((log.pool >= 0) == answered).all()
    assert (np.isnan(log.joined) == in_ivr).all()
    assert (np.isnan(log.left) == still_inside).all()
    assert (log.left[~still_inside] <= log.end).all()


def agents_are_conserved(scenario: Scenario, log: CallLog) -> None:
    """R8: more agents are busy than staffed only while those finish who were busy when the level fell."""
    plan = floor_plan(scenario)
    for pool in range(len(scenario.pools)):
        starts = np.concatenate([log.answered[log.pool == pool], _attempts(log, pool)])
        for time in starts:
            assert busy_at(log, pool, time) <= _level(plan, pool, time)


def _attempts(log: CallLog, pool: int) -> Any:
    return log.callbacks.attempt_start[log.callbacks.attempt_pool == pool]


def _level(plan: Any, pool: int, time: float) -> int:
    """Agents staffed at any moment of an instant: a call may start just before the level falls (R4)."""
    change = int(np.searchsorted(plan.change_at, time, side="right")) - 1
    before = int(np.searchsorted(plan.change_at, time, side="left")) - 1
    return max(int(plan.levels[change, pool]), int(plan.levels[before, pool]) if before >= 0 else 0)


def waits_end_when_they_must(log: CallLog, patience: Any) -> None:
    """R10: nobody is answered after his patience, and who abandons does so exactly then."""
    waited = log.outcome == Outcome.ANSWERED
    assert (log.answered[waited] - log.joined[waited] <= patience[waited]).all()
    gone = log.outcome == Outcome.ABANDONED
    np.testing.assert_array_equal(patience[gone], (log.left - log.joined)[gone])


def nobody_waits_beside_an_idle_agent(scenario: Scenario, log: CallLog) -> None:
    """R6, R7: after any instant, no idle agent could take a waiting call, and the line is in order."""
    plan = floor_plan(scenario)
    priority = plan.priority[log.tier]
    for time in instants(log, plan.change_at):
        gone = np.where(np.isnan(log.answered), log.left, log.answered)
        waits = (log.joined <= time) & ~(gone <= time)
        idle = [
            max(
                0,
                int(plan.levels[np.searchsorted(plan.change_at, time, side="right") - 1, p])
                - busy_at(log, p, time),
            )
            for p in range(len(scenario.pools))
        ]
        for call in np.flatnonzero(waits):
            for pool, spare in enumerate(idle):
                keep = plan.keep_idle[pool, log.tier[call]]
                ready = time - log.joined[call] >= plan.after[pool, log.tier[call]]
                assert keep < 0 or not ready or spare <= keep, (time, call, pool)
        overtaken = waits & (log.joined < time)
        for call in np.flatnonzero((log.answered == time) & (log.joined < time)):
            pool, mine = log.pool[call], (priority[call], log.joined[call])
            for other in np.flatnonzero(overtaken):
                condition = (plan.keep_idle[pool, log.tier[other]], plan.after[pool, log.tier[other]])
                same = (plan.keep_idle[pool, log.tier[call]], plan.after[pool, log.tier[call]])
                assert condition != same or mine <= (priority[other], log.joined[other]), (time, call, other)


def jobs_are_conserved(scenario: Scenario, log: CallLog, job_of: Any) -> None:
    """R11: one job for each lost call that owes one; attempts inside the window, as many as allowed."""
    plan, jobs = floor_plan(scenario), log.callbacks
    lost = [
        i
        for i in range(log.outcome.size)
        if job_of[i] >= 0 and plan.owes_callback[log.tier[i], log.outcome[i]]
    ]
    assert lost == sorted(jobs.call.tolist())
    window = np.searchsorted(plan.window_start, jobs.attempt_start, side="right") - 1
    assert (window >= 0).all()
    assert (jobs.attempt_start < plan.window_end[window]).all()
    assert (np.diff(jobs.attempt_start) >= 0).all()
    assert np.bincount(jobs.attempt_job, minlength=jobs.call.size).tolist() == jobs.attempts.tolist()
    assert (np.isnan(jobs.ended) == (jobs.outcome == JobOutcome.PENDING)).all()
    assert (jobs.attempts[jobs.outcome == JobOutcome.UNREACHED] == plan.attempts).all()
