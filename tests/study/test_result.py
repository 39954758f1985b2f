"""Results: some of their replications, and those that several have in common."""

from __future__ import annotations

from dataclasses import replace

from callcenter.scenario import Scenario
from callcenter.study import run
from callcenter.study.result import common_numbers


def test_some_replications_keep_their_numbers(scenario: Scenario) -> None:
    """Tallies and logs are those of the numbers; what was left out is missing."""
    result = run(scenario, 4, keep="calls")
    some = result.only([1, 3])

    assert ((1, 3), 2) == (some.numbers, some.replications)
    assert [result.tallies[1].to_bytes(), result.tallies[3].to_bytes()] == [
        tally.to_bytes() for tally in some.tallies
    ]
    assert {1, 3} == set(some.calls["replication"])


def test_all_replications_are_the_result(scenario: Scenario) -> None:
    """Nothing is copied, and a routing rule keeps its name."""
    result = replace(run(scenario, 3), routing="Mine()")

    assert result.only((0, 1, 2)) is result
    assert "Mine()" == result.only([2]).routing


def test_replications_in_common(scenario: Scenario) -> None:
    """Those of one number met the same callers."""
    result = run(scenario, 5)

    assert (1, 4) == common_numbers([result.only([0, 1, 4]), result.only([1, 2, 4]), result])
