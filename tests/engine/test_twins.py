"""The two engines write identical logs, every array equal, without tolerance; batches count the same."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.batch import Batch
from callcenter.calllog import CallLog
from callcenter.demand import CallTape, draw
from callcenter.engine import simulate
from callcenter.engine.compiled import ends
from callcenter.engine.state import State
from callcenter.measure import tally
from callcenter.scenario import Scenario, load
from tests.engine.busy_days import busy_days
from tests.engine.strategies import drawn_scenarios, runs
from tests.engine.timeline import Caller, tape

EXAMPLES = int(os.environ.get("TWINS", "300"))
"""Random hotlines to compare; `make twins` takes 2,000."""


SLOW_UNCOMPILED = {"test_invariants.py", "test_blacklist.py", "test_routing.py"}


def different(a: CallLog | State, b: CallLog | State) -> list[str]:
    """Return the columns in which two logs or states differ, in bytes or in type."""
    pairs = zip(_columns(a), _columns(b), strict=True)
    return [
        name
        for (name, x), (_, y) in pairs
        if x.dtype != y.dtype or not np.array_equal(x, y, equal_nan=_float(x))
    ]


def _columns(log: Any, name: str = "log") -> Iterator[tuple[str, Any]]:
    """Yield every array of a log and of the logs inside it."""
    if hasattr(log, "_fields"):
        for field, column in zip(log._fields, log, strict=True):
            yield from _columns(column, f"{name}.{field}")
    else:
        yield name, np.asarray(log)


def _float(column: Any) -> bool:
    return bool(column.dtype.kind == "f")


def assert_twins(scenario: Scenario, calls: CallTape) -> CallLog:
    """Run both engines on one tape, the compiled one also as with many agents; return their log."""
    log = simulate(scenario, calls, "simpy")
    assert [] == different(log, simulate(scenario, calls, "compiled"))
    with of_many():
        assert [] == different(log, simulate(scenario, calls, "compiled"))
    return log


def of_many() -> Any:
    """Have ends of work in a calendar, however few the agents are."""
    return patch.object(ends, "MANY", 0)


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None)
@given(run=runs())
def test_twins_on_a_grid(run: tuple[Scenario, list[Caller]]) -> None:
    """Ties everywhere: arrivals, handle times, patience and staffing on whole tens of seconds."""
    scenario, people = run
    assert_twins(scenario, tape(scenario, *people))


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None)
@given(scenario=drawn_scenarios(), replication=st.integers(0, 1000))
def test_the_batch_is_a_third_party(scenario: Scenario, replication: int) -> None:
    """Callers of all kinds, drawn: both engines write one log, and the batch has counted the same."""
    log = assert_twins(scenario, draw(scenario, 1, replication))

    with of_many():
        batch = Batch(scenario, 1)
    assert [tally(scenario, log).to_bytes()] == [
        counted.to_bytes() for counted in batch.tallies(replication, 1)
    ]


@pytest.mark.parametrize("after_close", ["drain", "drop"])
@pytest.mark.parametrize("seed", range(3))
def test_twins_on_busy_days(after_close: str, seed: int) -> None:
    """Three overloaded days of drawn callers, with everything a scenario can say."""
    scenario = load(busy_days(after_close))
    assert_twins(scenario, draw(scenario, seed, seed))


@pytest.mark.slow
def test_kernel_is_the_same_uncompiled() -> None:
    """The same source runs as plain Python: behaviour and twin tests pass with compilation switched off."""
    here = Path(__file__).parent
    files = [str(path) for path in sorted(here.glob("test_*.py")) if path.name not in SLOW_UNCOMPILED]
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files]
    words += ["-k", "not uncompiled and not busy_days and not simpy and not compiled_once"]
    off = os.environ | {"NUMBA_DISABLE_JIT": "1", "TWINS": "40"}
    done = subprocess.run(words, env=off, capture_output=True, text=True, check=False)

    assert 0 == done.returncode, done.stdout[-3000:]
