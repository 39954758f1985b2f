"""Warnings: what may be written but is probably not meant."""

from __future__ import annotations

from typing import Any

import pytest

from callcenter.scenario import load, warnings
from tests.scenario.hotline import hotline

CALLBACK = {"on": ["abandoned"]}
WORKED = {"tiers.vip.callback": CALLBACK, "pools.desk.callbacks": {}}


def test_a_sound_scenario_has_no_warnings() -> None:
    """Silence means that nothing is odd."""
    assert [] == warnings(load(hotline()))
    assert [] == warnings(load(hotline(), WORKED))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"demand.mix": {"vip": 0, "regular": 1}}, "tiers.vip: nobody of this tier ever calls"),
        (
            {"tiers.vip.talk": "240 min", "tiers.vip.patience": "1 min"},
            "tiers.vip.talk: the mean of 240 min is unusually long; check the unit",
        ),
        (
            {"pools.desk.serves.regular.keep_idle": 3},
            "pools.desk.serves.regular: keeps 3 agents idle but never has more than 3: it takes no such call",
        ),
        (
            {"demand.volume": 10},
            "pools: callers who never give up bring 36.7 h of work a day for 5 agent hours; add `patience`",
        ),
        (
            {"tiers.vip.callback": CALLBACK},
            "tiers.vip.callback: no pool works callbacks, so all stay pending; add `callbacks: {}` to one",
        ),
        (
            {"pools.desk.callbacks": {}},
            "pools.desk.callbacks: no tier leaves callbacks, so there are none to work",
        ),
        (
            WORKED | {"callbacks.hours": "10:00-12:00"},
            "callbacks.hours: no pool that works callbacks has agents within the calling window",
        ),
        ({"pools.idle": {"serves": [], "agents": 1}}, "pools.idle: serves no tier and works no callbacks"),
    ],
)
def test_each_warning(changes: dict[str, Any], said: str) -> None:
    """One oddity, one sentence with its path."""
    assert [said] == warnings(load(hotline(), changes))


@pytest.mark.parametrize(("patience", "end"), [("never", "waits for ever"), ("1 min", "gives up")])
def test_nobody_is_there_all_day(patience: str, end: str) -> None:
    """A tier whose pools are empty."""
    changes = {"pools.desk.serves": ["regular"], "pools.vip_desk": {"serves": ["vip"], "agents": 0}}
    said = f"tiers.vip: no pool that serves it has agents at any time, so everybody {end}"
    assert [said] == warnings(load(hotline(), changes | {"tiers.vip.patience": patience}))
