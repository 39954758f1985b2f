"""Where days are long, agents are taken away together, hours apart: the proof is that of single ones."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from callcenter.arrays import Floats
from callcenter.scenario import Scenario
from callcenter.study.staffing.first_guess import first_guess
from callcenter.study.staffing.goals import goals_of, meet_of
from callcenter.study.staffing.proof import ALONE, BESIDE, lean
from callcenter.study.staffing.proving import costs
from callcenter.study.staffing.search import LONG, Search, Stand
from callcenter.study.staffing.together import Together
from callcenter.study.staffing.trials import Trials
from callcenter.study.workers.effort import Effort
from callcenter.study.workers.executors import workforce
from tests.study.staffing.test_staff import two_tiers

DAYS = 32


def _day() -> Scenario:
    """Return the two desks for sixteen hours, with days that differ."""
    return two_tiers(
        **{
            "seed": 3,
            "day": {"open": "06:00", "close": "22:00", "interval": "30 min"},
            "demand": {
                "calls": [20, 30, 45, 60] + [70] * 24 + [60, 45, 30, 20],
                "mix": {"vip": "20%", "regular": "80%"},
                "day_factor_cv": "5%",
            },
            "pools.vip_desk.agents": 1,
            "pools.desk.agents": 9,
        }
    )


@pytest.fixture
def search() -> Iterator[Search]:
    """A search whose days are said to be long."""
    scenario = _day()
    with workforce(Effort()) as force:
        trials = Trials(scenario, scenario.seed, force(0.0))
        goals = goals_of(scenario, meet_of("mean"))
        yield Search(trials, goals, costs(scenario), scenario.day.interval, range(DAYS), 2 * LONG)


def _start(search: Search) -> Stand:
    return search.cheaper(search.scaled(first_guess(_day())))


def _alone(search: Search, stand: Stand) -> list[tuple[tuple[int, int], Floats]]:
    """Return what each agent costs each margin, replication by replication, taken away alone."""
    places = [(int(pool), int(interval)) for pool, interval in np.argwhere(stand.levels > 0)]
    fewer = []
    for place in places:
        levels = stand.levels.copy()
        levels[place] -= 1
        fewer.append(levels)
    counts, goals = search.trials.counts(fewer, search.replications), search.goals
    before = goals.by_replication(stand.counts)
    return [(place, before - goals.by_replication(counts.of(row))) for row, place in enumerate(places)]


def test_what_each_costs_is_what_it_costs_alone(search: Search) -> None:
    """On all days, by a few of its own and all of the others: within its error, and as large in all."""
    stand = _start(search)
    together, alone = Together(search, stand), _alone(search, stand)

    off = []
    for place, lost in alone:
        estimate, error = together.lost(place, lost[:ALONE])
        off.append((estimate[:2] - lost[:, :2].mean(axis=0)) / np.maximum(error[:2], 0.25))
    assert len(alone) > 40
    assert together.staffings < len(alone) / 4
    assert 0.01 > np.mean(np.array(off) > BESIDE)
    assert 0 == pytest.approx(np.mean(off), abs=0.2)


def test_whoever_cannot_be_spared_breaks_a_target_alone(search: Search) -> None:
    """The proof takes fewer days than all of each alone, and no removal of it would have kept everything."""
    answer = lean(search, _start(search))
    proof = answer.proof

    assert proof.together > 0
    assert proof.plain > proof.tried / 2
    for place, lost in _alone(search, answer.stand):
        margins = answer.stand.margins - lost.mean(axis=0)
        assert margins.min() < 0, place
