"""The log of the Anonymous Bank: its cleaning counts are those of the hand-made fit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import callcenter as cc
from callcenter.records import records

ROOT = Path(__file__).parents[2]
MAP = ROOT / "scenarios/records/anonymous_bank.yaml"
LOG = ROOT.parent / "shared/data/anonymous_bank/calls_1999_jan_jul.csv.gz"
SAMPLE = Path(__file__).parent / "bank_sample.csv"


def rows_by_rule(records: cc.Records) -> dict[str, int]:
    """Return how many rows each rule of cleaning met."""
    return dict(zip(records.cleaning["rule"], records.cleaning["rows"], strict=True))


def test_a_row_of_each_kind_is_read_as_documented() -> None:
    """Twelve rows by hand, in the layout of the log: who waited how long, who served, what is not known."""
    found = records(SAMPLE, MAP)
    calls = found.calls

    assert {
        "drop.phantom": 1,
        "drop.type_aa": 1,
        "negative_ivr": 1,
        "past_midnight": 1,
        "served_but_lost": 1,
        "no_answer_time": 1,
        "no_agent": 1,
        "left_ivr": 1,
        "no_tier": 2,
        "long_talk": 1,
        "short_talk": 1,
    } == rows_by_rule(found)
    wait = np.where(calls["outcome"] == "answered", calls["answered"], calls["left"]) - calls["joined"]
    served = calls["outcome"] == "answered"

    assert [140, 0, 40, 106, 12, 0, 30, 30, 35] == wait[calls["joined"].notna()].tolist()
    assert ["PSv", None, None, "NE", "PS", "PSv", "TP", "IN", "NW", "PS"] == [
        tier if isinstance(tier, str) else None for tier in calls["tier"]
    ]
    assert ["TOVA", "AVI", "KAZAV", "TOVA", "AVI", "ANAT"] == calls.loc[served, "agent"].dropna().tolist()
    assert 86_400 + 3 == calls["answered"].iloc[-1]
    assert 0 == calls["day"].iloc[-1]


@pytest.mark.slow
@pytest.mark.skipif(not LOG.exists(), reason="the bank's log is not beside the project")
def test_cleaning_counts_are_those_of_the_hand_made_fit() -> None:
    """252,290 rows; one talk of 30,278 s that begins before its call arrives is dropped, not only noted."""
    found = records(LOG, MAP)
    rows = rows_by_rule(found)

    assert (252_290, 1999, 1, 1) == (found.counts["read"], *found.first_day.timetuple()[:3])  # type: ignore[union-attr]
    assert (2_348, 4) == (rows["drop.phantom"], rows["drop.type_aa"])
    assert (257, 697, 329, 3_198) == tuple(
        rows[rule] for rule in ("negative_ivr", "served_but_lost", "no_answer_time", "no_agent")
    )
    assert (13_573, 13_099, 48) == (
        rows["left_ivr"],
        rows["short_talk"],
        rows["long_talk"] + rows["negative_time"],
    )
    assert rows["past_midnight"] >= 27
    assert found.counts["days"] == 210
    assert {"1999-04-20", "1999-04-21"} <= set(dict(found.left_out()))
