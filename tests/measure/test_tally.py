"""A tally as bytes, and tallies added up."""

from __future__ import annotations

import numpy as np
import pytest

from callcenter.measure import Tally, stack, tally
from tests.measure.logs import TICK, Job, Row, answered, log, lost, scenario

ROWS = [answered("vip", 0.0, 1 / 3 // TICK * TICK), lost("mid", 10.0, 40.0), answered("mid", 4000.0, 25.0)]
JOBS = [Job(1, 50.0, 86_450.0, "reached", 3700.0, (("office", 3600.0, 3700.0),))]
LINES = scenario({"lines": 5})


def assert_same(expected: Tally, actual: Tally) -> None:
    """Every array has the same type, shape and numbers, nan included."""
    for name, one, other in zip(Tally._fields, expected, actual, strict=True):
        assert one.dtype == other.dtype, name
        np.testing.assert_array_equal(one, other, err_msg=name, strict=True)


@pytest.mark.parametrize("rows", [ROWS, []])
def test_a_tally_survives_packing(rows: list[Row]) -> None:
    """Bit by bit, with and without calls."""
    tallied = tally(LINES, log(rows))

    assert_same(tallied, Tally.from_bytes(tallied.to_bytes(), LINES))


def test_the_same_log_gives_the_same_bytes() -> None:
    """Packed twice, and packed after unpacking."""
    first, second = (tally(LINES, log(ROWS, jobs=JOBS)) for _ in range(2))

    assert first.to_bytes() == second.to_bytes()
    assert first.to_bytes() == Tally.from_bytes(first.to_bytes(), LINES).to_bytes()


def test_an_unpacked_tally_may_be_changed() -> None:
    """It owns its memory."""
    assert all(
        column.flags.writeable for column in Tally.from_bytes(tally(LINES, log(ROWS)).to_bytes(), LINES)
    )


def test_a_tally_of_another_scenario_is_refused() -> None:
    """Its size does not fit, or its format is another."""
    packed = tally(LINES, log(ROWS)).to_bytes()

    with pytest.raises(ValueError, match="the scenario needs"):
        Tally.from_bytes(packed, scenario({"lines": 5, "days": 2}))
    with pytest.raises(ValueError, match="has format"):
        Tally.from_bytes(b"\0" + packed[1:], LINES)


def test_all_numbers_are_64_bits() -> None:
    """Counts int64, seconds float64, whatever the log's types."""
    tallied = tally(LINES, log(ROWS, jobs=JOBS))

    whole = {"counts", "wait_bins", "pool_counts", "job_counts", "job_cells", "customers", "thresholds"}
    expected = {name: "int64" if name in whole else "float64" for name in Tally._fields}
    assert expected == {name: column.dtype.name for name, column in tallied._asdict().items()}


def test_counts_and_sums_of_parts_add_up() -> None:
    """The tally of a log is the sum of those of its halves."""
    first, second, whole = (tally(LINES, log(rows)) for rows in (ROWS[:1], ROWS[1:], ROWS))

    for name in ("counts", "sums", "wait_bins", "pool_counts", "customers", "lines_s"):
        np.testing.assert_array_equal(getattr(whole, name), getattr(first, name) + getattr(second, name))


def test_replications_are_stacked_first() -> None:
    """Every array gets an axis of replications in front."""
    one = tally(LINES, log(ROWS))

    stacked = stack([one, one, one])

    assert [(3, *column.shape) for column in one] == [column.shape for column in stacked]
