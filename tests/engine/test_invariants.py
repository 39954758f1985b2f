"""What must hold in every run, over random hotlines on a grid of whole seconds (ties everywhere)."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings

from callcenter.calllog import CallLog, JobOutcome, Outcome
from callcenter.engine import floor_plan, simulate
from callcenter.scenario import Scenario
from tests.engine.strategies import runs
from tests.engine.timeline import Caller, tape


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
                if condition[1] and time - log.joined[other] <= condition[1]:
                    continue  # not eligible yet, or only now, when the older call goes first (R4)
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
