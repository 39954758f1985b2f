"""The cool-down moves no draw of the days that count (rule R19)."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.testing as npt
import pytest

from callcenter.demand import draw, roster
from callcenter.scenario import Scenario, load

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
    counted = np.flatnonzero(longer.arrived[: longer.firsts] < 2 * DAY)

    assert longer.firsts > plain.firsts == counted.size
    for name in ("tier", "arrived", "ivr_s", "ivr_exit", "patience", "talk", "wrap_up", "accepts", "owed"):
        npt.assert_array_equal(
            getattr(plain, name)[: plain.firsts], getattr(longer, name)[: counted.size], err_msg=name
        )
    npt.assert_array_equal(_chain(plain, plain.firsts), _chain(longer, counted.size))
    jobs = [_jobs(tape, plain.firsts) for tape in (plain, longer)]
    for before, after in zip(*jobs, strict=True):
        npt.assert_array_equal(before, after)


def _chain(tape: Any, firsts: int) -> list[list[float]]:
    """Return talk and delays of every call that may follow the first calls, customer by customer."""
    links, rows = tape.follow_ups, np.flatnonzero(tape.follow_ups.customer < firsts)
    columns = (tape.talk, tape.patience, links.redials, links.redial_after, links.repeat_after)
    return [[float(column[row]) for column in (links.customer, *columns)] for row in rows]


def _jobs(tape: Any, firsts: int) -> list[Any]:
    own = tape.callbacks.call < firsts
    return [column[own] for column in tape.callbacks]


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
