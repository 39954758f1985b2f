"""The two engines write identical logs: every array equal, without tolerance."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from callcenter.calllog import CallLog
from callcenter.demand import CallTape, draw
from callcenter.engine import simulate
from callcenter.scenario import Scenario, load
from tests.engine.strategies import runs
from tests.engine.timeline import Caller, tape

EXAMPLES = int(os.environ.get("TWINS", "300"))
"""Random hotlines to compare; `make twins` takes 2,000."""


def different(a: CallLog, b: CallLog) -> list[str]:
    """Return the columns in which two logs differ, in bytes or in type."""
    pairs = zip([*a._fields, *a.callbacks._fields], _columns(a), _columns(b), strict=True)
    return [
        name for name, x, y in pairs if x.dtype != y.dtype or not np.array_equal(x, y, equal_nan=_float(x))
    ]


def _columns(log: CallLog) -> list[Any]:
    calls = [np.asarray(column) for column in log[:-1]]
    return [*calls, np.empty(0), *log.callbacks]


def _float(column: Any) -> bool:
    return bool(column.dtype.kind == "f")


def assert_twins(scenario: Scenario, calls: CallTape) -> None:
    """Run both engines on one tape."""
    assert [] == different(simulate(scenario, calls, "simpy"), simulate(scenario, calls, "compiled"))


@settings(max_examples=EXAMPLES, deadline=None)
@given(run=runs())
def test_twins_on_a_grid(run: tuple[Scenario, list[Caller]]) -> None:
    """Ties everywhere: arrivals, handle times, patience and staffing on whole tens of seconds."""
    scenario, people = run
    assert_twins(scenario, tape(scenario, *people))


@pytest.mark.parametrize("after_close", ["drain", "drop"])
@pytest.mark.parametrize("seed", range(3))
def test_twins_on_busy_days(after_close: str, seed: int) -> None:
    """Three overloaded days of drawn callers, with everything a scenario can say."""
    scenario = load(
        {
            "name": "twins",
            "day": {"open": "08:00", "close": "20:00", "interval": "1 h", "after_close": after_close},
            "days": 3,
            "demand": {
                "calls": [60, 90, 120, 150, 150, 120, 90, 90, 90, 60, 60, 30],
                "mix": {"vip": "10%", "mid": "30%", "regular": "55%", "blacklist": "5%"},
                "day_factor_cv": "20%",
            },
            "ivr": {"time": {"exponential": "40 s"}, "self_service": "20%", "hangs_up": "5%"},
            "tiers": {
                "vip": _tier(0, ivr="none", callback={"on": ["abandoned"]}),
                "mid": _tier(1, callback={"on": ["abandoned", "closed"], "share": "80%"}),
                "regular": _tier(1),
                "blacklist": _tier(9, patience="never"),
            },
            "pools": {
                "vip_desk": {"serves": ["vip"], "agents": 1},
                "front": {
                    "serves": {
                        "vip": {},
                        "mid": {},
                        "regular": {"keep_idle": 1, "speed": 1.1},
                        "blacklist": {"keep_idle": 2},
                    },
                    "agents": [4, 5, 6, 9, 9, 7, 6, 5, 6, 4, 3, 2],
                    "callbacks": {"keep_idle": 2},
                    "speed": 0.95,
                },
                "back": {
                    "serves": {"regular": {"after": "45 s"}, "vip": {"after": "20 s"}},
                    "agents": 1,
                    "callbacks": {},
                },
            },
            "callbacks": {"hours": "09:00-21:00", "retry_after": "1 h", "reached": "60%", "order": "tier"},
        }
    )
    assert_twins(scenario, draw(scenario, seed, seed))


def _tier(priority: int, **keys: Any) -> dict[str, Any]:
    times = {"talk": {"lognormal": {"mean": "3 min", "cv": 1.2}}, "wrap_up": {"exponential": "30 s"}}
    return {"priority": priority, "patience": {"exponential": "2 min"}} | times | keys


def test_kernel_is_the_same_uncompiled() -> None:
    """The same source runs as plain Python: behaviour and twin tests pass with compilation switched off."""
    names = ["line", "staffing", "callbacks", "twins"]
    files = [f"tests/engine/test_{name}.py" for name in names]
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files]
    words += ["-k", "not uncompiled and not busy_days and not simpy"]
    off = os.environ | {"NUMBA_DISABLE_JIT": "1", "TWINS": "40"}
    done = subprocess.run(words, env=off, capture_output=True, text=True, check=False)

    assert 0 == done.returncode, done.stdout[-3000:]
