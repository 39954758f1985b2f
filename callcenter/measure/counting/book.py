"""The book: memory that counting works in, kept from one replication to the next."""

from __future__ import annotations

from threading import local
from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.measure.counting.calendar import Records
from callcenter.measure.counting.definitions import Definitions
from callcenter.measure.tally import COUNTS, SUMS
from callcenter.measure.waits import POINTS

FINE_BINS = 24 * 64
"""Waits from 2**-4 to 2**20 s, 64 bins for each power of two; others are in the outermost."""

SO_FAR = np.dtype([("waits", np.int64), ("presences", np.int64), ("picked", np.int64), ("jobs", np.int64)])
GROUP = np.dtype(
    [
        (
            "seconds",
            np.float64,
        ),  # in the piece in which they came, less what they missed of the other
        ("change", np.int64),  # how many more there were at its end than at its start
    ]
)
WAITED = np.dtype(
    {
        "names": ["wait", "bits", "tier"],  # the bits are those of the wait
        "formats": [np.float64, np.int64, np.int64],
        "offsets": [0, 0, 8],
    }
)
PRESENCE = np.dtype([("slot", np.int64), ("until", np.float64)])
SLOT = np.dtype([("present", np.int64), ("begin", np.int64), ("end", np.int64)])
RANK = np.dtype([("bin", np.int64), ("begin", np.int64), ("size", np.int64), ("place", np.int64)])
CUSTOMER = np.dtype(
    [
        ("contact", np.int64),  # row of the latest call of the first contact, or one of customers.py
        ("tier", np.int64),  # of the first call
        ("is_served", np.bool_),
        ("is_resolved", np.bool_),
        ("came_back", np.bool_),  # before, the IVR only seemed to solve it
    ],
    align=True,
)


LEAST = 1000
"""Room for other things than calls, at least."""


class Room(NamedTuple):
    """How much the arrays that grow with the calls can hold."""

    calls: int
    jobs: int
    presences: int
    picked: int


class Book(NamedTuple):
    """What is counted so far of one replication."""

    emptied: Ints
    """All memory that a replication begins with at 0; it holds counts, sums, taken, groups and fine."""
    counts: Ints
    """Shape (cells, tiers, COUNTS)."""
    sums: Floats
    """Shape (cells, tiers, SUMS)."""
    taken: Ints
    """Shape (cells, pools): calls answered."""
    groups: Records
    """Of `GROUP`, shape (pieces, groups): the tiers' lines, agents of pools at work, those on
    breaks, the trunk lines."""
    presences: Records
    """Of `PRESENCE`: an agent at work when a piece began, and until when; slot = piece x pools + pool."""
    slots: Records
    """Of `SLOT`, one for each piece and pool."""
    leaving: Floats
    """When those who are too many finish, slot by slot."""
    waits: Records
    """Of `WAITED`: those above 0."""
    fine: Ints
    """Shape (tiers + 1, FINE_BINS): waits in fine bins, the total last."""
    picked: Floats
    """Waits of the bins in which percentiles lie."""
    ranks: Records
    """Of `RANK`, shape (tiers + 1, 2 x POINTS): the two waits between which each percentile lies."""
    customers: Records
    """Of `CUSTOMER`, by row of the first call."""
    jobs: Floats
    """Shape (3, jobs): when callback jobs began and ended, and how long the first attempt was in coming."""
    so_far: Records
    """Of `SO_FAR`, shape (1,): entries of the arrays above; more than there is room for were not kept."""


def room_of(calls: int, jobs: int) -> Room:
    """Return room for so many calls and callback jobs, with a guess at the rest."""
    return Room(calls, jobs, presences=calls // 2 + LEAST, picked=calls // 4 + LEAST)


def book_with(definitions: Definitions, room: Room) -> Book:
    """Return a book of this thread with at least this much room, the same as before if it will do."""
    pools, cells = definitions.rostered_s.shape
    shape = definitions.tiers.size, pools, cells, definitions.calendar.pieces.size - 2
    latest = _LATEST.__dict__
    if latest.get("shape") != shape or any(map(int.__lt__, latest["room"], room)):
        latest["shape"], latest["room"], latest["book"] = shape, room, new_book(*shape, room)
    book: Book = latest["book"]
    return book


_LATEST = local()


def needed(book: Book, room: Room) -> Room:
    """Return the room that the latest replication needs: the same if there was enough."""
    so_far: Any = book.so_far[0]
    return room._replace(
        presences=max(room.presences, int(so_far["presences"])),
        picked=max(room.picked, int(so_far["picked"])),
    )


def new_book(tiers: int, pools: int, cells: int, pieces: int, room: Room) -> Book:
    """Return memory to count in."""
    groups = tiers + 2 * pools + 1
    both = cells * tiers
    sizes = both * len(COUNTS), both * len(SUMS), cells * pools, 2 * pieces * groups, (tiers + 1) * FINE_BINS
    emptied = np.zeros(sum(sizes), np.int64)
    counts, sums, taken, in_groups, fine = np.split(emptied, np.cumsum(sizes)[:-1])
    return Book(
        emptied=emptied,
        counts=counts.reshape(cells, tiers, len(COUNTS)),
        sums=sums.view(np.float64).reshape(cells, tiers, len(SUMS)),
        taken=taken.reshape(cells, pools),
        groups=in_groups.view(GROUP).reshape(pieces, groups),
        presences=np.empty(room.presences, PRESENCE),
        slots=np.empty(pieces * pools, SLOT),
        leaving=np.empty(room.presences),
        waits=np.empty(room.calls, WAITED),
        fine=fine.reshape(tiers + 1, FINE_BINS),
        picked=np.empty(room.picked),
        ranks=np.empty((tiers + 1, 2 * len(POINTS)), RANK),
        customers=np.empty(room.calls, CUSTOMER),
        jobs=np.empty((3, room.jobs)),
        so_far=np.zeros(1, SO_FAR),
    )
