"""Ranges of a sweep: what they give at a place from 0 to 1."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from callcenter.study.designs.ranges import range_of


@pytest.mark.parametrize(
    ("written", "path", "middle", "ends"),
    [
        ({"from": 0.9, "to": 1.2}, "demand.volume", 1.05, (0.9, 1.2)),
        ({"from": "90 s", "to": "3 min"}, "tiers.vip.talk", "135 s", ("90 s", "180 s")),
        ({"from": "1 min", "to": "3 min"}, "tiers.vip.talk", "2 min", ("1 min", "3 min")),
        ({"from": "5%", "to": 0.3}, "ivr.self_service", "17.5%", ("5%", "30%")),
        ({"from": 10, "to": 14}, "pools.desk.agents", 12, (10, 14)),
        ({"from": 10, "to": 15}, "lines", 13, (10, 15)),
        ({"from": 10, "to": 15, "whole": False}, "lines", 12.5, (10, 15)),
        ({"from": 1, "to": 4, "whole": True}, "demand.volume", 3, (1, 4)),
        ({"from": 10, "to": 20, "step": 4}, "demand.calls", 14, (10, 18)),
        ({"from": "1 min", "to": "3 min", "step": "30 s"}, "tiers.vip.talk", "2 min", ("1 min", "3 min")),
        ({"from": 0, "to": 1e6}, "demand.calls", 500_000, (0, 1_000_000)),
    ],
)
def test_values(written: dict[str, Any], path: str, middle: object, ends: tuple[object, object]) -> None:
    """The middle and both ends, in the unit of the planner; agents and lines are whole."""
    levels = range_of(written, path)

    assert (middle, ends) == (levels.at(0.5), levels.ends)


def test_whole_numbers_are_equally_likely() -> None:
    """Each of 10 to 14 has a fifth of the way."""
    levels = range_of({"from": 10, "to": 14}, "pools.desk.agents")

    assert [10] * 4 + [11] * 4 + [12] * 4 + [13] * 4 + [14] * 4 == [levels.at(n / 20) for n in range(20)]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({"from": 1, "to": 2, "by": 1}, "a range has `from` and `to`"),
        ({"from": 1, "to": 1}, "a range rises"),
        ({"from": 1, "to": 2, "step": 0}, "`step` must be above 0"),
        ({"from": 1, "to": 2, "step": "1 s"}, "`step` has another unit"),
        ({"from": 1, "to": 2, "whole": "yes"}, "`whole` says whether"),
        ({"from": "1 parsec", "to": "2 s"}, "has the unknown unit `parsec`"),
    ],
)
def test_wrong_ranges(written: dict[str, Any], message: str) -> None:
    """What is wrong, what was given, what to write."""
    with pytest.raises(PydanticCustomError, match=message):
        range_of(written, "demand.volume")
