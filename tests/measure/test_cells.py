"""Which interval a time belongs to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.measure.cells import cells_of
from tests.measure.logs import TICK, scenario

TWO_DAYS = {"days": 2, "day.open": "08:00", "day.close": "10:00", "pools.desk.agents": [2, 1]}
DAY = 86_400.0


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        (0.0, 0),
        (8 * 3600.0, 0),
        (9 * 3600.0 - TICK, 0),
        (9 * 3600.0, 1),
        (10 * 3600.0 - TICK, 1),
        (10 * 3600.0, 1),
        (DAY, 1),
        (DAY + 8 * 3600.0 - TICK, 1),
        (DAY + 8 * 3600.0, 2),
        (DAY + 9 * 3600.0, 3),
        (3 * DAY, 3),
    ],
)
def test_boundaries_belong_to_the_later_interval(time: float, expected: int) -> None:
    """Before the first opening is cell 0; from a close to the next opening it is the last cell of the day."""
    cells = cells_of(scenario(TWO_DAYS))
    times = np.array([time])

    marked = cells.fold(np.bincount(cells.span_of(times), minlength=cells.spans))

    assert [expected] == cells.of_sorted(times).tolist()
    assert [expected] == np.flatnonzero(marked).tolist()


def test_round_the_clock_days_touch() -> None:
    """With 24 hours the first second of a day is its own; what comes after the last day is the last cell."""
    cells = cells_of(scenario({"days": 2, "day.close": "24:00", "day.interval": "12 h"}))

    actual = cells.of_sorted(np.array([DAY - TICK, DAY, 2 * DAY - TICK, 2 * DAY + 5]))

    assert [1, 2, 3, 3] == actual.tolist()


@given(st.lists(st.integers(0, 3 * 86_400 * 4)), st.integers(1, 3))
def test_sorted_and_unsorted_times_agree(quarters: list[int], days: int) -> None:
    """Both ways to find the cell give the same counts."""
    cells = cells_of(scenario({**TWO_DAYS, "days": days}))
    times = np.sort(np.array(quarters, np.float64) / 4)

    spans = np.bincount(cells.span_of(times), minlength=cells.spans)
    expected = np.bincount(cells.of_sorted(times), minlength=cells.count)

    assert expected.tolist() == cells.fold(spans).tolist()


def test_the_warm_up_shortens_the_counted_time() -> None:
    """A warm-up of 90 minutes takes the first hour and half of the second."""
    cells = cells_of(scenario({"warm_up": "90 min"}))

    assert [0.0, 1800.0] == cells.seconds.tolist()
