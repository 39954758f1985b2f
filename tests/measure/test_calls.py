"""Counts and waits of the tiers, with figures worked out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.calllog import OUTCOMES, CallLog
from callcenter.measure import Tally, tally
from callcenter.measure.counting.waits import bin_of
from callcenter.measure.tally import COUNTS, SUMS
from callcenter.measure.waits import WAIT_EDGES
from tests.measure.logs import TICK, TIERS, Row, alone, answered, inside, log, lost, scenario


def count(tallied: Tally, name: str, tier: str = "vip") -> list[int]:
    """Return a count of a tier by cell."""
    counts: list[int] = tallied.counts[COUNTS.index(name), TIERS.index(tier)].tolist()
    return counts


def total(tallied: Tally, name: str, tier: str = "vip") -> float:
    """Return a sum of a tier over the cells."""
    return float(tallied.sums[SUMS.index(name), TIERS.index(tier)].sum())


@pytest.mark.parametrize(("wait", "within"), [(0.0, 1), (20.0, 1), (20.0 + TICK, 0)])
def test_a_wait_of_exactly_the_threshold_is_within(wait: float, within: int) -> None:
    """The threshold is inclusive and nothing is rounded."""
    tallied = tally(scenario(), log([answered("vip", 100.0, wait)]))

    assert [within, 0] == count(tallied, "answered_within")


@pytest.mark.parametrize(("wait", "short"), [(5.0, 1), (5.0 + TICK, 0)])
def test_a_short_abandon_is_inclusive(wait: float, short: int) -> None:
    """Whoever abandons at exactly `short_abandon` is a short abandon, and a quick one."""
    tallied = tally(scenario(), log([lost("vip", 100.0, wait)]))

    assert [short, 0] == count(tallied, "abandoned_short")
    assert [1, 0] == count(tallied, "abandoned_within")


def test_a_call_counts_where_it_arrived() -> None:
    """A call that arrives in the first interval and is answered in the second counts in the first."""
    rows = [answered("vip", 3590.0, 15.0), answered("vip", 3600.0)]

    tallied = tally(scenario(), log(rows))

    assert [1, 1] == count(tallied, "answered")


def test_offered_are_those_who_asked_for_a_person() -> None:
    """Blocked callers and those who never leave the IVR did not ask; open ones did if they are in line."""
    rows = [
        alone("vip", 0.0, outcome="blocked"),
        alone("vip", 1.0, 30.0),
        alone("vip", 2.0, 30.0, outcome="left_ivr"),
        answered("vip", 3.0),
        lost("vip", 4.0, 10.0),
        lost("vip", 5.0, 0.0, "balked"),
        lost("vip", 6.0, 0.0, "diverted"),
        lost("vip", 7.0, 3.0, "closed"),
        inside("vip", 8.0),
        inside("vip", 9.0, joined=10.0),
    ]

    tallied = tally(scenario(), log(rows, end=100.0))

    assert [10, 0] == count(tallied, "called")
    assert [6, 0] == count(tallied, "offered")
    assert [2, 0] == count(tallied, "open")
    assert [[1, 0]] * 8 == [count(tallied, name) for name in OUTCOMES if name != "open"]


def test_waits_are_summed_over_offered_and_over_answered_calls() -> None:
    """Waits 4 s and 26 s answered, 50 s abandoned, 90 s still waiting: 170 s, of which 30 s answered."""
    rows = [
        answered("vip", 0.0, 4.0, ivr=7.0),
        answered("vip", 1.0, 26.0),
        lost("vip", 2.0, 50.0),
        inside("vip", 3.0, joined=10.0),
        alone("vip", 4.0, 30.0),
    ]

    tallied = tally(scenario(), log(rows, end=100.0))

    assert 170.0 == total(tallied, "wait_s")
    assert 30.0 == total(tallied, "wait_answered_s")
    assert 6.0 + 30.0 + 70.0 == total(tallied, "excess_s")


def test_every_tier_has_its_own_threshold_and_the_common_one() -> None:
    """After 25 s a mid-tier call is within its 30 s, but not within the 20 s of the total."""
    rows = [answered("mid", 0.0, 25.0), lost("mid", 1.0, 25.0), answered("spam", 2.0, 25.0)]

    tallied = tally(scenario(), log(rows))

    names = ("answered_within", "answered_within_common", "abandoned_within", "abandoned_within_common")
    assert [[1, 0], [0, 0], [1, 0], [0, 0]] == [count(tallied, name, "mid") for name in names]
    assert [0, 0] == count(tallied, "answered_within", "spam")
    assert (0.0, 10.0) == (total(tallied, "excess_s", "mid"), total(tallied, "excess_common_s", "mid"))


def test_the_warm_up_is_not_counted() -> None:
    """Calls that arrive before the end of the warm-up are left out, one that arrives at its end is not."""
    rows = [answered("vip", 0.0, 15.0), answered("vip", 600.0 - TICK, 8.0), answered("vip", 600.0, 4.0)]

    tallied = tally(scenario({"warm_up": "10 min"}), log(rows))

    assert [1, 0] == count(tallied, "called")
    assert 4.0 == total(tallied, "wait_s")
    assert 4.0 == tallied.wait_points[0].max()
    assert 1 == tallied.wait_bins.sum()


def test_points_of_each_tier_and_of_the_total() -> None:
    """The total leaves out the tier without a target."""
    rows = [answered("vip", 0.0, 10.0), answered("mid", 1.0, 30.0), answered("spam", 2.0, 500.0)]

    tallied = tally(scenario(), log(rows))

    assert [10.0, 30.0, 500.0, 20.0] == tallied.wait_points[:, 0].tolist()
    assert [10.0, 30.0, 500.0, 30.0] == tallied.wait_points[:, -1].tolist()


@given(st.lists(st.integers(0, 10**12) | st.integers(0, 10**7) | st.just(0), min_size=1, max_size=60))
def test_points_are_those_of_numpy(ticks: list[int]) -> None:
    """Linear interpolation, as in `numpy.percentile`, of each tier and of the total."""
    given_waits = np.array(ticks) * TICK
    rows = [lost(TIERS[number % 2], 0.0, wait) for number, wait in enumerate(given_waits)]

    points = tally(scenario(), log(rows, end=10.0**7)).wait_points

    parts = {0: given_waits[::2], 1: given_waits[1::2], 3: given_waits}
    for number, part in parts.items():
        expected = np.percentile(part, [50, 90, 95, 99, 100]) if part.size else np.full(5, np.nan)
        np.testing.assert_allclose(points[number], expected, rtol=1e-12)


def test_nothing_offered_has_no_points() -> None:
    """Not zero seconds, but nothing."""
    tallied = tally(scenario(), log([]))

    assert np.isnan(tallied.wait_points).all()
    assert 0 == tallied.counts.sum()


def test_bins_include_their_upper_edge() -> None:
    """No wait has its own bin, 20 s falls into the bin up to 20 s, a tick more into the next."""
    waits = [0.0, 0.0, 20.0, 20.0 + TICK, 7200.0, 7200.0 + TICK]

    bins = tally(scenario(), log([lost("vip", 0.0, wait) for wait in waits], end=10.0**6)).wait_bins[0]

    expected = [0, 20, 21, WAIT_EDGES.size - 1, WAIT_EDGES.size]
    assert expected == np.flatnonzero(bins).tolist()
    assert 2 == bins[0]
    assert (0.0, 20.0, 7200.0) == (WAIT_EDGES[0], WAIT_EDGES[20], WAIT_EDGES[-1])


@pytest.mark.parametrize("ticks", [-1, 0, 1])
def test_the_bin_of_a_wait_is_found_without_a_search(ticks: int) -> None:
    """At every edge, and a tick before and after it."""
    around = np.maximum(WAIT_EDGES + ticks * TICK, 0.0)

    assert np.searchsorted(WAIT_EDGES, around).tolist() == [bin_of(wait) for wait in around]


MAKERS: list[Any] = [answered, lost, alone]


@st.composite
def random_logs(draw: st.DrawFn) -> CallLog:
    """Draw logs of any calls, on a grid of 5 s so that waits meet the thresholds."""
    fives = st.integers(0, 20).map(lambda n: 5.0 * n)
    arrivals = sorted(draw(st.lists(st.integers(0, 1440).map(lambda n: 5.0 * n), max_size=40)))
    rows: list[Row] = [
        draw(st.sampled_from(MAKERS))(draw(st.sampled_from(TIERS)), at, draw(fives)) for at in arrivals
    ]
    return log(rows)


@given(random_logs())
def test_every_count_is_what_counting_gives(calls: CallLog) -> None:
    """The cross-table's margins equal counts taken one by one."""
    tallied = tally(scenario(), calls)
    within, cell = np.array([20.0, 30.0, 20.0])[calls.tier], (calls.arrived >= 3600).astype(int)
    wait = np.where(calls.outcome == OUTCOMES.index("answered"), calls.answered, calls.left) - calls.joined
    answers, abandons = (calls.outcome == OUTCOMES.index(name) for name in ("answered", "abandoned"))

    expected = {
        "offered": ~np.isnan(wait),
        "answered_within": answers & (wait <= within),
        "abandoned_within": abandons & (wait <= within),
        "answered_within_common": answers & (wait <= 20),
        "abandoned_within_common": abandons & (wait <= 20),
        "abandoned_short": abandons & (wait <= 5),
    }
    for name, rows in expected.items():
        counts = np.zeros((3, 2), int)
        np.add.at(counts, (calls.tier[rows], cell[rows]), 1)
        assert counts.tolist() == [count(tallied, name, tier) for tier in TIERS]


@given(random_logs())
def test_calls_are_conserved(calls: CallLog) -> None:
    """Each call has one outcome, and no part is larger than the whole."""
    figures = dict(zip(COUNTS, tally(scenario(), calls).counts, strict=True))

    assert calls.arrived.size == figures["called"].sum()
    assert figures["called"].tolist() == sum(figures[name] for name in OUTCOMES).tolist()
    assert (figures["answered_within"] <= figures["answered"]).all()
