"""An uploaded log: read, fitted, judged."""

from __future__ import annotations

import pytest

from callcenter.scenario import ScenarioError
from callcenter.web.logs import recorded, split
from tests.commands import ROOT

SAMPLE = ROOT / "scenarios" / "records" / "sample_calls.csv"


@pytest.mark.slow
def test_a_log_becomes_a_scenario() -> None:
    """It says what it read, what it fitted, and what the days kept back say of it."""
    told: list[float] = []
    found = recorded(
        SAMPLE.read_bytes(), "../sample calls.csv", lambda done, total: told.append(done / total)
    )

    assert "sample-calls" == found.scenario.name
    assert found.account
    assert found.understood
    assert found.fitted
    assert found.judged
    assert found.is_in_sample  # one day
    assert told == sorted(told)


def test_days_are_kept_back_to_judge_by() -> None:
    """A third of them, the last ones; few days do both."""
    days = [f"2026-11-{day:02}" for day in range(1, 10)]

    assert ("2026-11-06", "2026-11-07") == split(days)
    assert (None, None) == split(days[:5])


def test_what_is_no_log_is_told() -> None:
    """In words, with its place."""
    with pytest.raises(ScenarioError):
        recorded(b"\x00\x01 nonsense", "x.csv", lambda *_: None)
