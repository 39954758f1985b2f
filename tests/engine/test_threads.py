"""Several threads at once: each has the plan and the tables of its own scenario."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

import callcenter as cc
from callcenter.demand.tables import demand_tables
from callcenter.engine import floor_plan
from tests.engine.timeline import hotline

TIMES = 300


@pytest.fixture
def hasty() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("hasty")
def test_threads_have_plans_of_their_own() -> None:
    """Two scenarios that differ in lines and calls, asked for by two threads at the same time."""

    def mixed_up(lines: int) -> int:
        scenario = cc.load(hotline(lines=lines)).with_({"demand.calls": lines})
        return sum(
            floor_plan(scenario).lines != lines or demand_tables(scenario).expected.max() != lines
            for _time in range(TIMES)
        )

    with ThreadPoolExecutor(4) as pool:
        assert [0, 0, 0, 0] == list(pool.map(mixed_up, (3, 5, 7, 9)))
