"""Records in a directory: what is opened is what was written, or is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import callcenter as cc
from callcenter.records import gathering, records
from callcenter.records.records import Format
from callcenter.scenario import ScenarioError
from tests.records.logs import call, frame
from tests.records.test_doubtful_logs import calls_of, log


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_what_is_opened_is_what_was_written(form: Format, tmp_path: Path) -> None:
    """Tables, days, cleaning, remarks and understanding come back."""
    found = records(log(tmp_path, [*calls_of(2, date(2026, 11, 23)), "1,never,1,1,answered,x"]))
    found.save(tmp_path / "kept", form)
    opened = records(tmp_path / "kept")

    pd.testing.assert_frame_equal(found.calls, opened.calls)
    pd.testing.assert_frame_equal(found.days, opened.days)
    pd.testing.assert_frame_equal(found.cleaning, opened.cleaning)
    assert (found.first_day, found.remarks, found.understood, found.counts) == (
        opened.first_day,
        opened.remarks,
        opened.understood,
        opened.counts,
    )


def test_text_that_looks_like_a_formula_does_no_harm(tmp_path: Path) -> None:
    """A spreadsheet shows it as text; it is read back as it was."""
    one = call("columns", 1, 30_000, (8, 20, 180, 30), "answered", "=HYPERLINK(1)")
    found = records(
        frame([{**one, "agent": "'quoted", "pool": "+1"}]),
        {"columns": {c: c for c in one}, "times": "seconds"},
    )
    found.save(tmp_path / "kept", "csv")

    assert ",'=HYPERLINK(1)," in (tmp_path / "kept/calls.csv").read_text()
    pd.testing.assert_frame_equal(found.calls, records(tmp_path / "kept").calls)


def test_a_changed_table_is_refused(tmp_path: Path) -> None:
    """The digest is checked on opening."""
    records(log(tmp_path, calls_of(1, date(2026, 11, 23))), out=tmp_path / "kept", format="csv")
    table = tmp_path / "kept/calls.csv"
    table.write_text(table.read_text().replace("answered", "abandoned", 1))

    with pytest.raises(ScenarioError, match=r"calls.csv: is not what was written here"):
        records(tmp_path / "kept")


def test_many_rows_go_to_disk_and_come_back_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether rows are held in memory or not, the records are the same."""
    rows = calls_of(6, date(2026, 11, 23))[::-1]
    file = log(tmp_path, [*rows, rows[0]])
    held = records(file)
    monkeypatch.setattr(gathering, "MOST_HELD", 100)
    monkeypatch.setattr(gathering, "_BATCH", 200)
    monkeypatch.setattr("callcenter.records.rows.FIRST_CHUNK", 50)
    monkeypatch.setattr("callcenter.records.rows.CHUNK", 50)
    spilled = records(file, out=tmp_path / "kept")

    pd.testing.assert_frame_equal(held.calls, spilled.calls)
    pd.testing.assert_frame_equal(held.days, spilled.days)
    pd.testing.assert_frame_equal(held.cleaning, spilled.cleaning)
    assert {"duplicate"} == set(spilled.cleaning["rule"])


@pytest.mark.slow
def test_our_own_call_log_is_a_record_file(tmp_path: Path) -> None:
    """Times come back to the last bit, from the result as from its file."""
    result = cc.run("scenarios/redials.yaml", replications=2, keep="calls")
    file = tmp_path / "calls.csv"
    result.calls.to_csv(file, index=False)
    found, direct = records(file, keep_days=["all"]), records(result.calls, keep_days=["all"])
    first = result.calls[result.calls["replication"] == 0]
    days = int(first["day"].max()) + 1
    own = found.calls[found.calls["day"] < days]

    pd.testing.assert_frame_equal(found.calls, direct.calls)
    assert len(result.calls) == len(found.calls)
    for name in ("arrived", "joined", "answered", "left", "released", "outcome", "tier", "pool"):
        pd.testing.assert_series_equal(first[name], own[name], check_index=False)
    assert first["parent"].dropna().astype(str).tolist() == own["parent"].dropna().tolist()
    assert found.first_day is None
