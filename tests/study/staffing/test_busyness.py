"""Days that balance: known before they are simulated, unbiased, and closer to each other than others."""

from __future__ import annotations

import numpy as np
import pytest

import callcenter as cc
from callcenter.demand import draw
from callcenter.scenario import Scenario
from callcenter.study.staffing.busyness import GROUP, balanced, factors_of
from callcenter.study.staffing.days import Days
from tests.study.staffing.test_staff import two_tiers


def busy(cv: str = "30%") -> Scenario:
    """Return a hotline whose days differ."""
    return two_tiers(**{"demand.day_factor_cv": cv, "demand.volume": 100})


def test_a_factor_is_that_of_the_tape() -> None:
    """A day of 31,000 calls has as many calls as its factor says, to 3%."""
    scenario = busy()
    expected = sum(sum(scenario.demand.expected(tier)) for tier in scenario.tiers)

    calls = [draw(scenario, 7, number).tier.size / expected for number in range(3, 9)]

    assert pytest.approx(calls, rel=0.03) == factors_of(scenario, 7, 3, 6)


def test_groups_balance_and_lean_to_no_side() -> None:
    """The mean of 500 groups is 1 within 4 standard errors; a group varies a third as much as other days."""
    scenario = busy("10%")
    groups = balanced(scenario, 11, 0, 500)
    factors = factors_of(scenario, 11, 0, int(groups.max()) + 1)[groups]

    means = factors.mean(axis=1)
    assert abs(means.mean() - 1) < 4 * means.std() / np.sqrt(500)
    assert means.std() < 0.4 * 0.1 / np.sqrt(GROUP)
    assert pytest.approx(0.1, rel=0.05) == factors.std()


def test_blocks_share_no_day() -> None:
    """Whether days balance or follow each other."""
    for scenario in (two_tiers(), busy()):
        days = Days(scenario, 1)
        blocks = [days.block(number) for number in (16, 40, 8)]
        numbers = [number for block in blocks for number in block.numbers]
        assert len(numbers) == len(set(numbers))


@pytest.mark.slow
def test_intervals_of_groups_hold_the_truth() -> None:
    """Of 60 verdicts on 160 days each, about 95 in 100 intervals hold the mean of 20,000 days."""
    from callcenter.study.staffing.goals import Meet
    from callcenter.study.staffing.validation import judged
    from callcenter.study.workers.effort import Effort
    from callcenter.study.workers.executors import workforce

    scenario = two_tiers(**{"demand.day_factor_cv": "15%"})
    true = cc.run(scenario, 20000, seed=5).summary["tiers"]["regular"]["service_level"]["value"]
    days = Days(scenario, 6)
    held = 0
    with workforce(Effort()) as force:
        for _ in range(60):
            level = judged(force(0.0), scenario, 6, days.block(160), Meet())["tiers"]["regular"]
            ends = level["service_level"]
            held += ends["low"] <= true <= ends["high"]
    assert held >= 60 * 0.95 - 3 * np.sqrt(60 * 0.95 * 0.05)
