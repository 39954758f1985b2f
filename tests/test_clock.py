"""The clock of the package."""

from __future__ import annotations

import pytest

from callcenter.clock import clock_text


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, "00:00"),
        (30_600.0, "08:30"),
        (30_615.0, "08:30:15"),
        (30_659.9999999, "08:31"),
        (86_400.0, "24:00"),
        (90_000.0, "25:00"),
    ],
)
def test_clock_texts(seconds: float, expected: str) -> None:
    """Seconds are written where there are any; hours go on past midnight."""
    assert expected == clock_text(seconds)
