"""Parameter recovery: of many logs simulated with a known truth, 95% of the intervals hold it.

From calls, from an interval report with wait buckets, and from one with waits alone; `make recovery` does it
with 200 logs of each, or 1,000.
"""

from __future__ import annotations

import pytest

from benchmarks import recovery
from benchmarks.recovery import LEVELS, MANY, coverage, covered, is_held

FEW = 8


@pytest.mark.slow
@pytest.mark.parametrize("level", LEVELS)
def test_intervals_hold_the_truth(level: str) -> None:
    """Of eight logs, the intervals hold the truth in seven of eight cases, each figure in most of them."""
    shares = coverage(level, range(FEW))
    assert sum(shares.values()) / len(shares) >= 7 / 8, shares
    assert {} == {name: share for name, share in shares.items() if share <= 0.5}


@pytest.mark.long
@pytest.mark.parametrize("level", LEVELS)
def test_intervals_hold_the_truth_as_often_as_they_say(level: str) -> None:
    """Every interval holds the truth in 92 to 98% of 200 logs; of 1,000 where so few leave a doubt.

    By chance an exact interval of 95% does not in 3 of 100 sets of 200 logs, in 2 of 100,000 sets of 1,000.
    """
    assert [] == [each for each in covered(level) if not is_held(each)]


def test_doubts_of_few_logs_are_settled_by_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """A figure that 200 logs show at 90% is judged by all thousand; one that they show at 95% by them."""
    doubtful = {"first": lambda seed: seed % 10 > 0 or seed >= MANY, "other": lambda seed: seed % 20 > 0}
    monkeypatch.setattr(
        recovery, "held", lambda level, seed: {level: doubtful[level](seed), "sure": seed % 20 > 0}
    )
    assert [("first", 1000, 0.98), ("sure", 1000, 0.95)] == recovery.covered("first")
    assert [("other", 200, 0.95), ("sure", 200, 0.95)] == recovery.covered("other")
