"""Staffings tried in compiled calls count what the tallies of their own runs count."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import callcenter as cc
from callcenter.measure import DEFINITIONS
from callcenter.measure.tally import COUNTS
from callcenter.scenario import Scenario
from callcenter.study.staffing.trials import Trials, staffed
from callcenter.study.workers.effort import Effort
from callcenter.study.workers.executors import workforce
from tests.study.staffing.test_staff import two_tiers

OFFICE: dict[str, Any] = {
    "tiers.regular.callback": {"on": ["abandoned"]},
    "tiers.regular.redial": {"after": "5 min", "when": {"abandoned": "60%"}},
    "pools.desk.callbacks": {"keep_idle": 1},
    "callbacks.hours": "08:00-12:00",
}
CASES: dict[str, dict[str, Any]] = {
    "plain": {},
    "busy": {"demand.day_factor_cv": "20%", "warm_up": "30 min"},
    "absent": {"pools.desk.absence": "10%", "pools.desk.shrinkage": "20%"},
    "follow": OFFICE,
    "next day": {**OFFICE, "cool_down": "24 h"},
    "lines": {"lines": 12, "day.after_close": "drop"},
    "quick": {"service_level.definition": "excluding_short_abandons"},
}


@pytest.mark.parametrize("case", CASES)
def test_each_staffing_is_the_run_of_its_own(case: str) -> None:
    """Whatever was tried before on the same callers, on numbers in any order, to the last call."""
    scenario = two_tiers(**CASES[case])
    levels = [np.array([[1, 2, 2, 1], [each, 6, 8, 5]]) for each in (4, 0, 9, 4)]
    with workforce(Effort()) as force:
        counts = Trials(scenario, 3, force(0.0)).counts(levels, (5, 2, 3))

    for row, agents in enumerate(levels):
        tallies = cc.run(staffed(scenario, agents), 6, seed=3).tallies
        for column, number in enumerate((5, 2, 3)):
            named = dict(zip(COUNTS, tallies[number].counts, strict=True))
            within, asked = DEFINITIONS[scenario.service_level.definition](named)
            assert np.array_equal(within, counts.within[row, column])
            assert np.array_equal(asked, counts.asked[row, column])


def test_further_targets_are_counted_in_the_same_run() -> None:
    """Occupancy and mean wait, beside the answer rates, as the verdict has them."""
    scenario: Scenario = two_tiers(
        **{"pools.desk.targets": [{"occupancy": "90%"}], "targets": [{"mean_wait": "20 s"}]}
    )
    agents = np.array([[1, 2, 2, 1], [4, 7, 9, 5]])
    with workforce(Effort()) as force:
        counts = Trials(scenario, 3, force(0.0)).counts([agents], range(4)).of(0)

    targets = cc.run(staffed(scenario, agents), 4, seed=3).summary["targets"]
    for row, entry in enumerate(targets):
        assert pytest.approx(entry["value"]) == counts.within[:, row].sum() / counts.asked[:, row].sum()


def test_a_large_day_is_kept_and_gives_the_same() -> None:
    """Callers that are held in memory between two calls are those that would be drawn."""
    scenario = two_tiers(**{"demand.volume": 12})
    many, few = (np.array([[20] * 4, [each] * 4]) for each in (90, 60))
    with workforce(Effort()) as force:
        trials = Trials(scenario, 3, force(0.0))
        once = trials.counts([many, few], (1, 0))
        again = trials.counts([few], (0, 1))

    assert np.array_equal(once.within[1][::-1], again.within[0])
