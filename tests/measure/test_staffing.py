"""Levels that change within an interval: shifts, breaks and absence; and contacts handled side by side."""

from __future__ import annotations

import heapq

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.calllog import StaffingLog
from callcenter.measure import Tally, tally
from callcenter.measure.pools import POOL_SUMS
from callcenter.measure.summary import summary
from tests.measure.logs import NEVER, Row, answered, log, scenario, staffing

LUNCH = staffing([(0.0, (2, 0)), (1800.0, (1, 0)), (5400.0, (2, 0))], rostered=[(3, 0), (2, 0), (3, 0)])
"""The desk has 2 of 3 agents, but for an hour from 00:30 one of them has lunch; two intervals of an hour."""


def seconds(tallied: Tally, name: str, pool: int = 0) -> list[float]:
    """Return agent seconds of a pool by cell."""
    by_cell: list[float] = tallied.pool_sums[POOL_SUMS.index(name), pool].tolist()
    return by_cell


def desk(at: float, talk: float) -> Row:
    """Return a call that the desk takes at once."""
    return answered("vip", at, talk=talk, pool="desk")


def test_a_break_within_an_interval() -> None:
    """Half an hour of two and half an hour of one in each of the two hours."""
    tallied = tally(scenario(), log([], staffed=LUNCH))

    assert [5400.0, 5400.0] == seconds(tallied, "staffed_s")
    assert [9000.0, 9000.0] == seconds(tallied, "rostered_s")


def test_overtime_begins_where_the_level_falls() -> None:
    """Two talk when lunch begins at 1800 s; the first to finish, at 1900 s, goes."""
    tallied = tally(scenario(), log([desk(1700.0, 200.0), desk(1750.0, 1000.0)], staffed=LUNCH))

    assert [100.0, 0.0] == seconds(tallied, "overtime_s")
    assert [1200.0, 0.0] == seconds(tallied, "busy_s")


def test_overtime_ends_where_the_level_rises() -> None:
    """Both talk through lunch, one of them in their own time: 1800 s of each hour."""
    tallied = tally(scenario(), log([desk(1700.0, 4000.0), desk(1700.0, 4000.0)], staffed=LUNCH))

    assert [1800.0, 1800.0] == seconds(tallied, "overtime_s")


def test_whoever_takes_a_call_in_the_instant_before_the_level_falls_is_there() -> None:
    """An agent free at 3600 s takes a call, then the level falls (rule R4): one too many."""
    rows = [desk(3000.0, 600.0), desk(3000.0, 1000.0), desk(3600.0, 50.0)]

    for levels in (None, LUNCH._replace(at=np.array([0.0, 3600.0, 5400.0]))):
        tallied = tally(scenario(), log(rows, staffed=levels))

        assert [0.0, 50.0] == seconds(tallied, "overtime_s")


def test_the_warm_up_cuts_into_a_piece() -> None:
    """From 2000 s on: 1600 s of one agent in the first hour, and overtime until 2100 s."""
    rows = [desk(1700.0, 400.0), desk(1700.0, 1000.0)]

    tallied = tally(scenario({"warm_up": "2000 s"}), log(rows, staffed=LUNCH))

    assert [1600.0, 5400.0] == seconds(tallied, "staffed_s")
    assert [100.0, 0.0] == seconds(tallied, "overtime_s")


def test_nobody_is_staffed_before_the_first_change_nor_after_hours() -> None:
    """A level that stays in force after the close (rule R8b) is no staffing."""
    late = staffing([(1000.0, (1, 0))])

    tallied = tally(scenario({"days": 2}), log([], staffed=late, end=93_600.0))

    assert [2600.0, 3600.0, 3600.0, 3600.0] == seconds(tallied, "staffed_s")


def test_staffing_around_the_clock() -> None:
    """With 24 hours there are no hours after the close; a level that changes at midnight changes there."""
    lines = scenario({"days": 2, "day.close": "24:00", "day.interval": "12 h"})
    levels = staffing([(0.0, (1, 0)), (21_600.0, (3, 0)), (86_400.0, (2, 0))])

    tallied = tally(lines, log([desk(86_000.0, 1000.0)] * 3, staffed=levels, end=172_800.0))

    assert [2 * 43_200.0, 3 * 43_200.0, 2 * 43_200.0, 2 * 43_200.0] == seconds(tallied, "staffed_s")
    assert [0.0, 0.0, 600.0, 0.0] == seconds(tallied, "overtime_s")


CHAT = {"tiers.vip.channel": "chat", "tiers.vip.concurrency": 2}


