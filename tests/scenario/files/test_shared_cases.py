"""Small files in layouts that people publish, with their right answers; skipped where there are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcenter.scenario import load
from tests.scenario.files.desk import calls_of

CASES = Path(__file__).parents[4] / "shared" / "cases" / "intervals"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason=f"there is no folder {CASES.name} of shared cases")


@pytest.mark.parametrize("name", ["newest_first", "us_stamps"])
def test_newest_first(name: str) -> None:
    """Calls and agents from 08:00 on, never the order of the file."""
    scenario = load(CASES / f"{name}.yaml")
    assert (10, 20, 30, 40) == scenario.demand.calls
    assert (3, 5, 7, 9) == scenario.pools["p"].agents


def test_thousands() -> None:
    """987 + 1,012 + 1,100 + 998 calls."""
    assert (987, 1012, 1100, 998) == load(CASES / "thousands.yaml").demand.calls


@pytest.mark.parametrize(
    ("day", "total"), [("2026-11-23", 42_559), ("2026-11-24", 39_135), ("2026-11-29", 35_341)]
)
def test_days_down_and_half_hours_across(day: str, total: int) -> None:
    """Title, merged heads, text among numbers, a total row without values, Chinese heads."""
    hours = {"open": "00:00", "close": "24:00"}
    calls = calls_of(CASES / "wide_planner.xlsx", None, where={"日期": day}, day=hours)
    assert (48, total) == (len(calls), sum(calls))
