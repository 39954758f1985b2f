"""The order of the line, from who was taken while several kinds of callers waited."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from callcenter.fit.calls import calls_of
from callcenter.fit.fitting import fit
from callcenter.fit.ranks import Ranks
from callcenter.fit.routing import STRICT
from tests.fit.desk import log

BUSY = {"demand.calls": 55}


def test_pick_ups_by_hand() -> None:
    """A VIP who joined 20 s after a regular caller is taken first: a head start above 20 s explains it."""
    import numpy as np

    from callcenter.fit.routing import order, pick_ups

    rows: list[tuple[str, float, float]] = []
    for number in range(60):
        start = 30_000.0 + 600 * number
        rows += [("regular", start, 100.0), ("vip", start + 20, 40.0)]
    frame = pd.DataFrame(rows, columns=["tier", "arrived", "wait"]).assign(outcome="answered")
    calls = calls_of(frame)
    takes = [np.array([True, True])]
    picks = pick_ups(calls, 1, 0, takes, np.zeros(len(calls), np.int32))
    assert [20.0] * 60 == picks.later.tolist()
    assert picks.is_first.all()
    found = order(picks, "vip", "regular", 1)
    assert found is not None
    assert found.low > 20
    assert STRICT == found.high


def _ranks(changes: dict[str, Any]) -> Ranks:
    found = fit(log(15, 4, changes)).model.ranks
    assert found is not None
    return found


@pytest.mark.slow
def test_strict_priority() -> None:
    """Where VIPs always come first, their priority is found, and no head start."""
    found = _ranks(BUSY)
    assert {"vip": 0, "regular": 1} == found.priority
    assert {0.0} == set(found.head_start.values())


@pytest.mark.slow
def test_first_come_first_served() -> None:
    """Where all are one line, no tier has a head start."""
    found = _ranks(BUSY | {"tiers.vip.priority": 1})
    assert {0} == set(found.priority.values())
    assert {0.0} == set(found.head_start.values())


@pytest.mark.slow
def test_head_start() -> None:
    """A head start of 45 s in one line is found to within 5 s."""
    found = _ranks(BUSY | {"tiers.vip.priority": 1, "tiers.vip.head_start": "45 s"})
    assert {0} == set(found.priority.values())
    assert 45 == pytest.approx(found.head_start["vip"], abs=5)
    assert 0 == found.head_start["regular"]
