"""Work under way: progress, an end before its time, and what came of it."""

from __future__ import annotations

from threading import Event

import pytest

import callcenter as cc
from callcenter.scenario import Scenario
from callcenter.web import finding
from callcenter.web.jobs import GivenUpError, Job, Progress
from callcenter.web.whatif import WhatIf


def test_a_job_reports_and_ends() -> None:
    """Its progress is seen from outside, its result and its error as well."""

    def work(report: Progress) -> int:
        report(3, 4)
        return 7

    job = Job("staff", work)
    assert 7 == job.result()
    assert (True, 0.75) == (job.is_over, job.share)
    with pytest.raises(ZeroDivisionError):
        Job("staff", lambda _: 1 / 0).result()


def test_a_job_that_nobody_wants_ends_at_its_next_report() -> None:
    """It is not waited for, and never gets further."""
    begun, going = Event(), Event()

    def work(report: Progress) -> None:
        begun.set()
        going.wait(10)
        report(1, 2)

    job = Job("staff", work)
    begun.wait(10)
    job.give_up()
    going.set()
    with pytest.raises(GivenUpError):
        job.result()


@pytest.mark.slow
def test_agents_found_are_those_of_staff(scenario: Scenario) -> None:
    """The button gives what `callcenter staff` gives for the same callers; other dials stay."""
    desk = WhatIf(scenario)
    found = finding.search(scenario, scenario.seed, 5).result()
    edits = finding.agents_found(found)

    expected = cc.staff(scenario, replications=5, seed=scenario.seed)
    assert {"pools.desk.agents": list(expected.need.pools["desk"].agents or ())} == edits
    assert expected.need.fingerprint == desk.base(edits).fingerprint
    assert {"volume": 110} == finding.at_rest({"volume": 110, "agents/desk": 2, "staffing": 90})
    assert {"demand.calls": 9} == finding.without_agents({"demand.calls": 9, **edits})
    assert finding.words(found)[0].startswith("The fewest agents found that meet every target")
