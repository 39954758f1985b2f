"""The cool-down moves no draw of the days that count (rule R19)."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.testing as npt
import pytest

from callcenter.demand import draw, roster
from callcenter.scenario import Scenario, load
from tests.demand.hotlines import callbacks, firsts, following

DAY = 86_400.0

MIXED = {"mixture": [{"share": "30%", "of": "10 s"}, {"share": "70%", "of": {"exponential": "3 min"}}]}
SPREAD = {"hyperexponential": {"mean": "3 min", "cv": 1.8}, "per_interval": [1, 1.5, 1, 0.5]}


def busy(**changes: Any) -> Scenario:
    """Return two days with everything that is drawn."""
    scenario: dict[str, Any] = {
        "name": "cool-down",
        "day": {"open": "08:00", "close": "12:00", "interval": "1 h"},
        "days": 2,
        "demand": {
            "calls": [60, 90, 80, 40],
            "mix": {"vip": "20%", "mid": "80%"},
            "day_factor_cv": "20%",
            "days": [1.2, 0.8],
        },
        "ivr": {"time": MIXED, "self_service": "20%", "hangs_up": "5%"},
        "online": {"share": "20%", "solves": "50%", "time": "5 min"},
        "tiers": {
            "vip": {"priority": 0, "talk": SPREAD, "patience": MIXED, "wrap_up": "20 s"},
            "mid": {
                "priority": 1,
                "talk": SPREAD,
                "patience": MIXED,
                "callback": {"on": ["abandoned"], "share": "60%"},
                "redial": {"after": MIXED, "when": {"abandoned": "50%"}, "attempts": 2},
                "repeat": {"share": "20%", "after": {"exponential": "3 h"}},
                "transfer": {"share": "10%", "to": "vip"},
            },
        },
        "pools": {
            "desk": {"serves": ["vip", "mid"], "agents": [3, 4, 4.5, 3], "absence": "20%", "callbacks": {}},
            "late": {
                "serves": ["mid"],
                "shifts": [{"start": "09:00", "end": "12:00", "agents": 4, "days": [1]}],
                "absence": "20%",
            },
        },
        "callbacks": {"reached": "60%", "no_answer": MIXED},
    }
    return load(scenario | changes)


@pytest.mark.parametrize("replication", range(3))
def test_the_days_that_count_are_the_same(replication: int) -> None:
    """First calls, their follow-ups and their callbacks; online customers of the last day may call later."""
    plain, longer = (draw(busy(**more), 1, replication) for more in ({}, {"cool_down": "24 h"}))
    counted = longer.arrived < 2 * DAY
    size = int(counted.sum())

    assert longer.tier.size > plain.tier.size == size
    for name in ("tier", "arrived", "ivr_s", "ivr_exit", "patience", "talk", "wrap_up", "accepts", "owed"):
        npt.assert_array_equal(getattr(plain, name), getattr(longer, name)[:size], err_msg=name)
    assert plain.coins is not None
    assert longer.coins is not None
    for name, before in plain.coins._asdict().items():
        after = getattr(longer.coins, name)
        npt.assert_array_equal(before, after[:size])
    assert following(plain, firsts(plain)) == following(longer, firsts(longer)[:size])
    drawn = callbacks(longer, 3)
    assert callbacks(plain, 3) == {row: each for row, each in drawn.items() if row < size}


def test_the_plan_begins_anew() -> None:
    """R19: the third day has the demand factor and the shifts of the first."""
    demand = {"calls": 400, "mix": {"vip": "0%", "mid": "100%"}, "days": [2, 0]}
    longer = busy(cool_down="24 h", demand=demand, online="none")
    day = draw(longer, 1, 0).arrived // DAY
    staffed = roster(longer.with_({"pools.late.absence": 0}), 1, 0)

    assert 0 == np.count_nonzero(day == 1)
    assert abs(np.count_nonzero(day == 2) / np.count_nonzero(day == 0) - 1) < 0.2
    assert [4, 0, 4] == [int(staffed.rostered[staffed.at // DAY == number, 1].max()) for number in range(3)]


def test_who_is_absent_stays_absent() -> None:
    """The levels of the days that count are the same."""
    plain, longer = (roster(busy(**more), 1, 0) for more in ({}, {"cool_down": "30 h"}))

    assert 4 == len(set((longer.at // DAY).tolist()))
    npt.assert_array_equal(plain.staffed, longer.staffed[longer.at < 2 * DAY])
