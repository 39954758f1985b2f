"""Staffed, busy and overtime of the pools."""

from __future__ import annotations

import heapq

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.calllog import CallLog
from callcenter.measure import Tally, tally
from callcenter.measure.pools import POOL_COUNTS, POOL_SUMS
from tests.measure.logs import Job, Row, answered, log, lost, scenario, staffing, staffing_of


def seconds(tallied: Tally, name: str, pool: int = 0) -> list[float]:
    """Return agent seconds of a pool by cell; the desk has 2 agents in the first hour and 1 in the second."""
    by_cell: list[float] = tallied.pool_sums[POOL_SUMS.index(name), pool].tolist()
    return by_cell


def counts(tallied: Tally, name: str, pool: int = 0) -> list[int]:
    """Return counts of a pool by cell."""
    by_cell: list[int] = tallied.pool_counts[POOL_COUNTS.index(name), pool].tolist()
    return by_cell


def test_talk_and_wrap_up_are_busy() -> None:
    """From 3500 s, 150 s of talk and 50 s of wrap-up: 100 s in each hour."""
    tallied = tally(scenario(), log([answered("vip", 3500.0, 0.0, 150.0, 50.0, pool="desk")]))

    assert [7200.0, 3600.0] == seconds(tallied, "staffed_s")
    assert [100.0, 100.0] == seconds(tallied, "busy_s")
    assert [0.0, 0.0] == seconds(tallied, "overtime_s")
    assert [1, 0] == counts(tallied, "calls")


def test_shrinkage_is_not_staffed() -> None:
    """Of 3 rostered agents a third is never on the phone."""
    levels = staffing([(0.0, (2, 2)), (3600.0, (1, 2))], rostered=[(2, 3), (1, 3)])

    tallied = tally(scenario(), log([], staffed=levels))

    assert [7200.0, 7200.0] == seconds(tallied, "staffed_s", 1)
    assert [10_800.0, 10_800.0] == seconds(tallied, "rostered_s", 1)


def test_whoever_finishes_after_the_roster_falls_works_overtime() -> None:
    """At 3600 s the desk falls from 2 to 1: until the first of two calls ends at 3650 s, one is overtime."""
    rows = [
        answered("vip", 3500.0, talk=150.0, pool="desk"),
        answered("vip", 3500.0, talk=400.0, pool="desk"),
    ]

    tallied = tally(scenario(), log(rows))

    assert [0.0, 50.0] == seconds(tallied, "overtime_s")
    assert [200.0, 350.0] == seconds(tallied, "busy_s")


def test_breaks_are_staffed_and_neither_busy_nor_idle() -> None:
    """Two agents: one on the phone from 0 to 100, one away from 50 to 250; at night no break counts."""
    rows = [answered("vip", 0.0, talk=100.0, pool="desk")]

    tallied = tally(scenario(), log(rows, breaks=[("desk", 50.0, 250.0), ("desk", 7200.0, 7500.0)]))

    assert [7200.0, 3600.0] == seconds(tallied, "staffed_s")
    assert [100.0, 0.0] == seconds(tallied, "busy_s")
    assert [200.0, 0.0] == seconds(tallied, "break_s")
    assert [0.0, 0.0] == seconds(tallied, "overtime_s")


def test_whoever_is_away_when_the_roster_falls_is_counted_until_then() -> None:
    """R20b: at 3600 s the desk falls from 2 to 1: one is busy to 3700 s, one away to 3650 s."""
    rows = [answered("vip", 3500.0, talk=200.0, pool="desk")]

    tallied = tally(scenario(), log(rows, breaks=[("desk", 3550.0, 3650.0)]))

    assert [50.0, 50.0] == seconds(tallied, "break_s")
    assert [0.0, 50.0] == seconds(tallied, "overtime_s")
    assert [100.0, 100.0] == seconds(tallied, "busy_s")


def test_overtime_within_the_roster_is_paid_already() -> None:
    """The same fall, but two are rostered all day: 50 s beyond the staffing, none beyond the roster."""
    rows = [
        answered("vip", 3500.0, talk=150.0, pool="desk"),
        answered("vip", 3500.0, talk=400.0, pool="desk"),
    ]
    levels = staffing([(0.0, (2, 2)), (3600.0, (1, 2))], rostered=[(2, 2), (2, 2)])

    tallied = tally(scenario(), log(rows, staffed=levels))

    assert [0.0, 50.0] == seconds(tallied, "overtime_s")
    assert [0.0, 0.0] == seconds(tallied, "unrostered_s")


