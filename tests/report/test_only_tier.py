"""A scenario's only tier may be called as the total is: it is judged and shown like any other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import callcenter as cc
from callcenter.report import write_report
from callcenter.study.answers.points import overall_verdict

ALONE: dict[str, Any] = {
    "name": "alone",
    "day": {"open": "08:00", "close": "10:00", "interval": "30 min"},
    "demand": {"calls": 20},
    "tiers": {"all": {"priority": 0, "talk": "3 min", "target": {"within": "20 s", "share": "80%"}}},
    "pools": {"desk": {"serves": ["all"], "agents": 1}},
}


def test_the_only_tier_is_judged_and_shown(tmp_path: Path) -> None:
    """One agent for four times the work misses the target; the report is written."""
    result = cc.run(cc.load(ALONE), 2)

    assert "missed" == overall_verdict(result.summary)
    assert write_report(result, tmp_path).exists()
