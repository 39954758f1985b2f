"""Draws of whole ticks from the distributions of a scenario, which are rows of a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats, Ints, Records
from callcenter.clock import TICKS_PER_SECOND
from callcenter.demand.laws import EMPIRICAL, LAWS, MIXTURE, drawn
from callcenter.demand.streams import State, States, uniform
from callcenter.kernels import hot, inner, kernel
from callcenter.scenario import Distribution, Mixture

NOTHING = -1

LAW = np.dtype(
    [
        ("kind", np.int64),
        ("a", np.float64),
        ("b", np.float64),
        ("c", np.float64),
        ("at_least", np.float64),
        ("at_most", np.float64),
        ("is_plain", np.bool_),  # without list, factors, parts or mixture
        ("first", np.int64),  # of the listed figures; of a mixture, of its parts, which are rows
        ("number", np.int64),
        ("factors", np.int64),  # the first of those of the intervals, NOTHING = all are 1
        ("up_to", np.float64),  # of a part: the share of the draws of this part and those before it
        ("within", np.int64),  # of a part: the row of its mixture
    ],
    align=True,
)


class Laws(NamedTuple):
    """Distributions in arrays."""

    rows: Records
    listed: Floats
    """Factors of intervals, and the times of empirical laws."""


class LawBook:
    """Distributions on their way into arrays."""

    def __init__(self) -> None:
        self._rows: list[tuple[Any, ...]] = []
        self._listed: list[float] = []

    def enter(self, distribution: Distribution) -> int:
        """Add a distribution and return its row."""
        row = self._more(1)
        self._write(row, distribution, 1.0, NOTHING)
        return row

    def laws(self) -> Laws:
        """Return all that was entered."""
        return Laws(np.array(self._rows, LAW), np.array(self._listed))

    def _more(self, rows: int) -> int:
        self._rows += [()] * rows
        return len(self._rows) - rows

    def _write(self, row: int, distribution: Distribution, up_to: float, within: int) -> None:
        parts = distribution.parts if isinstance(distribution, Mixture) else ()
        kind, first, number = MIXTURE, NOTHING, len(parts)
        figures: tuple[float, ...] = ()
        if parts:
            first = self._more(number)
        else:
            law = LAWS[type(distribution)]
            kind, figures = law.kind, law.figures(distribution)
        if kind == EMPIRICAL:
            first, number, figures = self._list(figures), len(figures), ()
        factors = NOTHING if distribution.per_interval is None else self._list(distribution.per_interval)
        is_plain = kind not in (MIXTURE, EMPIRICAL) and factors == within == NOTHING
        bounds = distribution.at_least, distribution.at_most
        abc = (*figures, 0.0, 0.0, 0.0)[:3]
        self._rows[row] = (kind, *abc, *bounds, is_plain, first, number, factors, up_to, within)
        share = 0.0
        for place, part in enumerate(parts, start=first):
            share += part.share
            self._write(place, part.of, share, row)

    def _list(self, figures: Iterable[float]) -> int:
        first = len(self._listed)
        self._listed += figures
        return first


@hot
def time_of(laws: Laws, row: int, state: State, interval: int) -> float:
    """R2b: draw a time in seconds for a call that arrives in an interval of the day, in whole ticks."""
    law = laws.rows[row]
    if law["is_plain"]:
        time = min(max(drawn(law, state), law["at_least"]), law["at_most"])
    else:
        time = _from_within(laws, row, state, interval)
    return in_ticks(time)


@inner
def _from_within(laws: Laws, row: int, state: State, interval: int) -> float:
    """Draw from a mixture, of which only the branch taken is drawn, or with a factor, or from a list."""
    source = row
    while laws.rows[source]["kind"] == MIXTURE:
        source = _branch(laws, source, uniform(state))
    law = laws.rows[source]
    if law["kind"] == EMPIRICAL:
        time = laws.listed[law["first"] + int(uniform(state) * law["number"])]
    else:
        time = drawn(law, state)
    while True:  # from a part outwards
        law = laws.rows[source]
        if law["factors"] != NOTHING:
            factor = laws.listed[law["factors"] + interval]
            time = time * factor if factor > 0.0 else 0.0
        time = min(max(time, law["at_least"]), law["at_most"])
        if source == row:
            return time
        source = law["within"]


@inner
def _branch(laws: Laws, mixture: int, place: float) -> int:
    part = laws.rows[mixture]["first"]
    last = part + laws.rows[mixture]["number"] - 1
    while part < last and place >= laws.rows[part]["up_to"]:
        part += 1
    return part


@hot
def in_ticks(seconds: float) -> float:
    """R1: round to the nearest tick."""
    return np.rint(seconds * TICKS_PER_SECOND) * (1.0 / TICKS_PER_SECOND)


@kernel
def _fill(laws: Laws, states: States, intervals: Ints, out: Floats) -> None:
    for place in range(out.size):
        out[place] = time_of(laws, 0, states[0], intervals[place])


def sample(distribution: Distribution, states: States, intervals: Ints) -> Floats:
    """Draw one time in seconds from a stream for each call, given the interval in which it arrives."""
    book, times = LawBook(), np.empty(intervals.size)
    book.enter(distribution)
    _fill(book.laws(), states, intervals, times)
    return times
