"""Ends of work: a calendar gives what a sorted list gives, whatever its pace."""

from __future__ import annotations

from bisect import insort

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.engine.compiled.ends import (
    MANY,
    add_end,
    empty_ends,
    entries,
    expect_work,
    is_calendar,
    new_ends,
    take_end,
)

AGENTS = 40
times = st.sampled_from([0.0, 0.5, 3.0, 3.0, 7.25, 60.0, 1e5]) | st.floats(0.0, 400.0)


def test_few_have_a_heap_and_many_a_calendar() -> None:
    """What is faster for each."""
    assert [False, True] == [is_calendar(new_ends(agents)) for agents in (MANY - 1, MANY)]


@pytest.mark.parametrize("agents", [MANY - 1, AGENTS])
@given(
    seconds=st.sampled_from([0.0, 1e-3, 1.0, 240.0, 1e6]),
    steps=st.lists(st.tuples(times, st.integers(0, 5)) | st.none(), max_size=120),
)
def test_the_smallest_comes_first(agents: int, seconds: float, steps: list[tuple[float, int] | None]) -> None:
    """Against a sorted list: agents take calls at any times and are free in order, many at one instant."""
    ends, sorted_ends = new_ends(agents), list[tuple[float, int]]()
    add_end(ends, 1.0, 1)
    empty_ends(ends)
    expect_work(ends, seconds)
    now = 0.0
    for number, step in enumerate(steps):
        if step is not None and len(sorted_ends) < agents:
            end = (now + step[0], step[1] * len(steps) + number)
            add_end(ends, *end)
            insort(sorted_ends, end)
        elif sorted_ends:
            assert sorted_ends[0] == (ends[1]["time"], ends[1]["key"])
            now = sorted_ends.pop(0)[0]
            take_end(ends)
        assert sorted_ends == sorted(map(tuple, entries(ends).tolist()))
    for end in sorted_ends:
        assert end == (ends[1]["time"], ends[1]["key"])
        take_end(ends)
    assert ends[1]["time"] == float("inf")
