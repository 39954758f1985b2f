"""A small scenario to vary, and the messages of one that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from callcenter.language import speaking
from callcenter.scenario import Scenario, ScenarioError, load
from callcenter.scenario.errors import MOST_SHOWN
from tests.chinese import not_chinese

Data = dict[str, Any]


def hotline(**sections: Any) -> Data:
    """Return two tiers and one desk, open from 08:00 to 10:00 in half-hours."""
    return {
        "name": "hotline",
        "day": {"open": "08:00", "close": "10:00", "interval": "30 min"},
        "demand": {"calls": [20, 30, 30, 20], "mix": {"vip": "10%", "regular": "90%"}},
        "tiers": {
            "vip": {"priority": 0, "talk": "4 min", "target": {"within": "20 s", "share": "90%"}},
            "regular": {"priority": 1, "talk": {"exponential": "2 min"}},
        },
        "pools": {"desk": {"serves": ["vip", "regular"], "agents": [2, 3, 3, 2]}},
    } | sections


def with_talk(talk: object) -> Scenario:
    """Return the hotline with another talk time of VIPs, written as in a scenario."""
    return load(hotline(), {"tiers.vip.talk": talk})


def messages(source: str | Path | Mapping[str, Any], changes: Mapping[str, Any] | None = None) -> list[str]:
    """Return the lines of the error that loading raises; in Chinese it has no English sentence."""
    with pytest.raises(ScenarioError) as raised:
        load(source, changes)
    with speaking("zh-CN"), pytest.raises(ScenarioError) as chinese:
        load(source, changes)
    assert [] == not_chinese(problem.message for problem in chinese.value.problems[:MOST_SHOWN])
    return str(raised.value).splitlines()
