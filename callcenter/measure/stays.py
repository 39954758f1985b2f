"""Time integrals: how many were somewhere (in line, with an agent), span by span."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.calllog import Floats, Ints
from callcenter.measure.cells import Cells


class Stays(NamedTuple):
    """Who was where from when to when; one row a stay, times in seconds."""

    group: Ints
    start: Floats
    stop: Floats
    first: Ints
    """Span in which the stay begins."""
    last: Ints
    """Span in which it ends."""

    def take(self, rows: npt.NDArray[np.bool_]) -> Stays:
        """Return some of the stays."""
        return Stays(self.group[rows], self.start[rows], self.stop[rows], self.first[rows], self.last[rows])


def stays_of(cells: Cells, group: Ints, start: Floats, stop: Floats) -> Stays:
    """Return stays with the spans in which they begin and end."""
    return Stays(group, start, stop, cells.span_of(start), cells.span_of(stop))


def carried(cells: Cells, stays: Stays, groups: int) -> Ints:
    """Return how many are inside at the start of each span, shape (groups, spans)."""
    size, row = groups * cells.spans, stays.group * cells.spans
    begun = np.bincount(row + stays.first, minlength=size)
    over = np.bincount(row + stays.last, minlength=size)
    change = (begun - over).reshape(groups, cells.spans)
    inside = np.zeros_like(change)
    np.cumsum(change[:, :-1], axis=1, out=inside[:, 1:])
    return inside


def inside_seconds(cells: Cells, stays: Stays, inside: Ints) -> Floats:
    """Return the integral of the number inside over the counted part of each span, shape (groups, spans).

    ``inside`` is what `carried` returns. Who is inside at the start of a span stays to its end, plus who
    comes, minus who goes. All times are multiples of 2**-20 s and are taken from the end of their own span,
    so that the sums are exact. Time after the last span counts in it, because nobody stays for ever.
    """
    ends = cells.ends
    remaining_start = ends[stays.first] - np.maximum(stays.start, cells.since)
    remaining_stop = ends[stays.last] - np.maximum(stays.stop, cells.since)
    row = stays.group * cells.spans
    came = np.bincount(row + stays.first, weights=remaining_start, minlength=inside.size)
    went = np.bincount(row + stays.last, weights=remaining_stop, minlength=inside.size)
    return inside * (ends - cells.starts) + (came - went).reshape(inside.shape)