def test_work_after_the_close_is_overtime() -> None:
    """Drain: the call in progress and the one taken after the close at 7200 s are overtime from then on."""
    rows = [
        answered("vip", 7100.0, talk=300.0, pool="desk"),
        answered("vip", 7150.0, 250.0, 60.0, pool="desk"),
    ]

    tallied = tally(scenario(), log(rows, end=7460.0))

    assert [0.0, 200.0 + 60.0] == seconds(tallied, "overtime_s")
    assert [0.0, 300.0 + 60.0] == seconds(tallied, "busy_s")


def test_work_carried_to_the_next_opening_is_overtime_only_beyond_the_roster() -> None:
    """One call from 01:59 until 00:01 of the next day is overtime up to midnight, then work of the roster."""
    days = scenario({"days": 2})
    row = answered("vip", 7140.0, talk=79_320.0, pool="desk")

    tallied = tally(days, log([row], end=93_600.0, staffed=staffing_of(days)))

    assert [0.0, 79_200.0, 0.0, 0.0] == seconds(tallied, "overtime_s")
    assert [0.0, 79_260.0, 60.0, 0.0] == seconds(tallied, "busy_s")


def test_hours_before_the_end_of_the_warm_up_are_not_counted() -> None:
    """After 90 minutes of warm-up: half an hour of one agent, 100 s of work, none of the earlier calls."""
    rows = [
        answered("vip", 3500.0, talk=2000.0, pool="desk"),
        answered("vip", 3550.0, talk=1950.0, pool="desk"),
    ]

    tallied = tally(scenario({"warm_up": "90 min"}), log(rows))

    assert [0.0, 1800.0] == seconds(tallied, "staffed_s")
    assert [0.0, 200.0] == seconds(tallied, "busy_s")
    assert [0.0, 100.0] == seconds(tallied, "overtime_s")
    assert [0, 0] == counts(tallied, "calls")


def test_callback_attempts_are_work() -> None:
    """Two attempts of 40 s and 100 s, the second in the second hour."""
    job = Job(0, 10.0, 86_410.0, "reached", 3700.0, (("office", 100.0, 140.0), ("office", 3600.0, 3700.0)))

    tallied = tally(scenario(), log([lost("mid", 0.0, 10.0)], jobs=[job]))

    assert [40.0, 100.0] == seconds(tallied, "busy_s", 1)
    assert [1, 1] == counts(tallied, "attempts", 1)


def test_work_unfinished_when_the_run_ends_counts_up_to_then() -> None:
    """An agent who talks when the run ends was busy until then."""
    row = answered("vip", 7000.0, pool="desk")._replace(
        left=float("nan"), released=float("nan"), outcome="open"
    )

    tallied = tally(scenario(), log([row]))

    assert [0.0, 200.0] == seconds(tallied, "busy_s")


Roster = list[int]
DEMAND = st.lists(st.tuples(st.integers(0, 7199), st.integers(1, 3000)), max_size=30)


def served(roster: Roster, calls: list[tuple[int, int]]) -> CallLog:
    """Serve calls first come, first served: nobody new while as many are busy as the roster says."""
    rows: list[Row] = []
    busy: list[float] = []
    now = 0.0
    for at, talk in sorted(calls):
        now = max(now, float(at))
        while True:
            while busy and busy[0] <= now:
                heapq.heappop(busy)
            if len(busy) < roster[now >= 3600]:
                break
            now = min([time for time in (busy[0] if busy else 3600.0, 3600.0) if time > now])
        heapq.heappush(busy, now + talk)
        rows.append(answered("vip", float(at), now - at, float(talk), pool="desk"))
    levels = staffing([(3600.0 * hour, (agents, 0)) for hour, agents in enumerate(roster)])
    return log(rows, end=max([7200.0, *busy]), staffed=levels)


@pytest.mark.parametrize("warm_up", [0, 50, 70])
@given(st.lists(st.integers(1, 3), min_size=2, max_size=2), DEMAND)
def test_integrals_are_what_counting_second_by_second_gives(
    warm_up: int, roster: Roster, calls: list[tuple[int, int]]
) -> None:
    """Busy and overtime equal sums over whole seconds of busy and of max(0, busy - rostered)."""
    calls_log = served(roster, calls)
    tallied = tally(scenario({"warm_up": f"{warm_up} min"}), calls_log)

    end = int(calls_log.end)
    busy, level = np.zeros(end, int), np.zeros(end, int)
    level[:3600], level[3600:7200] = roster
    for start, stop in zip(calls_log.answered, calls_log.released, strict=True):
        busy[int(start) : int(stop)] += 1
    busy[: warm_up * 60] = 0
    over = np.maximum(busy - level, 0)

    assert [busy[:3600].sum(), busy[3600:].sum()] == seconds(tallied, "busy_s")
    assert [over[:3600].sum(), over[3600:].sum()] == seconds(tallied, "overtime_s")
