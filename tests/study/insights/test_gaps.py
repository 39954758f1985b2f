"""When a tier has too few agents, and when too many; by hand."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest

import callcenter as cc
from callcenter.study.insights.gaps import Gaps, Span, gaps
from callcenter.theory import erlang_a
from tests.report.studies import DESK

NAN = float("nan")


def gaps_of(scheduled: object, required: object, days: int = 1, tier: str = "regular") -> Gaps:
    """Return the gaps of a tier with these agents, shape (pools, days, intervals)."""
    scenario = cc.load(DESK, {"days": days})
    net = np.array(scheduled, float), np.array(required, float)
    with patch("callcenter.study.insights.gaps.net_staffing", lambda scenario: net):
        return gaps(scenario, tier)


def test_short_and_over_are_runs_of_intervals() -> None:
    """Half an agent is no gap; less whole agents round up, more round down; neighbours are one span."""
    found = gaps_of(
        [[[5, 5, 5, 5, 5, 9.5]], [[1, 1, 1, 1, 1, 1]]], [[[5.4, 8, 6.5, 5, 6, 5]], [[1, 1, 1, 1, 0, 1]]]
    )

    assert (
        Gaps((Span(None, "09:00", "11:00", 2, 3, 5.0),), (Span(None, "13:00", "14:00", 4, 4, 4.0),)) == found
    )


def test_pools_that_the_formula_asks_nothing_of_do_not_count() -> None:
    """What helps out only is no spare; a pool that does not serve the tier neither."""
    scheduled, required = [[[5] * 6], [[9] * 6]], [[[7] * 6], [[NAN] * 6]]

    assert (Span(None, "08:00", "14:00", 2, 2, 12.0),) == gaps_of(scheduled, required).short
    spare = [[[5] * 6], [[99] * 6]], [[[5] * 6], [[1] * 6]]
    assert Gaps((), ()) == gaps_of(*spare, tier="vip")


def test_days_that_differ_are_named() -> None:
    """Alike days are one; where they differ, each span has its day, counted from 0."""
    none, short = [3, 3, 3, 3, 3, 3], [3, 3, 3, 3, 3, 7]
    scheduled, office = [[[3] * 6] * 2, [[0] * 6] * 2], [[0] * 6] * 2

    assert (Span(None, "13:00", "14:00", 4, 4, 4.0),) == gaps_of(scheduled, [[short, short], office], 2).short
    assert (Span(1, "13:00", "14:00", 4, 4, 4.0),) == gaps_of(scheduled, [[none, short], office], 2).short


@pytest.mark.parametrize("agents", [3, 9])
def test_one_line_lacks_what_the_formula_says(agents: int) -> None:
    """One tier and one pool: so many agents as keep the promise by Erlang A, less those there."""
    scenario = cc.load(
        {
            "name": "one",
            "day": {"open": "08:00", "close": "09:00", "interval": "1 h"},
            "demand": {"calls": [100]},
            "tiers": {
                "calls": {
                    "priority": 0,
                    "target": {"within": "20 s", "share": "80%"},
                    "patience": {"exponential": "2 min"},
                    "talk": {"exponential": "3 min"},
                }
            },
            "pools": {"desk": {"serves": ["calls"], "agents": agents}},
        }
    )
    need = next(n for n in range(1, 99) if erlang_a(100, 180, n, 120, 20).answered_within >= 0.8)
    found = gaps(scenario, "calls")

    assert ([need - agents] if need > agents else []) == [span.most for span in found.short]
    assert ([agents - need] if agents >= need + 2 else []) == [span.most for span in found.over]
