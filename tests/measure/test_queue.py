"""Queue length as a time integral."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from callcenter.measure import Tally, tally
from callcenter.measure.tally import SUMS
from tests.measure.logs import answered, inside, log, lost, scenario

Span = tuple[int, int]


def waiting(tallied: Tally, tier: int = 0) -> list[float]:
    """Return the waiting seconds of a tier by cell."""
    seconds: list[float] = tallied.sums[SUMS.index("waiting_s"), tier].tolist()
    return seconds


def test_a_wait_is_shared_between_the_intervals_it_spans() -> None:
    """A wait from 3590 s to 3615 s is 10 s of the first interval and 15 s of the second."""
    tallied = tally(scenario(), log([answered("vip", 3590.0, 25.0)]))

    assert [10.0, 15.0] == waiting(tallied)


def test_waiting_after_the_close_belongs_to_the_last_interval() -> None:
    """A wait from 7190 s to 7230 s, beyond the close at 7200 s, is 40 s of the last interval."""
    tallied = tally(scenario(), log([answered("vip", 7190.0, 40.0)], end=7400.0))

    assert [0.0, 40.0] == waiting(tallied)


def test_the_line_carries_over_midnight() -> None:
    """A wait from 23:59:50 to 00:00:30 is 10 s of one day and 30 s of the next."""
    days = scenario({"days": 2, "day.close": "24:00", "day.interval": "12 h"})

    tallied = tally(days, log([lost("vip", 86_390.0, 40.0)], end=172_800.0))

    assert [0.0, 10.0, 30.0, 0.0] == waiting(tallied)


def test_waiting_before_the_end_of_the_warm_up_is_not_counted() -> None:
    """The line at the end of the warm-up counts from then on, whenever its callers arrived."""
    tallied = tally(scenario({"warm_up": "10 min"}), log([lost("vip", 590.0, 25.0)]))

    assert [15.0, 0.0] == waiting(tallied)


def test_open_calls_wait_until_the_run_ends() -> None:
    """A caller in line from 7000 s is there until the end at 7200 s."""
    tallied = tally(scenario(), log([inside("mid", 7000.0, joined=7000.0)]))

    assert [0.0, 200.0] == waiting(tallied, tier=1)


@given(st.lists(st.tuples(st.integers(0, 7199), st.integers(0, 3000), st.integers(0, 2)), max_size=30))
def test_the_integral_is_what_counting_second_by_second_gives(calls: list[tuple[int, int, int]]) -> None:
    """On whole seconds it is a sum over seconds of the number waiting; in all it is the summed wait."""
    calls = sorted(calls)
    rows = [lost(("vip", "mid", "spam")[tier], float(at), float(wait)) for at, wait, tier in calls]

    tallied = tally(scenario(), log(rows, end=12_000.0))

    for number in range(3):
        seconds = np.zeros(12_000)
        for at, wait, tier in calls:
            seconds[at : at + wait] += tier == number
        assert [seconds[:3600].sum(), seconds[3600:].sum()] == waiting(tallied, number)
    assert tallied.sums[SUMS.index("wait_s")].sum() == tallied.sums[SUMS.index("waiting_s")].sum()
