"""The tables: their columns, rows and empty cells."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from callcenter.measure import summary, tally
from callcenter.measure.tables import (
    call_table,
    callback_interval_table,
    callback_table,
    interval_table,
    kpi_table,
    pool_interval_table,
    pool_table,
    tier_points_table,
)
from tests.measure.logs import TICK, Job, alone, answered, inside, log, lost, scenario

ROWS = [
    answered("vip", 0.0, 10.0, ivr=5.0, pool="desk"),
    lost("mid", 10.0, 40.0),
    alone("spam", 20.0, 30.0),
    inside("vip", 7000.0, joined=7010.0),
]
JOBS = [Job(1, 50.0, 86_450.0, "reached", 3700.0, (("office", 3600.0, 3700.0),))]
LOG = log(ROWS, jobs=JOBS)
LINES = scenario()
TALLIES = [tally(LINES, LOG), tally(LINES, log(ROWS[:1]))]


def test_the_call_table() -> None:
    """One row per call, names for codes, empty for what never happened."""
    calls = call_table(LINES, [(0, LOG), (1, log(ROWS[:1]))])

    names = "replication day call parent attempt tier arrived joined answered left released wait outcome pool"
    assert names.split() == list(calls.columns)
    assert [0, 0, 0, 0, 1] == calls["replication"].tolist()
    assert [0, 1, 2, 3, 0] == calls["call"].tolist()
    assert ["vip", "mid", "spam", "vip", "vip"] == calls["tier"].tolist()
    assert ["answered", "abandoned", "self_served", "open", "answered"] == calls["outcome"].tolist()
    assert [False, True, True, True, False] == calls["pool"].isna().tolist()
    assert "Int64" == calls["parent"].dtype.name
    assert calls["parent"].isna().all()
    np.testing.assert_array_equal([10.0, 40.0, np.nan, 190.0, 10.0], calls["wait"])


def test_a_redial_names_its_parent() -> None:
    """By the row of the call that led to it."""
    again = LOG._replace(parent=np.array([-1, 0, -1, -1]), attempt=np.array([1, 2, 1, 1], np.int32))

    calls = call_table(LINES, [(0, again)])

    assert 0 == calls["parent"][1]
    assert [True, False, True, True] == calls["parent"].isna().tolist()
    assert 2 == calls["attempt"][1]


def test_the_day_of_a_call() -> None:
    """Days count from 0 and change at the opening."""
    calls = call_table(
        scenario({"days": 2}), [(0, log([answered("vip", 7199.0), answered("vip", 86_400.0)]))]
    )

    assert [0, 1] == calls["day"].tolist()


def test_the_callback_table() -> None:
    """The contract's columns."""
    jobs = callback_table(LINES, [(7, LOG)])

    names = "replication call tier created due first_attempt ended attempts outcome"
    assert names.split() == list(jobs.columns)
    assert [7, 1, "mid", 50.0, 86_450.0, 3600.0, 3700.0, 1, "reached"] == jobs.iloc[0].tolist()


def test_tables_of_nothing_keep_their_columns() -> None:
    """No calls, no callbacks."""
    assert (0, 14) == call_table(LINES, [(0, log([]))]).shape
    assert (0, 9) == callback_table(LINES, [(0, log([]))]).shape


def test_the_kpi_table_says_what_the_summary_says() -> None:
    """One row per tier, and the total."""
    kpis = kpi_table(LINES, TALLIES).set_index("tier")
    figures = summary(LINES, TALLIES)["tiers"]

    assert list(figures) == kpis.index.tolist()
    vip = kpis.loc["vip"]
    assert figures["vip"]["counts"]["offered"] == vip["offered"]
    assert figures["vip"]["service_level"]["value"] == vip["service_level"] == vip["of_offered"]
    assert figures["vip"]["service_level"]["high"] == vip["service_level_high"]
    assert (20.0, 0.9, "unclear") == (vip["within_s"], vip["target"], vip["verdict"])
    assert kpis["target"].isna()["spam"]
    assert kpis.loc["spam", ["service_level", "asa_s", "p95_wait_s"]].isna().all()


def test_columns_of_numbers_stay_numbers() -> None:
    """One replication has no intervals, and no tier a target: empty cells, but of numbers."""
    lines = scenario({"tiers.vip.target": "none", "tiers.mid.target": "none"})

    kpis = kpi_table(lines, [tally(lines, LOG)])

    texts = ["tier", "definition", "verdict"]
    assert texts == [name for name, kind in kpis.dtypes.items() if kind != np.float64]
    assert kpis["service_level_low"].isna().all()


