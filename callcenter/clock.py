"""The clock: its smallest step, the length of a day, and times of day as text."""

from __future__ import annotations

TICKS_PER_SECOND = 2.0**20
"""Times are multiples of 1/TICKS_PER_SECOND s, so that sums and differences are exact (rule R1)."""

SECONDS_PER_DAY = 86_400.0


def clock_text(seconds: float) -> str:
    """Return `08:30` for 30,600 s, `08:30:15` where it is not a whole minute; hours go on past midnight."""
    minutes, rest = divmod(round(seconds), 60)
    text = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{rest:02}" if rest else text
