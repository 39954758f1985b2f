"""The verdict: two one-sided tests of the mean difference of days against a margin (Schuirmann 1987)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from scipy.stats import t as student

from callcenter.arrays import Floats

VALID, NOT_VALID, UNCLEAR = "valid", "not_valid", "unclear"
LEVEL = 0.05
FEWEST_DAYS = 3
MOST_MORE = 10_000


class Verdict(NamedTuple):
    """What days say of the difference, simulated less recorded."""

    word: str
    difference: float
    low: float
    """Ends of the 90% interval, which is that of two tests at 5%."""
    high: float
    days: int
    more_days: int | None
    """About so many more days would settle it; None where it is settled, or no number of days would."""

    def plain(self) -> dict[str, Any]:
        """Return the verdict ready for JSON."""
        ends = (self.difference, self.low, self.high)
        difference, low, high = (float(end) if math.isfinite(end) else None for end in ends)
        return {
            "verdict": self.word,
            "difference": difference,
            "low": low,
            "high": high,
            "days": self.days,
            "more_days": self.more_days,
        }


def verdict(differences: Floats, margin: float) -> Verdict:
    """Return whether the mean of daily differences lies within the margin; days are the unit."""
    seen = differences[np.isfinite(differences)]
    days = len(seen)
    if days < FEWEST_DAYS:
        mean = float(seen.mean()) if days else math.nan
        return Verdict(UNCLEAR, mean, math.nan, math.nan, days, FEWEST_DAYS - days)
    mean, spread = float(seen.mean()), float(seen.std(ddof=1))
    half = float(student.ppf(1 - LEVEL, days - 1)) * spread / math.sqrt(days)
    low, high = mean - half, mean + half
    if -margin < low and high < margin:
        return Verdict(VALID, mean, low, high, days, None)
    if low >= margin or high <= -margin:
        return Verdict(NOT_VALID, mean, low, high, days, None)
    return Verdict(UNCLEAR, mean, low, high, days, _more(mean, spread, days, margin))


def _more(mean: float, spread: float, days: int, margin: float) -> int | None:
    """Return how many more days would bring the interval to one side, if mean and spread stay."""
    room = abs(margin - abs(mean))
    if not room:
        return None
    needed = math.ceil((float(student.ppf(1 - LEVEL, days - 1)) * spread / room) ** 2)
    return min(max(needed - days, 1), MOST_MORE)


def worst(words: Iterable[str]) -> str:
    """Return the verdict of several: not valid if one is not, valid if all are."""
    verdicts = set(words)
    return next((word for word in (NOT_VALID, UNCLEAR) if word in verdicts), VALID)