def test_contacts_side_by_side_are_one_busy_agent() -> None:
    """Two chats that overlap from 100 s to 300 s are one session; a call of another tier is its own."""
    rows = [desk(0.0, 300.0), desk(100.0, 200.0), answered("mid", 200.0, talk=50.0, pool="desk")]

    tallied = tally(scenario(CHAT), log(rows, sessions=[("desk", 0.0, 300.0)]))

    assert [350.0, 0.0] == seconds(tallied, "busy_s")
    assert [600.0 - 50.0, 0.0] == seconds(tally(scenario(), log(rows)), "busy_s")


def test_sessions_make_overtime() -> None:
    """Unfinished when the run ends, 400 s after the close."""
    rows = [desk(7100.0, 1000.0)._replace(left=NEVER, released=NEVER)]

    tallied = tally(scenario(CHAT), log(rows, end=7600.0, sessions=[("desk", 7100.0, NEVER)]))

    assert [0.0, 400.0] == seconds(tallied, "overtime_s")
    assert [0.0, 500.0] == seconds(tallied, "busy_s")


def test_rostered_and_absent_hours_of_the_summary() -> None:
    """2.5 h rostered in each hour, 1.5 h staffed."""
    pool = summary(scenario(), [tally(scenario(), log([], staffed=LUNCH))])["pools"]["desk"]

    assert (5.0, 3.0, 2.0) == tuple(pool[name]["value"] for name in ("rostered_h", "staffed_h", "absent_h"))


LEVELS = st.lists(st.tuples(st.integers(1, 7199), st.integers(0, 3)), max_size=6)
DEMAND = st.lists(st.tuples(st.integers(0, 7199), st.integers(1, 3000)), max_size=30)


def served(levels: dict[int, int], calls: list[tuple[int, int]]) -> list[Row]:
    """Serve calls first come, first served: nobody new while as many are busy as the level says."""
    rows: list[Row] = []
    busy: list[float] = []
    now = 0.0
    for at, talk in sorted(calls):
        now = max(now, float(at))
        while True:
            while busy and busy[0] <= now:
                heapq.heappop(busy)
            if len(busy) < _level(levels, now):
                break
            now = min([time for time in (*busy[:1], *levels, 7200.0) if time > now], default=1e9)
            if now == 1e9:
                return rows
        heapq.heappush(busy, now + talk)
        rows.append(answered("vip", float(at), now - at, float(talk), pool="desk"))
    return rows


def _level(levels: dict[int, int], now: float) -> int:
    return 1 if now >= 7200 else levels[max(at for at in levels if at <= now)]


@pytest.mark.slow
@pytest.mark.parametrize("warm_up", [0, 50])
@given(LEVELS, DEMAND)
def test_integrals_are_what_counting_second_by_second_gives(
    warm_up: int, changes: list[tuple[int, int]], calls: list[tuple[int, int]]
) -> None:
    """Staffed, busy and overtime equal sums over whole seconds, wherever levels change."""
    levels = dict(sorted({0: 2, **dict(changes)}.items()))
    rows = served(levels, calls)
    end = int(max([7200.0, *(row.released for row in rows)]))
    staffed = staffing([(float(at), (agents, 0)) for at, agents in levels.items()])

    tallied = tally(scenario({"warm_up": f"{warm_up} min"}), log(rows, end=end, staffed=staffed))

    expected = {"staffed_s": _stepwise(levels, end), "busy_s": np.zeros(end, int)}
    for row in rows:
        expected["busy_s"][int(row.answered) : int(row.released)] += 1
    expected["overtime_s"] = np.maximum(expected["busy_s"] - expected["staffed_s"], 0)
    for name, by_second in expected.items():
        by_second[: warm_up * 60] = 0
        assert [by_second[:3600].sum(), by_second[3600:].sum()] == seconds(tallied, name)


def _stepwise(levels: dict[int, int], end: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    level = np.zeros(end, np.int64)
    for (at, agents), until in zip(levels.items(), [*levels, 7200][1:], strict=True):
        level[at:until] = agents
    return level


def test_the_changes_of_a_pool_are_those_of_the_log() -> None:
    """Two rows of one instant: the later one holds."""
    twice = StaffingLog(
        np.array([0.0, 0.0]), np.array([[1, 0], [2, 0]], np.int32), np.array([[1, 0], [2, 0]], np.int32)
    )

    assert [7200.0, 7200.0] == seconds(tally(scenario(), log([], staffed=twice)), "staffed_s")
