"""Replications on all cores: the figures of a run, and an end as soon as nobody waits any more."""

from __future__ import annotations

import pytest

import callcenter as cc
from callcenter.scenario import Scenario
from callcenter.web import simulating
from callcenter.web.whatif import WhatIf


class Overtaken(BaseException):
    """What ends a run of the page."""


def test_who_is_overtaken_leaves_nothing_behind(scenario: Scenario) -> None:
    """The work ends, nothing of it is kept, and the next one has the right figures."""
    desk = WhatIf(scenario)

    def overtake(done: int, total: int) -> None:
        raise Overtaken

    with pytest.raises(Overtaken):
        desk.result(scenario, 200, overtake)
    assert not desk.has(scenario, 1)
    assert cc.run(scenario, 6, 7).summary == desk.result(scenario, 6).summary


def test_progress_is_told(scenario: Scenario) -> None:
    """While one waits one hears how much is done; in the end all."""
    told: list[tuple[int, int]] = []
    WhatIf(scenario).result(scenario, 5, lambda done, total: told.append((done, total)))

    assert (5, 5) == told[-1]


def test_memory_for_callers_is_bounded(scenario: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where they would not fit they are drawn anew each time, to the same figures."""
    expected = WhatIf(scenario).result(scenario, 4).summary
    monkeypatch.setattr(simulating, "MOST_HELD", 1000)  # two replications of 480 calls

    assert expected == WhatIf(scenario).result(scenario, 4).summary
