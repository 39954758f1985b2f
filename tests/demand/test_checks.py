"""Warnings about the load: far too few agents, nobody there, everybody on a break, by time and tier."""

from __future__ import annotations

from typing import Any

import pytest

from callcenter.demand import load_warnings
from callcenter.language import speaking
from callcenter.scenario import load
from tests.chinese import not_chinese

PLAIN: dict[str, Any] = {
    "name": "plain",
    "day": {"open": "08:00", "close": "10:00", "interval": "30 min"},
    "demand": {"calls": 100, "mix": {"vip": "10%", "regular": "90%"}},
    "tiers": {
        "vip": {"priority": 0, "talk": "3 min", "patience": {"exponential": "2 min"}},
        "regular": {"priority": 1, "talk": "3 min", "patience": {"exponential": "2 min"}},
    },
    "pools": {"desk": {"serves": ["vip", "regular"], "agents": 10}},
}
"""10 Erlang for 10 agents."""


def lunch(start: str, end: str, agents: int, breaks: str = "", **days: object) -> dict[str, object]:
    """Return a shift."""
    return {"start": start, "end": end, "agents": agents, "breaks": breaks, **days}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        (
            {"pools.desk.agents": [10, 9, 8, 10]},
            [
                "pools: the calls of vip and regular are up to 10 Erlang "
                "for 8 agents from 09:00 to 09:30; check `demand`, `talk` and `agents`"
            ],
        ),
        (
            {"demand.volume": 3},
            [
                "pools: the calls of vip and regular are up to 30 Erlang for 10 agents "
                "from 08:00 to 10:00; check `demand`, `talk` and `agents`"
            ],
        ),
        (
            {"pools.desk.speed": 3, "pools.desk.absence": "50%"},
            [
                "pools: the calls of vip and regular are up to 30 Erlang for 5 agents "
                "from 08:00 to 10:00; check `demand`, `talk` and `agents`"
            ],
        ),
        (
            {"days": 2, "demand.days": [1, 1.5]},
            [
                "pools: the calls of vip and regular are up to 15 Erlang for 10 agents "
                "from 08:00 to 10:00; check `demand`, `talk` and `agents`"
            ],
        ),
        (
            {
                "pools.desk.serves": ["regular"],
                "pools.vip": {"serves": ["vip"], "agents": [1, 0, 2, 0]},
                "demand.mix": {"vip": "20%", "regular": "80%"},
            },
            [
                "tiers.vip: nobody serves it from 08:30 to 09:00 and 09:30 to 10:00, when 40 calls are "
                "expected; add agents then, or move breaks",
                "tiers.vip: its calls are up to 2 Erlang for 1 agent from 08:00 to 08:30; "
                "check `demand`, `talk` and `agents`",
            ],
        ),
        (
            {
                "pools": {
                    "desk": {
                        "serves": ["vip", "regular"],
                        "shifts": [
                            lunch("08:00", "10:00", 10, "09:00 10 min"),
                            lunch("08:00", "10:00", 5, "09:05 10 min"),
                        ],
                    }
                }
            },
            [
                "tiers.vip: nobody serves it from 09:05 to 09:10, when 2 calls are expected; "
                "add agents then, or move breaks",
                "tiers.regular: nobody serves it from 09:05 to 09:10, when 15 calls are expected; "
                "add agents then, or move breaks",
                "pools.desk.shifts: everybody is on a break at once from 09:05 to 09:10; "
                "let agents take turns",
            ],
        ),
        (
            {
                "days": 3,
                "pools": {
                    "desk": {
                        "serves": ["vip", "regular"],
                        "shifts": [lunch("08:00", "10:00", 10, days=[1, 3])],
                    }
                },
            },
            [
                "tiers.vip: nobody serves it from 08:00 to 10:00 on day 2, when 40 calls are expected; "
                "add agents then, or move breaks",
                "tiers.regular: nobody serves it from 08:00 to 10:00 on day 2, when 360 calls are expected; "
                "add agents then, or move breaks",
            ],
        ),
        ({"pools.desk.agents": [10, 0, 10, 10], "demand.calls": [100, 0, 100, 100]}, []),
        (
            {
                "pools.desk.agents": [10, 0, 10, 10],
                "tiers.vip.channel": "deferred",
                "demand.mix": {"vip": 1, "regular": 0},
                "tiers.vip.patience": "never",
            },
            [
                "pools: deferred work and callers who "
                "never give up bring 20 h of work a day for 15 agent hours; add agents"
            ],
        ),
    ],
)
def test_warnings_of_the_load(changes: dict[str, Any], expected: list[str]) -> None:
    """What is far too much, and when nobody is there; a bit too much and hours without calls are not."""
    assert expected == load_warnings(load(PLAIN, changes))
    with speaking("zh-CN"):
        assert [] == not_chinese(load_warnings(load(PLAIN, changes)))
