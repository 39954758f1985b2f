"""The calendar of a run as counting reads it: spans of time cut where staffing changes inside of them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Floats, Ints
from callcenter.clock import SECONDS_PER_DAY
from callcenter.kernels import hot, inner
from callcenter.measure.cells import Cells

Records = npt.NDArray[np.void]


PIECE = np.dtype(
    [
        ("start", np.float64),
        ("begin", np.float64),  # of the counted part
        ("end", np.float64),  # of the counted part; of the last piece, the opening that would come next
        ("cell", np.int64),  # the interval of the run; after a close it is the last one of the day
        ("change", np.int64),  # row of the staffing in force, -1 = none yet
        ("is_open", np.bool_),
    ],
    align=True,
)


class Calendar(NamedTuple):
    """Pieces of time, in order: no interval begins or ends inside of one, and no staffing changes."""

    since: float
    """End of the warm-up: what happens earlier is not counted."""
    until: float
    """Start of the cool-down, or inf."""
    opens: float
    interval: float
    intervals: int
    """Of a day."""
    pieces: Records
    """Of `PIECE`; behind them two that begin at inf.  The first begins before all time."""
    first: Ints
    """First piece of each span (see `Cells`)."""


def calendar_of(cells: Cells, changes: Floats) -> Calendar:
    """Return the calendar of a run in which staffing changes at these times."""
    regular, closed = cells.boundaries[:-1], cells.is_after_hours
    within = np.searchsorted(regular, changes, side="right") - 1
    starts = np.unique(np.concatenate([regular, changes[(within >= 0) & ~closed[within]]]))
    span = np.searchsorted(regular, starts, side="right") - 1
    day, place = np.divmod(span, cells.intervals + 1)
    pieces: Any = np.zeros(starts.size + 2, PIECE)
    pieces["start"] = np.append(starts, [np.inf, np.inf])
    own = pieces[: starts.size]
    own["begin"] = np.maximum(starts, cells.since)
    own["end"] = np.maximum(np.append(starts[1:], cells.boundaries[-1]), cells.since)
    own["cell"] = day * cells.intervals + np.minimum(place, cells.intervals - 1)
    own["change"] = np.searchsorted(changes, starts, side="right") - 1
    own["is_open"] = ~closed[span]
    return Calendar(
        since=float(cells.since),
        until=float(cells.until),
        opens=float(cells.open),
        interval=float(cells.interval),
        intervals=cells.intervals,
        pieces=pieces,
        first=np.searchsorted(span, np.arange(cells.spans)),
    )


@hot
def is_counted(calendar: Calendar, time: float) -> bool:
    """Whether a time lies between warm-up and cool-down."""
    return calendar.since <= time < calendar.until


@hot
def piece_near(calendar: Calendar, near: int, time: float) -> int:
    """Return the piece of a time; the one nearby is looked at first."""
    if calendar.pieces[near]["start"] <= time < calendar.pieces[near + 1]["start"]:
        return near
    return piece_of(calendar, time)


@hot
def piece_from(calendar: Calendar, near: int, time: float) -> int:
    """Return the piece of a time that lies in a known piece or later; most lie there or in the next."""
    if time < calendar.pieces[near + 1]["start"]:
        return near
    if time < calendar.pieces[near + 2]["start"]:
        return near + 1
    return piece_of(calendar, time)


@inner
def cell_of(calendar: Calendar, time: float) -> int:
    """Return the cell of a time."""
    return calendar.pieces[piece_of(calendar, time)]["cell"]


@inner
def piece_of(calendar: Calendar, time: float) -> int:
    """Return the piece of a time; a time on a cut belongs to the later piece."""
    day = np.floor(time / SECONDS_PER_DAY)
    place = np.floor((time - (day * SECONDS_PER_DAY + calendar.opens)) / calendar.interval)
    place = min(max(place, -1.0), float(calendar.intervals))
    span = int(min(max(day * (calendar.intervals + 1) + place, 0.0), calendar.first.size - 1.0))
    piece = calendar.first[span]
    while time >= calendar.pieces[piece + 1]["start"]:
        piece += 1
    return piece
