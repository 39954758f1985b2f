"""Why a day was otherwise than planned: parts that add up."""

from __future__ import annotations

import numpy as np
import pytest

import callcenter as cc
from callcenter.replay import ReplayError
from callcenter.replay.explaining import _level
from callcenter.replay.explanation.shapley import over_all_sets, shapley
from callcenter.replay.levels import Levels
from callcenter.replay.recorded import recorded
from callcenter.replay.sides import FACTORS, HANDLE_TIME, PATTERN, STAFFING, VOLUME, Sides
from tests.replay.days import days_of, desk


def test_two_symmetric_factors_by_hand() -> None:
    """Alone each loses 2 and 4, together 10: in one order 2 and 8, in the other 6 and 4; means 4 and 6."""
    assert [4.0, 6.0] == shapley(np.array([0.0, 2.0, 4.0, 10.0])).tolist()
    assert [5.0, 5.0] == shapley(np.array([0.0, 3.0, 3.0, 10.0])).tolist()


def test_parts_add_up_and_what_does_nothing_has_none() -> None:
    """For any values the parts add up to the difference of the ends; a factor without effect has no part."""
    chance = np.random.default_rng(3)
    values = chance.normal(size=32)
    assert pytest.approx(values[31] - values[0]) == shapley(values).sum()
    blind = over_all_sets(lambda group: float(values[group & ~PATTERN]), 5)
    assert 0.0 == shapley(blind)[FACTORS.index("pattern")]


def parts(sides: Sides, replications: int = 2) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the part of each factor."""
    values = [
        [_level(sides.scenario, sides.log(group, 1, number)) for group in range(32)]
        for number in range(replications)
    ]
    return shapley(np.mean(values, axis=0))


def test_staffing_alone() -> None:
    """On a day that differs from the plan by two agents fewer, staffing is all of it, others are nothing.

    The day is a drawn one; nothing of its calls is taken, so that the other factors are the same.
    """
    found = recorded(days_of(desk(), 1), desk())
    fewer = Levels(8 * 3600.0, 300.0, np.full((1, 1, 48), 6.0), "")
    sides = Sides(desk(), found.day(0), fewer)
    values = over_all_sets(lambda group: _level(desk(), sides.log(group & STAFFING, 1, 0)), 5)
    own = dict(zip(FACTORS, shapley(values), strict=True))
    assert own.pop("staffing") < -0.1
    assert [0.0] * 4 == list(own.values())


def test_as_planned_where_records_hold_no_staffing() -> None:
    """Without levels of its own, a day has no part of staffing, exactly."""
    found = recorded(days_of(desk(), 1), desk())
    assert 0.0 == parts(Sides(desk(), found.day(0), None))[FACTORS.index("staffing")]


@pytest.mark.slow
def test_a_day_with_more_calls_of_longer_talk() -> None:
    """A day with 20% more calls and 10% longer talk loses points to these two, by far the most of all."""
    busy = desk({"demand.calls": 72, "tiers.any.talk": {"lognormal": {"mean": "220 s", "cv": 0.9}}})
    lost = dict.fromkeys(FACTORS, 0.0)
    for day in range(6):
        found = cc.explain(desk(), days_of(busy, 6), f"{day + 1}.1", replications=6)
        assert pytest.approx(found.planned - found.actual) == sum(found.parts.values()) + found.unexplained
        assert pytest.approx(0.0, abs=1e-9) == found.unexplained
        lost = {name: lost[name] + part / 6 for name, part in found.parts.items()}
    assert lost["volume"] > 5
    assert lost["handle_time"] > 2
    assert max(abs(lost["pattern"]), abs(lost["patience"])) < lost["handle_time"]


def test_volume_moves_the_number_of_calls_alone() -> None:
    """Planned volume on the recorded pattern thins or repeats recorded calls to the planned number."""
    seen = days_of(desk({"demand.calls": 90}), 1)
    found = recorded(seen, desk())
    sides = Sides(desk(), found.day(0), None)
    sizes = [sides.log(PATTERN | HANDLE_TIME, 1, number).arrived.size for number in range(8)]
    assert len(found.day(0)) == sides.log(PATTERN | VOLUME, 1, 0).arrived.size
    assert abs(np.mean(sizes) - 8 * 60) < 4 * np.sqrt(480 / 8)


def test_one_day_is_named() -> None:
    """A rule that chooses several days is refused."""
    with pytest.raises(ReplayError, match="name one day"):
        cc.explain(desk(), days_of(desk(), 2), "all")
