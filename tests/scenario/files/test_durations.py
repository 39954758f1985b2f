"""Columns of durations: seconds, clocks, ISO, words, times of a workbook."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.scenario.files.durations import read_durations
from callcenter.scenario.files.native import Native

SPENT = 134.0
"""Two minutes and fourteen seconds."""


@pytest.mark.parametrize(
    "text",
    [
        *(
            "134",
            "134.0",
            "134 s",
            "134s",
            "134 sec",
            "134 seconds",
            "134秒",
            "0:02:14",
            "00:02:14",
            "02:14",
            "2:14",
        ),
        *(
            "PT2M14S",
            "pt134s",
            "PT0H2M14S",
            "2分14秒",
            "2 分 14 秒",
            "2 min 14 s",
            "2m14s",
            "2m 14s",
            "2'14\"",
            "0:02:14.0",
        ),
        Native("00:02:14", dt.time(0, 2, 14)),
        Native("00:02:14", dt.timedelta(seconds=134)),
    ],
)
def test_two_minutes_and_fourteen_seconds(text: str) -> None:
    """One length in every form."""
    assert [SPENT] == read_durations([text]).values


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1:00:00", 3600),
        ("75:10", 4510),
        (":14", 14),
        ("PT1H", 3600),
        ("P1DT1S", 86_401),
        ("1 h", 3600),
        ("1小时", 3600),
        ("1.5 min", 90),
        ("0:00:00", 0),
        ("0", 0),
        ("0:02:14.5", 134.5),
        (Native("00:02", dt.time(0, 2)), 120),
        (Native("12.5", 12.5), 12.5),
    ],
)
def test_other_lengths(text: str, seconds: float) -> None:
    """Hours, minutes alone, and two minutes that Excel shows as 00:02."""
    assert [seconds] == read_durations([text]).values


@pytest.mark.parametrize("text", ["", "-", "long", "0:02:99", "12 apples", "P", "PT", "5%", "2026-11-23"])
def test_what_is_no_duration(text: str) -> None:
    """Nothing is made up."""
    assert [None] == read_durations([text]).values


def test_the_head_names_the_unit_of_bare_numbers() -> None:
    """Seconds if it names none; a cell that names its own keeps it."""
    assert [150, 60] == read_durations(["2.5", "60 s"], "talk (min)").values
    assert [0.25] == read_durations(["250"], "talk_ms").values
    assert [250] == read_durations(["250"], "talk").values


def test_what_must_be_asked() -> None:
    """Thousands or decimals, parts of a day or seconds."""
    assert "1.204" == read_durations(["1.204", "80"]).question
    assert [1204, 80] == read_durations(["1.204", "80"], sign=",").values
    assert read_durations(["0.0015", "0.002"]).are_parts_of_a_day
    assert [134.25, 98.125] == read_durations(["134.250", "98.125"]).values


@given(st.integers(0, 359_999))
def test_written_and_read_again(seconds: int) -> None:
    """Any length under 100 hours comes back from every form."""
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    texts = [
        f"{hours}:{minutes:02}:{rest:02}",
        f"PT{hours}H{minutes}M{rest}S",
        f"{hours}小时{minutes}分{rest}秒",
        f"{seconds} s",
    ]
    assert [seconds] * 4 == read_durations(texts).values
