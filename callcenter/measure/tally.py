"""The tally: what one replication is reduced to."""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Floats, Ints
from callcenter.measure.calls import WAIT_COUNTS, WAIT_SUMS
from callcenter.measure.cells import cells_of
from callcenter.measure.customers import CUSTOMER_COUNTS
from callcenter.measure.jobs import JOB_CELLS, JOB_COUNTS
from callcenter.measure.journeys import JOURNEY_COUNTS, JOURNEY_SUMS
from callcenter.measure.pools import POOL_COUNTS, POOL_SUMS
from callcenter.measure.thresholds import THRESHOLD_COUNTS, thresholds_of
from callcenter.measure.waits import POINTS, WAIT_EDGES
from callcenter.scenario import Scenario

FORMAT = 6
"""First byte of a stored tally: the number of its layout."""

COUNTS = WAIT_COUNTS + JOURNEY_COUNTS
SUMS = WAIT_SUMS + JOURNEY_SUMS


class Tally(NamedTuple):
    """Counts, sums and waits of one replication; tiers and pools in file order, cells = days x intervals.

    Counts, sums and histograms of replications may be added; the points are observations of their own.
    """

    counts: Ints
    """COUNTS x tiers x cells."""
    sums: Floats
    """SUMS x tiers x cells, seconds."""
    wait_bins: Ints
    """Tiers x bins of WAIT_EDGES, waits of offered calls."""
    wait_points: Floats
    """Tiers, then the total, x POINTS, seconds."""
    pool_counts: Ints
    """POOL_COUNTS x pools x cells."""
    pool_sums: Floats
    """POOL_SUMS x pools x cells, seconds."""
    job_counts: Ints
    """JOB_COUNTS."""
    job_cells: Ints
    """JOB_CELLS x cells."""
    delay_points: Floats
    """POINTS of the callbacks' delay, seconds."""
    customers: Ints
    """CUSTOMER_COUNTS x tiers, each customer in the tier of the first call."""
    lines_s: Floats
    """Cells: integral of the trunk lines held, 0 where the scenario has no limit of lines."""
    thresholds: Ints
    """Thresholds of further targets x THRESHOLD_COUNTS x cells; most scenarios have none."""

    def to_bytes(self) -> bytes:
        """Pack the tally; the same tally gives the same bytes.

        Bytes of equal weight are put side by side, which zlib packs best.
        """
        return bytes([FORMAT]) + zlib.compress(b"".join(_pack(column) for column in self), 1)

    @classmethod
    def from_bytes(cls, data: bytes, scenario: Scenario) -> Self:
        """Unpack a tally of this scenario; raises ValueError if it is not one."""
        if data[:1] != bytes([FORMAT]):
            raise ValueError(f"stored tally has format {data[:1]!r}, this version reads {FORMAT}")
        raw, layout = zlib.decompress(data[1:]), _layout(scenario)
        sizes = [8 * int(np.prod(shape)) for shape, _ in layout]
        if len(raw) != sum(sizes):
            raise ValueError(f"stored tally holds {len(raw)} bytes, the scenario needs {sum(sizes)}")
        parts = np.split(np.frombuffer(raw, np.uint8), np.cumsum(sizes)[:-1])
        return cls(*(_unpack(part, *like) for part, like in zip(parts, layout, strict=True)))


def size_of(scenario: Scenario) -> int:
    """Return the bytes of a tally of this scenario in memory."""
    return sum(8 * math.prod(shape) for shape, _ in _layout(scenario))


def stack(tallies: Sequence[Tally]) -> Tally:
    """Put replications side by side: every array gets a first axis of replications."""
    return Tally(*map(_side_by_side, zip(*tallies, strict=True)))


def _side_by_side(alike: Sequence[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    """Return arrays of one shape along a first axis; `numpy.stack` takes longer for many small ones."""
    return np.concatenate(alike).reshape(len(alike), *alike[0].shape)


def empty_tally(scenario: Scenario) -> Tally:
    """Return the tally of nothing; its points are still to be filled."""
    return Tally(*(np.zeros(shape, dtype) for shape, dtype in _layout(scenario)))


def empty_tallies(scenario: Scenario, number: int) -> Tally:
    """Return tallies of nothing, side by side."""
    return Tally(*(np.zeros((number, *shape), dtype) for shape, dtype in _layout(scenario)))


def apart(stacked: Tally) -> list[Tally]:
    """Return each of the replications that lie side by side."""
    return list(map(Tally, *stacked))


def _layout(scenario: Scenario) -> list[tuple[tuple[int, ...], str]]:
    """Return shape of each array of a tally, and its type in bytes."""
    tiers, pools, cells = len(scenario.tiers), len(scenario.pools), cells_of(scenario).count
    return [
        ((len(COUNTS), tiers, cells), "<i8"),
        ((len(SUMS), tiers, cells), "<f8"),
        ((tiers, WAIT_EDGES.size + 1), "<i8"),
        ((tiers + 1, len(POINTS)), "<f8"),
        ((len(POOL_COUNTS), pools, cells), "<i8"),
        ((len(POOL_SUMS), pools, cells), "<f8"),
        ((len(JOB_COUNTS),), "<i8"),
        ((len(JOB_CELLS), cells), "<i8"),
        ((len(POINTS),), "<f8"),
        ((len(CUSTOMER_COUNTS), tiers), "<i8"),
        ((cells,), "<f8"),
        ((len(thresholds_of(scenario)), len(THRESHOLD_COUNTS), cells), "<i8"),
    ]


def _pack(column: Ints | Floats) -> bytes:
    little = column.astype(column.dtype.newbyteorder("<")).tobytes()
    return np.frombuffer(little, np.uint8).reshape(-1, 8).T.tobytes()


def _unpack(part: npt.NDArray[np.uint8], shape: tuple[int, ...], dtype: str) -> npt.NDArray[Any]:
    numbers = part.reshape(8, -1).T.copy().view(dtype)
    return numbers.reshape(shape).astype(numbers.dtype.newbyteorder("="))