def test_the_interval_table() -> None:
    """A row for each interval and tier; an interval in which nothing was offered has no service level."""
    table = interval_table(LINES, TALLIES)

    assert 2 * 4 == len(table)
    assert ["00:00"] * 4 + ["01:00"] * 4 == table["start"].tolist()
    assert ["vip", "mid", "spam", "all"] * 2 == table["tier"].tolist()
    vip = table[table["tier"] == "vip"].set_index("interval")
    assert [1.0, 0.5] == vip["offered"].tolist()
    assert [1.0, 0.0] == vip["service_level"].tolist()
    assert [10 / 3600, 95 / 3600] == pytest.approx(vip["queue_length"].tolist())
    assert table[table["tier"] == "spam"]["service_level"].isna().all()
    assert [0.5, 0.0] == table[table["tier"] == "spam"]["self_served"].tolist()


def test_counts_by_interval_add_up_to_the_totals() -> None:
    """Interval by interval and per replication are the same calls."""
    by_interval = interval_table(LINES, TALLIES).groupby("tier")["called"].sum()

    kpis = kpi_table(LINES, TALLIES).set_index("tier")["called"]

    assert kpis.to_dict() == by_interval.to_dict()


def test_days_and_clock_times() -> None:
    """Every day has every interval; intervals of less than a minute show seconds."""
    days = scenario({"days": 2, "day.open": "08:00", "day.close": "08:01", "day.interval": "30 s"})

    table = callback_interval_table(days, [tally(days, log([]))])

    assert [0, 0, 1, 1] == table["day"].tolist()
    assert ["08:00", "08:00:30"] * 2 == table["start"].tolist()


def test_the_pool_tables() -> None:
    """The desk: 2 then 1 agents; 60 s of work in the first hour, in both replications."""
    by_interval = pool_interval_table(LINES, TALLIES)
    desk = by_interval[by_interval["pool"] == "desk"]

    assert [2.0, 1.0] == desk["staffed"].tolist()
    assert [60 / 3600, 0.0] == pytest.approx(desk["busy"].tolist())
    assert [60 / 7200, 0.0] == pytest.approx(desk["occupancy"].tolist())
    assert [1.0, 0.0] == desk["calls"].tolist()
    pools = pool_table(LINES, TALLIES).set_index("pool")
    assert 3.0 == pools.loc["desk", "staffed_h"]
    assert 0.5 == pools.loc["office", "callback_attempts"]


def test_breaks_are_counted_in_the_intervals_they_lie_in() -> None:
    """Of a break from 3000 to 4200 s ten minutes lie in each hour; the office takes six minutes."""
    resting = scenario({"pools.desk.breaks": {"after_call": "5%", "length": "5 min"}})
    log_ = log(ROWS, breaks=[("desk", 3000.0, 4200.0), ("office", 0.0, 360.0)])
    table = pool_interval_table(resting, [tally(resting, log_)])

    assert [1 / 6, 1 / 6] == pytest.approx(table[table["pool"] == "desk"]["break_h"].tolist())
    assert [1 / 6, 1 / 6] == pytest.approx(table[table["pool"] == "desk"]["on_break"].tolist())
    assert [0.1, 0.0] == pytest.approx(table[table["pool"] == "office"]["on_break"].tolist())


def test_the_callback_interval_table() -> None:
    """One of two replications owes a callback in the first hour; it ends in the second."""
    table = callback_interval_table(LINES, TALLIES)

    assert [0.5, 0.0] == table["created"].tolist()
    assert [0.0, 0.5] == table["attempts"].tolist()
    assert [0.5, 0.0] == table["backlog"].tolist()


def test_the_last_interval_of_the_day_includes_what_comes_after_the_close() -> None:
    """Someone who joins at 7000 s and leaves at 7400 s waits 400 s of the second interval's 3600 s."""
    table = interval_table(LINES, [tally(LINES, log([lost("vip", 7000.0, 400.0)], end=7400.0))])

    vip = table[table["tier"] == "vip"]
    assert 400 / 3600 == vip["queue_length"].iloc[1]


def test_the_warm_up_is_empty() -> None:
    """Intervals that are not counted have no queue length; half an interval counts as half."""
    lines = scenario({"warm_up": "90 min"})

    table = interval_table(lines, [tally(lines, log([lost("vip", 5400.0 + TICK, 180.0 - TICK)]))])

    vip = table[table["tier"] == "vip"]["queue_length"]
    assert np.isnan(vip.iloc[0])
    assert pytest.approx(180 / 1800) == vip.iloc[1]


def test_rows_of_sweep_points() -> None:
    """Point number and settings first, then the columns of the KPI table."""
    figures = summary(LINES, TALLIES)

    points = tier_points_table([{"demand.volume": 0.9}, {"demand.volume": 1.1}], [figures, figures])

    assert ["point", "demand.volume", "tier"] == list(points.columns[:3])
    assert [0] * 4 + [1] * 4 == points["point"].tolist()
    assert [0.9] * 4 + [1.1] * 4 == points["demand.volume"].tolist()
    pd.testing.assert_frame_equal(
        kpi_table(LINES, TALLIES), points.iloc[4:, 2:].reset_index(drop=True), check_dtype=False
    )
