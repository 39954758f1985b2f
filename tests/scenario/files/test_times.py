"""Columns of times: every form that planners and their systems write, and what is none."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.scenario.files.moments import moment
from callcenter.scenario.files.times import read_times

HALF_PAST_EIGHT, HALF_PAST_ONE, MIDNIGHT = 8.5 * 3600, 13.5 * 3600, 0.0


@pytest.mark.parametrize(
    "text",
    [
        *(
            "8:30",
            "08:30",
            "08:30:00",
            "08：30",
            "8:30 AM",
            "8:30am",
            "8:30 a.m.",
            "8:30a",
            "08:30 Uhr",
            "8.30 Uhr",
        ),
        *(
            "上午8:30",
            "上午 8:30",
            "8:30上午",
            "早上8:30",
            "8点半",
            "8点30分",
            "8时30分",
            "8:30 o'clock",
            "8h30",
        ),
        *("08:30-09:00", "08:30 - 09:00", "8:30–9:00", "08:30~09:00", "08:30至09:00", "08:30 to 09:00"),
        *("08:30 bis 09:00", "08:30 Uhr bis 09:00 Uhr", "8:30 AM - 9:00 AM", "8:30-9:00 AM", "08:30-08:59"),
        *("2026-11-23 08:30", "2026-11-23T08:30:00", "2026-11-23T08:30:00Z", "2026-11-23T08:30:00.000Z"),
        *(
            "2026-11-23T08:30:00+08:00",
            "2026-11-23T08:30:00-0500",
            "2026-11-23 08:30:00 UTC",
            "2026-11-23 08:30 CET",
        ),
        *(
            "2026/11/23 8:30",
            "2026.11.23 8:30",
            "2026年11月23日 8:30",
            "2026-11-23 上午8:30",
            "20261123 0830",
        ),
        *("20261123T083000Z", "2026-11-23 0830", "23.11.2026 08:30", "23.11.26 08:30", "23/11/2026 08:30"),
        *("23-Nov-2026 08:30", "23 Nov 2026 08:30", "Nov 23, 2026 8:30 AM", "Mon 23.11.2026 08:30"),
        *(
            "2026-11-23 08:30-09:00",
            "2026-11-23 08:30 - 2026-11-23 09:00",
            "8:30 AM 23/11/2026",
            "周一 08:30",
        ),
        *("2026-11-23 08:30 Europe/Berlin", "2026-11-23, 08:30", "2026-11-23 08:30:00.000000 +0000 UTC"),
    ],
)
def test_half_past_eight(text: str) -> None:
    """Written in any of these ways, it is 8 hours and 30 minutes after midnight of the day as written."""
    found = moment(text)
    assert found is not None
    assert HALF_PAST_EIGHT == found.start


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        *(
            (text, HALF_PAST_ONE)
            for text in ("13:30", "1:30 PM", "下午1:30", "1:30pm", "1:30 p.m.", "中午1:30")
        ),
        *((text, HALF_PAST_ONE) for text in ("1:30 - 2:00 PM", "下午1点半", "13:30-14:00", "1:30 下午")),
        *((text, MIDNIGHT) for text in ("00:00", "12:00 AM", "0:00", "2026-11-23T00:00", "凌晨12:00")),
        *((text, 12 * 3600.0) for text in ("12:00", "12:00 PM", "中午12:00", "12:00-12:30")),
        *((text, 11.5 * 3600) for text in ("11:30 AM - 12:00 PM", "11:30-12:00 PM")),
        ("24:00", 86_400.0),
        ("23:30-24:00", 84_600.0),
    ],
)
def test_times_around_noon_and_midnight(text: str, seconds: float) -> None:
    """Half days are those of a clock: 12 AM is midnight, 12 PM noon."""
    found = moment(text)
    assert found is not None
    assert seconds == found.start


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8",
        "thirty",
        "25:00",
        "8:61",
        "13:30 AM",
        "total",
        "1.5",
        "8h",
        "晚上12:00",
        "2026-13-45 08:00",
        "a",
        "#N/A",
    ],
)
def test_what_is_no_time(text: str) -> None:
    """A bare number needs a head that names a time; nothing is guessed from words."""
    assert moment(text) is None


@pytest.mark.parametrize(
    ("texts", "hours"),
    [
        (["8", "9", "10"], [8, 9, 10]),
        (["08", "09", "10"], [8, 9, 10]),
        (["0", "1", "23"], [0, 1, 23]),
        (["8.5", "9", "9.5"], [8.5, 9, 9.5]),
        (["8.00", "8.30", "9.00"], [8, 8.5, 9]),
        (["800", "830", "1000"], [8, 8.5, 10]),
        (["0", "30", "100"], [0, 0.5, 1]),
        (["0.3333", "0.354166667", "0.375"], [8, 8.5, 9]),
        (["46349.3333", "46349.354167"], [8, 8.5]),
        (["1795420800", "1795422600"], [8, 8.5]),
        (["1795420800000", "1795422600000"], [8, 8.5]),
        (["202611230800", "202611230830"], [8, 8.5]),
        (["8-9", "9-10"], [8, 9]),
    ],
)
def test_bare_numbers_under_a_head_that_names_a_time(texts: list[str], hours: list[float]) -> None:
    """Hours, hours and minutes, parts of a day, days since 1900, seconds since 1970: what all cells fit."""
    assert [hour * 3600 for hour in hours] == [
        found and found.start for found in read_times(texts, is_named=True).values
    ]


@pytest.mark.parametrize(
    ("texts", "hours"),
    [(["0800", "0830"], [8, 8.5]), (["8-9", "9-10"], [8, 9]), (["0800-0830", "0830-0900"], [8, 8.5])],
)
def test_forms_that_are_times_under_any_head(texts: list[str], hours: list[float]) -> None:
    """A leading 0 and spans of one length are no figures."""
    assert [hour * 3600 for hour in hours] == [found and found.start for found in read_times(texts).values]


@pytest.mark.parametrize(
    ("texts", "is_named"),
    [
        (["8", "9", "10"], False),
        (["1", "2", "48"], True),
        (["12", "11-23"], True),
        (["310", "420"], False),
        (["99"], True),
    ],
)
def test_numbers_that_are_no_times(texts: list[str], is_named: bool) -> None:
    """Figures and running numbers are not taken for times."""
    assert not any(read_times(texts, is_named=is_named).values)


@given(st.integers(0, 47), st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)))
def test_written_and_read_again(half: int, day: dt.date) -> None:
    """A half-hour of any day comes back from every form in which it is written."""
    stamp = dt.datetime.combine(day, dt.time(half // 2, half % 2 * 30))
    forms = (
        "%Y-%m-%dT%H:%M:%SZ",
        "%d.%m.%Y %H:%M",
        "%d/%m/%Y %I:%M %p",
        "%d-%b-%Y %H:%M",
        "%Y年%m月%d日 %H:%M",
        "%b %d, %Y %I:%M %p",
    )
    for form in forms:
        found = moment(stamp.strftime(form))
        assert found is not None
        assert (half * 1800, (day.year, day.month, day.day)) == (found.start, found.day)
    american = moment(stamp.strftime("%m/%d/%Y %I:%M:%S %p"), "m/d/y")
    assert american is not None
    assert (half * 1800, (day.year, day.month, day.day)) == (american.start, american.day)
