"""Numbers in words."""

from __future__ import annotations

import math

import pytest

from callcenter import wording


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "0 s"),
        (7.44, "7.4 s"),
        (20.0, "20 s"),
        (90.0, "1 min 30 s"),
        (180.0, "3 min"),
        (5400.0, "90 min"),
        (5430.0, "1 h 30 min"),
        (7200.0, "2 h"),
        (103_440.0, "28 h 44 min"),
        (86_400.0, "24 h"),
        (172_800.0, "2 d"),
        (math.inf, "never"),
        (None, "–"),
        (math.nan, "–"),
    ],
)
def test_durations(seconds: float | None, text: str) -> None:
    """The largest unit that comes out even, else two units."""
    assert text == wording.duration(seconds)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.04, "0.0 s"),
        (59.94, "59.9 s"),
        (59.96, "1:00 min"),
        (97.2, "1:37 min"),
        (3599.7, "1:00 h"),
        (7500, "2:05 h"),
    ],
)
def test_waits(seconds: float, text: str) -> None:
    """Short enough for a column of figures."""
    assert text == wording.wait(seconds)


@pytest.mark.parametrize(
    ("low", "high", "form", "text"),
    [
        (0.902, 0.924, wording.percent, "90.2 – 92.4%"),
        (3.0, 9.5, wording.wait, "3.0 – 9.5 s"),
        (30.0, 90.0, wording.wait, "30.0 s – 1:30 min"),
        (61.0, 90.0, wording.wait, "1:01 – 1:30 min"),
        (7.0, 120.0, wording.count, "7.0 – 120"),
        (None, None, wording.percent, ""),
        (0.99971, 1.0, wording.percent, "99.97 – 100.00%"),
        (0.0, 0.000004, wording.percent, "0.0000 – 0.0004%"),
        (1.0, 1.0, wording.percent, "100.0 – 100.0%"),
    ],
)
def test_intervals(low: float | None, high: float | None, form: object, text: str) -> None:
    """The unit is said once if both ends have it; an interval with a width has two ends."""
    assert text == wording.interval({"low": low, "high": high}, form)  # type: ignore[arg-type]


def test_counts_and_points() -> None:
    """Means of counts get one decimal while they are small; differences have a sign."""
    assert ["0.0", "7.3", "100", "45,012", "–"] == [wording.count(n) for n in (0, 7.26, 100.4, 45_012, None)]
    assert ["1 day", "3 days"] == [wording.plural(number, "day") for number in (1, 3)]


def test_targets_and_definitions() -> None:
    """A promise in words, and the formula of a definition with its time."""
    assert "90% in 20 s" == wording.target({"target": 0.9, "within_s": 20.0})
    assert "no target" == wording.target({"target": None, "within_s": 20.0})
    short = wording.definition("excluding_short_abandons", 5.0)
    assert "answered in time ÷ (offered − abandoned within 5 s)" == short
    assert ["✓ met", "✗ missed", "? unclear", "–"] == [
        wording.verdict(name) for name in ("met", "missed", "unclear", None)
    ]


@pytest.mark.parametrize(
    ("difference", "text"),
    [(0.0131, "+1.3"), (-0.004, "−0.4"), (0.0, "0.0"), (-0.0004, "0.0"), (0.0005, "+0.1")],
)
def test_a_difference_that_rounds_to_nothing_has_no_sign(difference: float, text: str) -> None:
    """So that nobody reads a fall into −0.0."""
    assert text == wording.points(difference)


def test_sentences_stand_together_as_their_language_has_it() -> None:
    """English has a space between two, Chinese has none; what is empty leaves no trace."""
    assert "Kept. One more." == wording.together("Kept.", "", "One more.")
    assert "达标。还有 3 天。" == wording.together("达标。", "还有 3 天。")


def test_sentences_in_a_row() -> None:
    """English has a space between them, Chinese has none; what is empty leaves none behind."""
    assert "One. Two." == wording.in_a_row(["One.", "", "Two."])
    assert "一句。两句。" == wording.in_a_row(["一句。", "两句。"])
    assert "" == wording.in_a_row([])
