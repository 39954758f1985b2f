"""What must hold in every run, over random hotlines on a grid of whole seconds (ties everywhere)."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from callcenter.calllog import CallLog, JobOutcome, Kind, Outcome
from callcenter.demand import CallTape
from callcenter.engine import simulate
from callcenter.scenario import Scenario
from tests.engine.shadows import Spell, away, held_lines, in_hand, in_vain, level_at, most_at_once, work
from tests.engine.strategies import runs
from tests.engine.taping import Caller, tape

DAY = 86_400.0
NO_PERSON = [Outcome.BLOCKED, Outcome.SELF_SERVED, Outcome.LEFT_IVR]
TALKED_TO = [Outcome.ANSWERED, Outcome.OPEN]


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(run=runs())
def test_every_run_keeps_the_rules(engine: str, run: tuple[Scenario, list[Caller]]) -> None:
    """Calls, lines and agents are conserved, waits end when they must, and work is done in the open."""
    scenario, people = run
    calls = tape(scenario, *people)
    log = simulate(scenario, calls, engine)

    calls_are_conserved(log, people)
    follow_ups_happen_once(scenario, log, calls)
    lines_are_enough(scenario, log)
    agents_are_conserved(scenario, log)
    contacts_fit_in_hand(scenario, log)
    waits_end_when_they_must(scenario, log, calls)
    nothing_begins_at_night(scenario, log)
    jobs_are_conserved(scenario, log)


def calls_are_conserved(log: CallLog, people: list[Caller]) -> None:
    """R12: every call has one outcome, and the times that go with it; rows are in order of arrival."""
    assert sorted(caller.arrived for caller in people) == log.arrived[log.kind == Kind.FIRST].tolist()
    assert (np.diff(log.arrived) >= 0).all()
    answered, open_ = log.outcome == Outcome.ANSWERED, log.outcome == Outcome.OPEN
    assert (~np.isnan(log.answered) == answered).all()
    assert (~np.isnan(log.released) == answered).all()
    assert ((log.pool >= 0) == answered).all()
    assert (np.isnan(log.left) == open_).all()
    assert (np.isnan(log.joined) >= np.isin(log.outcome, NO_PERSON)).all()
    assert (np.isnan(log.joined) <= np.isin(log.outcome, [*NO_PERSON, Outcome.OPEN])).all()
    times = np.array([log.arrived, log.joined, log.answered, log.left, log.released])
    for before, after in pairwise(times):
        assert not (before > after).any()
    assert not (times > log.end).any()


def follow_ups_happen_once(scenario: Scenario, log: CallLog, calls: CallTape) -> None:
    """R13, R15: a call leads to one other call at most, of the right kind, at the right time."""
    first = log.parent < 0
    assert (first == (log.kind == Kind.FIRST)).all()
    assert np.bincount(log.parent[~first], minlength=1).max() <= 1
    assert (log.customer[first] == np.flatnonzero(first)).all()
    assert int((~first).sum()) <= calls.later.written.size - calls.tier.size
    for row in np.flatnonzero(~first):
        parent, kind = log.parent[row], Kind(log.kind[row])
        assert parent < row
        assert log.customer[row] == log.customer[parent]
        solved = log.outcome[parent] == Outcome.SELF_SERVED
        assert (kind is Kind.RETURN) == solved
        assert (kind is Kind.REDIAL) == (not solved and log.outcome[parent] != Outcome.ANSWERED)
        assert log.attempt[row] == (log.attempt[parent] + 1 if kind is Kind.REDIAL else 1)
        assert (log.tier[row] == log.tier[parent]) == (kind is not Kind.TRANSFER)
        assert log.arrived[row] >= log.left[parent]
        if kind is Kind.TRANSFER:
            assert log.arrived[row] == log.joined[row] == log.left[parent]
        else:
            assert is_open(scenario, log.arrived[row])
        if kind is Kind.REDIAL:
            redial = list(scenario.tiers.values())[log.tier[row]].redial
            assert redial is not None
            assert log.attempt[row] <= redial.attempts + 1


def is_open(scenario: Scenario, time: float) -> bool:
    """Whether the hotline is open at a time."""
    day, clock = divmod(time, DAY)
    return day < scenario.run_days and scenario.day.open <= clock < scenario.day.close


def lines_are_enough(scenario: Scenario, log: CallLog) -> None:
    """R14: never more lines than there are, and nobody is blocked unless they are all taken."""
    if scenario.lines is None:
        assert not (log.outcome == Outcome.BLOCKED).any()
        return
    held = held_lines(scenario, log)
    assert most_at_once(held) <= scenario.lines
    for row in np.flatnonzero(log.outcome == Outcome.BLOCKED):
        at = log.arrived[row]
        # Who hangs up at that very instant without having talked may have held a line when it was needed.
        assert sum(spell.start <= at <= spell.end for spell in held) >= scenario.lines


def agents_are_conserved(scenario: Scenario, log: CallLog) -> None:
    """R8, R20: busy and away are no more agents than are staffed; they finish when the level falls."""
    for pool in range(len(scenario.pools)):
        busy = [*work(scenario, log, pool), *away(log, pool)]
        for spell in busy:
            at_work = sum(other.start <= spell.start < other.end for other in busy)
            assert at_work <= level_at(log, pool, spell.start)


def contacts_fit_in_hand(scenario: Scenario, log: CallLog) -> None:
    """R17, R10a: agents busy with contacts, or places held in vain, have no more than the concurrency."""
    sessions = log.sessions
    for pool in range(len(scenario.pools)):
        own = sessions.pool == pool
        spells = [Spell(*row) for row in zip(sessions.start[own], sessions.end[own], strict=True)]
        shared = [tier.concurrency for tier in scenario.tiers.values()]
        at_desk = [number for number, tier in enumerate(scenario.tiers.values()) if tier.at_desk]
        contacts = [spell for tier in at_desk for spell in in_hand(log, pool, tier)] + in_vain(log, pool)
        for spell in contacts:
            agents = sum(other.start <= spell.start < other.end for other in spells)
            together = sum(other.start <= spell.start < other.end for other in contacts)
            assert agents <= together <= agents * max(shared)
        covered = sum(spell.end - spell.start for spell in spells)
        assert covered <= sum(spell.end - spell.start for spell in contacts)


def waits_end_when_they_must(scenario: Scenario, log: CallLog, calls: CallTape) -> None:
    """R10: who abandons was as patient as some caller on the tape; R6: who is answered waited for `after`."""
    waited = np.where(np.isnan(log.answered), log.left, log.answered) - log.joined
    written: Any = calls.later.written
    assert np.isin(waited[log.outcome == Outcome.ABANDONED], written["patience"]).all()
    first, patience = log.kind == Kind.FIRST, calls.patience
    assert not (waited[first] > patience).any()
    gone = log.outcome[first] == Outcome.ABANDONED
    assert (waited[first][gone] == patience[gone]).all()
    tiers, pools = list(scenario.tiers), list(scenario.pools.values())
    for row in np.flatnonzero(log.outcome == Outcome.ANSWERED):
        serve = pools[log.pool[row]].serves[tiers[log.tier[row]]]
        assert log.answered[row] - log.joined[row] >= serve.after
    refused = np.isin(log.outcome, [Outcome.BALKED, Outcome.DIVERTED])
    assert (waited[refused] == 0).all()


def nothing_begins_at_night(scenario: Scenario, log: CallLog) -> None:
    """R16: no deferred contact is begun, and no callback dialled, while the hotline is closed."""
    deferred = [tier.channel == "deferred" for tier in scenario.tiers.values()]
    rows = np.array(deferred)[log.tier] & (log.outcome == Outcome.ANSWERED)
    assert all(is_open(scenario, time) for time in log.answered[rows])
    assert all(is_open(scenario, time) for time in log.callbacks.attempt_start)
    # Nobody loses deferred work either: it is done, or still there when the run ends.
    assert np.isin(log.outcome[np.array(deferred)[log.tier]], TALKED_TO).all()


def jobs_are_conserved(scenario: Scenario, log: CallLog) -> None:
    """R11: one job per call at most, attempts one after another, as many as allowed, ended as they should."""
    jobs, rules = log.callbacks, scenario.callbacks
    assert jobs.call.size == np.unique(jobs.call).size
    diverted = np.flatnonzero(log.outcome == Outcome.DIVERTED)
    assert np.isin(diverted, jobs.call).all()
    assert (jobs.created == log.left[jobs.call]).all()
    assert (np.diff(jobs.attempt_start) >= 0).all()
    assert np.bincount(jobs.attempt_job, minlength=jobs.call.size).tolist() == jobs.attempts.tolist()
    assert (jobs.attempts <= rules.attempts).all()
    assert (np.isnan(jobs.ended) == (jobs.outcome == JobOutcome.PENDING)).all()
    assert (jobs.attempts[jobs.outcome == JobOutcome.UNREACHED] == rules.attempts).all()
    assert (jobs.attempts[jobs.outcome == JobOutcome.REACHED] > 0).all()
    for job in range(jobs.call.size):
        own = jobs.attempt_job == job
        pauses = jobs.attempt_start[own][1:] - jobs.attempt_end[own][:-1]
        assert (pauses >= rules.retry_after).all()
    served_in_time(log)


def served_in_time(log: CallLog) -> None:
    """R11e: only customers who were answered, or reached by another callback, have a job cancelled."""
    jobs = log.callbacks
    customers = log.customer[jobs.call]
    for job in np.flatnonzero(jobs.outcome == JobOutcome.CANCELLED):
        own = log.customer == customers[job]
        answers = log.answered[own & (log.outcome == Outcome.ANSWERED)]
        reached = (customers == customers[job]) & (jobs.outcome == JobOutcome.REACHED)
        served = np.concatenate([answers, jobs.attempt_start[reached[jobs.attempt_job]]])
        assert ((served >= jobs.created[job]) & (served <= jobs.ended[job])).any()
