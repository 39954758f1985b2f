"""Opening hours and the clock that stands still while the hotline is closed (rule R13a)."""

from __future__ import annotations

import math

import numpy as np
import pytest

from callcenter.demand import opening_hours
from callcenter.demand.arrivals import interval_at
from callcenter.demand.hours import opening_time_after
from callcenter.demand.tables import demand_tables
from callcenter.scenario import load
from tests.demand.hotlines import scenario

DAY = 86_400.0
SPANS = [(8 * 3600.0, 22 * 3600.0), (DAY + 8 * 3600, DAY + 22 * 3600)]


@pytest.mark.parametrize(
    ("time", "delay", "moment"),
    [
        (9 * 3600, 600, 9 * 3600 + 600),  # the same day
        (22 * 3600 - 300, 600, DAY + 8 * 3600 + 300),  # half of it the next morning
        (22 * 3600, 300, DAY + 8 * 3600 + 300),  # nothing is left today
        (21 * 3600, 3600, DAY + 8 * 3600),  # a close is outside
        (23 * 3600, 300, DAY + 8 * 3600 + 300),  # after close
        (22 * 3600, 0, DAY + 8 * 3600),
        (7 * 3600, 60, 8 * 3600 + 60),
        (9 * 3600, 14 * 3600, DAY + 9 * 3600),  # once round
        (DAY + 22 * 3600 - 300, 299, DAY + 22 * 3600 - 1),
        (DAY + 22 * 3600 - 300, 300, math.inf),  # the last close
        (DAY + 23 * 3600, 0, math.inf),
    ],
)
def test_opening_time_after(time: float, delay: float, moment: float) -> None:
    """Delays run only while the hotline is open."""
    assert moment == opening_time_after(np.array(SPANS), float(time), float(delay))


def test_days_that_touch_are_one_span() -> None:
    """A round-the-clock hotline never closes at midnight."""
    always = scenario(
        days=3,
        day={"open": "00:00", "close": "24:00", "interval": "12 h"},
    )

    assert [(0, 3 * DAY)] == opening_hours(always)
    assert [(28_800, 36_000), (DAY + 28_800, DAY + 36_000)] == opening_hours(scenario(days=2))


def test_interval_at() -> None:
    """The interval begins with its start and ends just before the next."""
    hotline = load(
        {
            "name": "hours",
            "days": 2,
            "demand": {"calls": 1},
            "tiers": {"any": {"priority": 0, "talk": "1 min"}},
            "pools": {"desk": {"serves": ["any"], "agents": 1}},
            "day": {"open": "08:00", "close": "10:00", "interval": "30 min"},
        }
    )
    times = (8 * 3600.0, 8.5 * 3600 - 2**-20, 8.5 * 3600, DAY + 10 * 3600 - 2**-20)

    assert [0, 0, 1, 3] == [interval_at(demand_tables(hotline), time) for time in times]
