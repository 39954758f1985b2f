"""How often `validate` is wrong: on a model's own days, and on days with longer talk (contract 8.3)."""

from __future__ import annotations

import pytest

from benchmarks.recovery import LONGER
from callcenter.replay.validation.verdict import NOT_VALID
from tests.replay.days import desk
from tests.replay.test_validate import word


@pytest.mark.long
def test_rates_of_wrong_verdicts() -> None:
    """Its own days speak against a model at most once in twenty; 5% in 60 days is found in four of five."""
    own = [word(desk(), 20, seed) for seed in range(100)]
    longer = [word(desk(LONGER), 60, seed) for seed in range(40)]
    assert own.count(NOT_VALID) <= 5
    assert longer.count(NOT_VALID) >= 32
