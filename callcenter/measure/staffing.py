"""Staffing as it was: pieces of opening time in which no pool's level changes."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.calllog import StaffingLog
from callcenter.measure.cells import Cells

Levels = TypeVar("Levels", Floats, Ints)


class Pieces(NamedTuple):
    """Opening hours cut where a span begins or a level changes."""

    start: Floats
    span: Ints
    """The span in which each piece lies."""
    staffed: Ints
    """Shape (pools, pieces): agents on the phones."""
    rostered: Floats
    begins: Floats
    """Start of the counted part of each piece."""
    ends: Floats
    """End of the counted part."""
    is_regular: bool
    """Whether levels change only where spans begin."""

    def seconds(self, level: Levels, spans: int) -> Floats:
        """Return the integral of a level (pools, pieces) over each span, shape (pools, spans)."""
        first = np.flatnonzero(np.diff(self.span, prepend=-1))
        total = np.zeros((len(level), spans))
        total[:, self.span[first]] = np.add.reduceat(level * (self.ends - self.begins), first, axis=1)
        return total


def pieces_of(cells: Cells, staffing: StaffingLog) -> Pieces:
    """Cut the opening hours; nobody is staffed before the first change, nor after hours."""
    regular = np.unique(cells.boundaries)
    inner = staffing.at[(staffing.at >= regular[0]) & (staffing.at < regular[-1])]
    cuts = np.union1d(regular, inner)
    span = np.searchsorted(cells.boundaries, cuts[:-1], side="right") - 1
    is_open = ~cells.is_after_hours[span]
    start, end = cuts[:-1][is_open], cuts[1:][is_open]
    level = np.searchsorted(staffing.at, start, side="right")
    return Pieces(
        start=start,
        span=span[is_open],
        staffed=_with_zeros(staffing.staffed.astype(np.int64))[level].T,
        rostered=_with_zeros(staffing.rostered)[level].T,
        begins=np.maximum(start, cells.since),
        ends=np.maximum(end, cells.since),
        is_regular=start.size == cells.count,
    )


def _with_zeros(changes: Levels) -> Levels:
    """Put a row of zeros, the time before the first change, before the others."""
    return np.vstack([np.zeros_like(changes, shape=(1, changes.shape[1])), changes])
