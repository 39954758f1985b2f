"""The tab of today: what is pasted is read, bounded and answered."""

from __future__ import annotations

import pytest

from callcenter.intraday import IntradayError
from callcenter.scenario import Scenario, load
from callcenter.web import today
from tests.commands import ROOT

SHEET = (ROOT / "scenarios" / "data" / "today.csv").read_text("utf-8")


@pytest.fixture
def scenario() -> Scenario:
    """Return the day of the guide."""
    return load(ROOT / "scenarios" / "restless_day.yaml")


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_cells_are_pasted_from_any_spreadsheet(scenario: Scenario, separator: str) -> None:
    """With tabs, commas or semicolons; the word is the same."""
    day = today.look(scenario, SHEET.replace(",", separator), "11:00", ["more: pools.desk.agents=+3"])

    assert 632.0 == day.so_far[0]
    assert "too_early" == day.word
    assert "more" in {one.name for one in day.tried}
    assert today.picture(day).startswith("<img ")


def test_what_is_pasted_is_bounded(scenario: Scenario) -> None:
    """Too much, nothing, and too many options are refused."""
    with pytest.raises(IntradayError, match="nothing is pasted"):
        today.look(scenario, "  ", "11:00")
    with pytest.raises(IntradayError, match="characters were pasted"):
        today.look(scenario, "x" * (today.LARGEST + 1), "11:00")
    with pytest.raises(IntradayError, match="at most 5 options"):
        today.look(scenario, SHEET, "11:00", ["x: pools.desk.agents=+1"] * 6)
