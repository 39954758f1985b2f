"""Records written in the shape of another program's log are read back as they were."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import callcenter as cc
from callcenter.records import records
from callcenter.records.intervals import by_interval
from callcenter.records.writers import write_log
from tests.records.logs import FIRST_DAY, HELD, ZONE, call, events, frame, logs

ENDINGS = {
    "columns": "csv",
    "queue_log": "log",
    "connect": "jsonl",
    "ucce": "csv",
    "cms": "csv",
    "aicc": "csv",
}


def read_back(calls: pd.DataFrame, source: str, agent_events: pd.DataFrame | None = None) -> cc.Records:
    """Return what is read of calls that are written as a log."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"log.{ENDINGS[source]}"
        write_log(calls, file, source, FIRST_DAY, ZONE, agent_events)
        given = None if source == "columns" else {"source": source, "time_zone": ZONE}
        return records(file, given, keep_days=["all"])


@pytest.mark.slow
@pytest.mark.parametrize("source", HELD)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_a_log_written_in_a_shape_is_read_back(source: str, data: st.DataObject) -> None:
    """Whatever the shape can hold comes back: times, outcomes, tiers, agents, lengths."""
    calls = data.draw(logs(source))
    found = read_back(calls, source)

    pd.testing.assert_frame_equal(calls, found.calls)
    assert (FIRST_DAY, len(calls)) == (found.first_day, found.counts["read"])


@pytest.mark.parametrize("source", HELD)
def test_one_call_of_each_outcome_is_read_back(source: str) -> None:
    """The smallest log of a shape holds a call of each outcome."""
    rows = [
        call(source, at, 30_000 + 60 * at, (8, 20, 180, 30), word, "vip")
        for at, word in enumerate(HELD[source])
    ]

    pd.testing.assert_frame_equal(frame(rows), read_back(frame(rows), source).calls)


def test_intervals_are_read_back_from_rows_of_five_minutes() -> None:
    """Huawei's rows hold what the calls count, in buckets of wait too."""
    rows = [
        call("columns", at, 30_000 + 47 * at, (8, 7 * at, 180, 30), word, "vip")
        for at, word in enumerate(["answered", "abandoned"] * 8)
    ]
    calls = frame(rows)
    found = read_back(calls, "aicc")
    expected = by_interval(calls, 300, 20, (3, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60))
    known = [name for name in expected if not str(name).endswith("_s") or name == "within_s"]

    pd.testing.assert_frame_equal(expected[known], found.intervals[known])
    assert len(found.calls) == 0


def test_what_agents_did_is_read_back() -> None:
    """Log-ins, pauses with their reason and log-outs of a queue_log are times of the centre."""
    did = events(
        [
            (28_800.0, "Agent/7", "vip", "login", None),
            (36_000.0, "Agent/7", None, "pause", "lunch"),
            (39_600.0, "Agent/7", None, "unpause", None),
            (61_200.0, "Agent/7", "vip", "logout", None),
        ]
    )
    calls = frame([call("queue_log", 1, 30_000, (0, 20, 180, 0), "answered", "vip")])

    pd.testing.assert_frame_equal(did, read_back(calls, "queue_log", did).agent_events)
